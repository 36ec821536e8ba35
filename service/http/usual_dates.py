"""Dates as people write them, for telling how they are written here; what could be read in two ways is not guessed."""

from __future__ import annotations

import calendar
import re

from service.dates import AUTUMN, SPRING, SUMMER, WINTER, parse_edtf
from service.http.near import LONGEST

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_SEASONS = {"spring": SPRING, "summer": SUMMER, "autumn": AUTUMN, "fall": AUTUMN, "winter": WINTER}
_TIME = re.compile(r"(?<=[0-9])[T ][0-9]{1,2}:[0-9]{2}.{0,30}$")
_PLAIN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_NUMBERS = re.compile(r"([0-9]{1,4})[-/. ]([0-9]{1,4})(?:[-/. ]([0-9]{1,4}))?")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_BETWEEN = re.compile(r"\.\.|–|—| to | - |(?<=[0-9]{4})-(?=[0-9]{4}$)|/")


def as_written_here(text: str) -> tuple[str, ...]:
    """Give the EDTF dates that `text` may stand for: none, the one that it means, or several where that is not clear."""
    text = _TIME.sub("", text[:LONGEST].strip().rstrip("?~%")).replace("-XX", "")
    return _point(text) or _interval([_point(end.strip()) for end in _BETWEEN.split(text)])


def _interval(ends: list[tuple[str, ...]]) -> tuple[str, ...]:
    if len(ends) != 2 or any(len(end) != 1 for end in ends):
        return ()
    return _known(["/".join(sorted((end[0] for end in ends), key=lambda date: parse_edtf(date).start))])


def _point(text: str) -> tuple[str, ...]:
    if match := _PLAIN.fullmatch(text):
        return _known(["-".join(part for part in match.groups() if part)])
    if match := _NUMBERS.fullmatch(text):
        return _numbered(*match.groups(default=""))
    return _known([text]) or _in_words(_WORDS.findall(text.lower()))


def _numbered(first: str, second: str, third: str) -> tuple[str, ...]:
    """Read numbers with the year at either end; behind it, month and day may stand in either order."""
    if len(first) == 4:
        return _known([f"{first}-{second:0>2}" + (f"-{third:0>2}" if third else "")])
    if not third:
        return _known([f"{second}-{first:0>2}"])
    return _known([f"{third}-{second:0>2}-{first:0>2}", f"{third}-{first:0>2}-{second:0>2}"])


def _in_words(words: list[str]) -> tuple[str, ...]:
    """Read a month or season by its name, with its year and perhaps a day, in any order."""
    named = [number for number in map(_named, words) if number]
    years = [word for word in words if word.isdigit() and len(word) == 4]
    days = [word for word in words if word.isdigit() and len(word) < 3]
    if len(named) != 1 or len(years) != 1 or len(days) > 1:
        return ()
    return _known([f"{years[0]}-{named[0]:02}" + "".join(f"-{day:0>2}" for day in days)])


def _named(word: str) -> int | None:
    """Give the number of a month, or of a season as EDTF has it, by its name or the first letters of it."""
    if word in _SEASONS:
        return _SEASONS[word]
    number = _MONTHS.get(word[:3])
    return (
        number if number and calendar.month_name[number].lower().startswith(word.removesuffix("t")) else None
    )


def _known(dates: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(date for date in dates if _is_date(date)))


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True
