"""Expressions of time as plain data: what the words say, before anything tells which day that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.dates import parse_edtf


class TimeKind(StrEnum):
    """How an expression tells its time, which decides what it must be resolved against.

    STATED needs nothing; VAGUE never gives a date; TOLD counts from the event told before ("a day earlier"), BESIDE from
    one that the words after it name ("the day before the vote"), DAY is a day of the month told before ("on the 6th");
    NAME ("Black Friday") tells no time and is left out by whoever finds it; all others count from the day of publication.
    """

    STATED = "stated"
    MONTH_DAY = "month-day"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    WEEKDAY = "weekday"
    CALENDAR = "calendar"
    AGO = "ago"
    REACH = "reach"
    WITHIN = "within"
    TOLD = "told"
    BESIDE = "beside"
    VAGUE = "vague"
    NAME = "name"


FROM_THE_STORY = frozenset((TimeKind.TOLD, TimeKind.BESIDE, TimeKind.DAY))
"""The kinds that count from what the text tells around them."""

_AHEAD = frozenset(
    (TimeKind.CALENDAR, TimeKind.AGO, TimeKind.REACH, TimeKind.WITHIN, TimeKind.MONTH, TimeKind.SEASON)
)
_NAMED_AHEAD = frozenset((TimeKind.WEEKDAY, TimeKind.MONTH_DAY))


class Part(StrEnum):
    """Which stretch of the time named: a third, half, quarter, week or day, or what lies before or after the day of publication."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    FIRST_QUARTER = "first_quarter"
    SECOND_QUARTER = "second_quarter"
    THIRD_QUARTER = "third_quarter"
    FOURTH_QUARTER = "fourth_quarter"
    FIRST_WEEK = "first_week"
    SECOND_WEEK = "second_week"
    THIRD_WEEK = "third_week"
    LAST_WEEK = "last_week"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that tell a time: code points from `start` to `end`, end exclusive, with their value.

    `edtf`: the date of STATED. `number`: the month (1 to 12), weekday (Monday 1 to Sunday 7) or EDTF season (21 to 24)
    of the kind so named, `last_number` the last one of a run ("Monday and Tuesday"); MONTH_DAY adds `day`, `last_day`
    where it is a run of days, `weekday` where one is printed, as does DAY. `count` of `unit` (day, week, weekend, month,
    year, decade, quarter, century, half-year, half-month): how far away, negative for the past; for named months,
    seasons and days `count` is -1 "last", 1 "next", None for no such word, 0 for "this", less than -1 "two Fridays ago",
    and `unit`, where present, the unit it counts instead ("March last year") or, of named days, the one that holds them
    ("the week of March 3"). `beyond`: whole weeks past the day so told, negative before it ("a week ago Friday").
    `exact` is False where a count stands for the calendar's own unit ("last week", not "a week ago"). `since`: from that
    time until now; `until`: of what is to come, from now until that time.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    edtf: str | None = None
    number: int | None = None
    last_number: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    unit: str | None = None
    count: int | None = None
    exact: bool = True
    part: Part | None = None
    beyond: int = 0
    since: bool = False
    until: bool = False


def points_ahead(time: TimeExpression) -> bool:
    """Tell whether the words themselves point past the time of the telling: "next week", "in three days", "by Friday"."""
    if (
        time.until
        or time.beyond > 0
        or (time.kind in _NAMED_AHEAD and time.unit is None and (time.count or 0) > 0)
    ):
        return True
    return time.kind in _AHEAD and (time.count or 0) > 0


def stated(edtf: str) -> TimeExpression:
    """Give a date that stands in no text (front matter) as an expression; `ValueError` where it is no EDTF date."""
    parse_edtf(edtf)
    return TimeExpression(0, len(edtf), edtf, TimeKind.STATED, edtf=edtf)
