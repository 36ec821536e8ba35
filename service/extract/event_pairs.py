"""Words that stand for two told before ("the two", "both sides", "each country"), and where to look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_stretches import sentence
from service.extract.event_syntax import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Span, Token

_PAIRS = frozenset(("both", "two", "pair"))
_EITHER = frozenset(("both", "two", "each", "either"))
_WITH = frozenset(("with", "between", "by"))
_MOST_JOINED = 8
_FARTHEST = 3
"""Sentences looked back at, that of the word among them."""


def is_pair(word: Token, sides: AbstractSet[str]) -> bool:
    """Tell whether `word` stands for two: "both", "the two men", "each side", where `sides` are nouns for a party."""
    if word.lower_ in _PAIRS and word.dep_ not in {"nummod", "det", "predet", "preconj", "cc"}:
        return True
    counted = {child.lower_ for child in word.children if child.i < word.i}
    if word.tag_ == "NNS" and counted & _PAIRS:
        return True
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
        if word.dep_ != "conj":
            break
        word = word.head
    if word.dep_ == "pobj":
        return word.head.lower_ in _WITH and word.head.head.pos_ in {"VERB", "NOUN"}
    return word.dep_ in SUBJECTS or (word.dep_ in {"dobj", "dative"} and word.ent_type_ not in {"GPE", "LOC"})
