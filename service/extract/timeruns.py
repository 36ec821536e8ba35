"""The run of time that two expressions make together: "Monday and Tuesday", "from March to May 2013", "2003 to 2009"."""

from __future__ import annotations

from dataclasses import replace

from service.dates import parse_edtf, span
from service.extract.expressions import TimeExpression, TimeKind

_NAMED = frozenset({TimeKind.WEEKDAY, TimeKind.MONTH, TimeKind.MONTH_DAY})
_CYCLES = {TimeKind.WEEKDAY: 7, TimeKind.MONTH: 12}


def run_of(first: TimeExpression, last: TimeExpression, *, neighbours: bool) -> TimeExpression | None:
    """Give the run from `first` to `last` in the words of `first`, None where the two make none.

    `neighbours`: only of two that follow each other.
    """
    if not _is_plain(first) or not _is_plain(last) or last.count is not None:
        return None
    if first.kind is TimeKind.STATED and last.kind is TimeKind.STATED:
        return _stated_run(first, last, neighbours=neighbours)
    if first.kind not in _NAMED:
        return None
    if last.kind is TimeKind.STATED:
        return _in_year_of(first, last, neighbours=neighbours)
    if last.kind is not first.kind or not _follow(first, last, neighbours=neighbours):
        return None
    return replace(first, last_number=last.number, last_day=last.day)


def _is_plain(time: TimeExpression) -> bool:
    widened = time.since or time.until or time.beyond or time.part or time.unit or time.weekday
    return not widened and time.last_number is None and time.last_day is None


def _follow(first: TimeExpression, last: TimeExpression, *, neighbours: bool) -> bool:
    if first.number == last.number and first.kind is not TimeKind.MONTH_DAY:
        return False
    cycle = _CYCLES.get(first.kind)
    if not neighbours or cycle is None:
        return not neighbours
    return ((last.number or 0) - (first.number or 0)) % cycle == 1


def _stated_run(first: TimeExpression, last: TimeExpression, *, neighbours: bool) -> TimeExpression | None:
    one, other = parse_edtf(first.edtf or ""), parse_edtf(last.edtf or "")
    if one.start > other.end or one.end >= other.start or one.precision is not other.precision:
        return None
    if neighbours and (other.start - one.end).days != 1:
        return None
    return replace(first, edtf=span(one.start, other.end).edtf)


def _in_year_of(first: TimeExpression, last: TimeExpression, *, neighbours: bool) -> TimeExpression | None:
    """Give the printed dates of a run whose end alone has a year: "March and April 2012", "Dec. 28 to Jan. 3, 2013"."""
    end = parse_edtf(last.edtf or "")
    grain = {TimeKind.MONTH: 7, TimeKind.MONTH_DAY: 10}.get(first.kind)
    if grain != len(last.edtf or "") or first.count is not None:
        return None
    day = f"-{first.day:02}" if first.kind is TimeKind.MONTH_DAY else ""
    later = (first.number or 0, first.day or 0) > (end.start.month, end.start.day if first.day else 0)
    begun = replace(first, kind=TimeKind.STATED, number=None, day=None)
    try:
        return _stated_run(
            replace(begun, edtf=parse_edtf(f"{end.start.year - later:04}-{first.number:02}{day}").edtf),
            last,
            neighbours=neighbours,
        )
    except ValueError:
        return None  # 29 February of a year that has none
