"""Recognize a dateline: the place (and agency, and day) before the first words of an article's body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.texts.stamps import is_stamp_word
from service.vocabulary.furniture import plain

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

_REACH = 110
_DASH = re.compile(r"\s?(?:[—–―]|--)\s?|\s-\s|\s-(?=$)")
_AGENCY = re.compile(r"\(([A-Za-z][\w .&'’/-]{0,40})\)")
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline of `length` characters (dash included, the space after it not), its place in ordinary case.

    `rest` is where the body's words begin; `agency` what stands in brackets.
    """

    length: int
    rest: int
    place: str | None
    agency: str | None


def read_dateline(paragraph: str, furniture: Furniture) -> Dateline | None:
    """Read the dateline at the head of `paragraph`; None where it has none.

    ``"SEOUL, South Korea (AP) — The …"`` gives the place "Seoul, South Korea" and the agency "AP".
    """
    head = paragraph[:_REACH]
    for dash in _DASH.finditer(head):
        place = _place(head[: dash.start()], furniture)
        if place is not None:
            length = len(head[: dash.end()].rstrip())
            rest = len(paragraph) - len(paragraph[length:].lstrip())
            return Dateline(length, rest, *place)
    return None


def read_place_line(line: str, furniture: Furniture) -> Dateline | None:
    """Read a line that is nothing but a dateline: "SEOUL, South Korea", "BEIJING, Feb. 14", "Oslo, 3 March 2021".

    With a year behind it the place may stand in ordinary case.
    """
    if len(line) > _REACH or "," not in line:
        return None
    place = _place(line.rstrip(" :"), furniture, capitals=_YEAR.search(line) is None)
    return Dateline(len(line), len(line), *place) if place and place[0] else None


def _place(head: str, furniture: Furniture, *, capitals: bool = True) -> tuple[str | None, str | None] | None:
    """Give the place and the agency of what stands before the dash; None where it is no dateline."""
    agency = _AGENCY.search(head)
    named = agency.group(1) if agency else None
    words = _AGENCY.sub(" ", head, count=1).strip(" ,:") if agency else head.strip(" ,:")
    if not words:
        return (None, named) if named else None
    parts = [part for part in _without_days(words, furniture) if part]
    if not parts or plain(parts[0]) in furniture.datelines.not_places or len(parts) > 3:
        return None
    first, *regions = parts
    if not _is_place(first, furniture, capitals=capitals and named is None):
        return None
    if not all(_is_place(region, furniture, capitals=False) for region in regions):
        return None
    return ", ".join(
        (_ordinary(first, furniture), *(_ordinary(region, furniture) for region in regions))
    ), named


def _without_days(words: str, furniture: Furniture) -> list[str]:
    """Give the comma-separated parts without those that are dates."""
    stamps = furniture.timestamps
    parts = []
    for part in words.split(","):
        tokens = part.split()
        dated = [is_stamp_word(plain(token).strip("."), stamps) for token in tokens]
        if all(dated):
            continue
        keep = next(
            (at for at, is_day in enumerate(dated) if is_day and tokens[at][:1].isdigit() | at > 0),
            len(tokens),
        )
        tail = dated[keep:]
        parts.append(" ".join(tokens[:keep]) if tail and all(tail) else part.strip())
    return parts


def _is_place(part: str, furniture: Furniture, *, capitals: bool) -> bool:
    words = [word for word in re.split(r"[\s/]+", part) if word]
    own = [word for word in words if plain(word) not in furniture.datelines.particles]
    if not 1 <= len(own) <= _MOST_WORDS:
        return False
    letters = "".join(character for character in "".join(own) if character.isalpha())
    if len(letters) < (3 if capitals else 2) or not all(word[0].isupper() for word in own):
        return False
    return (letters.isupper() or not capitals) and not any(character in part for character in '"“”?!;:')


def _ordinary(place: str, furniture: Furniture) -> str:
    """Give "RIO DE JANEIRO" as "Rio de Janeiro"; abbreviations and words in ordinary case stay."""
    return _WORD.sub(lambda match: _ordinary_word(match, furniture), place.replace("’", "'"))


def _ordinary_word(match: re.Match[str], furniture: Furniture) -> str:
    word = match.group()
    if not word.isupper() or len(word) < 3 - (word.casefold() in furniture.datelines.particles):
        return word
    if match.start() and word.casefold() in furniture.datelines.particles:
        return word.casefold()
    return word.capitalize()


_YEAR = re.compile(r"(?:19|20)[0-9]{2} ?$", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{1,40}(?:'[^\W\d_]{1,20})?")
