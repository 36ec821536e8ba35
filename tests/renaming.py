"""Give everybody in a text and in its reference another name, and move the reference's offsets along."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import yaml

MISSPELLED: Final = {"Yun Byung-sen": "Yun Byung-se", "Park Geun-Hye": "Park Geun-hye"}
"""Spellings that occur in the texts, and the name that each is a spelling of."""

_OFFSETS: Final = frozenset(
    ("span", "content", "alternative_content", "quotes", "cue", "mentions", "boilerplate", "captions")
)
_SENTENCE_HEAD: Final = re.compile(r"(?:\A|\n|[.?!:][”’\"']* |[“\"‘])\Z")


@dataclass(frozen=True, slots=True)
class Moved:
    """Where offsets of a text come to lie once `head` stands before it and its names are changed."""

    ends: tuple[int, ...]
    shifts: tuple[int, ...]
    head: int

    def __call__(self, offset: int) -> int:
        number = bisect_right(self.ends, offset)
        return offset + self.head + (self.shifts[number - 1] if number else 0)


@dataclass(frozen=True, slots=True)
class Renaming:
    """One cast of names: `table` gives for every form of every name the new one."""

    table: dict[str, str]
    people: frozenset[str]
    _name: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        forms = "|".join(map(re.escape, sorted(self.table, key=len, reverse=True)))
        object.__setattr__(self, "_name", re.compile(rf"(?<!\w)(?:{forms})(?!\w)"))

    def renamed(self, text: str) -> str:
        """Give `text` with the new names."""
        return self._name.sub(self._other, text)

    def moved(self, text: str, head: str = "") -> Moved:
        """Tell where the offsets of `text` go."""
        matches = list(self._name.finditer(text))
        grown = accumulate(len(self._other(match)) - len(match.group()) for match in matches)
        return Moved(tuple(match.end() for match in matches), tuple(grown), len(head))

    def move_reference(self, value: Any, move: Moved) -> Any:
        """Give a reference, or any part of one, with new names and offsets."""
        if isinstance(value, dict):
            return {
                key: _offsets(item, move) if key in _OFFSETS else self.move_reference(item, move)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self.move_reference(item, move) for item in value]
        return self._name.sub(lambda m: self.table[m.group()], value) if isinstance(value, str) else value

    def _other(self, match: re.Match[str]) -> str:
        """Give the new name, with a capital where it begins a sentence ("De la Calle said")."""
        other = self.table[match.group()]
        opens = _SENTENCE_HEAD.search(match.string, max(0, match.start() - 4), match.start())
        return other[0].upper() + other[1:] if opens else other


def _offsets(value: Any, move: Moved) -> Any:
    if isinstance(value, list):
        return [_offsets(item, move) for item in value]
    return move(value) if isinstance(value, int) else value


def _renaming(cast: dict[str, str]) -> Renaming:
    table: dict[str, str] = {}
    for one, other in cast.items():
        known, new = _plain(one), _plain(other)
        table |= {known: new, _hyphened(known): _hyphened(new), _surname(one): _surname(other)}
    for spelling, name in MISSPELLED.items():
        table[spelling] = _misspelled(table[name], ending=spelling.casefold() != name.casefold())
    return Renaming(table, frozenset(map(_plain, cast)))


def _plain(name: str) -> str:
    return name.replace("[", "").replace("]", "")


def _surname(name: str) -> str:
    return name[name.index("[") + 1 : name.index("]")]


def _hyphened(name: str) -> str:
    """Write a Korean name the other way ("Jong Un", "Jong-un"); other names stay."""
    words = name.split(" ")
    korean = len(words) == 3 and all(len(word) <= 6 and word[0].isupper() for word in words)
    return f"{words[0]} {words[1]}-{words[2].lower()}" if korean else name


def _misspelled(name: str, *, ending: bool) -> str:
    """Give a misspelling: a letter too many at the end, else a capital behind a hyphen."""
    if ending:
        return name + ("n" if name[-1] in "aeiou" else "e")
    lead, hyphen, rest = name.rpartition("-")
    return lead + hyphen + rest[0].upper() + rest[1:]


CASTS: Final = {
    name: _renaming(cast)
    for name, cast in yaml.safe_load(
        Path(__file__).with_name("invented.yaml").read_text(encoding="utf-8")
    ).items()
}
"""The casts of ``invented.yaml`` by name."""
