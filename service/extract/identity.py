"""One entity of a text while the text is being read, and when two wordings can mean one role or one name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from service.extract.found import Entity
from service.extract.names import bare
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from service.extract.found import Range
    from service.model import SpeakerType
    from service.vocabulary.roles import Gender, Roles

_REMEMBERED = 4096
_LONG_ENOUGH_TO_MISSPELL = 8
_LONG_ENOUGH_WITH_OFFICE = 5
_COMPLEMENTS = frozenset(("of", "at", "from", "for", "to", "in", "with", "on", "who"))
_SAME_NOUN = {"advisor": "adviser", "councillor": "councilor", "chair": "chairman"}


@dataclass(slots=True)
class Identity:
    """One entity while the text is being read.

    `seen` is the order number of its latest mention, -1 before any; `times` how often it was mentioned, `short` how often
    by one word alone; `presented` the number of the paragraph that last named it in full as a subject.
    """

    index: int
    name: str
    type: SpeakerType
    roles: list[str] = field(default_factory=list)
    country: str | None = None
    gender: Gender | None = None
    actor: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    mentions: set[Range] = field(default_factory=set)
    seen: int = -1
    times: int = 0
    short: int = 0
    presented: int = -1

    def frozen(self) -> Entity:
        """Give what is known by now as plain data."""
        role = self.roles[0] if self.roles else None
        aliases = tuple(self.aliases) or (self.name,)
        return Entity(
            self.name, self.type, role, self.country, self.actor, aliases, tuple(sorted(self.mentions))
        )


def same_role(roles: Roles, one: str, other: str) -> bool:
    """Tell whether two wordings can mean one office or calling ("the secretary", "Secretary of State")."""
    offices, theirs = roles.offices_of(one), roles.offices_of(other)
    if offices and theirs:
        return not set(offices).isdisjoint(theirs)
    if _is_not_now(roles, one) != _is_not_now(roles, other) or _is_deputy(roles, one, other):
        return False
    first, second = role_words(one), role_words(other)
    if not first or not second or _noun(roles, first) != _noun(roles, second):
        return False
    if not _agree_in_party(roles, first, second):
        return False
    ours, their = set(first[:-1]) - roles.parties, set(second[:-1]) - roles.parties
    return ours <= set(other.casefold().split()) or their < ours


def _agree_in_party(roles: Roles, one: list[str], other: list[str]) -> bool:
    ours, their = ({roles.alike.get(w, w) for w in words if w in roles.parties} for words in (one, other))
    return not ours or not their or not ours.isdisjoint(their)


def _is_deputy(roles: Roles, one: str, other: str) -> bool:
    """Tell whether one wording is a whole office and the other its deputy's ("foreign minister", "deputy foreign minister")."""
    lesser, office = sorted(
        (one, other), key=lambda role: roles.lesser.isdisjoint(role.casefold().split()[:1])
    )
    return (
        not roles.lesser.isdisjoint(lesser.casefold().split()[:1])
        and roles.lesser.isdisjoint(office.casefold().split()[:1])
        and len(office.split()) > 1
        and bool(roles.offices_of(office))
    )


def _noun(roles: Roles, words: list[str]) -> str:
    return roles.alike.get(words[-1]) or plain_noun(words[-1])


def _is_not_now(roles: Roles, role: str) -> bool:
    return not roles.not_now.isdisjoint(role.casefold().split()[:2])


def role_words(role: str) -> list[str]:
    """Give the words of a role up to its noun, small: "analyst at the institute" gives ["analyst"]."""
    words = role.casefold().split()
    for i, word in enumerate(words):
        if word in _COMPLEMENTS and i:
            return words[:i]
    return words


def plain_noun(word: str) -> str:
    """Give the form under which a noun's spellings and genders meet ("spokeswoman", "spokesperson")."""
    for ending in ("woman", "person"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + "man"
    return _SAME_NOUN.get(word, word)


@lru_cache(maxsize=_REMEMBERED)
def squeezed(name: str) -> str:
    """Give a person's name as one word, without initials and suffixes."""
    return squeeze(bare(name))


def squeeze(words: list[str]) -> str:
    """Give a name's words as one: "Kim Jong-un" and "Kim Jong Un" alike."""
    return "".join(fold(word) for word in words).replace(" ", "")


def ends_alike(one: list[str], other: list[str]) -> bool:
    """Tell whether first and last word agree and one name has no others ("Paul D. Ryan", "Paul Ryan")."""
    if min(len(one), len(other)) < 2:
        return False
    return one[0] == other[0] and one[-1] == other[-1] and min(len(one), len(other)) == 2


def misspelled(one: str, other: str, *, office: bool = False) -> bool:
    """Tell whether two squeezed names differ in one letter; `office` says that both hold one office of one country."""
    if min(len(one), len(other)) < (_LONG_ENOUGH_WITH_OFFICE if office else _LONG_ENOUGH_TO_MISSPELL):
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def agree(one: str | None, other: str | None) -> bool:
    """Tell whether two genders or two countries can be one's, as far as they are known."""
    return one is None or other is None or one == other
