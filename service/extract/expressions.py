"""Expressions of time as plain data: what the words say, before anything tells which day that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.dates import parse_edtf


class TimeKind(StrEnum):
    """How an expression tells its time, which decides what it must be resolved against.

    STATED needs nothing; VAGUE never gives a date; TOLD counts from the event told before ("a day earlier"), BESIDE from
    one that the words after it name ("the day before the vote"); NAME ("Black Friday") tells no time and is left out by
    whoever finds it; all others count from the day of publication.
    """

    STATED = "stated"
    MONTH_DAY = "month-day"
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


class Part(StrEnum):
    """Which stretch of the time named: a third of it, or what lies before or after the day of publication."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that tell a time: code points from `start` to `end`, end exclusive, with their value.

    `edtf`: the date of STATED. `number`: the month (1 to 12), weekday (Monday 1 to Sunday 7) or EDTF season (21 to 24)
    of the kind so named; MONTH_DAY adds `day`, `last_day` where it is a run of days, `weekday` where one is printed.
    `count` of `unit` (day, week, weekend, month, year, decade): how far away, negative for the past; for named months,
    seasons and weekdays `count` is -1 "last", 1 "next", None for no such word and 0 for "this", and `unit`, where
    present, the unit it counts instead ("March last year"). `exact` is False where a count stands for the calendar's
    own unit ("last week", not "a week ago"). `since`: from that time until now.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    edtf: str | None = None
    number: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    unit: str | None = None
    count: int | None = None
    exact: bool = True
    part: Part | None = None
    since: bool = False


def stated(edtf: str) -> TimeExpression:
    """Give a date that stands in no text (front matter) as an expression; `ValueError` where it is no EDTF date."""
    parse_edtf(edtf)
    return TimeExpression(0, len(edtf), edtf, TimeKind.STATED, edtf=edtf)
