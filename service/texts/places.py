"""Read the words of a dateline: its places, its agency, its day; and write places in ordinary case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.texts.stamps import is_stamp_word
from service.vocabulary.furniture import plain
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

_MOST_WORDS = 3
_MOST_PARTS = 3
_MOST_BRACKETS = 2
_BRACKETS = re.compile(r"\(([^()]{1,40})\)|/([A-Za-z][\w .&-]{1,30})/(?=\.?$|\s)|^\[([^][]{2,60})\]$")
_AGENCY = re.compile(r"[A-Z][\w .,&'’/-]{0,40}")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{1,40}(?:'[^\W\d_]{1,20})?")
_PART = re.compile(r"[,|—–―‒]")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body: the `parts` of the place as printed, the agency, and what else there is.

    `outlet`: the agency is one that the vocabulary knows; `dated`: a day is printed, with `year` a year; `framed`: all of
    it stands in square brackets.
    """

    parts: tuple[str, ...]
    agency: str | None
    outlet: bool
    dated: bool
    year: bool
    framed: bool = False

    def by(self, agency: str | None) -> Head:
        """Give the same with another agency."""
        return replace(self, agency=agency, outlet=True)


def read_head(words: str, furniture: Furniture) -> Head | None:
    """Read what stands before a dash, a colon or the body; None where it can't be a dateline's words.

    Places are only cut apart here; `is_place` tells whether they are any.
    """
    brackets = list(_BRACKETS.finditer(words))
    if len(brackets) > _MOST_BRACKETS:
        return None
    insides = [next(inside for inside in match.groups() if inside) for match in brackets]
    framed = len(brackets) == 1 and words.startswith("[") and words == brackets[0].group()
    names = [] if framed else [inside for inside in insides if not _is_stamp(inside, furniture)]
    if len(names) > 1 or not all(_AGENCY.fullmatch(name) or _outlet(name, furniture) for name in names):
        return None
    bare = insides[0] if framed else _BRACKETS.sub(" ", words)
    parts, agencies, dated = _parts(bare, furniture)
    agencies = [*names, *agencies]
    outlet = next((known for name in agencies if (known := _outlet(name, furniture))), None)
    return Head(
        parts=tuple(parts),
        agency=outlet or (agencies[0] if agencies else None),
        outlet=outlet is not None,
        dated=dated or len(names) < len(insides) - framed,
        year=_YEAR.search(words) is not None,
        framed=framed,
    )


def _outlet(name: str, furniture: Furniture) -> str | None:
    """Give the first outlet that a name, or one of several, stands for, as written."""
    several = (name, *(part.strip() for part in re.split(r"[,/]", name)))
    return next((one for one in several if fold(one) in furniture.outlets), None)


def _parts(words: str, furniture: Furniture) -> tuple[list[str], list[str], bool]:
    """Give the places, the agencies and whether there are days among the parts between commas (or full stops)."""
    places: list[str] = []
    agencies: list[str] = []
    dated = False
    for part in _PART.split(words):
        pieces = [piece for piece in part.strip(" :").split(". ") if any(map(str.isalnum, piece))]
        while pieces and (_is_stamp(pieces[-1], furniture) or (places or pieces[1:])):
            if _is_stamp(pieces[-1], furniture):
                dated = True
            elif fold(pieces[-1]) in furniture.outlets:
                agencies.append(pieces[-1].strip(" ."))
            else:
                break
            pieces.pop()
        place, cut = _without_day(". ".join(pieces), furniture)
        dated = dated or cut
        if place:
            places.append(place)
    return places, agencies, dated


def _is_stamp(words: str, furniture: Furniture) -> bool:
    tokens = words.split()
    stamps = furniture.timestamps
    return bool(tokens) and all(is_stamp_word(plain(token).strip(".:,"), stamps) for token in tokens)


def _without_day(part: str, furniture: Furniture) -> tuple[str, bool]:
    """Cut the day off a part's end: "KIEV 3 March"."""
    tokens = part.split()
    for at in range(1, len(tokens)):
        if tokens[at][0].isdigit() and _is_stamp(" ".join(tokens[at:]), furniture):
            return " ".join(tokens[:at]), True
        if plain(tokens[at]).strip(".") in furniture.timestamps.months and _is_stamp(
            " ".join(tokens[at:]), furniture
        ):
            return " ".join(tokens[:at]), True
    return part.strip(), False


def is_place(head: Head, furniture: Furniture) -> bool:
    """Tell whether the parts look like a place and its regions: few words with capitals, or a city in small letters."""
    first, *regions = head.parts
    if (
        len(regions) >= _MOST_PARTS
        or plain(first) in furniture.datelines.not_places
        or fold(first) in furniture.outlets
    ):
        return False
    small = first.islower() and is_city(first, furniture)
    return (small or _looks_so(first, furniture)) and all(_looks_so(region, furniture) for region in regions)


def is_city(part: str, furniture: Furniture) -> bool:
    """Tell whether the vocabulary knows a city, or each of two ("Seoul/Tokyo")."""
    return all(fold(city) in furniture.datelines.cities for city in part.split("/"))


def with_initials(part: str) -> bool:
    """Tell whether a part stands in capitals: three letters at least."""
    letters = [character for character in part if character.isalpha()]
    return len(letters) >= _MOST_WORDS and all(character.isupper() for character in letters)


def _looks_so(part: str, furniture: Furniture) -> bool:
    words = [word for word in re.split(r"[\s/]+", part) if word]
    own = [word for word in words if plain(word) not in furniture.datelines.particles]
    return (
        1 <= len(own) <= _MOST_WORDS
        and all(word[0].isupper() for word in own)
        and sum(map(str.isalpha, part)) > 1
        and not any(character in part for character in '"“”?!;:')
    )


def ordinary(place: str, furniture: Furniture) -> str:
    """Give "RIO DE JANEIRO" as "Rio de Janeiro"; abbreviations and words in ordinary case stay."""
    if place.islower():
        place = place.upper()
    return _WORD.sub(lambda match: _ordinary_word(match, furniture), place.replace("’", "'"))


def _ordinary_word(match: re.Match[str], furniture: Furniture) -> str:
    word = match.group()
    particle = word.casefold() in furniture.datelines.particles
    shortened = match.string[match.end() : match.end() + 1] == "."  # "ST." is no abbreviation of its letters
    if not word.isupper() or len(word) < (2 if particle or shortened else 3):
        return word
    if match.start() and particle:
        return word.casefold()
    first, mark, second = word.partition("'")
    return f"{first.capitalize()}{mark}{second.capitalize() if len(first) == 1 else second.casefold()}"
