"""What a matched pattern of time means: one method for each name of a rule, None where the words tell no time after all."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from service import dates
from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.timegrammar import either, fold, invert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from service.vocabulary.times import TimeWords

_BEHIND = 24


class Values:
    """Reads the groups of a match by the vocabulary's words."""

    def __init__(self, words: TimeWords) -> None:
        """Turn the vocabulary's tables round, so that each word gives its meaning."""
        self._words = words
        self._months = invert(words.months)
        self._full_months = {fold(forms[0]) for forms in words.months.values()}
        self._doubtful = {fold(name) for name in words.doubtful_months}
        self._weekdays = invert(words.weekdays)
        self._seasons = invert(words.seasons)
        self._numbers = invert(words.numbers)
        self._day_names = invert(words.day_names)
        self._units = {fold(form): unit for unit, forms in words.units.items() for form in forms}
        self._directions = _signs(words.before, words.now, words.after)
        self._told = _signs(words.before_told, words.now_told, words.after_told)
        self._reaches = _signs(words.past_reach, (), words.coming_reach)
        self._month_lead = _behind(words.month_leads)
        self._month_holder = _behind(words.month_holders)
        self._breaker = re.compile(rf"\s+(?:{either(words.month_breakers)})\b")
        self._year_lead = _behind(words.year_leads)
        self._season_lead = _behind(words.season_leads)

    def read(self, name: str, match: re.Match[str], *, led: bool) -> TimeExpression | None:
        """Give the value of a match of the rule `name`; `led` where a word before it already tells that it is a time."""
        if not led and not self._tells_time(name, match):
            return None
        value: Callable[[re.Match[str]], TimeExpression | None] = getattr(self, f"_{name}")
        return value(match)

    def _tells_time(self, name: str, match: re.Match[str]) -> bool:
        """Tell whether a bare month, season or year is one, by the words around it."""
        if name not in {"month", "season", "year"} or match.groupdict().get("direction"):
            return True
        before = match.string[max(0, match.start() - _BEHIND) : match.start()].lower()
        if name == "month":
            return self._is_month(match, before)
        if name == "season":
            return self._season_lead.search(before) is not None
        return before.endswith("(") or self._year_lead.search(before) is not None

    def _month_day(self, match: re.Match[str]) -> TimeExpression | None:
        month = self._months[fold(match["month"])]
        first, last = int(match["day"]), int(match["last_day"] or match["day"])
        return _days(match, int(match["year"] or 0), month, first, last)

    def _iso(self, match: re.Match[str]) -> TimeExpression | None:
        day = int(match["day"])
        return _days(match, int(match["year"]), int(match["month_number"]), day, day)

    _dotted = _iso

    def _slashed(self, match: re.Match[str]) -> TimeExpression | None:
        """Read 2/14/2014 and 14/02/2014; where either number may be the month nobody can tell, so nothing is read."""
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if first <= 12 else (second, first)
        return _days(match, year if year > 99 else 2000 + year, month, day, day)

    def _month_year(self, match: re.Match[str]) -> TimeExpression:
        return _made(match, TimeKind.STATED, edtf=f"{match['year']}-{self._months[fold(match['month'])]:02}")

    def _month_of_year(self, match: re.Match[str]) -> TimeExpression:
        count = self._directions[fold(match["direction"])]
        return _made(
            match, TimeKind.MONTH, number=self._months[fold(match["month"])], unit="year", count=count
        )

    def _month(self, match: re.Match[str]) -> TimeExpression | None:
        return _made(
            match, TimeKind.MONTH, number=self._months[fold(match["month"])], count=self._count(match)
        )

    def _is_month(self, match: re.Match[str], before: str) -> bool:
        name = fold(match["month"])
        if name not in self._full_months:
            return False
        if name not in self._doubtful and not match[0].isupper():
            return True
        if self._month_lead.search(before):
            return True
        following = match.string[match.end() : match.end() + _BEHIND]
        held = self._month_holder.search(before) is not None and not match[0].isupper()
        return held and re.match(r"\s+[a-z]", following) is not None and not self._breaker.match(following)

    def _weekday(self, match: re.Match[str]) -> TimeExpression:
        unit = "week" if match.groupdict().get("in_week") else None
        number = self._weekdays[fold(match["weekday"])]
        return _made(match, TimeKind.WEEKDAY, number=number, unit=unit, count=self._count(match))

    def _told_weekday(self, match: re.Match[str]) -> TimeExpression:
        count = self._told[fold(match["told"])]
        return _made(match, TimeKind.TOLD, number=self._weekdays[fold(match["weekday"])], count=count)

    def _season_year(self, match: re.Match[str]) -> TimeExpression:
        season = self._seasons[fold(match["season"])]
        return _made(match, TimeKind.STATED, edtf=f"{match['year']}-{season}")

    def _season(self, match: re.Match[str]) -> TimeExpression | None:
        return _made(
            match, TimeKind.SEASON, number=self._seasons[fold(match["season"])], count=self._count(match)
        )

    def _decade(self, match: re.Match[str]) -> TimeExpression:
        first = int(match["decade"])
        return _made(match, TimeKind.STATED, edtf=f"{first}/{first + 9}")

    def _year_run(self, match: re.Match[str]) -> TimeExpression | None:
        if match["year"] >= match["last_year"]:
            return None
        return _made(match, TimeKind.STATED, edtf=f"{match['year']}/{match['last_year']}")

    def _year(self, match: re.Match[str]) -> TimeExpression | None:
        return _made(match, TimeKind.STATED, edtf=match["year"])

    def _day_name(self, match: re.Match[str]) -> TimeExpression:
        return _made(match, TimeKind.CALENDAR, unit="day", count=self._day_names[fold(match[0])])

    def _told_unit(self, match: re.Match[str]) -> TimeExpression | None:
        unit = self._units[fold(match["unit"])] if match["unit"] else "day"
        if match["unit"] and not self._single(match["unit"]):
            return None
        return _made(match, TimeKind.TOLD, unit=unit, count=self._told[fold(match["told"])], exact=False)

    def _reach(self, match: re.Match[str]) -> TimeExpression | None:
        unit = self._units[fold(match["unit"])]
        if unit not in self._words.reaches:
            return None
        number = 1 if self._single(match["unit"]) else self._words.reaches[unit]
        if match["number"]:
            number = self._number(match["number"]) or number
        sign = self._reaches[fold(match["reach"])]
        return _made(match, TimeKind.REACH, unit=unit, count=sign * number)

    def _calendar(self, match: re.Match[str]) -> TimeExpression | None:
        if not self._single(match["unit"]):
            return None
        count = self._count(match) or 0
        part = None
        if side := match.groupdict().get("side"):
            part = Part.EARLIER if fold(side) in map(fold, self._words.earlier) else Part.LATER
        unit = self._units[fold(match["unit"])]
        return _made(match, TimeKind.CALENDAR, unit=unit, count=count, part=part)

    def _counted(self, match: re.Match[str]) -> TimeExpression | None:
        unit, relation = self._units[fold(match["unit"])], fold(match["relation"])
        number = self._number(match["number"]) if "number" in match.groupdict() else 1
        if number is None:
            return _made(match, TimeKind.VAGUE)
        sign, kind = self._relation(relation, match)
        return _made(match, kind, unit=unit, count=sign * number)

    def _relation(self, relation: str, match: re.Match[str]) -> tuple[int, TimeKind]:
        words = self._words
        if relation in map(fold, words.ago):
            return -1, TimeKind.AGO
        if relation in map(fold, words.hence):
            return 1, TimeKind.AGO
        if relation in map(fold, (*words.earlier, *words.later)):
            return (-1 if relation in map(fold, words.earlier) else 1), TimeKind.TOLD
        beside = re.match(r"\s+[\w\"“‘']", match.string[match.end() : match.end() + 4]) is not None
        sign = -1 if relation in map(fold, words.before_event) else 1
        return sign, TimeKind.BESIDE if beside else TimeKind.TOLD

    def _uncounted(self, match: re.Match[str]) -> TimeExpression | None:
        return None if self._single(match["unit"]) else _made(match, TimeKind.VAGUE)

    def _name(self, match: re.Match[str]) -> TimeExpression:
        return _made(match, TimeKind.NAME)

    def _eve(self, match: re.Match[str]) -> TimeExpression:
        return _made(match, TimeKind.BESIDE, unit="day", count=-1)

    def _within(self, match: re.Match[str]) -> TimeExpression:
        number = self._number(match["number"])
        if number is None:
            return _made(match, TimeKind.VAGUE)
        return _made(match, TimeKind.WITHIN, unit=self._units[fold(match["unit"])], count=number)

    def _count(self, match: re.Match[str]) -> int | None:
        """Give what the direction before a name or unit counts, None where there is none."""
        direction = match.groupdict().get("direction")
        return self._directions[fold(direction)] if direction else None

    def _single(self, unit: str) -> bool:
        """Tell whether the unit stands in the singular, the first form of its list."""
        folded = fold(unit)
        return folded == fold(self._words.units[self._units[folded]][0])

    def _number(self, words: str) -> int | None:
        """Give the number that digits or words tell, None for a vague one."""
        folded = fold(words)
        if folded.isdigit():
            return int(folded)
        if folded in self._numbers:
            return self._numbers[folded]
        parts = [self._numbers.get(part) for part in re.split(r"[- ]", folded)]
        return None if None in parts else sum(part for part in parts if part)


def _days(match: re.Match[str], year: int, month: int, first: int, last: int) -> TimeExpression | None:
    """Give a day or run of days of one month; year 0 where none is printed."""
    if not 1 <= month <= 12 or not 1 <= first <= last <= calendar.monthrange(year or 2000, month)[1]:
        return None
    run = last if last > first else None
    if not year:
        return _made(match, TimeKind.MONTH_DAY, number=month, day=first, last_day=run)
    edtf = dates.span(dt.date(year, month, first), dt.date(year, month, last)).edtf
    return _made(match, TimeKind.STATED, edtf=edtf)


def _made(match: re.Match[str], kind: TimeKind, **value: Any) -> TimeExpression:
    return TimeExpression(match.start(), match.end(), match[0], kind, **value)


def _signs(before: Iterable[str], now: Iterable[str], after: Iterable[str]) -> dict[str, int]:
    return {fold(word): sign for sign, words in ((-1, before), (0, now), (1, after)) for word in words}


def _behind(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w]){either(words)}(?:\s{{1,3}}|-)$")
