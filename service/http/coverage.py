"""An event as each of its sources tells it, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http import schemas
from service.http.selection import names, pick, wanted
from service.model import SpeakerType

if TYPE_CHECKING:
    from service.http.library import Library, Shown


def coverage(library: Library, event: Shown) -> list[dict[str, Any]]:
    """Give what each source that tells `event`, or reports a statement made at it, has of it, ready to be put into JSON."""
    said = library.said_at(event)
    telling = dict.fromkeys((*event["sources"], *(each["source"]["id"] for each in said)))
    return [
        _outlet(library, event, source, [each for each in said if each["source"]["id"] == source])
        for source in telling
    ]


def _outlet(library: Library, event: Shown, source: str, said: list[Shown]) -> dict[str, Any]:
    row = library.index.sources.ids.get(source)
    around = _around(library, event, source)
    reported = [*said, *around]
    return {
        "source": None if row is None else pick(library.shown("sources", row), _LABEL),
        "mentions": [each for each in event["mentions"] if each["source"] == source],
        "statements": library.several("statements", (each["id"] for each in said)),
        "around": library.several("statements", (each["id"] for each in around)),
        "shared": [{"id": one["id"], "also_in": _twins(library, one)} for one in reported if one["also_in"]],
        "only_here": [each["id"] for each in reported if not each["also_in"]],
    }


def _around(library: Library, event: Shown, source: str) -> list[Shown]:
    """Give what `source` reports those who took part to have said on the event's days, other than at it."""
    rows = library.index.statements.axes["source"].any_of((source,))
    told = (library.shown("statements", row) for row in rows)
    at_it = {*event["statements"]}
    found = [s for s in told if s["id"] not in at_it and _within(s, event) and _took_part(s, event)]
    return sorted(found, key=lambda each: (each["context"]["start"], each["id"]))


def _within(statement: Shown, event: Shown) -> bool:
    """Tell whether a statement was made on days of the event; days in ISO 8601 sort as they follow each other."""
    said, took_place = statement["date"], event["date"]
    if said is None or took_place is None:
        return False
    return bool(took_place["start"] <= said["start"] and said["end"] <= took_place["end"])


def _took_part(statement: Shown, event: Shown) -> bool:
    """Tell whether a speaker took part, or belongs to a country that did."""
    there = {each["id"] for each in event["participants"]}
    own = {each["country"] for each in event["participants"] if each["type"] == SpeakerType.COUNTRY}
    countries = own - {None}
    return any(each["id"] in there or each["country"] in countries for each in statement["speakers"])


def _twins(library: Library, statement: Shown) -> list[dict[str, str]]:
    rows = map(library.index.statements.ids.get, statement["also_in"])
    twins = [library.shown("statements", row) for row in rows if row is not None]
    return [{"id": each["id"], "source": each["source"]["id"]} for each in twins]


_NAMES = tuple(names(schemas.SourceLabel))
_LABEL = wanted(name for name in _NAMES if not any(other.startswith(f"{name}.") for other in _NAMES))
"""The members of a source that its label has, down to the innermost."""
