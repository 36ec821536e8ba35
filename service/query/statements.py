"""The table of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Kind
from service.query import parts
from service.query.axes import Axis
from service.query.columns import Column, Days
from service.query.names import Entry
from service.query.search import Field, Passage, Search
from service.query.table import Table, dated, dated_orders, own_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.model import Corpus, Date, Source, Statement


def in_order(corpus: Corpus) -> tuple[Statement, ...]:
    """Give the statements in date order, as the table numbers them."""
    return dated(corpus.statements, _date, _place)


def statements_table(
    corpus: Corpus, records: Sequence[Statement], country_names: Mapping[str, tuple[str, ...]]
) -> Table:
    """Index `records`, the corpus's statements in date order; `country_names` are further names by country code."""
    sources = parts.by_id(corpus.sources)
    days = Days([record.date for record in records])
    return Table(
        ids=[record.id for record in records],
        names=own_names(record.id for record in records),
        search=_search(records, sources),
        axes={
            **_axes(corpus, records, sources),
            "country": parts.country_axis(corpus, [record.speakers for record in records], country_names),
        },
        columns={"confidence": Column([record.confidence for record in records])},
        days=days,
        orders=dated_orders(records, days, _place),
    )


def _axes(corpus: Corpus, records: Sequence[Statement], sources: Mapping[str, Source]) -> dict[str, Axis]:
    parties = parts.party_entries(corpus)
    speakers = [record.speakers for record in records]
    via = [Entry(named.id, named.name) for record in records for named in record.via]
    return {
        "speaker": Axis(((party.id for party in row) for row in speakers), parties),
        "topic": parts.topic_axis(corpus, (record.topics for record in records)),
        "source": parts.source_axis(corpus, ((record.source,) for record in records)),
        "publisher": parts.publisher_axis(corpus, ((sources[record.source],) for record in records)),
        "event": _event_axis(corpus, records),
        "kind": Axis(((record.kind,) for record in records), (Entry(kind, kind) for kind in Kind)),
        "place": parts.place_axis([record.place for record in records]),
        "via": Axis(((named.id for named in record.via) for record in records), [*via, *parties]),
    }


def _event_axis(corpus: Corpus, records: Sequence[Statement]) -> Axis:
    told: dict[str, list[str]] = {}
    for event in corpus.events:
        for statement in event.statements:
            told.setdefault(statement, []).append(event.id)
    rows = ((*((r.event,) if r.event else ()), *told.get(r.id, ())) for r in records)
    return Axis(rows, (Entry(event.id, event.title) for event in corpus.events))


def _search(records: Sequence[Statement], sources: Mapping[str, Source]) -> Search:
    titles = {source.id: source.title for source in sources.values()}
    return Search(
        len(records),
        (
            Field("text", 2, [(Passage("text", r.text),) for r in records]),
            Field("context", 0.5, [(Passage("context.text", r.context.text),) for r in records]),
            Field("speaker", 1.5, [_speakers(record) for record in records]),
            Field("title", 1, [_title(titles[record.source]) for record in records]),
        ),
    )


def _speakers(record: Statement) -> tuple[Passage, ...]:
    return tuple(Passage(f"speakers.{n}.name", party.name) for n, party in enumerate(record.speakers))


def _title(title: str | None) -> tuple[Passage, ...]:
    return (Passage("source.title", title),) if title else ()


def _date(record: Statement) -> Date | None:
    return record.date


def _place(record: Statement) -> tuple[str, int, str]:
    return record.source, record.content[0].start if record.content else record.context.start, record.id
