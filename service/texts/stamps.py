"""Recognize a printed date or time: a short line of nothing but the words of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.vocabulary.furniture import Stamps

_LONGEST = 140
_MOST_TOKENS = 22
_TOKEN = re.compile(r"[^\s,|()\[\]·•/—–―-]{1,40}")
_CLOCK = re.compile(
    r"[0-9]{1,2}(?:[:.][0-9]{2}){1,2}(?:am|pm|a\.m|p\.m)?|[0-9]{1,2}(?:am|pm|a\.m|p\.m)", re.ASCII
)
_NUMBER = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)?", re.ASCII)
_HOST = re.compile(r"[a-z][a-z0-9]{0,30}(?:\.[a-z][a-z0-9]{1,30}){1,3}", re.ASCII)
_BAR = re.compile(r"\s{0,3}[|•·]\s{0,3}|\s[-–—/]\s")
_PART_WORDS = 6
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})", re.ASCII)
_GLUED = re.compile(r"[a-z]{4,9}(?=[0-9])")
_ASIDE = re.compile(r"\([^()]{1,30}\)")
_COUNTED = re.compile(r"[0-9]{1,2}[hm]", re.ASCII)
_RUN_ON = re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?=[0-9]{1,2}:[0-9]{2})", re.ASCII)
"""A year that a lost line end has glued to a clock time: "June 3, 20154:31 PM"."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_LEADING = 8
"""Words that may stand before a printed date and time in one line: a section's name, a place."""
_HOURS = re.compile(r"[0-9]{1,2}[:.][0-9]{2}", re.ASCII)
_ISO_CLOCK = re.compile(r"[0-9]{2}t[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?z?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a printed date holds: a `day` of some month (or all in figures), a clock time, a word such as "Published"."""

    day: bool
    labelled: bool


def read_stamp(words: str, stamps: Stamps) -> Stamp | None:
    """Tell whether `words` (folded) are a printed date or time; None where any word is no part of one."""
    if len(words) > _LONGEST:
        return None
    if words.startswith(tuple(stamps.labels)):
        words = _ASIDE.sub(" ", words)  # "Published on August 26, 2022, at 5:11 pm (Paris)"
    words = _RUN_ON.sub(r"\g<year> ", words)
    glued = _GLUED.match(words)
    if glued and glued.group() in stamps.labels:
        words = f"{glued.group()} {words[glued.end() :]}"
    tokens = [token.strip(".:;*@") for token in _TOKEN.findall(words)]
    tokens = [token for token in tokens if token]
    if not 1 <= len(tokens) <= _MOST_TOKENS or not all(is_stamp_word(token, stamps) for token in tokens):
        return None
    numbers = [token for token in tokens if _NUMBER.fullmatch(token)]
    labelled = any(token in stamps.labels for token in tokens)
    day = _is_day(tokens, numbers, stamps)
    clock = any(_CLOCK.fullmatch(token) for token in tokens) or _spelled_clock(tokens)
    ago = "ago" in tokens and any(token in stamps.units for token in tokens)
    return Stamp(day, labelled) if day or clock or ago or (labelled and numbers) else None


def holds_stamp(line: str, stamps: Stamps) -> bool:
    """Tell whether a day is one of the parts between a line's bars ("SOURCE: Courier | 3 March 2015 | Editor: Poe").

    Or whether the line ends with day, year and clock time ("World News March 3, 2015 / 9:43 PM / a year ago").
    """
    if len(line) > _LONGEST or "://" in line or line.rstrip().endswith(("?", "!")):
        return False
    folded = line.casefold()
    if not folded.rstrip().endswith(("a.m.", "p.m.")) and folded.rstrip().endswith("."):
        return False
    if _ends_in_stamp(folded.split(), stamps):
        return True
    parts = _BAR.split(line.casefold())
    found = [part for part in parts[:_MOST_TOKENS] if (stamp := read_stamp(part, stamps)) and stamp.day]
    return (
        len(parts) > 1
        and bool(found)
        and all(part.count(" ") < _PART_WORDS or part in found for part in parts)
    )


def _ends_in_stamp(words: list[str], stamps: Stamps) -> bool:
    for first in range(1, min(len(words), _LEADING + 1)):
        rest = " ".join(words[first:])
        stamp = (
            read_stamp(rest, stamps)
            if words[first].strip(",.") in stamps.months or words[first][0].isdigit()
            else None
        )
        if stamp is not None and stamp.day and _HOURS.search(rest):
            return any(_YEAR.fullmatch(word.strip(",.")) for word in words[first:])
    return False


def is_stamp_word(token: str, stamps: Stamps) -> bool:
    """Tell whether one folded token may stand in a printed date."""
    return (
        token in stamps.months
        or token in stamps.weekdays
        or token in stamps.labels
        or token in stamps.zones
        or token in stamps.words
        or any(shape.fullmatch(token) for shape in (_NUMBER, _CLOCK, _COUNTED, _DOTTED, _ISO_CLOCK, _HOST))
    )


def _is_day(tokens: list[str], numbers: list[str], stamps: Stamps) -> bool:
    if any(token in stamps.months for token in tokens):
        return bool(numbers)
    if any(_DOTTED.fullmatch(token) for token in tokens):
        return True
    years = [number for number in numbers if len(number) == 4]
    iso = any(_ISO_CLOCK.fullmatch(token) for token in tokens)
    return bool(years) and (len(numbers) >= 3 or (iso and len(numbers) >= 2))


def _spelled_clock(tokens: list[str]) -> bool:
    """Tell whether there is a clock time in two words: "7 p.m", "12 noon"."""
    halves = {"am", "pm", "a.m", "p.m", "noon", "midnight"}
    return len(tokens) <= 4 and any(
        _NUMBER.fullmatch(first) and second in halves for first, second in pairwise(tokens)
    )
