"""Days, months and years as numbers that run on without gaps, so that periods can be counted and listed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache

from service.dates import month_end

_REMEMBERED = 4096


class Grain(StrEnum):
    """The lengths of period that records are counted by, the shortest first."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def period(grain: Grain, ordinal: int) -> int:
    """Give the number of the period that the day `ordinal` (1 is 0001-01-01) lies in; the next period has the next number."""
    if grain is Grain.DAY:
        return ordinal
    day = dt.date.fromordinal(ordinal)
    return day.year if grain is Grain.YEAR else day.year * 12 + day.month - 1


@lru_cache(_REMEMBERED)
def ends(grain: Grain, number: int) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a period by its number."""
    match grain:
        case Grain.DAY:
            day = dt.date.fromordinal(number)
            return day, day
        case Grain.MONTH:
            first = dt.date(number // 12, number % 12 + 1, 1)
            return first, month_end(first)
        case Grain.YEAR:
            return dt.date(number, 1, 1), dt.date(number, 12, 31)


@lru_cache(_REMEMBERED)
def label(grain: Grain, number: int) -> str:
    """Write a period by its number, as the filter by date takes it: 2014-02-14, 2014-02 or 2014."""
    first = ends(grain, number)[0].isoformat()
    return {Grain.DAY: first, Grain.MONTH: first[:7], Grain.YEAR: first[:4]}[grain]
