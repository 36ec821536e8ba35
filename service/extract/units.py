"""The calendar's own days, weeks, weekends, months, years and decades around a day; their thirds, halves and quarters."""

from __future__ import annotations

import datetime as dt

from service import dates
from service.extract.expressions import Part

Days = tuple[dt.date, dt.date]
"""The first and the last of some days on end, both included."""

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
YEARS = {"year": 1, "decade": 10, "century": 100}
"""How many years the units of years have."""
_MONTHS = {"month": 1, "quarter": 3}
_FRACTIONS = {
    Part.EARLY: (0, 3),
    Part.MIDDLE: (1, 3),
    Part.LATE: (2, 3),
    Part.FIRST_HALF: (0, 2),
    Part.SECOND_HALF: (1, 2),
    Part.FIRST_QUARTER: (0, 4),
    Part.SECOND_QUARTER: (1, 4),
    Part.THIRD_QUARTER: (2, 4),
    Part.FOURTH_QUARTER: (3, 4),
}
"""Which of how many equal parts, counted from 0."""
_SLICES = {
    Part.FIRST_DAY: (0, 1),
    Part.FIRST_WEEK: (0, 7),
    Part.SECOND_WEEK: (7, 14),
    Part.THIRD_WEEK: (14, 21),
    Part.LAST_WEEK: (-7, 0),
    Part.LAST_DAY: (-1, 0),
}
"""From which day to before which, counted from the first day, or below 0 from the day after the last."""


def unit_at(unit: str, count: int, anchor: dt.date) -> Days:
    """Give the calendar's own day, week, weekend, month, quarter, year, decade or century that lies `count` away from the anchor's."""
    if unit == "day":
        return (anchor + DAY * count,) * 2
    if unit == "week":
        first_day = monday(anchor) + WEEK * count
        return first_day, first_day + DAY * 6
    if unit == "weekend":
        return weekend(anchor, count)
    if unit in _MONTHS:
        size = _MONTHS[unit]
        start = dates.add_months(anchor.replace(day=1), count * size - (anchor.month - 1) % size)
        return start, dates.month_end(dates.add_months(start, size - 1))
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
    return dates.add_months(anchor, count * (_MONTHS.get(unit) or 12 * YEARS[unit]))


def portion(days: Days, part: Part | None) -> Days:
    """Give a third or half of a month (by days), or of years a third, half or quarter (by months, of many by years).

    Of both it gives the first and last week and day. Shorter times, and quarters of a month, stay whole.
    """
    start, end = days
    if part in _SLICES and (end - start).days >= 27:
        begin, stop = _SLICES[part]
        base = end + DAY if begin < 0 else start
        return base + DAY * begin, base + DAY * (stop - 1)
    if part not in _FRACTIONS or (end - start).days < 27:
        return days
    index, parts = _FRACTIONS[part]
    if (end - start).days < 31:
        length = {3: 10, 2: 15}.get(parts)
        first = start + DAY * (length or 0) * index
        return days if length is None else (first, end if index == parts - 1 else first + DAY * (length - 1))
    years = end.year - start.year + 1
    if years >= 2 * parts:
        begun, over = (start.year - (-years * i // parts) for i in (index, index + 1))
        return dt.date(begun, 1, 1), dt.date(over - 1, 12, 31)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months < parts:
        return days
    first = dates.add_months(start, months * index // parts)
    return first, dates.add_months(start, months * (index + 1) // parts) - DAY


def monday(day: dt.date) -> dt.date:
    """Give the Monday of the week that `day` lies in."""
    return day - DAY * (day.isoweekday() - 1)


def whole_month(year: int, number: int) -> Days:
    """Give the first and the last day of a month (1 to 12)."""
    start = dt.date(year, number, 1)
    return start, dates.month_end(start)
