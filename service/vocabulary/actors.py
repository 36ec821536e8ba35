"""Persons and organizations known beforehand, and who held which office when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from service.model import SpeakerType
from service.vocabulary.naming import fold, slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings
from service.vocabulary.roles import read_roles

if TYPE_CHECKING:
    from pathlib import Path

    from service.vocabulary.roles import Gender, Roles

_FILE = "actors.yaml"
_KEYS = {"name", "type", "gender", "country", "aliases", "wikidata", "roles"}
_TYPES = {"person": SpeakerType.PERSON, "organization": SpeakerType.ORGANIZATION, "group": SpeakerType.GROUP}


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office and the days it was held, both included; `end` None while it lasts.

    `role` is the wording to show, `office` the key of the offices in roles.yaml (or the folded role where it is none of
    them), `of` the ISO country code or the id of the organization it belongs to.
    """

    role: str
    office: str
    of: str
    start: date
    end: date | None

    def covers(self, on: date) -> bool:
        """Tell whether the office was held on the day `on`."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or an organization; `id` is the slug of `name`, `country` ISO 3166-1 alpha-2, `wikidata` a Q-id."""

    id: str
    name: str
    type: SpeakerType
    gender: Gender | None
    country: str | None
    aliases: tuple[str, ...]
    wikidata: str | None
    roles: tuple[Tenure, ...]

    def role_on(self, on: date) -> Tenure | None:
        """Give the role held on the day `on`, the one taken last where there are several."""
        return max(
            (role for role in self.roles if role.covers(on)), key=lambda role: role.start, default=None
        )


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors, to be found by full name or by office."""

    actors: tuple[Actor, ...]
    _names: dict[str, Actor] = field(repr=False)
    _holders: dict[tuple[str, str], tuple[tuple[Tenure, Actor], ...]] = field(repr=False)
    _ids: dict[str, Actor] = field(repr=False)
    _roles: Roles = field(repr=False)

    def by_id(self, actor: str) -> Actor | None:
        """Find by id."""
        return self._ids.get(actor)

    def lookup(self, full_name: str) -> Actor | None:
        """Find by name or alias, folding case, accents, hyphens, full stops and "the"; a surname alone only as an alias.

        A short name in small letters ("who", "fed") is a word, not an organization.
        """
        found = self._names.get(fold(full_name))
        return found if found and any(c.isupper() for c in full_name) else None

    def known_alone(self, name: str) -> Actor | None:
        """Find a person by a name, full or not, where the family name alone is an alias of theirs ("Tillerson")."""
        found = self.lookup(name)
        if found is None or found.type is not SpeakerType.PERSON:
            return None
        return found if any(" " not in alias for alias in found.aliases) else None

    def has_held(self, actor: Actor, role: str) -> bool:
        """Tell whether `role`, in any wording of roles.yaml, is an office that `actor` has held."""
        offices = self._roles.offices_of(role)
        return any(held.office in offices or fold(held.role) == fold(role) for held in actor.roles)

    def office_holder(self, role: str, of: str, on: date) -> Actor | None:
        """Give whoever held the office called `role` for `of` on the day `on`.

        `role` is any wording of roles.yaml ("foreign minister", "top diplomat", "leader"), `of` an ISO country code or
        an organization's id. On a day of change that is the successor; None where nobody is recorded.
        """
        for office in self._roles.offices_of(role):
            held = [(t.start, a) for t, a in self._holders.get((office, of), ()) if t.covers(on)]
            if held:
                return max(held, key=lambda pair: pair[0])[1]
        return None


def read_actors(folder: Path) -> Actors:
    """Read ``folder/actors.yaml`` with the offices of ``folder/roles.yaml``; raise `VocabularyError` on a wrong entry."""
    entries = read_yaml(folder, _FILE)
    if not isinstance(entries, list):
        message = f"{folder / _FILE}: expected a list of actors, found {type(entries).__name__}"
        raise VocabularyError(message)
    roles = read_roles(folder)
    actors = tuple(
        _actor(entry, f"{folder / _FILE}: actor {number}") for number, entry in enumerate(entries, 1)
    )
    names: dict[str, Actor] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            if names.setdefault(fold(name), actor) is not actor:
                message = f"{folder / _FILE}: {name!r} names both {names[fold(name)].id} and {actor.id}; leave it to one"
                raise VocabularyError(message)
    return Actors(actors, names, _holders(actors), {actor.id: actor for actor in actors}, roles)


def _holders(actors: tuple[Actor, ...]) -> dict[tuple[str, str], tuple[tuple[Tenure, Actor], ...]]:
    found: dict[tuple[str, str], tuple[tuple[Tenure, Actor], ...]] = {}
    for actor in actors:
        for role in actor.roles:
            key = (role.office, role.of)
            found[key] = (*found.get(key, ()), (role, actor))
    return found


def _actor(entry: Any, where: str) -> Actor:
    entry = only_keys(entry, _KEYS, where)
    name, kind = entry.get("name"), entry.get("type", "person")
    if not isinstance(name, str) or not slug(name):
        message = f"{where}: name takes the preferred name, found {name!r}"
        raise VocabularyError(message)
    where = f"{where} ({name})"
    gender, country, wikidata = entry.get("gender"), entry.get("country"), entry.get("wikidata")
    if kind not in _TYPES or gender not in {"m", "f", None}:
        message = f"{where}: type takes {', '.join(_TYPES)} and gender m or f, found {kind!r} and {gender!r}"
        raise VocabularyError(message)
    if not isinstance(country, str | None) or not isinstance(wikidata, str | None):
        message = f"{where}: country and wikidata take strings; put quotation marks around {country!r} and {wikidata!r}"
        raise VocabularyError(message)
    roles = tuple(_tenure(item, country, where) for item in entry.get("roles", []))
    return Actor(
        slug(name), name, _TYPES[kind], gender, country, strings(entry, "aliases", where), wikidata, roles
    )


def _tenure(item: Any, country: str | None, where: str) -> Tenure:
    item = only_keys(item, {"role", "office", "from", "to", "country", "of"}, f"{where}: roles")
    role, start, end = item.get("role"), item.get("from"), item.get("to")
    of = item.get("of", item.get("country", country))
    if not isinstance(role, str) or not isinstance(of, str):
        message = f"{where}: a role needs its wording, and a country or an organization it belongs to"
        raise VocabularyError(message)
    if not isinstance(start, date) or not isinstance(end, date | None) or (end and end < start):
        message = f"{where}: {role} needs from and to as days in order, like 2013-02-01; found {start!r} and {end!r}"
        raise VocabularyError(message)
    return Tenure(role, item.get("office", role.casefold()), of, start, end)
