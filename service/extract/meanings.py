"""What each kind of expression means beside a known day: the first and the last day, None where nothing tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service import dates
from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.namedays import Tense, day_of_month, directed, run_of_days
from service.extract.units import (
    DAY,
    WEEK,
    YEARS,
    Days,
    monday,
    moved,
    portion,
    unit_at,
    weekend,
    whole_month,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

__all__ = ["Tense", "meaning", "printed"]


def meaning(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    """Give the days that `expression` means, counted from `anchor`; raise `ValueError` outside the years 1 to 9999."""
    if expression.since:
        begun = meaning(replace(expression, since=False), anchor, "past")
        return (min(begun[0], anchor), anchor) if begun else None
    days = _MEANINGS[expression.kind](expression, anchor, tense)
    if days and expression.until and tense == "future" and days[1] >= anchor:
        return anchor, days[1]
    return days


def printed(expression: TimeExpression) -> Days:
    """Give the days of a date printed whole, or of the part of it that is meant."""
    date = dates.parse_edtf(expression.edtf or "")
    return portion((date.start, date.end), expression.part)


def _stated(expression: TimeExpression, _anchor: dt.date, _tense: Tense | None) -> Days | None:
    return printed(expression)


def _month_day(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    run = run_of_days(expression, anchor, tense)
    if run and expression.unit in {"week", "weekend"}:
        return unit_at(expression.unit, 0, run[0])
    return run


def _month(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    months = [_run_of_months(year, expression) for year in range(anchor.year - 2, anchor.year + 3)]
    if expression.unit == "year" or expression.count == 0:
        days = _run_of_months(anchor.year + (expression.count or 0), expression)
    else:
        days = directed(months, anchor, expression.count, tense)
    return portion(days, expression.part)


def _run_of_months(year: int, expression: TimeExpression) -> Days:
    first = expression.number or 1
    last = expression.last_number or first
    return whole_month(year, first)[0], whole_month(year + (last < first), last)[1]


def _season(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    number = expression.number or dates.SPRING
    seasons = [dates.season(year, number) for year in range(anchor.year - 2, anchor.year + 3)]
    runs = [(season.start, season.end) for season in seasons]
    if expression.count == 0:
        holding = [run for run in runs if run[0] <= anchor <= run[1]]
        return portion(holding[0] if holding else runs[2], expression.part)
    return portion(directed(runs, anchor, expression.count, tense), expression.part)


def _weekday(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days:
    """Give the day of that name; of a run, the last day lies where the tense asks, the others before it."""
    first, number = expression.number or 1, expression.last_number or expression.number or 1
    if expression.beyond:
        tense = "future" if expression.beyond > 0 else "past"
    day = _one_weekday(replace(expression, number=number), anchor, tense) + WEEK * expression.beyond
    return day - DAY * ((number - first) % 7), day


def _one_weekday(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> dt.date:
    number, count = expression.number or 1, expression.count
    if expression.unit == "week":
        return monday(anchor) + WEEK * (count or 0) + DAY * (number - 1)
    behind = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if count is not None and count < 0:
        return anchor - DAY * (behind or 7) + WEEK * (count + 1)
    if count is not None and count > 0:
        return anchor + DAY * (ahead or 7)
    if tense == "future" or (count == 0 and tense != "past"):
        return anchor + DAY * ahead
    return anchor - DAY * behind


def _calendar(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    unit, count = expression.unit or "day", expression.count or 0
    if unit == "weekend" and count == 0 and expression.part is None:
        return weekend(anchor, 0 if tense == "future" or anchor.isoweekday() > 5 else -1)
    days = unit_at(unit, count, anchor)
    if expression.part is Part.EARLIER:
        return days[0], max(days[0], anchor - DAY)
    if expression.part is Part.LATER:
        return min(days[1], anchor + DAY), days[1]
    return portion(days, expression.part)


def _ago(expression: TimeExpression, anchor: dt.date, _tense: Tense | None) -> Days:
    """Count exactly in days, to a week's breadth in weeks, to the calendar's month or year in these."""
    unit, count = expression.unit or "day", expression.count or 0
    if unit == "day":
        return (anchor + DAY * count,) * 2
    if unit in {"week", "half-month"}:
        days = 7 if unit == "week" else 15
        middle = anchor + DAY * days * count
        return middle - DAY * (days // 2), middle + DAY * (days // 2)
    if unit == "weekend":
        return weekend(anchor, count)
    if unit == "half-year":
        return unit_at("month", 6 * count - 1, anchor)[0], unit_at("month", 6 * count + 1, anchor)[1]
    if unit in {"month", "quarter"}:
        return unit_at(unit, count, anchor)
    return unit_at("year", count * YEARS[unit], anchor)


def _told(expression: TimeExpression, anchor: dt.date, tense: Tense | None) -> Days | None:
    if expression.unit is None and expression.number is None:
        return anchor, anchor
    if expression.number:
        weekday = replace(expression, kind=TimeKind.WEEKDAY)
        return _weekday(weekday, anchor, tense)
    if expression.exact:
        return _ago(expression, anchor, tense)
    days = unit_at(expression.unit or "day", expression.count or 0, anchor)
    return _portion_going_on(expression, days, anchor, tense) if expression.part else days


def _portion_going_on(
    expression: TimeExpression, days: Days, anchor: dt.date, tense: Tense | None
) -> Days | None:
    """Give "the end of the year": of the unit going on, or of the one beside it where the tense asks for that."""
    part, unit = portion(days, expression.part), expression.unit or "year"
    if tense == "future" and part[1] < anchor:
        return portion(unit_at(unit, 1, anchor), expression.part)
    if tense != "future" and part[0] > anchor:
        return portion(unit_at(unit, -1, anchor), expression.part)
    return part


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
    TimeKind.DAY: day_of_month,
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
