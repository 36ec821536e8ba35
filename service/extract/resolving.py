"""Which days an expression of time means, counted from a day of publication or from what is told around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service import dates
from service.extract.expressions import TimeExpression, TimeKind
from service.extract.meanings import Tense, meaning, printed
from service.model import Basis, Precision

if TYPE_CHECKING:
    from service.extract.units import Days
    from service.model import Date

__all__ = ["Tense", "resolve"]


def resolve(
    expression: TimeExpression,
    *,
    document: Date | None,
    narrative: Date | None = None,
    tense: Tense | None = None,
) -> Date | None:
    """Give the days that `expression` means, None where nothing tells.

    `document` is the date of publication, `narrative` the date of the event that the expression counts from: told before
    ("a day earlier", where `document` stands in for None as far as that can be right) or named behind ("the day before
    the vote"). A weekday or month without a direction lies in the direction of `tense`; past and None mean the latest
    not after publication. Where the anchor is several days, so is the answer: from what its first day gives to what its
    last gives. The basis is stated for a date printed whole, else relative; the expression's words go with it.
    """
    try:
        return _resolve(expression, document, narrative, tense)
    except (ValueError, OverflowError):
        return None  # outside the years 1 to 9999, or a day that its month has not


def _resolve(
    expression: TimeExpression, document: Date | None, narrative: Date | None, tense: Tense | None
) -> Date | None:
    if expression.kind is TimeKind.STATED and not expression.since:
        open_ended = expression.until and tense == "future" and document is not None
        return _ahead(expression, document) if open_ended and document else _printed(expression)
    anchor = _anchor(expression, document, narrative, tense)
    if anchor is None:
        return None
    first = last = meaning(expression, anchor.start, tense)
    if anchor.end > anchor.start:
        last = meaning(expression, anchor.end, tense)
    if first is None or last is None:
        return None
    return _date(expression, (min(first[0], last[0]), max(first[1], last[1])), anchor)


def _anchor(
    expression: TimeExpression, document: Date | None, narrative: Date | None, tense: Tense | None
) -> Date | None:
    if expression.kind is TimeKind.BESIDE:
        return narrative
    if expression.kind is TimeKind.DAY:
        whole = narrative and (narrative.start.year, narrative.start.month) == (
            narrative.end.year,
            narrative.end.month,
        )
        return document if expression.weekday else dates.day(narrative.start) if narrative and whole else None
    if expression.kind is TimeKind.TOLD:
        return narrative or (document if _can_count_from_now(expression, tense) else None)
    return document


def _can_count_from_now(expression: TimeExpression, tense: Tense | None) -> bool:
    """Tell whether an expression that counts from the story may count from the text's own day where the story has none.

    What is past cannot lie after it, and "that day" or "at the time" points at a day that the story has told.
    """
    if expression.part or tense == "future":
        return True
    count = expression.count or 0
    return count < 0 or (count > 0 and tense is None)


def _printed(expression: TimeExpression) -> Date:
    if expression.part is None:
        return dates.restated(dates.parse_edtf(expression.edtf or ""), Basis.STATED, expression.text)
    return dates.span(*printed(expression), Basis.STATED, expression.text)


def _ahead(expression: TimeExpression, document: Date) -> Date:
    """Give the days from publication until a date printed whole, that date alone where it is over."""
    days = printed(expression)
    if days[1] <= document.start:
        return _printed(expression)
    return dates.span(document.start, days[1], Basis.RELATIVE, expression.text)


def _date(expression: TimeExpression, days: Days, anchor: Date) -> Date:
    """Write the days; a season keeps its own name in EDTF."""
    if expression.kind is TimeKind.SEASON and expression.number and anchor.precision is Precision.DAY:
        season = dates.season(days[0].year, expression.number)
        if (season.start, season.end) == days:
            return dates.restated(season, Basis.RELATIVE, expression.text)
    return dates.span(*days, Basis.RELATIVE, expression.text)
