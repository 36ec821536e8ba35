"""Find the terms of the topic vocabulary in a text: one pass over its words, through one tree of all terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.vocabulary.topics import Term

_NAME = "<Name>"
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = ("'s", "'S")
_LONGEST_WORD = 40

Stretch = tuple[int, int]
"""First and last word of a place in a text, counted from 0, last included."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and the forms in which a term may name it.

    `forms` run from as it is written to small letters: "China", "china"; of "CHINA" also "China", so that headlines in
    capitals match; of "China's" also each without the ending. A word with a capital has the form "<Name>" as well.
    """

    start: int
    end: int
    forms: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A place in the tree of terms: what may follow, and the word sets a term that ends here belongs to."""

    exact: dict[str, Node] = field(default_factory=dict)
    prefixes: dict[str, Node] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    sets: list[tuple[int, bool]] = field(default_factory=list)

    def step(self, spelling: str) -> Node:
        """Give the node behind `spelling` ("sanction*", "China"), made where there is none."""
        if not spelling.endswith("*"):
            return self.exact.setdefault(spelling, Node())
        stem = spelling.removesuffix("*")
        self.lengths = tuple(sorted({*self.lengths, len(stem)}))
        return self.prefixes.setdefault(stem, Node())

    def follow(self, word: Word) -> Iterator[Node]:
        """Give every node that `word` leads to."""
        for form in word.forms:
            if form in self.exact:
                yield self.exact[form]
            for length in self.lengths:
                stem = form[:length]
                if stem in self.prefixes and len(stem) == length:
                    yield self.prefixes[stem]


class TermTree:
    """All terms of all word sets, each set under a number; built once, then only read."""

    def __init__(self, sets: Sequence[Iterable[Term]]) -> None:
        """Compile `sets`; a set is known by its place among them."""
        self._root = Node()
        for number, terms in enumerate(sets):
            for term in terms:
                for spelling in term.spellings():
                    self._add(spelling, number, away=term.away)

    def _add(self, spelling: tuple[str, ...], number: int, *, away: bool) -> None:
        node = self._root
        for word in spelling:
            node = node.step(word)
        node.sets.append((number, away))

    def scan(self, words: Sequence[Word]) -> tuple[dict[int, list[Stretch]], dict[int, frozenset[int]]]:
        """Give for each set found the stretches of `words` where its terms stand, in order, and the words it forbids."""
        found: dict[int, set[Stretch]] = {}
        away: dict[int, set[int]] = {}
        for first in range(len(words)):
            for last, (number, is_away) in self._from(words, first):
                if is_away:
                    away.setdefault(number, set()).update(range(first, last + 1))
                else:
                    found.setdefault(number, set()).add((first, last))
        hits = {number: sorted(stretches) for number, stretches in found.items()}
        return hits, {number: frozenset(gone) for number, gone in away.items()}

    def _from(self, words: Sequence[Word], first: int) -> Iterator[tuple[int, tuple[int, bool]]]:
        nodes, at = [self._root], first
        while nodes and at < len(words):
            nodes = [after for node in nodes for after in node.follow(words[at])]
            for node in nodes:
                for entry in node.sets:
                    yield at, entry
            at += 1


def words_of(text: str) -> list[Word]:
    """Cut `text` into words: hyphens part words, "U.S." is "US", ’ is '."""
    return [_word(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]


def _word(start: int, end: int, written: str) -> Word:
    return Word(start, end, _forms(written[:_LONGEST_WORD]))


@lru_cache(maxsize=10_000)
def _forms(written: str) -> tuple[str, ...]:
    plain = written.replace(".", "").replace("’", "'")
    cased = [plain]
    if plain.isupper() and len(plain) > 1:
        cased.append(plain.capitalize())
    cased.append(plain.lower())
    if plain[:1].isupper():
        cased.append(f"{_NAME}'s" if plain.endswith(_POSSESSIVE) else _NAME)
    bare = [form[:-2] for form in cased if form.endswith(_POSSESSIVE)]
    return tuple(dict.fromkeys(cased + bare))
