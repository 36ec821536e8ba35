"""Statements as rows of a table that a spreadsheet may open without harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.model import Corpus, Source, Statement

COLUMNS = (
    "id",
    "source",
    "title",
    "publisher",
    "published",
    "kind",
    "speakers",
    "roles",
    "countries",
    "text",
    "cue",
    "addressee",
    "date",
    "place",
    "topics",
    "via",
    "confidence",
    "start",
    "end",
    "event",
)
"""The header; lists within a cell are joined with "; "."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    """Give a row for every statement, in source and offset order."""
    sources = {source.id: source for source in corpus.sources}
    for statement in corpus.statements:
        yield tuple(harmless(cell) for cell in _cells(statement, sources[statement.source]))


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula and run."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(statement: Statement, source: Source) -> tuple[str, ...]:
    speakers = statement.speakers
    return (
        statement.id,
        source.id,
        source.title or "",
        source.publisher.name if source.publisher else "",
        source.published.edtf if source.published else "",
        statement.kind,
        _joined(party.name for party in speakers),
        _joined(party.role or "" for party in speakers),
        _joined(party.country or "" for party in speakers),
        statement.text,
        statement.cue.text if statement.cue else "",
        statement.addressee or "",
        statement.date.edtf if statement.date else "",
        statement.place or "",
        _joined(statement.topics),
        _joined(named.name for named in statement.via),
        f"{statement.confidence:g}",
        str(statement.content[0].start),
        str(statement.content[-1].end),
        statement.event or "",
    )


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)
