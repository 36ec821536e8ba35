"""An event as each of its sources tells it, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http import schemas
from service.model import SpeakerType

if TYPE_CHECKING:
    from service.http.library import Library
    from service.model import Event, Statement


def coverage(library: Library, event: Event) -> list[dict[str, Any]]:
    """Give what each source that tells `event`, or reports a statement made at it, has of it, ready to be put into JSON."""
    said = library.said_at(event)
    telling = dict.fromkeys((*event.sources, *(each.source for each in said)))
    return [_outlet(library, event, source, [s for s in said if s.source == source]) for source in telling]


def _outlet(library: Library, event: Event, source: str, said: list[Statement]) -> dict[str, Any]:
    rows, sources = library.index.sources.rows, library.index.records.sources
    around = _around(library, event, source)
    reported = [*said, *around]
    return {
        "source": _SOURCE.dump(sources[rows[source]]),
        "mentions": _MENTION.dump([each for each in event.mentions if each.source == source], many=True),
        "statements": library.several("statements", (each.id for each in said)),
        "around": library.several("statements", (each.id for each in around)),
        "shared": [{"id": each.id, "also_in": _twins(library, each)} for each in reported if each.also_in],
        "only_here": [each.id for each in reported if not each.also_in],
    }


def _around(library: Library, event: Event, source: str) -> list[Statement]:
    """Give what `source` reports those who took part to have said on the event's days, other than at it."""
    table, statements = library.index.statements, library.index.records.statements
    told = (statements[row] for row in table.axes["source"].any_of((source,)))
    found = [s for s in told if s.id not in event.statements and _within(s, event) and _took_part(s, event)]
    return sorted(found, key=lambda each: (each.context.start, each.id))


def _within(statement: Statement, event: Event) -> bool:
    if statement.date is None or event.date is None:
        return False
    return event.date.start <= statement.date.start and statement.date.end <= event.date.end


def _took_part(statement: Statement, event: Event) -> bool:
    """Tell whether a speaker took part, or belongs to a country that did."""
    there = {each.id for each in event.participants}
    countries = {each.country for each in event.participants if each.type is SpeakerType.COUNTRY} - {None}
    return any(each.id in there or each.country in countries for each in statement.speakers)


def _twins(library: Library, statement: Statement) -> list[dict[str, str]]:
    rows, statements = library.index.statements.rows, library.index.records.statements
    return [
        {"id": each, "source": statements[rows[each]].source} for each in statement.also_in if each in rows
    ]


_SOURCE, _MENTION = schemas.SourceLabel(), schemas.Mention()
