"""What of sources can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.model import Role
from service.query import parts
from service.query.names import Entry
from service.query.prepared import PreparedTable, by_id, by_place, prepared_axis, prepared_days
from service.query.search import Field
from service.query.table import dated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from service.model import Corpus, Date, Source
    from service.query.pieces import Pieces
    from service.query.prepared import Naming

FIELDS = (
    Field("title", 2, "title"),
    Field("publisher", 1, "publisher.name"),
    Field("author", 1, "authors.*"),
)
"""What a search looks at."""

ARTICLE = Field("article", 1, "text")
"""What it looks at too where whole texts are served."""


def in_order(corpus: Corpus) -> tuple[Source, ...]:
    """Give the sources in date order, as the table numbers them."""
    return dated(corpus.sources, _date, _place)


def prepare(records: Sequence[Source], shown: Pieces, naming: Naming) -> PreparedTable:
    """Prepare `records`, all sources in date order, which are `shown` so."""
    entries = (Entry(s.id, s.title or s.id, (s.file,) if s.file else ()) for s in records)
    naming.add(parts.SOURCES, entries)
    naming.add(parts.PUBLISHERS, parts.publisher_entries(sorted(records, key=lambda source: source.id)))
    authors = (Entry(parts.value_id(author), author) for record in records for author in record.authors)
    writing = ((parts.value_id(author) for author in record.authors) for record in records)
    return PreparedTable(
        ends=shown.ends,
        by_id=by_id(shown),
        axes={
            "publisher": parts.publisher_axis(naming, ((record,) for record in records)),
            "author": prepared_axis(naming, "authors", writing, authors),
        },
        days=prepared_days([record.published for record in records]),
        by_source=by_place(records, _place),
    )


def with_article(sources: Pieces, texts: Pieces, blocks: Pieces) -> Callable[[int], Mapping[str, Any]]:
    """Give what shows a source with its article as `text`, page furniture blanked out so that offsets hold."""

    def shown(row: int) -> Mapping[str, Any]:
        source: dict[str, Any] = orjson.loads(sources[row])
        return {**source, "text": _article(texts[row].decode(), orjson.loads(blocks[row]))}

    return shown


def _article(text: str, blocks: Iterable[Mapping[str, Any]]) -> str:
    pieces, position = [], 0
    for block in blocks:
        own = text[block["start"] : block["end"]]
        pieces += [_blank(text[position : block["start"]])]
        pieces += [_blank(own) if block["role"] == Role.FURNITURE else own]
        position = block["end"]
    return "".join(pieces)


def _blank(text: str) -> str:
    return " " * len(text)


def _date(record: Source) -> Date | None:
    return record.published


def _place(record: Source) -> tuple[str, int, str]:
    return record.id, 0, record.id
