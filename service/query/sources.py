"""The table of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Role
from service.query import parts
from service.query.axes import Axis
from service.query.columns import Days
from service.query.names import Entry, Names
from service.query.search import Field, Passage, Search
from service.query.table import Table, dated, dated_orders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Corpus, Date, Source


def in_order(corpus: Corpus) -> tuple[Source, ...]:
    """Give the sources in date order, as the table numbers them."""
    return dated(corpus.sources, _date, _place)


def sources_table(corpus: Corpus, records: Sequence[Source], *, whole_texts: bool) -> Table:
    """Index `records`, the corpus's sources in date order; with `whole_texts` their articles can be searched."""
    days = Days([record.published for record in records])
    return Table(
        ids=[record.id for record in records],
        names=Names(Entry(r.id, r.title or r.id, (r.file,) if r.file else ()) for r in records),
        search=_search(corpus, records, whole_texts=whole_texts),
        axes={
            "publisher": parts.publisher_axis(corpus, ((record,) for record in records)),
            "author": _author_axis(records),
        },
        days=days,
        orders=dated_orders(records, days, _place),
    )


def _author_axis(records: Sequence[Source]) -> Axis:
    rows = ((parts.value_id(author) for author in record.authors) for record in records)
    return Axis(rows, (Entry(parts.value_id(a), a) for record in records for a in record.authors))


def _search(corpus: Corpus, records: Sequence[Source], *, whole_texts: bool) -> Search:
    fields = [
        Field("title", 2, [(Passage("title", r.title),) if r.title else () for r in records]),
        Field(
            "publisher",
            1,
            [(Passage("publisher.name", r.publisher.name),) if r.publisher else () for r in records],
        ),
        Field("author", 1, [_authors(record) for record in records]),
    ]
    if whole_texts:
        fields.append(Field("article", 1, [_article(corpus, record) for record in records]))
    return Search(len(records), fields)


def _authors(record: Source) -> tuple[Passage, ...]:
    return tuple(Passage(f"authors.{n}", author) for n, author in enumerate(record.authors))


def _article(corpus: Corpus, record: Source) -> tuple[Passage, ...]:
    """Give the article with page furniture blanked out, so that offsets are those of the text as decoded."""
    text = corpus.texts[record.id].decoded
    pieces, position = [], 0
    for block in record.blocks:
        blank = block.role is Role.FURNITURE
        pieces += [_blank(text[position : block.start])]
        pieces += [_blank(text[block.start : block.end]) if blank else text[block.start : block.end]]
        position = block.end
    return (Passage("text", "".join(pieces)),)


def _blank(text: str) -> str:
    return " " * len(text)


def _date(record: Source) -> Date | None:
    return record.published


def _place(record: Source) -> tuple[str, int, str]:
    return record.id, 0, record.id
