"""Who has been spoken of lately, and how prominently: the candidates that a pronoun may refer to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_REMEMBERED = 60
_DEEPEST = 30
_BELOW = 0.9
"""Share of its prominence that the subject of a clause within another keeps."""
_INNER = frozenset(("ccomp", "advcl", "relcl", "acl"))
_DEPTH = 0.93
"""Share of its prominence that a mention keeps for each noun that it hangs below."""
_WEIGHTS = {
    "nsubj": 1.0,
    "nsubjpass": 1.0,
    "csubj": 1.0,
    "agent": 0.7,
    "dobj": 0.6,
    "dative": 0.55,
    "pobj": 0.45,
    "poss": 0.45,
    "ROOT": 0.6,
    "compound": 0.3,
    "amod": 0.2,
}


@dataclass(frozen=True, slots=True)
class Trace:
    """A mention as later words may look back at it. `entities` are several for joint mentions.

    `order` counts tokens of the text, `sentence` its sentences; `quoted` tells a mention inside quotation marks.
    """

    entities: tuple[int, ...]
    order: int
    sentence: int
    paragraph: int
    weight: float
    quoted: bool
    plural: bool


class Salience:
    """The latest mentions, a bounded number of them."""

    def __init__(self) -> None:
        """Begin with no mention."""
        self._traces: deque[Trace] = deque(maxlen=_REMEMBERED)

    def note(self, trace: Trace) -> None:
        """Remember a mention."""
        self._traces.append(trace)

    def back(self) -> Iterator[Trace]:
        """Give the remembered mentions, the latest first."""
        return reversed(self._traces)


def weight(token: Token) -> float:
    """Give the prominence of a token's place in its clause, 1 for a subject."""
    token = place(token)
    depth = 0
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"} or depth > 6:
            break
        depth += ancestor.pos_ in {"NOUN", "PROPN"}
    below = _BELOW if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in _INNER else 1
    return float(_WEIGHTS.get(token.dep_, 0.4) * below * _DEPTH**depth)


def place(token: Token) -> Token:
    """Give the token that holds a coordinated or apposed token's place in its clause."""
    for _ in range(8):
        if token.dep_ not in {"conj", "appos"} or token.head is token:
            return token
        token = token.head
    return token


def second_subject(token: Token) -> Token | None:
    """Give the subject that "and" joins to the subject `token` of the same verb, where the parser made them two."""
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    for other in token.head.children:
        first, last = sorted((token.i, other.i))
        if other.i != token.i and other.dep_ == token.dep_:
            edge = token.doc[last].left_edge.i
            if first < edge - 1 and token.doc[edge - 1].lower_ == "and":
                return other
    return None


def governor(token: Token) -> Token | None:
    """Give the verb whose clause a token stands in."""
    for ancestor in islice(token.ancestors, _DEEPEST):
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def subject(verb: Token) -> Token | None:
    """Give the subject of a verb, shared with the verb that it is coordinated with or an open complement of."""
    for _ in range(4):
        found = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if found is not None:
            return found
        if verb.dep_ in {"xcomp", "ccomp"}:
            controller = next((c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i), None)
            if controller is not None:
                return controller
        if verb.dep_ == "acl":
            return next((child for child in verb.head.children if child.dep_ == "poss"), None)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "aux", "pcomp"} or verb.head is verb:
            return None
        verb = governor(verb) or verb.head
    return None
