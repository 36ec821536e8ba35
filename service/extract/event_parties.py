"""Who takes part: the entities behind the words that stand with a trigger, as far as an event's kind lets them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from service.extract.event_nations import Nations
from service.extract.event_pairs import Pairs, back_from, is_pair
from service.extract.event_places import country_at
from service.extract.event_syntax import clause_verb, complements, governors, patients, subjects
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.found import Entity
    from service.vocabulary.countries import Countries
    from service.vocabulary.event_triggers import EventTriggers

_FOR_SEVERAL = frozenset(("PRON", "DET", "NUM"))
_SEVERAL = frozenset(("both", "two", "three"))
_OF = frozenset(("of", "from"))
_CROWDS = frozenset((SpeakerType.GROUP, SpeakerType.UNNAMED))


class People(Protocol):
    """Who is meant by a word: what `find_events` needs of the people of a text."""

    @property
    def entities(self) -> Sequence[Entity]:
        """Everybody the text speaks of."""

    def at(self, offset: int) -> int | None:
        """Give the index of the entity meant by the token at `offset` of the text, None for none or several."""

    def joint(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give the indexes of those for whom a plural ("they", "both", "the two men") stands."""


class Parties:
    """A resolver of participants: nouns to indexes of entities, crowds to the country they belong to."""

    def __init__(
        self,
        people: People,
        paragraphs: Sequence[Paragraph],
        countries: Countries,
        triggers: EventTriggers,
    ) -> None:
        """Make the resolver for a text of `paragraphs`; of `triggers` it takes the nouns for states and for people."""
        self._people = people
        self._pairs = Pairs(paragraphs, self, triggers)
        self.countries = countries
        self._words = triggers.words
        self._known: Sequence[Entity] = ()
        self._states: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._nations = Nations(countries)
        self._refresh()

    def _refresh(self) -> None:
        """Take in entities begun since the last look; asking for all of them is not free."""
        self._known = self._people.entities
        for index, entity in enumerate(self._known):
            if entity.type is SpeakerType.COUNTRY and entity.country:
                self._states.setdefault(entity.country, index)
                self._names.setdefault(entity.country, entity.name)

    def entity(self, index: int) -> Entity:
        """Give the entity with this index."""
        if index >= len(self._known):
            self._refresh()
        return self._known[index]

    def of(self, paragraph: Paragraph, nouns: Iterable[Token]) -> tuple[int, ...]:
        """Give the entities that `nouns` mean, each once, in order; words for nobody known are left out."""
        found = (index for noun in nouns for index in self._one(paragraph, noun))
        return tuple(dict.fromkeys(found))

    def _one(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        if noun.pos_ == "PROPN" and len(twins := self._nations.twins(noun, self._names)) > 1:
            return tuple(i for i in map(self.state, twins) if i is not None)
        if noun.dep_ in {"amod", "nmod", "compound"}:
            nation = self.nationality(noun)
            index = self.named(paragraph, noun) if nation is None and noun.pos_ == "PROPN" else nation
            return () if index is None else (index,)
        return self._led(paragraph, noun) or self._acting(paragraph, noun, self._meant(paragraph, noun))

    def _meant(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give whom `noun` stands for: itself by name, those told before by "they", "the two", "both sides"."""
        paired = is_pair(noun, self._words.sides)
        if paired and (two := self._pairs.fitting(paragraph, noun)):
            return two
        one = self.named(paragraph, noun)
        if one is None or self.is_crowd(one):
            one = next(iter(self._beside(paragraph, noun)), one)
        indexes = (one,) if one is not None else self._several(paragraph, noun)
        return (paired and len(indexes) < 2 and self.pair(paragraph, noun)) or indexes

    def _beside(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give who is named behind a description: "her Spanish counterpart, Omar Diaz"."""
        names = (child for child in noun.children if child.dep_ == "appos" and child.pos_ == "PROPN")
        found = (self.named(paragraph, name) for name in names)
        return tuple(index for index in found if index is not None and self.is_person(index))[:1]

    def _acting(self, paragraph: Paragraph, noun: Token, indexes: tuple[int, ...]) -> tuple[int, ...]:
        """Give for those whom `noun` means the states that they act for."""
        lemma = noun.lemma_.lower()
        if lemma in self._words.private:
            return indexes
        if not indexes:
            return self._nation(paragraph, noun)
        if lemma in self._words.sides:
            return tuple(dict.fromkeys(self.state_of(index) for index in indexes))
        return tuple(self._individual(index) for index in indexes)

    def _led(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give the states whose officials act together: "the presidents of Spain and Peru", "envoys of both countries"."""
        owners = complements(noun, _OF) if noun.tag_ == "NNS" else []
        found = owners if len(owners) > 1 else [one for one in owners if is_pair(one, self._words.sides)]
        states = self.of(paragraph, found) if found else ()
        return states if len(states) > 1 and all(self.type(i) is SpeakerType.COUNTRY for i in states) else ()

    def _individual(self, index: int) -> int:
        """Give the state for a crowd of its people ("Chinese officials"), where the text names it; else the same."""
        return self.state_of(index) if self.entity(index).type in _CROWDS else index

    def actor(self, paragraph: Paragraph, noun: Token) -> Token:
        """Give the noun that stands for the acting state: for "it" and "its" the state whose acts the sentence tells.

        "Condemned Spain for its test": the one condemned. Else the state that does what the clause says, else the one
        nearest to the top of the sentence.
        """
        if noun.lower_ not in {"it", "its"}:
            return noun
        for head in governors(noun):
            if head.dep_ == "prep" and head.lower_ in {"for", "over"} and head.head.pos_ == "VERB":
                blamed = [one for one in patients(head.head) if self._is_state(paragraph, one)]
                if blamed:
                    return blamed[0]
        verb = clause_verb(noun)
        doers = (
            [one for one in subjects(verb) if one != noun and self._is_state(paragraph, one)] if verb else []
        )
        if doers:
            return doers[0]
        for nearer in back_from(noun):
            states = [
                one for one in nearer if one.ent_type_ != "PERSON" and self._names_state(paragraph, one)
            ]
            if states:
                return min(states, key=lambda one: (sum(1 for _ in governors(one)), one.i))
        return noun

    def _is_state(self, paragraph: Paragraph, noun: Token) -> bool:
        return any(self.type(index) is SpeakerType.COUNTRY for index in self._one(paragraph, noun))

    def _names_state(self, paragraph: Paragraph, word: Token) -> bool:
        """Whether `word` ends a state's name or adjective that is no part of a person's title."""
        if word.pos_ not in {"PROPN", "ADJ"} or word.head.ent_type_ == "PERSON" or word.dep_ == "compound":
            return False
        return word.text[:1].isupper() and (
            self.nationality(word) is not None
            or country_at(word, self.countries) is not None
            or (word.pos_ == "PROPN" and self.named_as(paragraph, word) is SpeakerType.COUNTRY)
        )

    def named(self, paragraph: Paragraph, word: Token) -> int | None:
        """Give the entity that a single word names, without those beside it."""
        return self._people.at(paragraph.start + word.idx)

    def named_as(self, paragraph: Paragraph, word: Token) -> SpeakerType | None:
        """Give what kind of entity a single word names, None for none."""
        index = self.named(paragraph, word)
        return None if index is None else self.type(index)

    def _several(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give those for whom "they", "both" or "the two men" stands.

        Other nouns are not asked about, since asking makes somebody of them.
        """
        if noun.pos_ in _FOR_SEVERAL or any(child.lower_ in _SEVERAL for child in noun.children):
            return self._people.joint(paragraph, noun)
        return ()

    def pair(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give the two persons or states told before, for whom "the two", "both sides" or "each side" stands."""
        return self._pairs.any(paragraph, noun)

    def state_of(self, index: int) -> int:
        """Give the entity of the country of `index` where the text has one, else `index` itself."""
        return self._states.get(self.entity(index).country or "", index)

    def state(self, code: str | None) -> int | None:
        """Give the entity of the country with this code."""
        return self._states.get(code or "")

    def _nation(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give the state to whose people or bodies `noun` belongs by an adjective or possessive: "that country's leaders"."""
        for child in noun.children:
            if child.i < noun.i and child.dep_ in {"amod", "compound", "nmod", "poss"}:
                index = (
                    self._owning_state(paragraph, child) if child.dep_ == "poss" else self.nationality(child)
                )
                if index is not None:
                    others = (self.nationality(one) for one in child.conjuncts if child.dep_ == "amod")
                    return tuple(dict.fromkeys((index, *(one for one in others if one is not None))))
        return ()

    def _owning_state(self, paragraph: Paragraph, owner: Token) -> int | None:
        index = self.named(paragraph, owner)
        return index if index is not None and self.type(index) is SpeakerType.COUNTRY else None

    def nationality(self, word: Token) -> int | None:
        """Give the state that an adjective ending in `word` tells: "Chinese", "North Korean", "U.S."."""
        return self.state(self._nations.called(word))

    def type(self, index: int) -> SpeakerType:
        """Give what kind of entity `index` is."""
        return self.entity(index).type

    def is_person(self, index: int) -> bool:
        """Tell whether `index` is one human being."""
        return self.type(index) is SpeakerType.PERSON

    def is_crowd(self, index: int) -> bool:
        """Tell whether `index` is a group or somebody unnamed."""
        return self.type(index) in _CROWDS
