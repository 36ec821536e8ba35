"""Where the words of a search stand in what it found."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from service.query.search import PLAIN, STEMS, Found, Passage, Search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.query.words import Term

_READ = 50_000
_MARKS = 100
_BEFORE, _WIDTH = 60, 240

Mark = tuple[int, int]
"""Code points of a passage from start to end, end exclusive."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """The finds in one passage. `html` is an excerpt around the first, escaped, with each find in ``<mark>``."""

    path: str
    html: str
    marks: tuple[Mark, ...]


def highlights(search: Search, found: Found, row: int) -> tuple[Highlight, ...]:
    """Give the finds in each passage of `row` that has any, in the order of the fields.

    The first 50,000 characters of a passage are looked at, and at most 100 finds are given.
    """
    wanted = tuple(term for term in found.terms if not term.excluded)
    passages = (passage for field in search.fields for passage in field.passages[row])
    marked = ((passage, _marks(passage.text[:_READ], wanted)) for passage in passages)
    return tuple(_highlight(passage, marks) for passage, marks in marked if marks)


def _highlight(passage: Passage, marks: tuple[Mark, ...]) -> Highlight:
    return Highlight(passage.path, _excerpt(passage.text, marks), marks)


def _marks(text: str, wanted: tuple[Term, ...]) -> tuple[Mark, ...]:
    stems, plain = STEMS.pre_tokenize(text).tokens, PLAIN.pre_tokenize(text).tokens
    ranges = [(token.char_offset_from, token.char_offset_to) for token in stems]
    found: set[Mark] = set()
    for term in wanted:
        tokens = [token.text for token in (plain if term.prefix else stems)]
        found.update((ranges[first][0], ranges[last][1]) for first, last in _runs(tokens, term))
    return tuple(_disjoint(sorted(found)))[:_MARKS]


def _runs(tokens: list[str], term: Term) -> Iterator[tuple[int, int]]:
    """Give the first and last index of each run of `tokens` that is what `term` looks for."""
    if term.prefix:
        *whole, start = PLAIN.analyze(term.text)
        yield from ((at, at) for at, token in enumerate(tokens) if token in whole or token.startswith(start))
        return
    words = STEMS.analyze(term.text)
    size = len(words)
    for at, token in enumerate(tokens):
        if token == words[0] and tokens[at : at + size] == words:
            yield at, at + size - 1


def _disjoint(marks: list[Mark]) -> Iterator[Mark]:
    """Join marks that overlap."""
    start, end = -1, -1
    for mark in marks:
        if mark[0] >= end:
            if end > 0:
                yield start, end
            start, end = mark
        end = max(end, mark[1])
    if end > 0:
        yield start, end


def _excerpt(text: str, marks: tuple[Mark, ...]) -> str:
    start, end = _window(text, marks[0])
    pieces, position = ["… " if start else ""], start
    for first, last in marks:
        if last > end:
            break
        pieces += [escape(text[position:first]), f"<mark>{escape(text[first:last])}</mark>"]
        position = last
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return "".join(pieces)


def _window(text: str, first: Mark) -> tuple[int, int]:
    """Give about `_WIDTH` characters around the first find, from a word's beginning to a word's end."""
    start = max(0, first[0] - _BEFORE)
    end = min(len(text), max(start + _WIDTH, first[1]))
    if start:
        start = next((at + 1 for at in range(start, first[0]) if text[at].isspace()), first[0])
    if end < len(text):
        end = next((at for at in range(end, first[1], -1) if text[at].isspace()), first[1])
    return start, end
