"""What a matched pattern of time means: one method for each name of a rule, None where the words tell no time after all."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from service import dates
from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.timecounts import CountedTimes, kind_beside, made, signs
from service.extract.timegrammar import fold, invert
from service.extract.timesigns import TimeSigns

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from service.vocabulary.times import TimeWords


class Values(CountedTimes):
    """Reads named days, months, seasons and years, and what `CountedTimes` reads."""

    def __init__(self, words: TimeWords) -> None:
        """Turn the vocabulary's tables round, so that each word gives its meaning."""
        super().__init__(words)
        self._signs = TimeSigns(words)
        self._months = invert(words.months)
        self._weekdays = invert(words.weekdays)
        self._seasons = invert(words.seasons)
        self._ordinals = invert(words.ordinals)
        self._holidays = {fold(name): day for day, names in words.holidays.items() for name in names}
        self._parts = {fold(form): Part(name) for name, forms in words.parts.items() for form in forms}
        self._beside = signs(words.before_event, (), words.after_event)
        self._off = signs(words.ago, (), words.onward)

    def read(self, name: str, match: re.Match[str], *, led: bool) -> TimeExpression | None:
        """Give the value of a match of the rule `name`; `led` where a word before it already tells that it is a time."""
        if not led and not self._signs.tell_time(name, match):
            return None
        value: Callable[[re.Match[str]], TimeExpression | None] = getattr(self, name)
        return value(match)

    def month_day(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "Feb. 14, 2014", "the sixth of January", "last Jan. 6"."""
        found = match.groupdict()
        month, first = self._months[fold(match["month"])], self._ordinal(match["day"])
        last = int(found.get("last_day") or first)
        days = days_of_month(match, int(found.get("year") or 0), month, first, last)
        return self._directed(days, match)

    def _directed(self, days: TimeExpression | None, match: re.Match[str]) -> TimeExpression | None:
        """Add what "last", "next" or "last year" says of a day without a year."""
        if days is None or not match.groupdict().get("direction"):
            return days
        unit = "year" if match.groupdict().get("of_year") else None
        return made(match, days.kind, number=days.number, day=days.day, unit=unit, count=self._count(match))

    def holiday(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "New Year's Eve", "Christmas Day 2013", "last Halloween"."""
        month, day = map(int, self._holidays[fold(match["holiday"])].split("-"))
        year = int(match.groupdict().get("year") or 0)
        return self._directed(days_of_month(match, year, month, day, day), match)

    def weekday_day(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "Friday the 13th", whose month only the weekday tells; after no "on" it is a name."""
        day = int(match["day"])
        if not 1 <= day <= 31:
            return None
        if match.string[max(0, match.start() - 3) : match.start()].lower().strip() != "on":
            return made(match, TimeKind.NAME)
        return made(match, TimeKind.DAY, day=day, weekday=self._weekdays[fold(match["weekday"])])

    def day_alone(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "on the 6th"."""
        day = int(match["day"])
        return made(match, TimeKind.DAY, day=day) if 1 <= day <= 31 else None

    def iso(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "2014-02-14"."""
        day = int(match["day"])
        return days_of_month(match, int(match["year"]), int(match["month_number"]), day, day)

    dotted = iso

    def slashed(self, match: re.Match[str]) -> TimeExpression | None:
        """Read 2/14/2014 and 14/02/2014; where either number may be the month nobody can tell which day it is."""
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            return made(match, TimeKind.VAGUE)
        month, day = (first, second) if first <= 12 else (second, first)
        return days_of_month(match, year if year > 99 else 2000 + year, month, day, day)

    def month_year(self, match: re.Match[str]) -> TimeExpression:
        """Read "March 2014"."""
        return made(match, TimeKind.STATED, edtf=f"{match['year']}-{self._months[fold(match['month'])]:02}")

    def month_of_year(self, match: re.Match[str]) -> TimeExpression:
        """Read "March last year"."""
        number = self._months[fold(match["month"])]
        return made(match, TimeKind.MONTH, number=number, unit="year", count=self._count(match))

    def month(self, match: re.Match[str]) -> TimeExpression:
        """Read "in March", "last March"."""
        number = self._months[fold(match["month"])]
        return made(match, TimeKind.MONTH, number=number, count=self._count(match))

    def turn(self, match: re.Match[str]) -> TimeExpression:
        """Read "the turn of the year": December and January."""
        return made(match, TimeKind.MONTH, number=12, last_number=1)

    def weekday(self, match: re.Match[str]) -> TimeExpression:
        """Read "Friday", "last Friday", "Friday of next week"."""
        unit = "week" if match.groupdict().get("in_week") else None
        number = self._weekdays[fold(match["weekday"])]
        return made(match, TimeKind.WEEKDAY, number=number, unit=unit, count=self._count(match))

    def told_weekday(self, match: re.Match[str]) -> TimeExpression:
        """Read "the following Monday"."""
        count = self._told[fold(match["told"])]
        return made(match, TimeKind.TOLD, number=self._weekdays[fold(match["weekday"])], count=count)

    def weekday_beside(self, match: re.Match[str]) -> TimeExpression:
        """Read "the Monday before" and "the Monday before the vote"."""
        number, count = self._weekdays[fold(match["weekday"])], self._beside[fold(match["beside"])]
        return made(match, kind_beside(match), number=number, count=count)

    def weekdays_ago(self, match: re.Match[str]) -> TimeExpression:
        """Read "two Fridays ago"."""
        number = self.number(match["number"])
        if number is None:
            return made(match, TimeKind.VAGUE)
        return made(match, TimeKind.WEEKDAY, number=self._weekdays[fold(match["weekday"])], count=-number)

    def weeks_off(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "a week ago Friday", "two weeks from Friday", "Friday a week ago"."""
        weeks = self.number(match["number"])
        if weeks is None:
            return None
        beyond = self._off[fold(match["off"])] * weeks
        return made(match, TimeKind.WEEKDAY, number=self._weekdays[fold(match["weekday"])], beyond=beyond)

    def season_year(self, match: re.Match[str]) -> TimeExpression:
        """Read "spring 2013"."""
        return made(match, TimeKind.STATED, edtf=f"{match['year']}-{self._seasons[fold(match['season'])]}")

    def season(self, match: re.Match[str]) -> TimeExpression:
        """Read "in the spring", "last spring"."""
        number = self._seasons[fold(match["season"])]
        return made(match, TimeKind.SEASON, number=number, count=self._count(match))

    the_season = season

    def decade(self, match: re.Match[str]) -> TimeExpression:
        """Read "the 1990s", "the late 1990s"."""
        first = int(match["decade"])
        return made(match, TimeKind.STATED, edtf=f"{first}/{first + 9}", part=self._part(match))

    def century(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "the 19th century": 1801 to 1900."""
        last = self._ordinal(match["century"]) * 100
        if not 1000 <= last <= 2200:
            return None
        return made(match, TimeKind.STATED, edtf=f"{last - 99:04}/{last:04}", part=self._part(match))

    def quarter(self, match: re.Match[str]) -> TimeExpression:
        """Read "Q1 2013"."""
        last = 3 * int(match["quarter"])
        return made(match, TimeKind.STATED, edtf=f"{match['year']}-{last - 2:02}/{match['year']}-{last:02}")

    def year_run(self, match: re.Match[str]) -> TimeExpression | None:
        """Read "2003-2009"."""
        if match["year"] >= match["last_year"]:
            return None
        return made(match, TimeKind.STATED, edtf=f"{match['year']}/{match['last_year']}")

    def year(self, match: re.Match[str]) -> TimeExpression:
        """Read "2014"."""
        return made(match, TimeKind.STATED, edtf=match["year"])

    def _count(self, match: re.Match[str]) -> int | None:
        """Give what the direction before a name or unit counts, None where there is none."""
        direction = match.groupdict().get("direction")
        return self._directions[fold(direction)] if direction else None

    def _part(self, match: re.Match[str]) -> Part | None:
        words = match.groupdict().get("part")
        return self._parts[fold(words)] if words else None

    def _ordinal(self, words: str) -> int:
        """Give the number that "6", "19th" or "sixth" tells."""
        digits = words.rstrip("stndrh")
        return int(digits) if digits.isdigit() else self._ordinals[fold(words)]


def days_of_month(
    match: re.Match[str], year: int, month: int, first: int, last: int
) -> TimeExpression | None:
    """Give a day or run of days of one month; year 0 where none is printed, None where the month has no such day."""
    if not 1 <= month <= 12 or not 1 <= first <= last <= calendar.monthrange(year or 2000, month)[1]:
        return None
    run = last if last > first else None
    if not year:
        return made(match, TimeKind.MONTH_DAY, number=month, day=first, last_day=run)
    edtf = dates.span(dt.date(year, month, first), dt.date(year, month, last)).edtf
    return made(match, TimeKind.STATED, edtf=edtf)
