"""What the pages say in words: dates with what they rest on, kinds and counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASES = {
    "stated": "as it is printed",
    "relative": "reckoned from the date of the article",
    "document": "the article’s own date, as no day is told",
    "inferred": "worked out from what else is told",
}

_IN_SHORT = {
    "stated": "",
    "relative": "reckoned",
    "document": "the article’s date",
    "inferred": "inferred",
}


def date_shown(date: Mapping[str, Any] | None) -> str:
    """Write a date of the record for people: ``27 January 2016``, ``February 2014``, ``1 to 3 May 2014``; "" for none."""
    if date is None:
        return ""
    start, end = dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"])
    match date["precision"]:
        case "day":
            return _day(start)
        case "month":
            return f"{start:%B} {start.year}"
        case "season":
            return f"{_SEASONS[start.month]} {start.year}"
        case "year":
            return str(start.year)
    return f"{_day(start)} to {_day(end)}"


def date_explained(date: Mapping[str, Any] | None, published: Mapping[str, Any] | None) -> str:
    """Say how a date was found: the words of the text, what they mean, and why; "" where there is no date."""
    if date is None:
        return ""
    words = f"“{date['expression']}” → " if date["expression"] and date["basis"] != "stated" else ""
    why = _BASES[date["basis"]]
    if date["basis"] == "relative" and published is not None:
        why = f"reckoned from {date_shown(published)}, the date of the article"
    return f"{words}{date_shown(date)}, {why}"


def date_basis(date: Mapping[str, Any]) -> str:
    """Say in a word or two what a date rests on: the words of the text, or what else; "" where it is printed as a date."""
    if date["basis"] == "relative" and date["expression"]:
        return f"“{date['expression']}”"
    return _IN_SHORT[date["basis"]]


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
