"""What the vocabularies know about words for people, put as the questions that naming and coreference ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.model import SpeakerType

if TYPE_CHECKING:
    from service.vocabulary.actors import Actor, Actors
    from service.vocabulary.countries import Countries, Country
    from service.vocabulary.names import GivenNames
    from service.vocabulary.publishers import Publishers
    from service.vocabulary.roles import Gender, Roles
    from service.vocabulary.verbs import ReportingVerbs

_LONGEST_TITLE = 8
_LONGEST_COUNTRY = 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabularies that tell who is who; those that default to None may be missing.

    `events` are the nouns, by lemma, that name events.
    """

    countries: Countries
    roles: Roles
    names: GivenNames
    verbs: ReportingVerbs
    actors: Actors | None = None
    publishers: Publishers | None = None
    events: frozenset[str] = frozenset()
    _heads: frozenset[str] = field(init=False, repr=False)
    _openings: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Gather the head nouns of all titles ("minister" of "foreign minister"), and the words that these begin with."""
        wordings = self.roles.titles | self.roles.offices.keys()
        heads = {words.split(" of ")[0].split(" for ")[0].split(" to ")[0].split()[-1] for words in wordings}
        object.__setattr__(self, "_heads", frozenset(heads) | self._nouns())
        object.__setattr__(self, "_openings", frozenset(words.split(" ", 1)[0] for words in wordings))

    def _nouns(self) -> frozenset[str]:
        return self.roles.unnamed | self.roles.kin | self.roles.counterparts

    def is_person_noun(self, noun: str) -> bool:
        """Tell whether a singular noun, in any case of letters, names one person."""
        noun = noun.casefold()
        return (
            noun in self._heads
            or self.roles.gender(noun) is not None
            or self.roles.honorific(noun) is not None
        )

    def is_kin(self, noun: str) -> bool:
        """Tell whether a noun names a relative."""
        return noun.casefold() in self.roles.kin

    def is_group_noun(self, noun: str) -> bool:
        """Tell whether a plural noun names people."""
        return noun.casefold() in self.roles.groups

    def is_organization_noun(self, noun: str) -> bool:
        """Tell whether a singular noun names a body that can speak."""
        return noun.casefold() in self.roles.organizations

    def is_event_noun(self, noun: str) -> bool:
        """Tell whether a noun, by its lemma, names what happens, and neither people nor a body nor a document."""
        noun = noun.casefold()
        return (
            noun in self.events
            and noun not in self.roles.documents
            and not (self.is_person_noun(noun) or self.is_organization_noun(noun))
        )

    def state_body(self, name: str) -> str | None:
        """Give the name of a body that every state has without the country before it ("Foreign Ministry"), else None."""
        words = name.split()
        for lead in range(min(len(words) - 1, _LONGEST_COUNTRY), 0, -1):
            before = " ".join(words[:lead])
            if self.adjective(before) or self.country(before):
                words = words[lead:]
                break
        small = [word.casefold() for word in words]
        ends = {small[0], small[-1], " ".join(small[-2:]), " ".join(small[-3:])} if small else set()
        return None if ends.isdisjoint(self.roles.state_bodies) else " ".join(words)

    def opens_title(self, word: str) -> bool:
        """Tell whether a title may begin with `word`."""
        return word.casefold() in self._openings

    def title_length(self, words: list[str]) -> int:
        """Give how many of the first `words` make the longest title there is, 0 for none."""
        for length in range(min(len(words), _LONGEST_TITLE), 0, -1):
            if self.roles.is_title(" ".join(words[:length])):
                return length
        return 0

    def country(self, name: str) -> Country | None:
        """Find a country by name ("the U.S."), not by its people or its capital."""
        return self.countries.lookup(name)

    def adjective(self, word: str) -> Country | None:
        """Find a country by adjective or people ("Chinese", "Russians")."""
        return self.countries.by_adjective(word)

    def capital(self, name: str) -> Country | None:
        """Find a country by the city that stands for its government."""
        return self.countries.capital_of(name)

    def gender(self, given: str) -> Gender | None:
        """Give the gender that a given name tells."""
        return self.names.gender(given)

    def is_given(self, word: str) -> bool:
        """Tell whether a word is a known given name."""
        return self.names.gender(word) is not None

    def publisher(self, name: str) -> str | None:
        """Give the preferred name of the publisher called `name`."""
        found = self.publishers.lookup(name) if self.publishers else None
        return found.name if found else None

    def actor(self, name: str) -> Actor | None:
        """Give the one actor called `name` in full."""
        return self.actors.lookup(name) if self.actors else None

    def is_reporting(self, verb: str) -> bool:
        """Tell whether a verb, by its lemma, reports words: its subject is somebody."""
        return verb in self.verbs.verbs

    def is_reporting_form(self, word: str) -> bool:
        """Tell whether a word in small letters is a finite form of a verb that reports: "said", "denies"."""
        return self.verbs.has_form(word)

    def office_country(self, role: str) -> str | None:
        """Give the one country that has the office `role` ("secretary of state"), or whose body it names first."""
        office = self.roles.office_countries.get(role.casefold().removeprefix("the "))
        return office or self._body_country(role.split())

    def _body_country(self, words: list[str]) -> str | None:
        """Give the country of the body for which somebody speaks ("State Department spokesman")."""
        if not words or not words[-1].casefold().startswith("spokes"):
            return None
        for end in range(min(len(words) - 1, _LONGEST_TITLE), 0, -1):
            name = " ".join(words[:end])
            body, seat = self.actor(name), self.countries.seat(name)
            if seat or (body and body.type is SpeakerType.ORGANIZATION and body.country):
                return seat.code if seat else body.country if body else None
        return None
