"""The identities of one text: persons told apart by name, countries, organizations, groups and the unnamed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from service.extract.identity import (
    Identity,
    agree,
    ends_alike,
    misspelled,
    plain_noun,
    role_words,
    same_role,
    squeeze,
    squeezed,
)
from service.extract.names import bare
from service.extract.runs import PARTICLES
from service.model import SpeakerType
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from service.extract.lexicon import Lexicon
    from service.extract.names import Name
    from service.vocabulary.actors import Actor

_MANY = 40
"""As many bearers of one name or role are looked at, so that a text of any length takes linear time."""


class Cast:
    """All identities of a text, in the order in which they were first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin with nobody."""
        self.lexicon = lexicon
        self.identities: list[Identity] = []
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], int] = {}
        self._by_role: dict[str, dict[int, None]] = defaultdict(dict)
        self._bodies: dict[str, list[int]] = defaultdict(list)
        self._state_bodies: dict[str, dict[str, int]] = defaultdict(dict)

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
            if kind is SpeakerType.ORGANIZATION and name.split():
                self._bodies[name.casefold().split()[-1]].append(self._by_key[key])
        return self.identities[self._by_key[key]]

    def country(self, code: str) -> Identity:
        """Give the identity of the country with this code."""
        known = self.lexicon.countries.by_code(code)
        return self.keyed(SpeakerType.COUNTRY, known.name if known else code, code)

    def organization(self, words: str, country: str | None = None) -> Identity:
        """Give the identity of an organization by its name."""
        actor = self.lexicon.actor(words)
        body = None if actor else self.lexicon.state_body(words)
        if body is not None:
            identity = self._state_body(body, country)
        else:
            identity = self.keyed(SpeakerType.ORGANIZATION, actor.name if actor else words, country)
        if actor:
            identity.actor, identity.country = actor.id, actor.country or country
        identity.aliases[words] = None
        return identity

    def _state_body(self, body: str, country: str | None) -> Identity:
        """Give the body of a country, by its people ("Spanish Parliament"); of none told, the one mentioned last."""
        known = self.lexicon.countries.by_code(country) if country else None
        theirs = self._state_bodies[fold(body)]
        if known is None or not known.adjectives:
            latest = max(theirs.values(), key=lambda index: self.identities[index].seen, default=None)
            if latest is not None:
                return self.identities[latest]
            return self.keyed(SpeakerType.ORGANIZATION, body, country)
        identity = self.keyed(SpeakerType.ORGANIZATION, f"{known.adjectives[0]} {body}", known.code)
        theirs[known.code] = identity.index
        return identity

    def settle_countries(self) -> None:
        """Give those who speak for a state's body its country, where the text tells one such body only."""
        for one in self.identities:
            if one.type is not SpeakerType.PERSON or one.country is not None:
                continue
            for role in one.roles:
                words = role.split()
                near = (self._state_bodies.get(fold(" ".join(words[:end]))) for end in range(1, len(words)))
                found = next(filter(None, near), None)
                if found is not None and len(found) == 1:
                    one.country = next(iter(found))
                    break

    def body(self, noun: str) -> Identity | None:
        """Give the organization whose name ends in `noun`, the latest mentioned."""
        fits = (self.identities[i] for i in self._bodies.get(noun, [])[-_MANY:])
        return max(fits, key=lambda one: one.seen, default=None)

    def add_full_name(self, name: Name) -> Identity:
        """Give the person with this name of two words or more, begun where there is none."""
        words = bare(name.words)
        identity = self._same_person(name, words)
        if identity is None:
            identity = self.add(name.words, SpeakerType.PERSON)
        parts = (" ".join(words[start:]) for start in range(1, len(words) - 1))
        for word in dict.fromkeys(map(fold, (*words, *parts, *map(_without_article, words)))):
            if identity.index not in self._by_words[word][-_MANY:]:
                self._by_words[word].append(identity.index)
        self.learn(identity, name)
        return identity

    def _same_person(self, name: Name, words: list[str]) -> Identity | None:
        wanted = squeeze(words)
        near = (
            self._by_words.get(fold(words[-1]), [])[-_MANY:] + self._by_words.get(fold(words[0]), [])[-_MANY:]
        )
        for index in near:
            other = self.identities[index]
            if not agree(name.gender, other.gender):
                continue
            theirs = bare(other.name)
            if squeezed(other.name) == wanted or (
                len(theirs) > 1 and len(words) > 1 and ends_alike(theirs, words)
            ):
                return other
        return self._misspelled(name, wanted)

    def _misspelled(self, name: Name, wanted: str) -> Identity | None:
        """Give the holder of the same role whose name differs in a letter ("Lukas Hahn" and "Lukas Hahm")."""
        if name.role is None:
            return None
        near = dict.fromkeys(
            i for key in self._role_keys(name.role) for i in list(self._by_role[key])[-_MANY:]
        )
        for other in map(self.identities.__getitem__, near):
            office = name.country is not None and name.country == other.country
            if (
                agree(name.gender, other.gender)
                and misspelled(wanted, squeezed(other.name), office=office)
                and self._shares_role(name, other)
            ):
                return other
        return None

    def _shares_role(self, name: Name, other: Identity) -> bool:
        if name.role is None or not agree(name.country, other.country):
            return False
        return any(same_role(self.lexicon.roles, name.role, role) for role in other.roles)

    def named(self, name: Name, order: int) -> Identity:
        """Give the person meant by one word.

        By title and gender, then whoever the paragraph presents, then whoever has gone by that word most, then the
        latest mentioned before `order`.
        """
        word = fold(name.words)
        fits = [self.identities[i] for i in self._by_words.get(word, [])[-_MANY:]]
        fits = [one for one in fits if agree(name.gender, one.gender)] if name.honorific else fits
        if not fits:
            same = self._misspelled(name, squeezed(name.words))
            if same is None:
                return self._new_person(name, word)
            fits = [same]
        ranked = sorted(fits, key=lambda one: self._rank(one, name, word, order), reverse=True)
        self.learn(ranked[0], name)
        ranked[0].short += 1
        return ranked[0]

    def begin_single(self, name: Name) -> None:
        """Begin the person of this one name, unless somebody goes by it."""
        word = fold(name.words)
        if not self._by_words.get(word) and self._misspelled(name, squeezed(name.words)) is None:
            self._new_person(name, word)

    def _rank(self, one: Identity, name: Name, word: str, order: int) -> tuple[bool, bool, bool, int, int]:
        titled = name.role is not None and any(
            same_role(self.lexicon.roles, name.role, role) for role in one.roles
        )
        country = agree(name.country, one.country)
        words = bare(one.name)
        surname = word.endswith(fold(words[-1])) or (
            fold(words[0]) == word and not self.lexicon.is_given(words[0])
        )
        presented = one.presented == name.paragraph
        seen = one.seen if one.seen <= order else -1
        return (titled and country, surname and country, presented, one.short, seen)

    def _new_person(self, name: Name, word: str) -> Identity:
        identity = self.add(name.words, SpeakerType.PERSON)
        self._by_words[word].append(identity.index)
        self.learn(identity, name)
        return identity

    def person_after_all(self, name: Name, order: int) -> Identity:
        """Give the person of a name of one word that was not read as a person's; `order` as in `named`."""
        word = fold(name.words)
        if self._by_words.get(word):
            return self.named(name, order)
        identity = self.organization(name.words)
        identity.type = SpeakerType.PERSON
        self._by_words[word].append(identity.index)
        self.learn(identity, name)
        return identity

    def bearers(self, surname: str) -> tuple[int, ...]:
        """Give the first few people of the text who have this surname."""
        word = fold(surname)
        fits = (i for i in self._by_words.get(word, ()) if fold(bare(self.identities[i].name)[-1]) == word)
        return tuple(fits)[:4]

    def learn(self, identity: Identity, name: Name) -> None:
        """Take over from a mention by name what it tells of the person."""
        identity.aliases[name.words] = None
        words, known = bare(name.words), bare(identity.name)
        if len(words) > len(known) and squeeze(words) != squeeze(known):
            identity.name = name.words
        self.give_role(identity, name.role, name.country)
        identity.gender = identity.gender or name.gender

    def give_role(self, identity: Identity, role: str | None, country: str | None) -> None:
        """Record a role and a country; the first of each stays the main one.

        A form of address ("Sheikh") gives way to any other role, and a "counterpart" tells none.
        """
        if role and role.split()[-1].casefold() in self.lexicon.roles.counterparts:
            role = None
        if role and role not in identity.roles and len(identity.roles) < _MANY:
            address = bool(identity.roles) and self.lexicon.roles.honorific(identity.roles[0]) is not None
            identity.roles.insert(0 if address else len(identity.roles), role)
            for key in self._role_keys(role):
                self._by_role[key][identity.index] = None
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
        if known.type is not SpeakerType.PERSON or not agree(known.gender, identity.gender):
            return False
        if identity.country is not None:
            return identity.country == known.country
        return any(
            same_role(self.lexicon.roles, role, held.role) for role in identity.roles for held in known.roles
        )

    def _noun(self, word: str) -> str:
        return self.lexicon.roles.alike.get(word) or plain_noun(word)

    def _role_keys(self, role: str) -> list[str]:
        """Give the words under which a role is looked for: its noun and the offices that it can mean."""
        words = role_words(role)
        return [*self.lexicon.roles.offices_of(role), *([f"noun {self._noun(words[-1])}"] if words else [])]

    def holder(self, role: str, country: str | None) -> Identity | None:
        """Give the person who has the role `role`: of `country`, then the latest one mentioned, then one named later."""
        return max(
            self.holders(role, country),
            key=lambda one: (country is not None and one.country == country, one.seen),
            default=None,
        )

    def holders(self, role: str, country: str | None) -> list[Identity]:
        """Give the people who may be meant by the role `role` of `country`."""
        near = dict.fromkeys(i for key in self._role_keys(role) for i in list(self._by_role[key])[-_MANY:])
        return [
            one
            for one in map(self.identities.__getitem__, near)
            if one.type is SpeakerType.PERSON
            and agree(country, one.country)
            and any(same_role(self.lexicon.roles, role, theirs) for theirs in one.roles)
        ]


def _without_article(word: str) -> str:
    """Give "oufi" for "al-oufi"."""
    lead, mark, rest = word.partition("-")
    return rest if mark and rest and lead in PARTICLES else word
