"""Which days an expression of time means, counted from a day of publication or from the event told before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from service import dates
from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.units import DAY, WEEK, YEARS, Days, monday, moved, third, unit_at, weekend, whole_month
from service.model import Basis, Precision

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.model import Date

Tense = Literal["past", "present", "future"]
"""The tense of the clause that an expression dates."""

_FEW_DAYS = dt.timedelta(days=7)


def resolve(
    expression: TimeExpression,
    *,
    document: Date | None,
    narrative: Date | None = None,
    tense: Tense | None = None,
) -> Date | None:
    """Give the days that `expression` means, None where nothing tells.

    `document` is the date of publication, `narrative` the date of the event told before ("a day earlier" counts from
    it, and from `document` where it is None). A weekday or month without a direction lies in the direction of `tense`;
    past and None mean the latest not after publication. Where the anchor is several days, so is the answer: from what
    its first day gives to what its last gives. The basis is stated for a date printed whole, else relative; the
    expression's words go with it.
    """
    try:
        return _resolve(expression, document, narrative, tense)
    except (ValueError, OverflowError):
        return None  # outside the years 1 to 9999


def _resolve(
    expression: TimeExpression, document: Date | None, narrative: Date | None, tense: Tense | None
) -> Date | None:
    if expression.kind is TimeKind.STATED and not expression.since:
        return _printed(expression)
    anchor = _anchor(expression, document, narrative)
    if anchor is None:
        return None
    first = last = _meaning(expression, anchor.start, tense)
    if anchor.end > anchor.start:
        last = _meaning(expression, anchor.end, tense)
    if first is None or last is None:
        return None
    days = min(first[0], last[0]), max(first[1], last[1])
    return _date(expression, days, anchor)


def _anchor(expression: TimeExpression, document: Date | None, narrative: Date | None) -> Date | None:
    if expression.kind is TimeKind.BESIDE:
        return narrative
    if expression.kind is TimeKind.TOLD:
        return narrative or document
    return document


def _printed(expression: TimeExpression) -> Date | None:
    date = dates.parse_edtf(expression.edtf or "")
    if expression.part is None:
        return dates.restated(date, Basis.STATED, expression.text)
    return dates.span(*third((date.start, date.end), expression.part), Basis.STATED, expression.text)


def _date(expression: TimeExpression, days: Days, anchor: Date) -> Date:
    """Write the days; a season keeps its own name in EDTF."""
    if expression.kind is TimeKind.SEASON and expression.number and anchor.precision is Precision.DAY:
        season = dates.season(days[0].year, expression.number)
        if (season.start, season.end) == days:
            return dates.restated(season, Basis.RELATIVE, expression.text)
    return dates.span(*days, Basis.RELATIVE, expression.text)


def _meaning(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    if expression.since:
        begun = _meaning(replace(expression, since=False), anchor, "past")
        return (min(begun[0], anchor), anchor) if begun else None
    return _MEANINGS[expression.kind](expression, anchor, tense)


def _stated(expression: TimeExpression, _anchor: dt.date, _tense: Tense | None) -> Days | None:
    date = _printed(expression)
    return (date.start, date.end) if date else None


def _month_day(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    """Give the year's day nearest in the tense's direction; a printed weekday has the last word on the year."""
    month, first = expression.number or 1, expression.day or 1
    reach = 8  # within which every day of the year falls on every weekday, and 29 February comes
    runs = [
        (dt.date(year, month, first), dt.date(year, month, expression.last_day or first))
        for year in range(anchor.year - reach, anchor.year + reach + 1)
        if first <= dates.month_end(dt.date(year, month, 1)).day
    ]
    if expression.weekday:
        fitting = [run for run in runs if run[0].isoweekday() == expression.weekday]
        return min(fitting, key=lambda run: abs((run[0] - anchor).days), default=None)
    if tense == "future":
        return next((run for run in runs if run[1] >= anchor), None)
    limit = anchor + (DAY if tense == "past" else _FEW_DAYS)
    return next((run for run in reversed(runs) if run[0] <= limit), None)


def _month(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    months = [whole_month(year, expression.number or 1) for year in range(anchor.year - 2, anchor.year + 3)]
    if expression.unit == "year":
        days = whole_month(anchor.year + (expression.count or 0), expression.number or 1)
    elif expression.count == 0:
        days = whole_month(anchor.year, expression.number or 1)
    else:
        days = _directed(months, anchor, expression.count, tense)
    return third(days, expression.part)


def _season(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    number = expression.number or dates.SPRING
    seasons = [dates.season(year, number) for year in range(anchor.year - 2, anchor.year + 3)]
    runs = [(season.start, season.end) for season in seasons]
    if expression.count == 0:
        holding = [run for run in runs if run[0] <= anchor <= run[1]]
        return third(holding[0] if holding else runs[2], expression.part)
    return third(_directed(runs, anchor, expression.count, tense), expression.part)


def _directed(runs: list[Days], anchor: dt.date, count: int | None, tense: Tense | None) -> Days:
    """Choose among a name's runs of days: "last" is over, "next" has not begun, else what the tense asks for."""
    if count is not None and count < 0:
        return max(run for run in runs if run[1] < anchor)
    if count is not None and count > 0:
        return min(run for run in runs if run[0] > anchor)
    if tense == "future":
        return min(run for run in runs if run[1] >= anchor)
    return max(run for run in runs if run[0] <= anchor)


