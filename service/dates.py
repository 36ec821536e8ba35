"""Dates of every grain and their EDTF (ISO 8601-2) form: the day, month, season, year and interval of the record.

Read and written are ``2014``, ``2014-02``, ``2014-02-14``, the seasons ``2013-21`` to ``2013-24`` and closed intervals
of these (``2013-01/2014``). Seasons are the northern meteorological ones: 21 spring March to May, 22 summer June to
August, 23 autumn September to November, 24 winter December of the year named to the end of the next February.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from service.model import Basis, Date, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

SPRING, SUMMER, AUTUMN, WINTER = range(21, 25)
"""The EDTF numbers of the seasons."""

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", re.ASCII)
_FORMS = "2014, 2014-02, 2014-02-14, a season such as 2013-21, or an interval such as 2013-01/2014"


def parse_edtf(text: str) -> Date:
    """Read an EDTF date with the basis ``stated``; raise `ValueError` naming what is wrong and what would be right."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return day(dt.date.fromisoformat(text))
        except ValueError:
            pass  # what is wrong with it is told below
    first, slash, last = text.partition("/")
    if not slash:
        return _point(first)
    if not first or not last or ".." in (first, last):
        message = f"{text!r}: both ends of an interval are needed, as in 2013-01/2014"
        raise ValueError(message)
    start, end = _point(first), _point(last)
    if start.start > end.end:
        message = f"{text!r}: the interval ends before it starts; write the earlier date first"
        raise ValueError(message)
    return Date(text, start.start, end.end, Precision.RANGE, Basis.STATED)


def day(value: dt.date, basis: Basis = Basis.STATED, expression: str | None = None) -> Date:
    """Give the date of one day."""
    return Date(value.isoformat(), value, value, Precision.DAY, basis, expression)


def month(year_: int, month_: int, basis: Basis = Basis.STATED, expression: str | None = None) -> Date:
    """Give the date of a whole month (1 to 12); raise `ValueError` for another."""
    start = dt.date(year_, month_, 1)
    return Date(f"{year_:04}-{month_:02}", start, month_end(start), Precision.MONTH, basis, expression)


def season(year_: int, number: int, basis: Basis = Basis.STATED, expression: str | None = None) -> Date:
    """Give the date of a season by its EDTF number (21 to 24); raise `ValueError` for another."""
    if not SPRING <= number <= WINTER:
        message = f"{number}: seasons are 21 spring, 22 summer, 23 autumn, 24 winter"
        raise ValueError(message)
    start = dt.date(year_, 3 * (number - 20), 1)
    end = month_end(add_months(start, 2))
    return Date(f"{year_:04}-{number}", start, end, Precision.SEASON, basis, expression)


def year(value: int, basis: Basis = Basis.STATED, expression: str | None = None) -> Date:
    """Give the date of a whole year (1 to 9999)."""
    return Date(
        f"{value:04}", dt.date(value, 1, 1), dt.date(value, 12, 31), Precision.YEAR, basis, expression
    )


def span(start: dt.date, end: dt.date, basis: Basis = Basis.STATED, expression: str | None = None) -> Date:
    """Give the date from `start` to `end`, both included, in its plainest form.

    One day, one whole month and one whole year are called so; everything else is an interval, whose ends are years or
    months where both are whole. Raise `ValueError` when `end` lies before `start`.
    """
    if end < start:
        message = f"{start}/{end}: ends before it starts"
        raise ValueError(message)
    first, last = _ends(start, end)
    if first == last:
        return restated(_point(first), basis, expression)
    return Date(f"{first}/{last}", start, end, Precision.RANGE, basis, expression)


def restated(date: Date, basis: Basis, expression: str | None = None) -> Date:
    """Give the same days on another basis and in other words."""
    return replace(date, basis=basis, expression=expression)


def overlaps(one: Date, other: Date) -> bool:
    """Tell whether the two share a day."""
    return one.start <= other.end and other.start <= one.end


def within(inner: Date, outer: Date) -> bool:
    """Tell whether every day of `inner` lies in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def intersection(one: Date, other: Date) -> Date | None:
    """Give the days both share on the basis and in the words of `one`; None where they share none."""
    if not overlaps(one, other):
        return None
    if within(one, other):
        return one
    if within(other, one):
        return restated(other, one.basis, one.expression)
    return span(max(one.start, other.start), min(one.end, other.end), one.basis, one.expression)


def length(date: Date) -> int:
    """Count the days of `date`."""
    return (date.end - date.start).days + 1


def days(date: Date) -> Iterator[dt.date]:
    """Give every day of `date`, the earliest first."""
    return (dt.date.fromordinal(number) for number in range(date.start.toordinal(), date.end.toordinal() + 1))


def add_months(value: dt.date, count: int) -> dt.date:
    """Move by whole months, to the month's last day where it is shorter; raise `ValueError` outside 1 to 9999."""
    moved, index = divmod(value.year * 12 + value.month - 1 + count, 12)
    if not dt.MINYEAR <= moved <= dt.MAXYEAR:
        message = f"{value} moved by {count} months lies outside the years 1 to 9999"
        raise ValueError(message)
    return dt.date(moved, index + 1, min(value.day, calendar.monthrange(moved, index + 1)[1]))


def month_end(value: dt.date) -> dt.date:
    """Give the last day of the month that `value` lies in."""
    return value.replace(day=calendar.monthrange(value.year, value.month)[1])


def _ends(start: dt.date, end: dt.date) -> tuple[str, str]:
    """Write both ends of a span in the coarsest grain that is whole at either end."""
    if start.day != 1 or end != month_end(end):
        return start.isoformat(), end.isoformat()
    if start.month == 1 and end.month == 12:
        return f"{start.year:04}", f"{end.year:04}"
    return f"{start.year:04}-{start.month:02}", f"{end.year:04}-{end.month:02}"


def _point(text: str) -> Date:
    match = _POINT.fullmatch(text)
    if match is None:
        message = f"{text!r} is no date; write {_FORMS}"
        raise ValueError(message)
    year_, middle, last = [int(part) if part else 0 for part in match.groups()]
    if not year_:
        message = f"{text!r}: years run from 0001 to 9999"
        raise ValueError(message)
    if match[3]:
        return _day(text, year_, middle, last)
    return _month_or_season(text, year_, middle) if match[2] else year(year_)


def _day(text: str, year_: int, month_: int, day_: int) -> Date:
    try:
        return day(dt.date(year_, month_, day_))
    except ValueError:
        message = f"{text!r}: there is no month {month_:02}; months run from 01 to 12"
        if 1 <= month_ <= 12:
            last = calendar.monthrange(year_, month_)[1]
            message = f"{text!r}: {year_:04}-{month_:02} has no day {day_:02}; its days run from 01 to {last}"
        raise ValueError(message) from None


def _month_or_season(text: str, year_: int, number: int) -> Date:
    if 1 <= number <= 12:
        return month(year_, number)
    if SPRING <= number <= WINTER and (year_, number) != (dt.MAXYEAR, WINTER):
        return season(year_, number)
    message = f"{text!r}: there is no month {number:02}; months run from 01 to 12, seasons from 21 to 24"
    raise ValueError(message)
