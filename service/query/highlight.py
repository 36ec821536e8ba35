"""Where the words of a search stand in what it found."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from service.query.search import PLAIN, STEMS, Found, Search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from service.query.words import Term

_READ = 50_000
_MARKS = 100
_BEFORE, _WIDTH = 60, 240
_SHORT = 1_000  # characters of a passage of which the words and the finds are remembered
_LONG = 40
_WHOLE = 4  # letters from which a stem is the beginning of its words but for the last letter ("die" is that of "dying")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_MARKUP = re.compile(r"[&<>\"']")

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
    highlights = []
    for passage in (each for field in search.fields for each in field.passages(record)):
        if _may_hold(passage.text, sought):
            marked = _highlighted_before if len(passage.text) <= _SHORT else _highlighted
            highlights.append(marked(passage.path, passage.text, sought))
    return tuple([each for each in highlights if each is not None])


class _Words(NamedTuple):
    """The words of a text as a search compares them, in a line with a space before and after each, and where each stands."""

    line: str
    starts: array[int]
    ends: array[int]


class _Needle(NamedTuple):
    """Words that are looked for, as they stand in the line of `_Words`: without the last space where more may follow."""

    line: str
    size: int


class _Sought(NamedTuple):
    """What is marked: runs of stems, and words and beginnings of words as they are.

    `begun` is what the words of plain text that may be among these begin with; nothing where words in a row are looked for.
    """

    stems: tuple[_Needle, ...]
    plain: tuple[_Needle, ...]
    begun: tuple[str, ...]


@lru_cache(maxsize=256)
def _sought(terms: tuple[Term, ...]) -> _Sought:
    wanted = [term for term in terms if not term.excluded]
    runs = [STEMS.analyze(term.text) for term in wanted if not term.prefix]
    prefixes = [PLAIN.analyze(term.text) for term in wanted if term.prefix]
    begun: tuple[str, ...] = ()
    if all(len(words) == 1 for words in runs):
        begun = (*(_beginning(words[0]) for words in runs), *(word for words in prefixes for word in words))
    return _Sought(
        tuple(_Needle(f" {' '.join(words)} ", len(words)) for words in runs),
        (
            *(_Needle(f" {word} ", 1) for words in prefixes for word in words[:-1]),
            *(_Needle(f" {words[-1]}", 1) for words in prefixes),
        ),
        begun,
    )


def _beginning(stem: str) -> str:
    """Give what every word with this stem begins with: a stem's last letter may be another than the word's ("parti")."""
    return stem[:-1] if len(stem) >= _WHOLE else stem[:1]


def _may_hold(text: str, sought: _Sought) -> bool:
    """Tell, at little cost, whether there may be a find in `text`."""
    if not sought.begun or not text.isascii():
        return True
    low = text.lower()
    return any(beginning in low for beginning in sought.begun)


def _highlighted(path: str, text: str, sought: _Sought) -> Highlight | None:
    """Give the finds in a passage, None where it has none."""
    marks = _marks(text[:_READ], sought)
    return Highlight(path, _excerpt(text, marks), marks) if marks else None


_highlighted_before = lru_cache(1024)(_highlighted)


def _marks(text: str, sought: _Sought) -> tuple[Mark, ...]:
    if sought.begun and text.isascii():
        likely = sorted({*_likely(text.lower(), sought.begun)})
        return tuple([mark for mark in likely if _is_sought(text[mark[0] : mark[1]], sought)][:_MARKS])
    words = _words_before if len(text) <= _SHORT else _words
    found: set[Mark] = set()
    if sought.stems:
        found.update(*(_places(words(text, stemmed=True), needle) for needle in sought.stems))
    if sought.plain:
        found.update(*(_places(words(text, stemmed=False), needle) for needle in sought.plain))
    return tuple(_disjoint(sorted(found)))[:_MARKS]


def _likely(text: str, begun: tuple[str, ...]) -> Iterator[Mark]:
    """Give where words of `text`, in small ASCII letters, stand that begin so."""
    for beginning in begun:
        at = text.find(beginning)
        while at >= 0:
            if not at or not text[at - 1].isalnum():
                word = _ASCII_WORD.match(text, at)
                yield at, word.end() if word else at
            at = text.find(beginning, at + 1)


def _is_sought(word: str, sought: _Sought) -> bool:
    stem, plain = f" {_stem(word)} ", f" {word.lower()} "
    return any(stem == needle.line for needle in sought.stems) or any(
        plain.startswith(needle.line) for needle in sought.plain
    )


def _words(text: str, *, stemmed: bool) -> _Words:
    if text.isascii():  # cut as tantivy cuts it, without an object for each word
        found = [*_ASCII_WORD.finditer(text)]
        read = _stem if stemmed else str.lower
        return _Words(
            f" {' '.join([read(each[0]) for each in found])} ",
            array("I", [each.start() for each in found]),
            array("I", [each.end() for each in found]),
        )
    tokens = (STEMS if stemmed else PLAIN).pre_tokenize(text).tokens
    return _Words(
        f" {' '.join([token.text for token in tokens])} ",
        array("I", [token.char_offset_from for token in tokens]),
        array("I", [token.char_offset_to for token in tokens]),
    )


def _stem(word: str) -> str:
    return _stem_before(word) if len(word) <= _LONG else STEMS.analyze(word)[0]


@lru_cache(50_000)
def _stem_before(word: str) -> str:
    return STEMS.analyze(word)[0]


_words_before = lru_cache(2048)(_words)


def _places(words: _Words, needle: _Needle) -> Iterator[Mark]:
    """Give the code points of each place where `needle` stands among `words`."""
    word = before = 0
    at = words.line.find(needle.line)
    while at >= 0:
        word += words.line.count(" ", before, at)
        yield words.starts[word], words.ends[word + needle.size - 1]
        before, at = at, words.line.find(needle.line, at + 1)


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
    written = escape if _MARKUP.search(text, start, end) else str
    pieces, position = ["… " if start else ""], start
    for first, last in marks:
        if last > end:
            break
        pieces += [written(text[position:first]), f"<mark>{written(text[first:last])}</mark>"]
        position = last
    pieces += [written(text[position:end]), " …" if end < len(text) else ""]
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
