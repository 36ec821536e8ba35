"""Whom a correction means: a speaker of the record, one of the vocabulary, or a new one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from service.corpus.identities import Identity
from service.model import Party, SpeakerType
from service.vocabulary.naming import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.corpus.corrections import Wanted
    from service.corpus.records import Settled
    from service.model import Date
    from service.vocabulary import Vocabulary

_SHOWN = 5


class NobodyError(ValueError):
    """It is not clear whom a correction means: `reason` says why and `mend` what would be right."""

    def __init__(self, reason: str, mend: str) -> None:
        """Keep the two apart."""
        super().__init__(reason)
        self.reason, self.mend = reason, mend


class Cast:
    """Everybody whom a correction can name; `speakers` grows by whom corrections bring in."""

    def __init__(self, speakers: dict[str, Identity], vocabulary: Vocabulary) -> None:
        """Take the speakers of the record by id."""
        self.speakers = dict(speakers)
        self._vocabulary = vocabulary
        self._names: dict[str, list[str]] = defaultdict(list)
        self._aliases: dict[str, list[str]] = defaultdict(list)
        for one in sorted(speakers.values(), key=lambda one: one.id):
            self._index(one)

    def party(self, wanted: Wanted, settled: Settled) -> Party:
        """Give the speaker that `wanted` means in one text, with the role of that text unless it gives another.

        Raises `NobodyError` where that is nobody, or several.
        """
        identity = self._known(wanted, settled) or self._from_vocabulary(wanted) or self._new(wanted)
        there = [party for party in settled.parties if party.id == identity.id]
        role = wanted.role or next((party.role for party in there if party.role), None)
        country = wanted.country or next((party.country for party in there if party.country), None)
        return Party(
            identity.id,
            identity.name,
            identity.type,
            role or self._office(identity, settled.dating.published),
            country or identity.country,
        )

    def _index(self, one: Identity) -> None:
        self._names[fold(one.name)].append(one.id)
        for alias in {fold(alias) for alias in one.aliases}:
            self._aliases[alias].append(one.id)

    def _known(self, wanted: Wanted, settled: Settled) -> Identity | None:
        """Give the speaker of the record by id, else by preferred name, else by alias; those of the text come first."""
        name = fold(wanted.name)
        ids = [wanted.name] if wanted.name in self.speakers else []
        for found in (ids, self._names.get(name, ()), self._aliases.get(name, ())):
            fitting = [each for each in found if _fits(self.speakers[each], wanted)]
            here = {party.id for party in settled.parties}.intersection(fitting)
            chosen = sorted(here) or fitting
            if len(chosen) > 1:
                raise _several(wanted, chosen)
            if chosen:
                return self.speakers[chosen[0]]
        return None

    def _from_vocabulary(self, wanted: Wanted) -> Identity | None:
        actors, countries = self._vocabulary.actors, self._vocabulary.countries
        actor = actors.by_id(wanted.name) or actors.lookup(wanted.name)
        country = countries.lookup(wanted.name)
        known: Identity | None = None
        if actor is not None:
            same_as = (actor.wikidata,) if actor.wikidata else ()
            known = Identity(
                actor.id, actor.name, actor.type, None, actor.country, tuple(sorted(actor.aliases)), same_as
            )
        elif country is not None:
            aliases = {*country.aliases, *country.exact, *country.capitals}
            known = Identity(
                country.id, country.name, SpeakerType.COUNTRY, None, country.code, tuple(sorted(aliases)), ()
            )
        return self._added(known) if known is not None and _fits(known, wanted) else None

    def _new(self, wanted: Wanted) -> Identity:
        if wanted.type is None:
            reason = f"nobody in the record or the vocabulary is known as {wanted.name!r}"
            raise NobodyError(
                reason,
                "take an id from /v1/speakers; for a new speaker give name and type, and role and country",
            )
        return self._added(
            Identity(
                slug(wanted.name), wanted.name, wanted.type, wanted.role, wanted.country, (wanted.name,), ()
            )
        )

    def _added(self, one: Identity) -> Identity:
        """Take in somebody new, under an id that is free."""
        identity = one.id
        if not identity or identity in self.speakers:
            told = repr((one.name, one.type, one.country))
            identity = f"{identity or 'speaker'}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"
        aliases = tuple(alias for alias in one.aliases if alias != one.name)
        added = Identity(identity, one.name, one.type, one.role, one.country, aliases, one.same_as)
        self.speakers[identity] = added
        self._index(added)
        return added

    def _office(self, identity: Identity, published: Date | None) -> str | None:
        """Give the office that the vocabulary's actor of this id held on the day of publication."""
        actor = self._vocabulary.actors.by_id(identity.id)
        if actor is None or published is None or (actor.name, actor.type) != (identity.name, identity.type):
            return None
        tenure = actor.role_on(published.start)
        return tenure.role if tenure else None


def _fits(one: Identity, wanted: Wanted) -> bool:
    kind = wanted.type in (None, one.type)
    return kind and (wanted.country is None or one.country is None or wanted.country == one.country)


def _several(wanted: Wanted, ids: Iterable[str]) -> NobodyError:
    listed = sorted(ids)
    more = " and others" if len(listed) > _SHOWN else ""
    return NobodyError(
        f"{wanted.name!r} can be {', '.join(listed[:_SHOWN])}{more}", "write the id of the one who is meant"
    )
