"""When the event of a noun was: the time told with it, in a clause behind it, or in the clause around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_roles import outermost, relatives
from service.extract.event_status import set_for
from service.extract.event_syntax import clause_verb, complements, subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading
    from service.extract.expressions import TimeExpression

_PLURALS = frozenset(("NNS", "NNPS"))
_AFTER = frozenset(("after", "following"))
_SCENES = frozenset(("at", "in", "during"))
"""Prepositions after which the event of the noun has the time of the clause."""


def time_of(
    reading: Reading, paragraph: Paragraph, noun: Token, first: Token, last: Token
) -> TimeExpression | None:
    """Give the time told with the noun, else the one of the clause where the noun is its object or its scene.

    `first` and `last` are the ends of the words of the noun.
    """
    heads = (noun, noun.head) if noun.dep_ == "conj" else (noun,)
    near = next(filter(None, (reading.time_at(paragraph, head) for head in heads)), None)
    near = near or reading.time_beside(paragraph, first, last) or _counted_in(reading, paragraph, noun)
    near = near or next(
        filter(None, (reading.time_at(paragraph, verb) for verb in _telling_it(reading, noun))), None
    )
    if near is not None:
        return near
    verb = clause_verb(noun)
    if verb is None or not is_scene(reading, noun, verb):
        return None
    later = [child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VB"]
    return next(filter(None, (reading.time_at(paragraph, one) for one in (verb, *later))), None)


def _telling_it(reading: Reading, noun: Token) -> list[Token]:
    """Give the verbs of relative clauses that tell when it was: "the test, which it carried out in May", "which began"."""
    lasting = reading.triggers.words.lasting
    behind = (verb for verb in noun.children if verb.dep_ == "relcl" and verb.lemma_.lower() in lasting)
    return [*relatives(reading, noun), *behind, *set_for(noun, reading.triggers.words)]


def _counted_in(reading: Reading, paragraph: Paragraph, noun: Token) -> TimeExpression | None:
    """Give the time of one among several: "three tests, including the one on May 3", "two tests, the last in May"."""
    one_of = [child for child in noun.children if child.dep_ == "appos" and noun.tag_ in _PLURALS]
    found = (
        reading.time_at(paragraph, one) for one in (*complements(noun, frozenset(("including",))), *one_of)
    )
    return next(filter(None, found), None)


def time_behind(
    reading: Reading, paragraph: Paragraph, head: Token, parties: Sequence[int]
) -> TimeExpression | None:
    """Give the time of what one of `parties` did "after" the event that `head` tells: "said on Sunday after talks"."""
    after = _after(head)
    verb = clause_verb(after.head) if after is not None else None
    if verb is None or verb == head:
        return None
    doers = reading.parties.of(paragraph, subjects(verb))
    return reading.time_at(paragraph, verb) if set(doers) & set(parties) else None


def _after(head: Token) -> Token | None:
    """Give what hangs from the later clause: "after" before a noun or a gerund, or a verb behind "after"."""
    if head.dep_ == "advcl":
        return head if any(child.dep_ == "mark" and child.lower_ in _AFTER for child in head.lefts) else None
    inner = head if head.dep_ == "pcomp" else outermost(head)
    return inner.head if inner.dep_ in {"pobj", "pcomp"} and inner.head.lower_ in _AFTER else None


def is_scene(reading: Reading, noun: Token, verb: Token) -> bool:
    """Tell whether the clause of `verb` tells what happens at, or is done with, the event of `noun`."""
    outer = outermost(noun)
    if outer.dep_ == "pobj":
        return outer.head.lower_ in _SCENES and outer.head.head == verb
    light = verb.lemma_.lower() in reading.triggers.words.light
    if outer.dep_ in {"nsubj", "nsubjpass"}:
        words = reading.triggers.words
        return outer.head == verb and verb.lemma_.lower() in words.lasting | words.planning
    return light and outer.dep_ in {"dobj", "attr"}
