"""The same words in several sources: near-identical quotations of one speaker, however each source cut them.

Two quotations are near-identical where nearly all words of the shorter one stand in the longer one in runs of three
(or of two beside such a run): so an ellipsis, a word put in brackets, an attribution in the middle, another spelling cost
little, and a translation of its own costs everything. Pairs are sought among quotations that share their rarest runs, a
bounded number for each, so that the work grows with the quotations and not with their square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from service.model import Statement

Words = tuple[str, ...]
"""Folded words; "" stands for words that were put in by the source."""

MOST = 100
"""Statements that one is linked to at most."""

_FEWEST_WORDS, _FEWEST_LETTERS = 5, 24
"""What two quotations must share: less is a turn of phrase."""
_SHARE = 0.8
"""Of the shorter one's words that must stand in the longer one."""
_WORDS_A_RUN = 7
"""Words of the shorter one for which there must be a shared run at least: three, one that differs, two, one that differs."""
_MOST_COMPARED = 64
"""Entries of the index that are looked at for one quotation."""
_INITIAL = re.compile(r"\[(\w{1,2})\](?=\w)")
_PUT_IN = re.compile(r"\[[^][]{0,200}\]|\([^()]{0,200}\)")
_WORD = re.compile(r"\0|[^\W_]+(?:'[^\W_]+)*")


def find_repeats(statements: Iterable[Statement]) -> dict[str, tuple[str, ...]]:
    """Give, by statement id, the ids of other sources' statements that carry the same quoted words of the same speaker.

    At most `MOST` for each, the first by id.
    """
    said: dict[str, dict[Words, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in sorted(statements, key=lambda one: one.id):
        words = quoted_words(" ".join(quote.text for quote in statement.quotes))
        if _enough(words):
            for party in statement.speakers:
                said[party.id][words].append(statement)
    repeats: dict[str, set[str]] = defaultdict(set)
    for carried in said.values():
        for one, other in _carried_alike(carried):
            repeats[one.id].add(other.id)
    return {name: tuple(sorted(found)[:MOST]) for name, found in repeats.items()}


def quoted_words(quotation: str) -> Words:
    """Give the words of `quotation` as they are compared, without what its source put in."""
    # Something stands before it, as folding would drop an article that comes first.
    plain = fold("\0 " + _PUT_IN.sub(" \0 ", _INITIAL.sub(r"\1", quotation)))
    return tuple("" if word == "\0" else word for word in _WORD.findall(plain)[1:])


class Wording:
    """The words of a quotation with their runs of three and of two."""

    __slots__ = ("_twos", "length", "threes", "words")

    def __init__(self, words: Words) -> None:
        """Take `words` as `quoted_words` gives them."""
        self.words = words
        self.length = _length(words)
        self.threes = frozenset(_runs(words, 3))
        self._twos: frozenset[Words] | None = None

    @property
    def twos(self) -> frozenset[Words]:
        """The runs of two, made when they are asked for: few quotations come near enough to another."""
        if self._twos is None:
            self._twos = frozenset(_runs(self.words, 2))
        return self._twos


def near_identical(one: Wording, other: Wording) -> bool:
    """Tell whether the shorter of two quotations stands in the longer one."""
    shorter, longer = (one, other) if one.length <= other.length else (other, one)
    if len(shorter.threes & longer.threes) * _WORDS_A_RUN < shorter.length:
        return False
    return any(
        _enough(shared) and len(shared) >= _SHARE * shorter.length for shared in _shared(shorter, longer)
    )


def _carried_alike(carried: Mapping[Words, Sequence[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    """Give the pairs of one speaker's statements, by their words, that carry the same ones, each pair both ways round."""
    wordings = [Wording(words) for words in carried]
    holders = list(carried.values())
    for same in holders:
        yield from _linked(same, same)
    for first, second in _candidates([wording.threes for wording in wordings]):
        if near_identical(wordings[first], wordings[second]):
            yield from _linked(holders[first], holders[second])
            yield from _linked(holders[second], holders[first])


def _linked(ours: Sequence[Statement], theirs: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    for one in ours:
        fitting = (other for other in theirs if other.source != one.source)
        yield from ((one, other) for other, _ in zip(fitting, range(MOST), strict=False))


def _candidates(wordings: Sequence[frozenset[Words]]) -> Iterator[tuple[int, int]]:
    """Give pairs of numbers that share a run of three, each once; for each wording those of its rarest runs first."""
    counted = Counter(run for runs in wordings for run in runs)
    holders: dict[Words, list[int]] = defaultdict(list)
    for number, runs in enumerate(wordings):
        for run in runs:
            if counted[run] > 1:
                holders[run].append(number)
    given: set[tuple[int, int]] = set()
    for number, runs in enumerate(wordings):
        rarest = sorted(runs & holders.keys(), key=lambda run: (counted[run], run))
        for other in _first(rarest, holders, number):
            pair = (min(number, other), max(number, other))
            if pair not in given:
                given.add(pair)
                yield pair


def _first(runs: Iterable[Words], holders: Mapping[Words, Sequence[int]], number: int) -> Iterator[int]:
    """Give the first others, each once, that hold one of `runs`."""
    seen = {number}
    looked = 0
    for run in runs:
        for other in holders[run]:
            looked += 1
            if looked > _MOST_COMPARED:
                return
            if other not in seen:
                seen.add(other)
                yield other


def _shared(shorter: Wording, longer: Wording) -> Iterator[Words]:
    """Give those of the shorter one's words that stand in the longer one in runs of three.

    Then, beside these, those in runs of two that are a word away from such a run at most.
    """
    words = shorter.words
    held = bytearray(len(words))
    for start, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if run in longer.threes:
            held[start : start + 3] = b"\1\1\1"
    yield tuple(compress(words, held))
    beside = [
        start
        for start, run in enumerate(pairwise(words))
        if run in longer.twos and 1 in held[max(0, start - 2) : start + 4]
    ]
    for start in beside:
        held[start : start + 2] = b"\1\1"
    yield tuple(compress(words, held))


def _runs(words: Words, length: int) -> Iterator[Words]:
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        if "" not in run:
            yield run


def _enough(words: Words) -> bool:
    return _length(words) >= _FEWEST_WORDS and sum(map(len, words)) >= _FEWEST_LETTERS


def _length(words: Words) -> int:
    return len(words) - words.count("")
