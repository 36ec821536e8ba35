"""Choose whom a pronoun refers to among the mentions before it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.salience import governor, subject
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from service.extract.cast import Cast
    from service.extract.identity import Identity
    from service.extract.salience import Salience, Trace
    from service.vocabulary.roles import Gender

MEN = frozenset(("he", "him", "his", "himself"))
WOMEN = frozenset(("she", "her", "hers", "herself"))
MANY = frozenset(("they", "them", "their", "theirs", "themselves"))
THING = frozenset(("it", "its", "itself"))
PRONOUNS = MEN | WOMEN | MANY | THING

_FADING = 0.6
_FARTHEST = 12
_INDIVIDUALS = frozenset((SpeakerType.PERSON, SpeakerType.UNNAMED))
_BODIES = frozenset((SpeakerType.ORGANIZATION, SpeakerType.COUNTRY))
_MUTUAL = frozenset(
    ("meeting", "talk", "discussion", "relationship", "border", "conversation", "dinner", "difference")
)
_RAISING = frozenset(("be", "seem", "appear", "take", "make", "turn", "become", "remain", "look"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun stands; `speakers` are the subjects outside the quotation marks that it stands in."""

    sentence: int
    paragraph: int
    order: int
    quoted: bool
    speakers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses; `entities` gives the entities of a token of the same paragraph as far as they are known."""

    cast: Cast
    salience: Salience
    entities: Callable[[Token], tuple[int, ...]]

    def choose(self, token: Token, place: Place) -> tuple[int, ...]:
        """Give whom the pronoun `token` refers to, () where nobody fits."""
        word = token.lower_
        if word in MEN or word in WOMEN:
            return self._person(token, place, gender_of(token))
        if word in MANY:
            return self._many(token, place)
        return () if is_expletive(token) else self._thing(token, place)

    def _person(self, token: Token, place: Place, gender: Gender) -> tuple[int, ...]:
        barred = self._subject(token) if token.tag_ == "PRP" else ()
        if token.lower_ in {"himself", "herself"} and barred:
            return barred
        blamed = self._blamed(token)
        scores: dict[int, float] = defaultdict(float)
        for trace in self._near(place):
            if len(trace.entities) != 1 or trace.entities == barred:
                continue
            one = self.cast[trace.entities[0]]
            if one.type in _INDIVIDUALS and one.gender in {gender, None}:
                score = self._score(trace, place, token) * (1.0 if one.gender else _doubt(one))
                score += 1.2 if blamed and trace.entities == blamed else 0
                scores[one.index] = max(scores[one.index], score)
        scores = {index: score for index, score in scores.items() if score > 0}
        if not scores:
            return ()
        for index in scores:
            scores[index] *= 1 + 0.05 * min(self.cast[index].times, 6)
        best = max(scores, key=lambda index: (scores[index], self.cast[index].seen))
        self._learn(self.cast[best], gender, alone=len(scores) == 1)
        return (best,)

    def _learn(self, one: Identity, gender: Gender, *, alone: bool) -> None:
        if one.gender is None and (alone or one.times > 1):
            one.gender = gender

    def _many(self, token: Token, place: Place) -> tuple[int, ...]:
        barred = self._subject(token) if token.tag_ == "PRP" else ()
        if token.lower_ == "themselves":
            return barred
        scores: dict[tuple[int, ...], float] = defaultdict(float)
        for trace in self._near(place):
            if trace.entities == barred and barred:
                continue
            share = 1.0 if trace.plural else self._plural_share(trace)
            share *= self._mutual_share(trace, token)
            if share:
                score = self._score(trace, place, token) * share
                scores[trace.entities] = max(scores[trace.entities], score)
        best = max(scores, key=lambda key: scores[key]) if scores else ()
        return best if scores.get(best) else ()

    def _mutual_share(self, trace: Trace, token: Token) -> float:
        """Hold back "Lee and Park" for what Lee alone is the subject of, unless it takes two ("their meeting")."""
        if len(trace.entities) < 2 or token.tag_ != "PRP$":
            return 1.0
        if token.head.lemma_.lower() in _MUTUAL:
            return 1.5
        own = self._subject(token)
        return 0.4 if len(own) == 1 and own[0] in trace.entities else 1.0

    def _plural_share(self, trace: Trace) -> float:
        if not trace.entities:
            return 0.0
        kind = self.cast[trace.entities[0]].type
        return {SpeakerType.ORGANIZATION: 0.6, SpeakerType.COUNTRY: 0.45, SpeakerType.GROUP: 1.0}.get(
            kind, 0.0
        )

    def _thing(self, token: Token, place: Place) -> tuple[int, ...]:
        own = self._subject(token)
        if token.lower_ == "itself":
            return own
        barred = own if token.tag_ == "PRP" or token.head.dep_ == "attr" else ()
        blamed = self._blamed(token)
        scores: dict[tuple[int, ...], float] = defaultdict(float)
        for trace in self._near(place):
            if len(trace.entities) > 1 or trace.plural or (trace.entities and trace.entities == barred):
                continue
            if not trace.entities or self.cast[trace.entities[0]].type in _BODIES:
                score = self._score(trace, place, token) + (1.2 if blamed and trace.entities == blamed else 0)
                scores[trace.entities] = max(scores[trace.entities], score)
        return max(scores, key=lambda key: scores[key]) if scores else ()

    def _blamed(self, token: Token) -> tuple[int, ...]:
        """Give the object in "condemned X over its tests"."""
        above = token.head.head
        if token.tag_ != "PRP$" or above.lower_ not in {"for", "over"} or above.head.pos_ != "VERB":
            return ()
        found = next((child for child in above.head.children if child.dep_ == "dobj"), None)
        return self.entities(found) if found is not None else ()

    def _near(self, place: Place) -> list[Trace]:
        return [
            t
            for t in self.salience.back()
            if place.sentence - t.sentence <= _FARTHEST and t.order < place.order
        ]

    def _score(self, trace: Trace, place: Place, token: Token) -> float:
        about_people = token.lower_ not in THING
        if about_people and place.quoted and not place.speakers.isdisjoint(trace.entities):
            return 0.0
        if self._reports(token) and (not trace.entities or (trace.quoted and not place.quoted)):
            return 0.0 if not trace.entities else 0.02 * trace.weight
        score = trace.weight * math.pow(_FADING, place.sentence - trace.sentence)
        if trace.quoted and not place.quoted:
            score *= 0.3
        if (
            about_people
            and place.quoted
            and not trace.quoted
            and trace.weight >= 1
            and trace.paragraph == place.paragraph
        ):
            score *= 0.4
        if trace.paragraph == place.paragraph:
            score *= 1.15
        if trace.sentence == place.sentence and token.lower_ == "its":
            score *= 1.6
        if self._is_close_subject(trace, token, place):
            score += 0.5
        return score

    def _reports(self, token: Token) -> bool:
        return token.dep_ == "nsubj" and self.cast.lexicon.is_reporting(token.head.lemma_.lower())

    def _is_close_subject(self, trace: Trace, token: Token, place: Place) -> bool:
        """Whether the mention is the subject of the pronoun's own clause (possessive) or of the one that reports it."""
        if trace.sentence != place.sentence:
            return False
        verb = governor(token)
        for _ in range(3):
            if verb is None:
                return False
            found = subject(verb)
            if found is not None and found.i != token.i and trace.entities == self.entities(found):
                return True
            verb = governor(verb) if verb.dep_ != "relcl" else None
        return False

    def _subject(self, token: Token) -> tuple[int, ...]:
        """Give the subject of the verb that an object pronoun depends on: it is somebody else."""
        verb = governor(token)
        found = subject(verb) if verb is not None else None
        return self.entities(found) if found is not None and found.i != token.i else ()


def gender_of(token: Token) -> Gender:
    """Give the gender of a pronoun for one person."""
    return "f" if token.lower_ in WOMEN else "m"


def _doubt(one: Identity) -> float:
    return 0.85 if one.type is SpeakerType.PERSON else 0.6


def is_expletive(token: Token) -> bool:
    """Tell whether "it" stands for nothing ("it is time to …", "made it clear that …")."""
    if token.lower_ != "it" or token.dep_ not in {"nsubj", "nsubjpass", "expl", "dobj"}:
        return token.dep_ == "expl"
    verb = token.head
    if verb.lemma_ not in _RAISING and verb.pos_ not in {"ADJ", "AUX"}:
        return False
    clauses = {"ccomp", "xcomp", "advcl", "csubj", "relcl", "acl", "acomp"}
    below = [child for child in verb.children if child.i > token.i]
    below += [
        grandchild for child in below if child.dep_ in {"attr", "acomp"} for grandchild in child.children
    ]
    return verb.pos_ == "ADJ" or any(c.dep_ in clauses - {"acomp"} and c.i > token.i for c in below)
