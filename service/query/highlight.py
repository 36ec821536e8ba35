"""Where the words of a search stand in what it found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from service.query.search import PLAIN, STEMS, Found, Passage, Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


def highlights(search: Search, found: Found, record: Mapping[str, Any]) -> tuple[Highlight, ...]:
    """Give the finds in each passage of `record`, as it is shown, that has any, in the order of the fields.

    The first 50,000 characters of a passage are looked at, and at most 100 finds are given.
    """
    sought = _sought(found.terms)
    passages = (passage for field in search.fields for passage in field.passages(record))
    marked = ((passage, _marks(passage.text[:_READ], sought)) for passage in passages)
    return tuple(_highlight(passage, marks) for passage, marks in marked if marks)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is marked: runs of stems, words as they are, and the beginnings of words."""

    runs: tuple[list[str], ...]
    words: frozenset[str]
    starts: tuple[str, ...]


@lru_cache(maxsize=256)
def _sought(terms: tuple[Term, ...]) -> _Sought:
    wanted = [term for term in terms if not term.excluded]
    prefixes = [PLAIN.analyze(term.text) for term in wanted if term.prefix]
    return _Sought(
        tuple(STEMS.analyze(term.text) for term in wanted if not term.prefix),
        frozenset(word for words in prefixes for word in words[:-1]),
        tuple(words[-1] for words in prefixes),
    )


def _highlight(passage: Passage, marks: tuple[Mark, ...]) -> Highlight:
    return Highlight(passage.path, _excerpt(passage.text, marks), marks)


def _marks(text: str, sought: _Sought) -> tuple[Mark, ...]:
    found: set[Mark] = set()
    if sought.runs:
        tokens = STEMS.pre_tokenize(text).tokens
        stems = [token.text for token in tokens]
        for first, last in _runs(stems, sought.runs):
            found.add((tokens[first].char_offset_from, tokens[last].char_offset_to))
    if sought.starts:
        for token in PLAIN.pre_tokenize(text).tokens:
            if token.text in sought.words or token.text.startswith(sought.starts):
                found.add((token.char_offset_from, token.char_offset_to))
    return tuple(_disjoint(sorted(found)))[:_MARKS]


def _runs(tokens: list[str], sought: Iterable[list[str]]) -> Iterator[tuple[int, int]]:
    """Give the first and last index of each run of `tokens` that is one of those sought."""
    for words in sought:
        at, size = -1, len(words)
        for _ in range(tokens.count(words[0])):
            at = tokens.index(words[0], at + 1)
            if size == 1 or tokens[at : at + size] == words:
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
