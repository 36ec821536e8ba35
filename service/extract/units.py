"""The calendar's own days, weeks, weekends, months, years and decades around a day; their thirds."""

from __future__ import annotations

import datetime as dt

from service import dates
from service.extract.expressions import Part

Days = tuple[dt.date, dt.date]
"""The first and the last of some days on end, both included."""

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
YEARS = {"year": 1, "decade": 10}
"""How many years the units of years have."""


def unit_at(unit: str, count: int, anchor: dt.date) -> Days:
    """Give the calendar's own day, week, weekend, month, year or decade that lies `count` away from the anchor's."""
    if unit == "day":
        return (anchor + DAY * count,) * 2
    if unit == "week":
        first_day = monday(anchor) + WEEK * count
        return first_day, first_day + DAY * 6
    if unit == "weekend":
        return weekend(anchor, count)
    if unit == "month":
        start = dates.add_months(anchor.replace(day=1), count)
        return start, dates.month_end(start)
    length = YEARS[unit]
    first = anchor.year // length * length + count * length
    return dt.date(first, 1, 1), dt.date(first + length - 1, 12, 31)


def weekend(anchor: dt.date, count: int) -> Days:
    """Give the Saturday and Sunday of the week that lies `count` away from the anchor's."""
    saturday = monday(anchor) + WEEK * count + DAY * 5
    return saturday, saturday + DAY


def moved(anchor: dt.date, unit: str, count: int) -> dt.date:
    """Move a day by `count` units; a weekend counts as a week."""
    if unit in {"day", "week", "weekend"}:
        return anchor + (DAY if unit == "day" else WEEK) * count
    return dates.add_months(anchor, count * (1 if unit == "month" else 12 * YEARS[unit]))


def third(days: Days, part: Part | None) -> Days:
    """Give the early, middle or late third of a month (by days) or of years (by months); shorter times stay whole."""
    start, end = days
    if part is None or (end - start).days < 27:
        return days
    index = (Part.EARLY, Part.MIDDLE, Part.LATE).index(part)
    if (end - start).days < 31:
        first = start + DAY * (10 * index)
        return first, end if index == 2 else first + DAY * 9
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    first = dates.add_months(start, months * index // 3)
    return first, dates.add_months(start, months * (index + 1) // 3) - DAY


def monday(day: dt.date) -> dt.date:
    """Give the Monday of the week that `day` lies in."""
    return day - DAY * (day.isoweekday() - 1)


def whole_month(year: int, number: int) -> Days:
    """Give the first and the last day of a month (1 to 12)."""
    start = dt.date(year, number, 1)
    return start, dates.month_end(start)
