"""Who is who across texts: one speaker for what several texts call by one name, where that is safe; else two.

Safe is: the same entry of the actor vocabulary; or, for people, the same full name with no two countries that differ;
for everything else the same name, type and country. A surname alone joins a person of its own text only, or the actor
who is known by it where no text names somebody else of that surname.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.model import Party, SpeakerType
from service.vocabulary.naming import fold, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.found import Entity, Extracted
    from service.model import Date
    from service.vocabulary.actors import Actor, Actors
    from service.vocabulary.countries import Countries


_YEARS_BEFORE = 10
"""Years before the first office that the vocabulary tells of in which somebody may already be in the news."""


@dataclass(slots=True)
class _Group:
    key: tuple[str, ...]
    actor: Actor | None
    members: list[Entity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker across texts, before anything is counted."""

    id: str
    name: str
    type: SpeakerType
    role: str | None
    country: str | None
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identities:
    """All speakers by id, and for each text the id of each of its entities."""

    speakers: dict[str, Identity]
    ids: tuple[tuple[str, ...], ...]
    parties: tuple[tuple[Party, ...], ...]


def join_identities(
    extracted: Sequence[Extracted], published: Sequence[Date | None], actors: Actors, countries: Countries
) -> Identities:
    """Join the entities of all texts. `published` is the settled date of each text, which tells who held an office."""
    groups: dict[tuple[str, ...], _Group] = {}
    others = _surnames(extracted, actors)
    placed: list[list[_Group]] = []
    for item, date in zip(extracted, published, strict=True):
        row = []
        for entity in item.entities:
            actor = _actor(entity, date, actors) or _known_alone(entity, date, actors, others)
            key = _key(entity, actor, item.text.id)
            group = groups.setdefault(_merged(key, entity, groups), _Group(key, actor))
            group.members.append(entity)
            row.append(group)
        placed.append(row)
    names = _ids(list(groups.values()))
    speakers = {names[id(group)]: _identity(names[id(group)], group, countries) for group in groups.values()}
    ids = tuple(tuple(names[id(group)] for group in row) for row in placed)
    parties = tuple(
        tuple(
            _party(speakers[speaker], entity, date, group.actor)
            for speaker, entity, group in zip(row, item.entities, groups_of, strict=True)
        )
        for row, item, groups_of, date in zip(ids, extracted, placed, published, strict=True)
    )
    return Identities(speakers, ids, parties)


def _actor(entity: Entity, date: Date | None, actors: Actors) -> Actor | None:
    if entity.actor:
        return actors.by_id(entity.actor)
    if entity.type is SpeakerType.PERSON and entity.role and entity.country and date:
        holder = actors.office_holder(entity.role, entity.country, date.start)
        if holder and _names_fit(entity.name, holder):
            return holder
    return None


def _surnames(extracted: Sequence[Extracted], actors: Actors) -> frozenset[str]:
    """Give the last words, folded, of the full names of people who are no actor known by surname."""
    return frozenset(
        fold(entity.name).split()[-1]
        for item in extracted
        for entity in item.entities
        if entity.type is SpeakerType.PERSON
        and " " in fold(entity.name)
        and actors.known_alone(entity.name) is None
    )


def _known_alone(entity: Entity, date: Date | None, actors: Actors, others: frozenset[str]) -> Actor | None:
    """Give the actor whom a surname means; not where text or day tell another office, country or time."""
    actor = actors.known_alone(entity.name) if entity.type is SpeakerType.PERSON else None
    if actor is None or entity.country not in {None, actor.country} or fold(entity.name) in others:
        return None
    if entity.role is not None and not actors.has_held(actor, entity.role):
        return None
    known_from = min((held.start.year for held in actor.roles), default=0) - _YEARS_BEFORE
    return actor if date is None or date.end.year >= known_from else None


def _names_fit(name: str, actor: Actor) -> bool:
    """Whether a surname, or no name but the office, can stand for the office's holder."""
    words = fold(name).split()
    known = {word for alias in (actor.name, *actor.aliases) for word in fold(alias).split()}
    return all(word in known for word in words)


