"""What of events can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Status
from service.query import parts
from service.query.names import Entry
from service.query.prepared import PreparedTable, by_id, by_place, prepared_axis, prepared_days
from service.query.search import Field
from service.query.table import dated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Corpus, Date, Event
    from service.query.pieces import Pieces
    from service.query.prepared import Naming, PreparedAxis

FIELDS = (
    Field("title", 2, "title"),
    Field("mention", 1, "mentions.*.text"),
    Field("participant", 1.5, "participants.*.name"),
    Field("place", 1, "place"),
)
"""What a search looks at."""


def in_order(corpus: Corpus) -> tuple[Event, ...]:
    """Give the events in date order, as the table numbers them."""
    return dated(corpus.events, _date, _place)


def prepare(corpus: Corpus, records: Sequence[Event], shown: Pieces, naming: Naming) -> PreparedTable:
    """Prepare `records`, the events of `corpus` in date order, which are `shown` so."""
    naming.add(parts.EVENTS, (Entry(record.id, record.title) for record in records))
    return PreparedTable(
        ends=shown.ends,
        by_id=by_id(shown),
        axes=_axes(corpus, records, naming),
        days=prepared_days([record.date for record in records]),
        by_source=by_place(records, _place),
    )


def _axes(corpus: Corpus, records: Sequence[Event], naming: Naming) -> dict[str, PreparedAxis]:
    sources = {source.id: source for source in corpus.sources}
    statuses = (Entry(status, status) for status in Status)
    return {
        "participant": parts.party_axis(naming, (record.participants for record in records)),
        "topic": parts.topic_axis(naming, corpus.topics, (record.topics for record in records)),
        "type": prepared_axis(naming, "types", ((record.type,) for record in records)),
        "status": prepared_axis(naming, "statuses", ((record.status,) for record in records), statuses),
        "source": parts.source_axis(naming, (record.sources for record in records)),
        "publisher": parts.publisher_axis(naming, ((sources[s] for s in r.sources) for r in records)),
        "place": parts.place_axis(naming, "places of events", [record.place for record in records]),
    }


def _date(record: Event) -> Date | None:
    return record.date


def _place(record: Event) -> tuple[str, int, str]:
    if not record.mentions:
        return "", 0, record.id
    first = record.mentions[0]
    return first.source, first.span.start, record.id
