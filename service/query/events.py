"""The table of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Status
from service.query import parts
from service.query.axes import Axis
from service.query.columns import Days
from service.query.names import Entry, Names
from service.query.search import Field, Passage, Search
from service.query.table import Table, dated, dated_orders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Corpus, Date, Event


def in_order(corpus: Corpus) -> tuple[Event, ...]:
    """Give the events in date order, as the table numbers them."""
    return dated(corpus.events, _date, _place)


def events_table(corpus: Corpus, records: Sequence[Event]) -> Table:
    """Index `records`, the corpus's events in date order."""
    days = Days([record.date for record in records])
    return Table(
        ids=[record.id for record in records],
        names=Names(Entry(record.id, record.title) for record in records),
        search=_search(records),
        axes=_axes(corpus, records),
        days=days,
        orders=dated_orders(records, days, _place),
    )


def _axes(corpus: Corpus, records: Sequence[Event]) -> dict[str, Axis]:
    sources = parts.by_id(corpus.sources)
    participants = [record.participants for record in records]
    return {
        "participant": Axis(((p.id for p in row) for row in participants), parts.party_entries(corpus)),
        "topic": parts.topic_axis(corpus, (record.topics for record in records)),
        "type": Axis((record.type,) for record in records),
        "status": Axis(((r.status,) for r in records), (Entry(status, status) for status in Status)),
        "source": parts.source_axis(corpus, (record.sources for record in records)),
        "publisher": parts.publisher_axis(corpus, ((sources[s] for s in r.sources) for r in records)),
        "place": parts.place_axis([record.place for record in records]),
    }


def _search(records: Sequence[Event]) -> Search:
    return Search(
        len(records),
        (
            Field("title", 2, [(Passage("title", record.title),) for record in records]),
            Field("mention", 1, [_mentions(record) for record in records]),
            Field("participant", 1.5, [_participants(record) for record in records]),
            Field("place", 1, [(Passage("place", r.place),) if r.place else () for r in records]),
        ),
    )


def _mentions(record: Event) -> tuple[Passage, ...]:
    return tuple(Passage(f"mentions.{n}.text", each.span.text) for n, each in enumerate(record.mentions))


def _participants(record: Event) -> tuple[Passage, ...]:
    return tuple(Passage(f"participants.{n}.name", p.name) for n, p in enumerate(record.participants))


def _date(record: Event) -> Date | None:
    return record.date


def _place(record: Event) -> tuple[str, int, str]:
    if not record.mentions:
        return "", 0, record.id
    first = record.mentions[0]
    return first.source, first.span.start, record.id
