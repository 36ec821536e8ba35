"""Which of the years' days by one name is meant beside a known day: "Jan. 6", "Christmas Eve", "Friday the 13th"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from service import dates
from service.extract.units import DAY, Days

if TYPE_CHECKING:
    from service.extract.expressions import TimeExpression

Tense = Literal["past", "present", "future"]
"""The tense of the clause that an expression dates."""

_FEW_DAYS = dt.timedelta(days=7)
_MONTHS_AROUND = 28 * 12 + 1
"""Months within which every day of the month falls on every weekday."""


def run_of_days(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    """Give the year's day nearest in the tense's direction; a printed weekday has the last word on the year."""
    month, first = expression.number or 1, expression.day or 1
    last_month, last = expression.last_number or month, expression.last_day or first
    if expression.unit == "year" or expression.count == 0:
        year = anchor.year + (expression.count or 0)
        return dt.date(year, month, first), dt.date(year + (last_month < month), last_month, last)
    reach = 8  # within which every day of the year falls on every weekday, and 29 February comes
    runs = [
        (dt.date(year, month, first), dt.date(year + (last_month < month), last_month, last))
        for year in range(anchor.year - reach, anchor.year + reach + 1)
        if _exists(year, month, first) and _exists(year + (last_month < month), last_month, last)
    ]
    if expression.weekday:
        return _nearest_on(runs, expression.weekday, anchor)
    if expression.count is not None:
        return directed(runs, anchor, expression.count, tense)
    if tense == "future":
        return next((run for run in runs if run[1] >= anchor), None)
    limit = anchor + (DAY if tense == "past" else _FEW_DAYS)
    return next((run for run in reversed(runs) if run[0] <= limit), None)


def _exists(year: int, month: int, day: int) -> bool:
    return day <= dates.month_end(dt.date(year, month, 1)).day


def _nearest_on(runs: list[Days], weekday: int, anchor: dt.date) -> Days | None:
    fitting = [run for run in runs if run[0].isoweekday() == weekday]
    return min(fitting, key=lambda run: abs((run[0] - anchor).days), default=None)


def day_of_month(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    """Give the day of the anchor's month; with a weekday, the nearest such day in the tense's direction."""
    number = expression.day or 1
    if not expression.weekday:
        return (anchor.replace(day=number),) * 2
    ahead = tense == "future"
    for count in range(_MONTHS_AROUND):
        month = dates.add_months(anchor.replace(day=1), count if ahead else -count)
        if not _exists(month.year, month.month, number):
            continue
        day = month.replace(day=number)
        if day.isoweekday() == expression.weekday and (day >= anchor if ahead else day <= anchor):
            return day, day
    return None


def directed(runs: list[Days], anchor: dt.date, count: int | None, tense: Tense | None) -> Days:
    """Choose among a name's runs of days: "last" is over, "next" has not begun, else what the tense asks for."""
    if count is not None and count < 0:
        return max(run for run in runs if run[1] < anchor)
    if count is not None and count > 0:
        return min(run for run in runs if run[0] > anchor)
    if tense == "future":
        return min(run for run in runs if run[1] >= anchor)
    return max(run for run in runs if run[0] <= anchor)
