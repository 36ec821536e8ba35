"""What of statements can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Kind
from service.query import parts
from service.query.names import Entry
from service.query.prepared import (
    PreparedTable,
    by_id,
    by_place,
    prepared_axis,
    prepared_column,
    prepared_days,
)
from service.query.search import Field
from service.query.table import dated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from service.model import Corpus, Date, Statement
    from service.query.pieces import Pieces
    from service.query.prepared import Naming, PreparedAxis

FIELDS = (
    Field("text", 2, "text"),
    Field("context", 0.5, "context.text"),
    Field("speaker", 1.5, "speakers.*.name"),
    Field("title", 1, "source.title"),
)
"""What a search looks at."""


def in_order(corpus: Corpus) -> tuple[Statement, ...]:
    """Give the statements in date order, as the table numbers them."""
    return dated(corpus.statements, _date, _place)


def prepare(
    corpus: Corpus,
    records: Sequence[Statement],
    shown: Pieces,
    naming: Naming,
    country_names: Mapping[str, tuple[str, ...]],
) -> PreparedTable:
    """Prepare `records`, the statements of `corpus` in date order, which are `shown` so.

    `country_names` are further names of countries by code.
    """
    return PreparedTable(
        ends=shown.ends,
        by_id=by_id(shown),
        axes={
            **_axes(corpus, records, naming),
            "country": parts.country_axis(
                naming, corpus.speakers, (record.speakers for record in records), country_names
            ),
        },
        columns={"confidence": prepared_column(record.confidence for record in records)},
        days=prepared_days([record.date for record in records]),
        by_source=by_place(records, _place),
    )


def _axes(corpus: Corpus, records: Sequence[Statement], naming: Naming) -> dict[str, PreparedAxis]:
    sources = {source.id: source for source in corpus.sources}
    kinds = (Entry(kind, kind) for kind in Kind)
    return {
        "speaker": parts.party_axis(naming, (record.speakers for record in records)),
        "topic": parts.topic_axis(naming, corpus.topics, (record.topics for record in records)),
        "source": parts.source_axis(naming, ((record.source,) for record in records)),
        "publisher": parts.publisher_axis(naming, ((sources[record.source],) for record in records)),
        "event": prepared_axis(naming, parts.EVENTS, _events(corpus, records)),
        "kind": prepared_axis(naming, "kinds", ((record.kind,) for record in records), kinds),
        "place": parts.place_axis(naming, "places of statements", [record.place for record in records]),
        "via": parts.party_axis(naming, (record.via for record in records)),
    }


def _events(corpus: Corpus, records: Sequence[Statement]) -> Iterator[tuple[str, ...]]:
    """Give for each statement the event at which it was made, then those that it belongs to otherwise."""
    told: dict[str, list[str]] = {}
    for event in corpus.events:
        for statement in event.statements:
            told.setdefault(statement, []).append(event.id)
    for record in records:
        yield (*((record.event,) if record.event else ()), *told.get(record.id, ()))


def _date(record: Statement) -> Date | None:
    return record.date


def _place(record: Statement) -> tuple[str, int, str]:
    return record.source, record.content[0].start if record.content else record.context.start, record.id
