"""Give everybody in a text and in its reference another name, and move the reference's offsets along."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

INVENTED: Final = {
    "Barack Obama": "Marcus Ellery",
    "Evan Vucci": "Colin Tarbeck",
    "Jacquelyn Martin": "Rosalind Penhale",
    "John Kerry": "Peter Halloway",
    "Jordain Carney": "Alda Winslade",
    "Lou Goodman": "Ned Fairlow",
    "Martin Dempsey": "Walter Brannock",
    "Michael Auslin": "Simon Garreth",
}
"""Names that end with the surname."""

INVENTED_SURNAME_FIRST: Final = {
    "Hua Chunying": "Qiu Minlan",
    "Jang Song Thaek": "Noh Chil Gyun",
    "Kim Jong Il": "Bae Sol Rok",
    "Kim Jong Un": "Bae Sol Bin",
    "Park Geun-hye": "Seo Da-rim",
    "Wang Yi": "Luo Hai",
    "Xi Jinping": "Tao Renshu",
    "Yang Jiechi": "Fei Wenkai",
    "Yun Byung-se": "Ahn Tae-uk",
}
"""Names that begin with it, as written in full and, with a hyphen, in the given name."""

MISSPELLED: Final = {"Park Geun-Hye": "Seo Da-rim", "Yun Byung-sen": "Ahn Tae-uk"}
"""Spellings that only knowing the person could put right."""

_OFFSETS: Final = frozenset(
    ("span", "content", "alternative_content", "quotes", "cue", "mentions", "boilerplate", "captions")
)


def _hyphenated(name: str) -> str:
    surname, *given = name.split(" ")
    return f"{surname} {given[0]}-{given[1].lower()}" if len(given) == 2 else name


def _table() -> dict[str, str]:
    table = dict(INVENTED) | {one.split(" ")[-1]: other.split(" ")[-1] for one, other in INVENTED.items()}
    for one, other in INVENTED_SURNAME_FIRST.items():
        table |= {one: other, _hyphenated(one): _hyphenated(other), one.split(" ")[0]: other.split(" ")[0]}
    return table | MISSPELLED


_TABLE: Final = _table()
_NAME: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_TABLE, key=len, reverse=True)))})(?!\w)"
)


def renamed(text: str) -> str:
    """Give `text` with the invented names."""
    return _NAME.sub(lambda match: _TABLE[match.group()], text)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where offsets of a text come to lie once `head` stands before it and its names are changed."""

    ends: tuple[int, ...]
    shifts: tuple[int, ...]
    head: int

    def __call__(self, offset: int) -> int:
        number = bisect_right(self.ends, offset)
        return offset + self.head + (self.shifts[number - 1] if number else 0)


def moved(text: str, head: str = "") -> Moved:
    """Tell where the offsets of `text` go."""
    matches = list(_NAME.finditer(text))
    grown = accumulate(len(_TABLE[match.group()]) - len(match.group()) for match in matches)
    return Moved(tuple(match.end() for match in matches), tuple(grown), len(head))


def move_reference(value: Any, move: Moved) -> Any:
    """Give a reference, or any part of one, with new names and offsets."""
    if isinstance(value, dict):
        return {
            key: _offsets(item, move) if key in _OFFSETS else move_reference(item, move)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [move_reference(item, move) for item in value]
    return renamed(value) if isinstance(value, str) else value


def _offsets(value: Any, move: Moved) -> Any:
    if isinstance(value, list):
        return [_offsets(item, move) for item in value]
    return move(value) if isinstance(value, int) else value
