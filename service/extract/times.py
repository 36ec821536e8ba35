"""Find every expression of time in a text: `Times(words).find(text, base)`; `resolve` tells which days one means."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from service.extract.expressions import Part, TimeExpression, TimeKind, stated
from service.extract.resolving import Tense, resolve
from service.extract.timecompounds import WORD, Compounds
from service.extract.timegrammar import DIGIT, rules
from service.extract.timevalues import Values

if TYPE_CHECKING:
    import re

    from service.vocabulary.times import TimeWords

__all__ = ["Part", "Tense", "TimeExpression", "TimeKind", "Times", "resolve", "stated"]


class Times:
    """A finder of expressions of time, made from the vocabulary's words of time; it keeps nothing between texts."""

    def __init__(self, words: TimeWords) -> None:
        """Compile the patterns; `find` may then be called any number of times, from any thread."""
        self._values = Values(words)
        self._rules = rules(words)
        self._capitals = tuple(forms[0].upper() for forms in words.months.values())
        self._compounds = Compounds(words, self._values, partial(self._simple, led=True))
        self._starts = self._compounds.openers | self._rules.keys()

    def find(self, text: str, base: int = 0) -> tuple[TimeExpression, ...]:
        """Give the expressions of `text` in order, not overlapping, the longest at each place.

        Offsets are code points into `text` plus `base`. The time taken grows with the text's length only.
        """
        found: list[TimeExpression] = []
        done = 0
        for word in WORD.finditer(text):
            if word.start() < done:
                continue
            if _key(word[0]) in self._starts:
                here = self._at(text, word)
            else:
                here = self._glued(text, word) if word[0].endswith(self._capitals) else None
            if here is None:
                continue
            done = here.end
            if here.kind is not TimeKind.NAME:
                found.append(replace(here, start=here.start + base, end=here.end + base))
        return tuple(found)

    def _at(self, text: str, word: re.Match[str]) -> TimeExpression | None:
        here = self._compounds.read(text, word) or self._simple(text, word)
        return self._compounds.joined(text, here) if here else None

    def _glued(self, text: str, word: re.Match[str]) -> TimeExpression | None:
        """Give the whole date that a lost line end has glued to a name in capitals: "JANE DOEJUNE 23, 2016"."""
        month = next((month for month in self._capitals if word[0].endswith(month)), None)
        begun = WORD.match(text, word.end() - len(month)) if month else None
        here = self._simple(text, begun) if begun else None
        return here if here and here.kind is TimeKind.STATED else None

    def _simple(self, text: str, word: re.Match[str], *, led: bool = False) -> TimeExpression | None:
        """Give the longest expression that one rule matches at `word`."""
        best: TimeExpression | None = None
        for rule in self._rules.get(_key(word[0]), ()):
            match = rule.pattern.match(text, word.start())
            if match is None or (best is not None and match.end() <= best.end):
                continue
            best = self._values.read(rule.name, match, led=led) or best
        return best


def _key(word: str) -> str:
    return DIGIT if word[0].isdigit() else word.lower()
