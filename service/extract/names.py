"""A name as it is read off a paragraph: whose it is by its form, and the title, role and country written with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.vocabulary.roles import Gender, Honorific

_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))


class Sort(Enum):
    """What a name is by its form; a `TITLE` is a title in capitals that may be a surname."""

    PERSON = auto()
    ORGANIZATION = auto()
    COUNTRY = auto()
    CAPITAL = auto()
    PLACE = auto()
    ADJECTIVE = auto()
    THING = auto()
    TITLE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens `first` to `last` of paragraph number `paragraph`; what goes with it begins at `left`.

    `words` is the name in its preferred form and `surface` as it stands where that differs; `role` are the words before
    it without country ("Foreign Minister"), `country` an ISO 3166-1 alpha-2 code.
    """

    paragraph: int
    left: int
    first: int
    last: int
    words: str
    sort: Sort
    role: str | None = None
    country: str | None = None
    gender: Gender | None = None
    honorific: Honorific | None = None
    surface: str = ""
    partial: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it has more than one word, and is not only a family name of several ("de la Cruz")."""
        return " " in self.words and not self.partial


def bare(words: str) -> list[str]:
    """Split a person's name into its words, small, without initials and suffixes."""
    parts = words.casefold().replace(",", " ").split()
    kept = [part for part in parts if part not in _SUFFIXES and len(part.rstrip(".")) != 1]
    return kept or parts
