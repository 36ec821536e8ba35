"""Words that stand for two told before ("the two", "both sides", "the two leaders"), and whom they mean."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from service.extract.event_stretches import sentence
from service.extract.event_syntax import SUBJECTS, clause_verb
from service.model import Role, SpeakerType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Span, Token

    from service.extract.document import Paragraph
    from service.extract.event_parties import Parties
    from service.vocabulary.event_triggers import EventTriggers

_PAIRS = frozenset(("both", "two", "pair"))
_EITHER = frozenset(("both", "two", "each", "either"))
_DEFINITE = frozenset(("the", "these", "those", "their"))
_WITH = frozenset(("with", "between", "by"))
_MOST_JOINED = 8
_FARTHEST = 3
"""Sentences of the paragraph looked back at, that of the word among them."""
_FARTHEST_OF_ALL = 6
"""Sentences looked back at over paragraphs, which in news hold one or two."""


def is_pair(word: Token, sides: AbstractSet[str]) -> bool:
    """Tell whether `word` stands for two: "both", "the two men", "each side", where `sides` are nouns for a party."""
    if word.lower_ in _PAIRS and word.dep_ not in {"nummod", "det", "predet", "preconj", "cc"}:
        return True
    counted = {child.lower_ for child in word.children if child.i < word.i}
    if word.tag_ == "NNS" and counted & _PAIRS:
        return "both" in counted or bool(counted & _DEFINITE)
    return word.lemma_.lower() in sides and bool(counted & _EITHER)


def back_from(word: Token) -> Iterator[Span]:
    """Give the stretches of the paragraph before `word`: that of its own sentence, then with one more sentence each."""
    first, _ = sentence(word)
    for _ in range(_FARTHEST):
        yield word.doc[first.i : word.i]
        if first.i == 0:
            return
        first, _ = sentence(first.nbor(-1))


def takes_part(word: Token) -> bool:
    """Tell whether `word`, or the word that it is joined to, is subject of a verb, a partner, or a person as object."""
    for _ in range(_MOST_JOINED):
        if word.dep_ not in {"conj", "appos"}:
            break
        word = word.head
    if word.dep_ == "pobj":
        return word.head.lower_ in _WITH and word.head.head.pos_ in {"VERB", "NOUN"}
    return word.dep_ in SUBJECTS or (word.dep_ in {"dobj", "dative"} and word.ent_type_ not in {"GPE", "LOC"})


def fits_calling(noun: Token, role: str | None, callings: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether somebody with `role` can be one of those whom `noun` counts: "the two prime ministers"."""
    if role is None:
        return False
    lemma, said = noun.lemma_.lower(), f" {role.lower()} "
    before = [
        child.lower_ for child in noun.children if child.i < noun.i and child.dep_ in {"compound", "amod"}
    ]
    wanted = (" ".join((*before, lemma)),) if before else callings.get(lemma, (lemma,))
    return any(f" {one}" in said for one in wanted)


class Pairs:
    """Finds the two told before, sentence by sentence, over the paragraphs of the body."""

    def __init__(self, paragraphs: Sequence[Paragraph], parties: Parties, triggers: EventTriggers) -> None:
        """Take all `paragraphs` of the text in order; of `triggers` the nouns for states and those that count people."""
        self._parties = parties
        self._sides = triggers.words.sides
        self._callings = triggers.callings
        self._paragraphs = paragraphs
        self._starts = [paragraph.start for paragraph in paragraphs]

    def any(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give the two persons or states told before, for whom "the two", "both sides" or "each side" stands."""
        two = self.fitting(paragraph, noun) or self._before(paragraph, noun, self._person_at)
        return two or self._before(paragraph, noun, self._state_at)

    def fitting(self, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
        """Give the two whom `noun` itself fits: "the two prime ministers" by their roles, "both sides" as states."""
        if noun.lemma_.lower() in self._sides:
            found = (self._before(paragraph, noun, meant) for meant in (self._state_at, self._side_at))
            return next(filter(None, found), ())
        return self._before(paragraph, noun, partial(self._called_at, noun)) if noun.tag_ == "NNS" else ()

    def _called_at(self, noun: Token, paragraph: Paragraph, token: Token) -> int | None:
        index = self._person_at(paragraph, token)
        role = None if index is None else self._parties.entity(index).role
        return index if fits_calling(noun, role, self._callings) else None

    def _person_at(self, paragraph: Paragraph, token: Token) -> int | None:
        index = self._parties.named(paragraph, token)
        return index if index is not None and self._parties.is_person(index) else None

    def _state_at(self, paragraph: Paragraph, token: Token) -> int | None:
        index = self._parties.named(paragraph, token)
        return index if index is not None and self._parties.type(index) is SpeakerType.COUNTRY else None

    def _side_at(self, paragraph: Paragraph, token: Token) -> int | None:
        """Give the state that a name means, also by one of its people."""
        index = self._person_at(paragraph, token)
        state = self._state_at(paragraph, token) if index is None else self._parties.state_of(index)
        return None if state is None or self._parties.is_person(state) else state

    def _before(
        self, paragraph: Paragraph, noun: Token, meant: Callable[[Paragraph, Token], int | None]
    ) -> tuple[int, ...]:
        """Give the last two before `noun` whom `meant` lets in, in the order of the text; () where there are no two."""
        found: list[int] = []
        for place, stretch in self._back(paragraph, noun):
            told = [
                (index, token)
                for token in stretch
                if (index := _taking_part(place, token, meant)) is not None
            ]
            fresh = [one for one in dict.fromkeys(index for index, _ in told) if one not in found]
            if len(fresh) + len(found) > 2:
                fresh = _foremost(told, fresh, 2 - len(found))
            found = fresh + found
            if len(found) == 2:
                return tuple(found)
        return ()

    def _back(self, paragraph: Paragraph, noun: Token) -> Iterator[tuple[Paragraph, Span]]:
        """Give the sentences before `noun`, the nearest first; those of earlier paragraphs of the body follow."""
        left, end = _FARTHEST_OF_ALL, noun.i
        first = sentence(noun)[0].i
        at = bisect_left(self._starts, paragraph.start)
        while left:
            place = self._paragraphs[at]
            yield place, place.doc[first:end]
            left, end = left - 1, first
            if first == 0:
                at -= 1
                if at < 0 or {paragraph.role, self._paragraphs[at].role} != {Role.BODY}:
                    return
                end = len(self._paragraphs[at].doc)
            first = sentence(self._paragraphs[at].doc[end - 1])[0].i


def _taking_part(
    paragraph: Paragraph, token: Token, meant: Callable[[Paragraph, Token], int | None]
) -> int | None:
    return meant(paragraph, token) if token.pos_ in {"PROPN", "PRON"} and takes_part(token) else None


def _foremost(told: Sequence[tuple[int, Token]], fresh: Sequence[int], count: int) -> list[int]:
    """Give `count` of `fresh`: those of the clause that stands above the others, else the last ones named."""
    above = [index for index, token in told if index in fresh and _is_on_top(token)]
    main = list(dict.fromkeys(above))
    return main if len(main) == count else list(fresh[-count:])


def _is_on_top(token: Token) -> bool:
    verb = clause_verb(token)
    return verb is not None and verb.dep_ == "ROOT"
