"""Who takes part in talks and meetings that a noun tells without naming anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_pairs import back_from
from service.extract.event_roles import outermost
from service.extract.event_stretches import sentence
from service.extract.event_syntax import clause_verb, joined
from service.extract.event_times import is_scene
from service.model import SpeakerType, Status
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading

_ENCOUNTERS = frozenset(("talks", "meeting"))
_AFTER = frozenset(("after", "following"))


def pair_at(reading: Reading, paragraph: Paragraph, noun: Token, type_: str) -> tuple[int, ...]:
    """Give the two told just before, for a meeting at which something is done: "Lee and Diaz agreed … after a meeting"."""
    verb = clause_verb(noun)
    if type_ not in _ENCOUNTERS or verb is None:
        return ()
    outer = outermost(noun)
    held = is_scene(reading, noun, verb) or (outer.dep_ == "pobj" and outer.head.lower_ in _AFTER)
    return reading.parties.pair(paragraph, noun) if held else ()


def sides_of(reading: Reading, paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
    """Give the states that a sentence joins ("the United States and China"), for talks told without anybody."""
    first, last = sentence(noun)
    for stretch in (noun.doc[first.i : last.i + 1], *back_from(noun)):
        for token in stretch:
            if token.pos_ == "PROPN" and any(child.dep_ == "conj" for child in token.children):
                together = reading.parties.of(paragraph, joined(token))
                states = tuple(i for i in together if reading.parties.type(i) is SpeakerType.COUNTRY)
                if len(states) > 1:
                    return states
    return ()


def forum_of(reading: Reading, words: str, type_: str, status: Status) -> tuple[int, ...]:
    """Give all who sit in the forum that `words` name, nobody where they only speak of somebody's return to it."""
    if type_ not in _ENCOUNTERS or status is not Status.HAPPENED:
        return ()
    words = fold(words)
    forums = reading.triggers.forums.items()
    codes = next((codes for name, codes in forums if fold(name) in words), ())
    states = (reading.parties.state(code) for code in codes)
    return tuple(index for index in states if index is not None)
