"""What matched patterns of counts and units mean: "two weeks ago", "last month", "the following day", "mid-year"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.timegrammar import fold, invert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.vocabulary.times import TimeWords

_HALF_UNITS = {
    "year": ("half-year", 1),
    "month": ("half-month", 1),
    "decade": ("year", 5),
    "century": ("year", 50),
}
"""The unit in which the half of one is counted, and how many of it make the half."""


class CountedTimes:
    """Reads the groups of a match by the vocabulary's words, one method for each name of a rule."""

    def __init__(self, words: TimeWords) -> None:
        """Turn the vocabulary's tables round, so that each word gives its meaning."""
        self._words = words
        self._numbers = invert(words.numbers)
        self._day_names = invert(words.day_names)
        self._units = {fold(form): unit for unit, forms in words.units.items() for form in forms}
        self._stretches = {
            fold(form): unit
            for table in (words.middles, words.ends)
            for unit, forms in table.items()
            for form in forms
        }
        self._directions = signs(words.before, words.now, words.after)
        self._told = signs(words.before_told, words.now_told, words.after_told)
        self._reaches = signs(words.past_reach, (), words.coming_reach)
        self._earlier = {fold(word) for word in words.earlier}

    def day_name(self, match: re.Match[str]) -> TimeExpression:
        """Read "yesterday"."""
        return made(match, TimeKind.CALENDAR, unit="day", count=self._day_names[fold(match[0])])

    def told_unit(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "the following day", "that night"."""
        unit = self._units[fold(match["unit"])] if match["unit"] else "day"
        if match["unit"] and not self._single(match["unit"]):
            return None
        return made(match, TimeKind.TOLD, unit=unit, count=self._told[fold(match["told"])], exact=False)

    def then(self, match: re.Match[str]) -> TimeExpression:
        """Read "at the time"."""
        return made(match, TimeKind.TOLD, count=0, exact=False)

    def stretch(self, match: re.Match[str]) -> TimeExpression:
        """Read "mid-year" and "year's end"."""
        part = Part.MIDDLE if match["middle"] else Part.LATE
        return self.going_on(match, self._stretches[fold(match[0])], part)

    def going_on(self, match: re.Match[str], unit: str, part: Part) -> TimeExpression:
        """Make a part of the unit going on."""
        return made(match, TimeKind.TOLD, unit=unit, count=0, exact=False, part=part)

    def reach(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "in the past two weeks", "in coming days"; "for next month" is the calendar's."""
        unit = self._units[fold(match["unit"])]
        single = self._single(match["unit"])
        if unit not in self._words.reaches and not (single or match["number"]):
            return None
        number = 1 if single else self._words.reaches.get(unit, 1)
        if match["number"]:
            number = self.number(match["number"]) or number
        sign = self._reaches[fold(match["reach"])]
        whole = unit == "quarter" or not re.search(r"\bthe\b", match[0], re.IGNORECASE)
        if single and not match["number"] and whole and fold(match["reach"]) in self._directions:
            return made(match, TimeKind.CALENDAR, unit=unit, count=sign)
        return made(match, TimeKind.REACH, unit=unit, count=sign * number)

    def calendar(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "last month", "later this week"."""
        if not self._single(match["unit"]):
            return None
        direction, side = (match.groupdict().get(name) for name in ("direction", "side"))
        count = self._directions[fold(direction)] if direction else 0
        part = None
        if side:
            part = Part.EARLIER if fold(side) in self._earlier else Part.LATER
        return made(match, TimeKind.CALENDAR, unit=self._units[fold(match["unit"])], count=count, part=part)

    def counted(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "two weeks ago", "a day earlier", "the week before"."""
        number = self.number(match["number"]) if "number" in match.groupdict() else 1
        if number is None:
            return made(match, TimeKind.VAGUE)
        sign, kind = self._relation(match)
        return made(match, kind, unit=self._units[fold(match["unit"])], count=sign * number)

    def halves(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "half a year ago", "a year and a half earlier"."""
        half = _HALF_UNITS.get(self._units[fold(match["unit"])])
        whole = self.number(match["number"]) if "number" in match.groupdict() else 0
        if half is None or whole is None:
            return made(match, TimeKind.VAGUE)
        sign, kind = self._relation(match)
        return made(match, kind, unit=half[0], count=sign * (2 * whole + 1) * half[1])

    def _relation(self, match: re.Match[str]) -> tuple[int, TimeKind]:
        words, relation = self._words, fold(match["relation"])
        if relation in map(fold, words.ago):
            return -1, TimeKind.AGO
        if relation in map(fold, words.hence):
            return 1, TimeKind.AGO
        if relation in map(fold, (*words.earlier, *words.later, *words.on_from)):
            return (-1 if relation in self._earlier else 1), TimeKind.TOLD
        sign = -1 if relation in map(fold, words.before_event) else 1
        return sign, kind_beside(match)

    def uncounted(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "years ago", which tells no year."""
        return None if self._single(match["unit"]) else made(match, TimeKind.VAGUE)

    def vague(self, match: re.Match[str]) -> TimeExpression:
        """Read "recently"."""
        return made(match, TimeKind.VAGUE)

    def name(self, match: re.Match[str]) -> TimeExpression:
        """Read "Black Friday", which tells no time."""
        return made(match, TimeKind.NAME)

    def eve(self, match: re.Match[str]) -> TimeExpression:
        """Read "on the eve of"."""
        return made(match, TimeKind.BESIDE, unit="day", count=-1)

    def within(self, match: re.Match[str]) -> TimeExpression:
        """Read "within a month"."""
        number = self.number(match["number"])
        if number is None:
            return made(match, TimeKind.VAGUE)
        return made(match, TimeKind.WITHIN, unit=self._units[fold(match["unit"])], count=number)

    def into(self, match: re.Match[str]) -> TimeExpression:
        """Read "in two weeks" of what is to come."""
        number = self.number(match["number"])
        if number is None:
            return made(match, TimeKind.VAGUE)
        return made(match, TimeKind.AGO, unit=self._units[fold(match["unit"])], count=number)

    def _single(self, unit: str) -> bool:
        """Tell whether the unit stands in the singular, the first form of its list."""
        folded = fold(unit)
        return folded == fold(self._words.units[self._units[folded]][0])

    def unit(self, words: str) -> str:
        """Give the unit that a word names."""
        return self._units[fold(words)]

    def number(self, words: str) -> int | None:
        """Give the number that digits or words tell, None for a vague one."""
        folded = fold(words)
        if folded.isdigit():
            return int(folded)
        if folded in self._numbers:
            return self._numbers[folded]
        parts = [self._numbers.get(part) for part in re.split(r"[- ]", folded)]
        return None if None in parts else sum(part for part in parts if part)


def kind_beside(match: re.Match[str]) -> TimeKind:
    """Tell whether a "before" or "after" has words behind it that name what it counts from."""
    beside = re.match(r"\s+[\w\"“‘']", match.string[match.end() : match.end() + 4]) is not None
    return TimeKind.BESIDE if beside else TimeKind.TOLD


def made(match: re.Match[str], kind: TimeKind, **value: Any) -> TimeExpression:
    """Make the expression of the words matched."""
    return TimeExpression(match.start(), match.end(), match[0], kind, **value)


def signs(before: Iterable[str], now: Iterable[str], after: Iterable[str]) -> dict[str, int]:
    """Give -1, 0 or 1 for each folded word of a direction."""
    return {fold(word): sign for sign, words in ((-1, before), (0, now), (1, after)) for word in words}
