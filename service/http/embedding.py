"""``embed=``: what a record brings along, so that it need not be asked for by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.http import schemas
from service.http.along import EventEmbedded, StatementEmbedded
from service.http.coverage import coverage
from service.http.parameters import Form, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from service.http import parts
    from service.http.library import Library, Shown


def embed_parameter(kind: str) -> Parameter:
    """Declare ``embed=`` for records of the kind `kind`."""
    values = _VALUES[kind]
    members = _SHAPES[kind]().fields
    each = " ".join(f"`{name}`: {members[name].metadata['description']}" for name in values)
    place = "as a member of its own" if kind == "sources" else "under `embedded`"
    told = f"What a record brings along, {place}. {each}"
    return Parameter("embed", Form.CLOSED, told, values, many=True, example=values[-1])


def embeds(kind: str) -> bool:
    """Tell whether records of the kind `kind` can bring anything along."""
    return kind in _VALUES


def embedded(library: Library, kind: str, row: int, asked: Iterable[str]) -> dict[str, Any]:
    """Give what the record in `row` brings along when `asked`: its further members, ready to be put into JSON."""
    if kind == "sources":
        return {name: orjson.loads(library.index.blobs.blocks[row]) for name in asked}
    record = library.shown(kind, row)
    return {"embedded": {name: _MAKERS[kind][name](library, record) for name in asked}}


def _statement_speakers(library: Library, record: Shown) -> Any:
    return library.several("speakers", (party["id"] for party in record["speakers"]))


def _event_speakers(library: Library, record: Shown) -> Any:
    said = [party["id"] for each in library.said_at(record) for party in each["speakers"]]
    return library.several("speakers", [*(party["id"] for party in record["participants"]), *said])


_SHAPES: Mapping[str, type[parts.Shape]] = {
    "statements": StatementEmbedded,
    "events": EventEmbedded,
    "sources": schemas.Source,
}
_MAKERS: Mapping[str, Mapping[str, Callable[[Library, Any], Any]]] = {
    "statements": {
        "source": lambda library, record: library.one("sources", record["source"]["id"]),
        "event": lambda library, record: library.one("events", record["event"]),
        "speakers": _statement_speakers,
    },
    "events": {
        "sources": lambda library, record: library.several("sources", record["sources"]),
        "statements": lambda library, record: library.several("statements", record["statements"]),
        "speakers": _event_speakers,
        "coverage": coverage,
    },
}
_VALUES = {**{kind: tuple(makers) for kind, makers in _MAKERS.items()}, "sources": ("blocks",)}