def _key(entity: Entity, actor: Actor | None, text: str) -> tuple[str, ...]:
    if actor is not None:
        return ("actor", actor.id)
    name = fold(entity.name)
    if entity.type is SpeakerType.PERSON:
        return (
            ("person", name) if " " in name else ("person", name, entity.role or "", entity.country or text)
        )
    return (entity.type, name, entity.country or "")


def _merged(key: tuple[str, ...], entity: Entity, groups: dict[tuple[str, ...], _Group]) -> tuple[str, ...]:
    """Keep two people of one full name apart where their countries differ."""
    if key[0] != "person" or len(key) != 2:
        return key
    number = 0
    while True:
        numbered = (*key, str(number)) if number else key
        group = groups.get(numbered)
        if group is None or not entity.country:
            return numbered
        countries = {member.country for member in group.members if member.country}
        if not countries or entity.country in countries:
            return numbered
        number += 1


def _ids(groups: Sequence[_Group]) -> dict[int, str]:
    """Give every group an id of its own: the slug of its name, told apart by country, then by a hash of what it is.

    Entries of the actor vocabulary are served first, so that theirs stay plain.
    """
    wanted = Counter(_slug(_name(group)) for group in groups)
    taken: set[str] = set()
    ids: dict[int, str] = {}
    for group in sorted(groups, key=lambda group: group.actor is None):
        name = _slug(_name(group))
        country = next((member.country for member in group.members if member.country), None)
        if wanted[name] > 1 and group.actor is None and country:
            name = f"{name}-{country.lower()}"
        if name in taken:
            name = f"{name}-{hashlib.sha256(repr(group.key).encode()).hexdigest()[:8]}"
        taken.add(name)
        ids[id(group)] = name
    return ids


def _slug(name: str) -> str:
    return slug(name) or f"speaker-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _name(group: _Group) -> str:
    if group.actor is not None:
        return group.actor.name
    counted = Counter(member.name for member in group.members)
    return max(counted, key=lambda name: (counted[name], len(name), name))


def _identity(speaker: str, group: _Group, countries: Countries) -> Identity:
    roles = Counter(member.role for member in group.members if member.role)
    codes = Counter(member.country for member in group.members if member.country)
    country = min(codes, key=lambda code: (-codes[code], code), default=None) or (
        group.actor.country if group.actor else None
    )
    name = _name(group)
    aliases = {alias for member in group.members for alias in (member.name, *member.aliases)}
    home = countries.by_code(country) if country else None
    if group.members[0].type is SpeakerType.PERSON and " " in name:
        called = _of_person(aliases, name, family_first=home is not None and home.family_first)
        aliases = called | {member.name for member in group.members}
    elif group.members[0].type is SpeakerType.COUNTRY and home:
        aliases |= {*home.aliases, *home.exact, *home.capitals}
    if group.actor is not None:
        aliases |= {*group.actor.aliases}
    return Identity(
        id=speaker,
        name=name,
        type=group.members[0].type,
        role=min(roles, key=lambda role: (-roles[role], role), default=None),
        country=country,
        aliases=tuple(sorted(aliases - {name})),
        same_as=(group.actor.wikidata,) if group.actor and group.actor.wikidata else (),
    )


def _of_person(aliases: set[str], name: str, *, family_first: bool) -> set[str]:
    """Keep what a person is called alone: no part of a given name ("Jong"), nobody's relative; add the family name."""
    spellings = [one.split() for one in (name, *aliases) if " " in one and fold(one) == fold(name)]
    surname = name.split()[0 if family_first else -1]
    single = {words[0] for words in spellings} | {words[-1] for words in spellings if not family_first}
    kept = {alias for alias in aliases if (" " in alias or alias in single) and "'s " not in alias}
    return kept if not kept.isdisjoint(single) else kept | {surname}


def _party(identity: Identity, entity: Entity, date: Date | None, actor: Actor | None) -> Party:
    """Name a speaker as one text does: its own role, else the office held on that day."""
    role = entity.role
    if role is None and actor is not None and date is not None:
        tenure = actor.role_on(date.start)
        role = tenure.role if tenure else None
    return Party(identity.id, identity.name, identity.type, role, entity.country or identity.country)
