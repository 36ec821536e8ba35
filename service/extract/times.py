"""Find every expression of time in a text: `Times(words).find(text, base)`; `resolve` tells which days one means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from service.dates import parse_edtf, span
from service.extract.expressions import Part, TimeExpression, TimeKind, stated
from service.extract.resolving import Tense, resolve
from service.extract.timegrammar import DIGIT, first_word, invert, opening, rules, weekday_before
from service.extract.timevalues import Values

if TYPE_CHECKING:
    from service.vocabulary.times import TimeWords

__all__ = ["Part", "Tense", "TimeExpression", "TimeKind", "Times", "resolve", "stated"]

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_PARTED = frozenset({TimeKind.STATED, TimeKind.MONTH, TimeKind.CALENDAR, TimeKind.WEEKDAY})
_DATED = frozenset({TimeKind.STATED, TimeKind.MONTH_DAY})


class Times:
    """A finder of expressions of time, made from the vocabulary's words of time; it keeps nothing between texts."""

    def __init__(self, words: TimeWords) -> None:
        """Compile the patterns; `find` may then be called any number of times, from any thread."""
        self._values = Values(words)
        self._rules = rules(words)
        self._since = opening(words.since)
        self._parts = {Part(name): opening(forms) for name, forms in words.parts.items()}
        self._range_start = opening(words.range_starts)
        self._range_join = opening(words.range_joins)
        self._weekday = weekday_before(words)
        self._weekdays = invert(words.weekdays)
        parts = (form for forms in words.parts.values() for form in forms)
        openers = (*words.since, *words.range_starts, *parts)
        self._capitals = tuple(forms[0].upper() for forms in words.months.values())
        self._openers = frozenset(map(first_word, openers)) | frozenset(self._weekdays)
        self._starts = self._openers | self._rules.keys()

    def find(self, text: str, base: int = 0) -> tuple[TimeExpression, ...]:
        """Give the expressions of `text` in order, not overlapping, the longest at each place.

        Offsets are code points into `text` plus `base`. The time taken grows with the text's length only.
        """
        found: list[TimeExpression] = []
        done = 0
        for word in _WORD.finditer(text):
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
        return self._composed(text, word) or self._simple(text, word)

    def _glued(self, text: str, word: re.Match[str]) -> TimeExpression | None:
        """Give the whole date that a lost line end has glued to a name in capitals: "JANE DOEJUNE 23, 2016"."""
        month = next((month for month in self._capitals if word[0].endswith(month)), None)
        begun = _WORD.match(text, word.end() - len(month)) if month else None
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

    def _composed(self, text: str, word: re.Match[str]) -> TimeExpression | None:
        """Give what a word of beginning makes with the expression after it: "since", "early", "from … to", "Friday,"."""
        if word[0].lower() not in self._openers:
            return None
        return (
            self._with_weekday(text, word.start())
            or self._with_since(text, word.start())
            or self._with_part(text, word.start())
            or self._run(text, word.start())
        )

    def _after(self, text: str, opened: re.Match[str] | None) -> TimeExpression | None:
        """Give the expression that stands right after an opening."""
        word = _WORD.match(text, opened.end()) if opened else None
        return self._simple(text, word, led=True) if word else None

    def _with_weekday(self, text: str, start: int) -> TimeExpression | None:
        opened = self._weekday.match(text, start)
        here = self._after(text, opened)
        if opened is None or here is None or here.kind not in _DATED or (here.edtf and len(here.edtf) != 10):
            return None
        here = replace(here, weekday=self._weekdays[opened["weekday"].lower()])
        return _widened(here, text, start)

    def _with_since(self, text: str, start: int) -> TimeExpression | None:
        here = self._after(text, self._since.match(text, start))
        return _widened(replace(here, since=True), text, start) if here else None

    def _with_part(self, text: str, start: int) -> TimeExpression | None:
        for part, pattern in self._parts.items():
            here = self._after(text, pattern.match(text, start))
            if here and here.kind in _PARTED and here.part is None:
                return _widened(replace(here, part=part), text, start)
        return None

    def _run(self, text: str, start: int) -> TimeExpression | None:
        first = self._after(text, self._range_start.match(text, start))
        gap = _GAP.match(text, first.end) if first else None
        last = self._after(text, self._range_join.match(text, gap.end())) if gap else None
        if not (first and last and first.edtf and last.edtf):
            return None
        one, other = parse_edtf(first.edtf), parse_edtf(last.edtf)
        if one.start > other.end:
            return None
        whole = replace(first, edtf=span(one.start, other.end).edtf)
        return replace(whole, start=start, end=last.end, text=text[start : last.end])


_GAP = re.compile(r"\s{1,3}")


def _key(word: str) -> str:
    return DIGIT if word[0].isdigit() else word.lower()


def _widened(here: TimeExpression, text: str, start: int) -> TimeExpression:
    return replace(here, start=start, text=text[start : here.end])