def _weekday(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days:
    number = expression.number or 1
    if expression.unit == "week":
        day = monday(anchor) + WEEK * (expression.count or 0) + DAY * (number - 1)
        return day, day
    behind = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if expression.count is not None and expression.count < 0:
        day = anchor - DAY * (behind or 7)
    elif expression.count is not None and expression.count > 0:
        day = anchor + DAY * (ahead or 7)
    elif tense == "future" or (expression.count == 0 and tense != "past"):
        day = anchor + DAY * ahead
    else:
        day = anchor - DAY * behind
    return day, day


def _calendar(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    unit, count = expression.unit or "day", expression.count or 0
    if unit == "weekend" and count == 0 and expression.part is None:
        return weekend(anchor, 0 if tense == "future" or anchor.isoweekday() > 5 else -1)
    days = unit_at(unit, count, anchor)
    if expression.part is Part.EARLIER:
        return days[0], max(days[0], anchor - DAY)
    if expression.part is Part.LATER:
        return min(days[1], anchor + DAY), days[1]
    return third(days, expression.part)


def _ago(expression: TimeExpression, anchor: dt.date, _tense: Tense | None) -> Days:
    """Count exactly in days, to a week's breadth in weeks, to the calendar's month or year in these."""
    unit, count = expression.unit or "day", expression.count or 0
    if unit == "day":
        return (anchor + DAY * count,) * 2
    if unit == "week":
        middle = anchor + WEEK * count
        return middle - DAY * 3, middle + DAY * 3
    if unit == "weekend":
        return weekend(anchor, count)
    if unit == "month":
        return unit_at("month", count, anchor)
    return unit_at("year", count * YEARS[unit], anchor)


def _told(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days:
    if expression.number:
        weekday = replace(expression, kind=TimeKind.WEEKDAY)
        return _weekday(weekday, anchor, tense)
    if expression.exact:
        return _ago(expression, anchor, tense)
    return unit_at(expression.unit or "day", expression.count or 0, anchor)


def _reach(expression: TimeExpression, anchor: dt.date, _tense: Tense | None) -> Days:
    far = moved(anchor, expression.unit or "day", expression.count or 0)
    return min(far, anchor), max(far, anchor)


def _within(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    """Give the stretch ahead; told of the past it is a length of time, not a date."""
    return _reach(expression, anchor, tense) if tense == "future" else None


def _vague(_expression: TimeExpression, _anchor: dt.date, _tense: Tense | None) -> Days | None:
    return None


_MEANINGS: dict[TimeKind, Callable[[TimeExpression, dt.date, Tense | None], Days | None]] = {
    TimeKind.STATED: _stated,
    TimeKind.MONTH_DAY: _month_day,
    TimeKind.MONTH: _month,
    TimeKind.SEASON: _season,
    TimeKind.WEEKDAY: _weekday,
    TimeKind.CALENDAR: _calendar,
    TimeKind.AGO: _ago,
    TimeKind.REACH: _reach,
    TimeKind.WITHIN: _within,
    TimeKind.TOLD: _told,
    TimeKind.BESIDE: _told,
    TimeKind.VAGUE: _vague,
    TimeKind.NAME: _vague,
}
