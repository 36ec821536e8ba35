"""The identities of one text: persons told apart by name, countries, organizations, groups and the unnamed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from service.extract.found import Entity
from service.extract.names import bare
from service.model import SpeakerType
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from service.extract.found import Range
    from service.extract.lexicon import Lexicon
    from service.extract.names import Name
    from service.vocabulary.actors import Actor
    from service.vocabulary.roles import Gender

_LONG_ENOUGH_TO_MISSPELL = 8
_COMPLEMENTS = frozenset(("of", "at", "from", "for", "to", "in", "with", "on", "who"))


@dataclass(slots=True)
class Identity:
    """One entity while the text is being read; `seen` is the order number of its latest mention, -1 before any."""

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

    def frozen(self) -> Entity:
        """Give what is known by now as plain data."""
        role = self.roles[0] if self.roles else None
        aliases = tuple(self.aliases) or (self.name,)
        return Entity(
            self.name, self.type, role, self.country, self.actor, aliases, tuple(sorted(self.mentions))
        )


class Cast:
    """All identities of a text, in the order in which they were first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.identities: list[Identity] = []
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], int] = {}

    def __getitem__(self, index: int) -> Identity:
        """Give the identity with this index."""
        return self.identities[index]

    def add(self, name: str, kind: SpeakerType, country: str | None = None) -> Identity:
        """Begin a new identity."""
        identity = Identity(len(self.identities), name, kind, country=country)
        identity.aliases[name] = None
        self.identities.append(identity)
        return identity

    def keyed(self, kind: SpeakerType, name: str, country: str | None = None) -> Identity:
        """Give the identity of this type and folded name, begun where there is none."""
        key = (kind.value, fold(name))
        if key not in self._by_key:
            self._by_key[key] = self.add(name, kind, country).index
        return self.identities[self._by_key[key]]

    def country(self, code: str) -> Identity:
        """Give the identity of the country with this code."""
        known = self.lexicon.countries.by_code(code)
        identity = self.keyed(SpeakerType.COUNTRY, known.name if known else code, code)
        return identity

    def organization(self, words: str, country: str | None = None) -> Identity:
        """Give the identity of an organization by its name."""
        actor = self.lexicon.actor(words)
        identity = self.keyed(SpeakerType.ORGANIZATION, actor.name if actor else words, country)
        if actor:
            identity.actor, identity.country = actor.id, actor.country or country
        identity.aliases[words] = None
        return identity

    def add_full_name(self, name: Name) -> Identity:
        """Give the person with this name of two words or more, begun where there is none."""
        words = bare(name.words)
        identity = self._same_person(name, words)
        if identity is None:
            identity = self.add(name.words, SpeakerType.PERSON)
        for word in {fold(words[0]), fold(words[-1]), *map(fold, words)}:
            if identity.index not in self._by_words[word]:
                self._by_words[word].append(identity.index)
        self.learn(identity, name)
        return identity

    def _same_person(self, name: Name, words: list[str]) -> Identity | None:
        squeezed = _squeeze(words)
        for index in self._by_words.get(fold(words[-1]), []) + self._by_words.get(fold(words[0]), []):
            other = self.identities[index]
            if not _genders_agree(name.gender, other.gender):
                continue
            theirs = bare(other.name)
            if _squeeze(theirs) == squeezed or (len(theirs) > 1 and len(words) > 1 and _ends_alike(theirs, words)):
                return other
            if _misspelled(squeezed, _squeeze(theirs)) and self._shares_role(name, other):
                return other
        return None

    def _shares_role(self, name: Name, other: Identity) -> bool:
        if name.role is None or not _countries_agree(name.country, other.country):
            return False
        return any(self.same_role(name.role, role) for role in other.roles)

    def named(self, name: Name, order: int) -> Identity:
        """Give the person meant by one word, by title, gender and the latest mention before `order`."""
        word = fold(name.words)
        fits = [self.identities[i] for i in self._by_words.get(word, [])]
        fits = [one for one in fits if _genders_agree(name.gender, one.gender)] if name.honorific else fits
        if not fits:
            return self._new_person(name, word)
        ranked = sorted(fits, key=lambda one: self._rank(one, name, word, order), reverse=True)
        self.learn(ranked[0], name)
        return ranked[0]

    def _rank(self, one: Identity, name: Name, word: str, order: int) -> tuple[bool, bool, int]:
        titled = name.role is not None and any(self.same_role(name.role, role) for role in one.roles)
        country = _countries_agree(name.country, one.country)
        words = bare(one.name)
        surname = fold(words[-1]) == word or (fold(words[0]) == word and not self.lexicon.is_given(words[0]))
        return (titled and country, surname and country, one.seen if one.seen <= order else -1)

    def _new_person(self, name: Name, word: str) -> Identity:
        identity = self.add(name.words, SpeakerType.PERSON)
        self._by_words[word].append(identity.index)
        self.learn(identity, name)
        return identity

    def knows_person(self, word: str) -> bool:
        """Tell whether a person of the text is called `word`, by surname or given name."""
        return fold(word) in self._by_words

    def learn(self, identity: Identity, name: Name) -> None:
        """Take over from a mention by name what it tells of the person."""
        identity.aliases[name.words] = None
        if len(bare(name.words)) > len(bare(identity.name)):
            identity.name = name.words
        self.give_role(identity, name.role, name.country)
        identity.gender = identity.gender or name.gender

    def give_role(self, identity: Identity, role: str | None, country: str | None) -> None:
        """Record a role and a country; the first of each stays the main one."""
        if role and role not in identity.roles:
            identity.roles.append(role)
        identity.country = identity.country or country
        if identity.type is SpeakerType.PERSON and identity.actor is None:
            self._recognize(identity)

    def _recognize(self, identity: Identity) -> None:
        """Take the vocabulary's actor of that full name whose office or country the text gives too."""
        known = self.lexicon.actor(identity.name) if " " in identity.name else None
        if known is not None and self._is_actor(identity, known):
            identity.actor = known.id
            identity.country = identity.country or known.country
            identity.gender = identity.gender or known.gender
        if identity.country is None:
            found = (self.lexicon.office_country(role) for role in identity.roles)
            identity.country = next(filter(None, found), None)

    def _is_actor(self, identity: Identity, known: Actor) -> bool:
        if known.type is not SpeakerType.PERSON or not _genders_agree(known.gender, identity.gender):
            return False
        if identity.country is not None:
            return identity.country == known.country
        return any(self.same_role(role, held.role) for role in identity.roles for held in known.roles)

    def same_role(self, one: str, other: str) -> bool:
        """Tell whether two wordings can mean one office or calling ("the secretary", "Secretary of State")."""
        offices, theirs = self.lexicon.roles.offices_of(one), self.lexicon.roles.offices_of(other)
        if offices and theirs:
            return bool(set(offices) & set(theirs))
        if self._is_not_now(one) != self._is_not_now(other):
            return False
        first, second = role_words(one), role_words(other)
        if not first or not second or _noun(first[-1]) != _noun(second[-1]):
            return False
        return set(first[:-1]) <= set(map(str.lower, other.split())) or set(second[:-1]) < set(first[:-1])

    def _is_not_now(self, role: str) -> bool:
        return not self.lexicon.roles.not_now.isdisjoint(role.casefold().split()[:2])

    def holder(self, role: str, country: str | None, order: int) -> Identity | None:
        """Give the person who has the role `role`, the latest one mentioned before `order`, else one named later."""
        best: tuple[bool, bool, int] | None = None
        found: Identity | None = None
        for one in self.identities:
            if one.type is not SpeakerType.PERSON or not _countries_agree(country, one.country):
                continue
            if not any(self.same_role(role, theirs) for theirs in one.roles):
                continue
            rank = (country is not None and one.country == country, one.seen >= 0, one.seen)
            if best is None or rank > best:
                best, found = rank, one
        return found


def role_words(role: str) -> list[str]:
    """Give the words of a role up to its noun, small: "analyst at the institute" gives ["analyst"]."""
    words = role.casefold().split()
    for i, word in enumerate(words):
        if word in _COMPLEMENTS and i:
            return words[:i]
    return words


def _noun(word: str) -> str:
    for ending in ("spokeswoman", "spokesperson", "spokesman"):
        if word.endswith(ending):
            return "spokesman"
    for ending in ("woman", "person"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + "man"
    return {"advisor": "adviser", "councillor": "councilor", "chair": "chairman"}.get(word, word)


def _squeeze(words: list[str]) -> str:
    return "".join(fold(word) for word in words).replace(" ", "")


def _ends_alike(one: list[str], other: list[str]) -> bool:
    """Whether first and last word agree ("Paul D. Ryan", "Paul Ryan")."""
    return one[0] == other[0] and one[-1] == other[-1] and (len(one) == 2 or len(other) == 2)


def _misspelled(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LONG_ENOUGH_TO_MISSPELL:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def _genders_agree(one: Gender | None, other: Gender | None) -> bool:
    return one is None or other is None or one == other


def _countries_agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
