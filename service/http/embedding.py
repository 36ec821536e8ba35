"""``embed=``: what a record brings along, so that it need not be asked for by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http import schemas
from service.http.parameters import Form, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from service.http.library import Library
    from service.model import Event, Statement

_TOLD = {
    "statements": "The full records that belong to it, under `embedded`.",
    "events": (
        "The full records that belong to it, under `embedded`; `coverage` tells source by source what each reports, which "
        "of its statements others share and which only it carries."
    ),
    "sources": "`blocks`: what its lines are, headline to page furniture, by offsets.",
}


def embed_parameter(kind: str) -> Parameter:
    """Declare ``embed=`` for records of the kind `kind`."""
    values = tuple(_MAKERS[kind])
    return Parameter("embed", Form.CLOSED, _TOLD[kind], values, many=True, example=values[-1])


def embeds(kind: str) -> bool:
    """Tell whether records of the kind `kind` can bring anything along."""
    return kind in _MAKERS


def embedded(library: Library, kind: str, row: int, asked: Iterable[str]) -> dict[str, Any]:
    """Give what the record in `row` brings along when `asked`: its further members, ready to be put into JSON."""
    record = getattr(library.index.records, kind)[row]
    made = {name: _MAKERS[kind][name](library, record) for name in asked}
    return made if kind == "sources" else {"embedded": made}


def _statement_speakers(library: Library, record: Statement) -> Any:
    return library.several("speakers", (party.id for party in record.speakers))


def _event_speakers(library: Library, record: Event) -> Any:
    said = [party.id for each in _said(library, record) for party in each.speakers]
    return library.several("speakers", [*(party.id for party in record.participants), *said])


def _said(library: Library, record: Event) -> list[Statement]:
    rows, statements = library.index.statements.rows, library.index.records.statements
    return [statements[rows[each]] for each in record.statements if each in rows]


def _coverage(library: Library, record: Event) -> list[dict[str, Any]]:
    said = _said(library, record)
    telling = dict.fromkeys((*record.sources, *(each.source for each in said)))
    return [_outlet(library, record, source, [s for s in said if s.source == source]) for source in telling]


def _outlet(library: Library, record: Event, source: str, said: list[Statement]) -> dict[str, Any]:
    rows, sources = library.index.sources.rows, library.index.records.sources
    return {
        "source": _SOURCE.dump(sources[rows[source]]),
        "mentions": _MENTION.dump([each for each in record.mentions if each.source == source], many=True),
        "statements": library.several("statements", (each.id for each in said)),
        "shared": [{"id": each.id, "also_in": _twins(library, each)} for each in said if each.also_in],
        "only_here": [each.id for each in said if not each.also_in],
    }


def _twins(library: Library, record: Statement) -> list[dict[str, str]]:
    rows, statements = library.index.statements.rows, library.index.records.statements
    return [{"id": each, "source": statements[rows[each]].source} for each in record.also_in if each in rows]


_SOURCE, _MENTION, _BLOCK = schemas.SourceLabel(), schemas.Mention(), schemas.Block()
_MAKERS: Mapping[str, Mapping[str, Callable[[Library, Any], Any]]] = {
    "statements": {
        "source": lambda library, record: library.one("sources", record.source),
        "event": lambda library, record: library.one("events", record.event),
        "speakers": _statement_speakers,
    },
    "events": {
        "sources": lambda library, record: library.several("sources", record.sources),
        "statements": lambda library, record: library.several("statements", record.statements),
        "speakers": _event_speakers,
        "coverage": _coverage,
    },
    "sources": {"blocks": lambda _, record: _BLOCK.dump(record.blocks, many=True)},
}
