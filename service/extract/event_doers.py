"""Who does what a verb says, and what a pronoun among its objects stands for: what the frames of verbs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_stretches import within
from service.extract.event_syntax import agents, subjects
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading
    from service.vocabulary.event_triggers import VerbTrigger

_PRONOUNS = {
    "it": False,
    "this": False,
    "that": False,
    "one": False,
    "them": True,
    "these": True,
    "those": True,
}
"""Pronouns that stand for things, and whether for several."""
_PLURALS = frozenset(("NNS", "NNPS"))
_AS_FAR_BACK = 60
"""Words before a pronoun in which the thing that it stands for is looked for."""


def doers(reading: Reading, paragraph: Paragraph, verb: Token, by: str) -> list[Token]:
    """Give the subjects of `verb` of the kind that `by` asks for: person, state or any."""
    found = subjects(verb)
    if by == "any":
        return found
    parties = reading.parties
    wants_person = by == "person"
    if by == "state":
        found = [parties.actor(paragraph, noun) for noun in found]
    return [
        noun
        for noun in found
        if any(parties.is_person(i) is wants_person for i in parties.of(paragraph, [noun]))
    ]


def travellers(reading: Reading, paragraph: Paragraph, verb: Token) -> list[Token]:
    """Give the persons who do what `verb` says, delegations and inspectors where no person does."""
    sent = reading.triggers.words.delegates
    persons = doers(reading, paragraph, verb, "person")
    groups = [noun for noun in subjects(verb) if noun.lemma_.lower() in sent]
    return persons or [one for noun in groups for one in (_heads_of(noun) or [noun])]


def _heads_of(group: Token) -> list[Token]:
    """Give by whom a delegation is led."""
    return [one for child in group.children if child.dep_ == "acl" for one in agents(child)]


def objects(
    reading: Reading, paragraph: Paragraph, nouns: Collection[Token], trigger: VerbTrigger
) -> list[Token]:
    """Give those of `nouns` that are objects of `trigger`, themselves or as what they stand for."""
    return [
        noun
        for noun in nouns
        if (_is_object(noun, trigger) and modified(noun, trigger.modifiers))
        or _stands_for(noun, trigger)
        or (trigger.bodies and reading.parties.named_as(paragraph, noun) is SpeakerType.ORGANIZATION)
    ]


def _is_object(noun: Token, trigger: VerbTrigger) -> bool:
    return noun.lemma_.lower() in trigger.objects or noun.lower_ in trigger.objects


def _stands_for(noun: Token, trigger: VerbTrigger) -> bool:
    """Tell whether a pronoun can stand for an object told before: "the talks opened, and it walked out of them"."""
    several = _PRONOUNS.get(noun.lower_)
    if several is None or noun.pos_ not in {"PRON", "DET"} or _is_object(noun, trigger):
        return False
    before = noun.doc[max(0, noun.i - _AS_FAR_BACK) : noun.i]
    nouns = (one for one in reversed(before) if one.pos_ == "NOUN" and (one.tag_ in _PLURALS) is several)
    nearest = next((one for one in nouns if not one.ent_type_), None)
    return nearest is not None and _is_object(nearest, trigger) and modified(nearest, trigger.modifiers)


def modified(noun: Token, modifiers: frozenset[str]) -> bool:
    """Tell whether one of `modifiers`, if there are any, stands in the phrase of `noun`."""
    return not modifiers or any(token.lemma_.lower() in modifiers for token in within(noun))
