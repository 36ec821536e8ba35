"""Expressions of time made of another one and a word before it, or of two: "since May", "the end of 2013", "May to July"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from service.dates import parse_edtf, span
from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.timegrammar import first_word, invert, joining, opening, unit_going_on, weekday_before
from service.extract.timeruns import run_of
from service.extract.units import unit_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.extract.timevalues import Values
    from service.vocabulary.times import TimeWords

    Reader = Callable[[str, re.Match[str]], TimeExpression | None]

WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_PARTED = frozenset({TimeKind.STATED, TimeKind.MONTH, TimeKind.SEASON, TimeKind.CALENDAR, TimeKind.WEEKDAY})
_DATED = frozenset({TimeKind.STATED, TimeKind.MONTH_DAY})
_POSSESSIVE = re.compile(r"['’][sS]\b")


class Compounds:
    """Reads what a word of beginning makes with the expression after it; `led` reads that one."""

    def __init__(self, words: TimeWords, values: Values, led: Reader) -> None:
        """Compile the openings."""
        self._values, self._led = values, led
        self._since, self._until = opening(words.since), opening(words.until)
        self._parts = {Part(name): opening(forms) for name, forms in words.parts.items()}
        self._holding = {unit: opening(forms) for unit, forms in words.holding.items()}
        self._going_on = unit_going_on(words)
        self._range_start = opening(words.range_starts)
        self._join, self._pairs = joining(words), frozenset(words.pair_joins)
        self._weekday = weekday_before(words)
        self._weekdays = invert(words.weekdays)
        parts = [form for forms in words.parts.values() for form in forms]
        self._any_part = opening(parts)
        self._readers: dict[str, tuple[Callable[[str, int], TimeExpression | None], ...]] = {}
        for reader, starts in (
            (self._with_weekday, self._weekdays),
            (self._with_since, words.since),
            (self._with_until, words.until),
            (self._with_part, parts),
            (self._with_holder, [form for forms in words.holding.values() for form in forms]),
            (self._range, words.range_starts),
        ):
            for start in {first_word(form) for form in starts}:
                self._readers[start] = (*self._readers.get(start, ()), reader)
        self.openers = frozenset(self._readers)
        """The first words, in small letters, at which `read` may find something."""

    def read(self, text: str, word: re.Match[str]) -> TimeExpression | None:
        """Give the expression that begins with one of `openers` at `word`: "since", "early", "from … to", "Friday,"."""
        readers = self._readers.get(word[0].lower(), ())
        return next(filter(None, (reader(text, word.start()) for reader in readers)), None)

    def joined(self, text: str, first: TimeExpression, *, between: bool = False) -> TimeExpression:
        """Give `first` with the expression joined to it ("Monday and Tuesday"), alone where none is.

        `between`: a word before them tells that even an "and" makes a run of what are no neighbours.
        """
        join = self._join.match(text, first.end)
        word = WORD.match(text, join.end()) if join else None
        last = self._led(text, word) if word else None
        if join is None or last is None or _POSSESSIVE.match(text, last.end):
            return first
        neighbours = not between and (join["word"] or "").lower() in self._pairs
        run = run_of(first, last, neighbours=neighbours)
        return replace(run, end=last.end, text=text[first.start : last.end]) if run else first

    def _after(self, text: str, opened: re.Match[str] | None) -> TimeExpression | None:
        """Give the expression that stands right after an opening."""
        word = WORD.match(text, opened.end()) if opened else None
        return self._led(text, word) if word else None

    def _with_weekday(self, text: str, start: int) -> TimeExpression | None:
        opened = self._weekday.match(text, start)
        here = self._after(text, opened)
        if opened is None or here is None or here.kind not in _DATED or (here.edtf and len(here.edtf) != 10):
            return None
        here = replace(here, weekday=self._weekdays[opened["weekday"].lower()])
        return _widened(here, text, start)

    def _with_since(self, text: str, start: int) -> TimeExpression | None:
        here = self._after_opening(text, self._since.match(text, start))
        return _widened(replace(here, since=True), text, start) if here else None

    def _with_until(self, text: str, start: int) -> TimeExpression | None:
        here = self._after_opening(text, self._until.match(text, start))
        return _widened(replace(here, until=True), text, start) if here else None

    def _after_opening(self, text: str, opened: re.Match[str] | None) -> TimeExpression | None:
        """Give the expression after an opening, a part of a time among them: "by the end of the year"."""
        if opened is None:
            return None
        return self._with_part(text, opened.end()) or self._after(text, opened)

    def _with_part(self, text: str, start: int) -> TimeExpression | None:
        if not self._any_part.match(text, start):
            return None
        for part, pattern in self._parts.items():
            opened = pattern.match(text, start)
            going_on = self._going_on.match(text, opened.end()) if opened else None
            if going_on:
                here = self._values.going_on(going_on, self._values.unit(going_on["unit"]), part)
                return _widened(here, text, start)
            here_ = self._after(text, opened)
            if here_ and here_.kind in _PARTED and here_.part is None:
                return _widened(replace(here_, part=part), text, start)
        return None

    def _with_holder(self, text: str, start: int) -> TimeExpression | None:
        """Read "the week of March 3"."""
        for unit, pattern in self._holding.items():
            here = self._after(text, pattern.match(text, start))
            if here and here.kind is TimeKind.MONTH_DAY and here.count is None:
                return _widened(replace(here, unit=unit, last_day=None), text, start)
            if here and here.kind is TimeKind.STATED and len(here.edtf or "") == 10:
                day = parse_edtf(here.edtf or "").start
                return _widened(replace(here, edtf=span(*unit_at(unit, 0, day)).edtf), text, start)
        return None

    def _range(self, text: str, start: int) -> TimeExpression | None:
        first = self._after(text, self._range_start.match(text, start))
        run = self.joined(text, first, between=True) if first else None
        return _widened(run, text, start) if run and run is not first else None


def _widened(here: TimeExpression, text: str, start: int) -> TimeExpression:
    return replace(here, start=start, text=text[start : here.end])
