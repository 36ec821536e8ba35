"""Given names that tell a person's gender, for the agreement of pronouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.vocabulary.naming import fold
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from pathlib import Path

    from service.vocabulary.roles import Gender

_FILE = "names.yaml"


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Folded given names of men and of women; no name is in both.

    `surnames` and the two lists of common names are familiar ones, as written, that stand in for others.
    """

    men: frozenset[str]
    women: frozenset[str]
    surnames: tuple[str, ...]
    common_men: tuple[str, ...]
    common_women: tuple[str, ...]

    def gender(self, name: str) -> Gender | None:
        """Give "m" or "f" for a given name, or for the first word of a full name; None where it tells nothing.

        A hyphened name ("Jean-Pierre") counts whole, then by its first part.
        """
        first = name.split(maxsplit=1)[0] if name.strip() else ""
        for form in (fold(first), fold(first.split("-")[0])):
            if form in self.men:
                return "m"
            if form in self.women:
                return "f"
        return None


def read_names(folder: Path) -> GivenNames:
    """Read ``folder/names.yaml``; raise `VocabularyError` where a name stands in both lists."""
    where = str(folder / _FILE)
    entry = only_keys(read_yaml(folder, _FILE), {"m", "f", "familiar"}, where)
    familiar = only_keys(entry.get("familiar", {}), {"m", "f", "surnames"}, f"{where}: familiar")
    men, women = (frozenset(map(fold, strings(entry, key, where))) for key in ("m", "f"))
    if both := men & women:
        message = f"{where}: {min(both)!r} stands under both m and f; leave it out of both"
        raise VocabularyError(message)
    common = {key: strings(familiar, key, where) for key in ("surnames", "m", "f")}
    if empty := [key for key, found in common.items() if not found]:
        message = f"{where}: familiar: {empty[0]} needs a name"
        raise VocabularyError(message)
    return GivenNames(men, women, common["surnames"], common["m"], common["f"])
