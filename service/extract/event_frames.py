"""The frames in which a verb tells an event: who must stand with it, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_places import country_at, is_place, place_of
from service.extract.event_syntax import OBJECTS, complements, joined, patients, phrases, subjects, within
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords
    from service.vocabulary.event_triggers import VerbTrigger

_AIMED = frozenset(("against", "on", "at", "over"))


def _doers(reading: Reading, paragraph: Paragraph, verb: Token, by: str) -> list[Token]:
    """Give the subjects of `verb` of the kind that `by` asks for."""
    found = subjects(verb)
    if by == "any":
        return found
    parties = reading.parties
    wants_person = by == "person"
    return [
        noun
        for noun in found
        if any(parties.is_person(i) is wants_person for i in parties.of(paragraph, [noun]))
    ]


def _counterpart(
    reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger
) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, trigger.by)
    partners = complements(verb, trigger.through)
    met = [noun for noun in patients(verb) if noun not in doers]
    parties = reading.parties
    if met and not parties.of(paragraph, met):
        return None
    if partners and not parties.of(paragraph, partners):
        return None
    ours = parties.of(paragraph, doers)
    theirs = parties.of(paragraph, partners + met)
    if trigger.by == "person" and not any(map(parties.is_person, theirs)):
        return None
    if not ours or not (theirs or (len(ours) > 1 and not met)):
        return None
    return {"doer": doers, "partner": partners, "patient": met}


def _journey(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, "person")
    countries = reading.parties.countries
    if trigger.through:
        places = place_of([verb], countries, trigger.through)
    else:
        common = reading.triggers.words.places
        places = [
            noun
            for noun in patients(verb)
            if is_place(noun, "at", countries) or noun.lemma_.lower() in common
        ]
    if verb.lemma_ == "be":
        others = any(
            child.dep_ in OBJECTS or child.dep_ in {"acomp", "ccomp", "advcl"} for child in verb.children
        )
        places = (
            []
            if others
            else [noun for noun in places if country_at(noun, countries) or noun.ent_type_ == "GPE"]
        )
    return {"doer": doers, "place": places} if doers and places else None


def _noun(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, trigger.by)
    if trigger.by != "any" and not doers:
        return None
    heads = complements(verb, trigger.through) if trigger.through else patients(verb)
    found = [
        noun
        for noun in heads
        if noun.lemma_.lower() in trigger.objects and _modified(noun, trigger.modifiers)
    ]
    if not found:
        return None
    aimed = [one for head in (verb, *found) for one in complements(head, _AIMED | {"to"})]
    return {
        "doer": doers,
        "object": found,
        "partner": [
            one for head in (verb, *found) for one in complements(head, frozenset(("with", "between")))
        ],
        "owner": [child for noun in found for child in noun.children if child.dep_ == "poss"],
        "source": [one for head in (verb, *found) for one in complements(head, frozenset(("from",)))],
        "target": aimed + _inner_objects(found),
    }


def _modified(noun: Token, modifiers: frozenset[str]) -> bool:
    return not modifiers or any(token.lemma_.lower() in modifiers for token in within(noun))


def _inner_objects(nouns: list[Token]) -> list[Token]:
    """Give what is named by a participle behind a noun: "a resolution condemning Spain"."""
    return [
        one
        for noun in nouns
        for clause in noun.children
        if clause.dep_ == "acl" and clause.tag_ == "VBG"
        for child in clause.children
        if child.dep_ == "dobj"
        for one in joined(child)
    ]


def _joint(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, trigger.by)
    ours = reading.parties.of(paragraph, doers)
    return {"doer": doers} if len(ours) > 1 else None


def _chamber(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, trigger.by)
    bodies = [noun for _, noun in phrases(verb) if noun.lemma_.lower() in trigger.objects]
    if not bodies and not any(noun.lemma_.lower() in trigger.objects for noun in doers):
        return None
    purposes = [child for child in verb.children if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB"]
    return {
        "doer": doers,
        "place": bodies,
        "target": _states(reading, paragraph, purposes),
    }


def _states(reading: Reading, paragraph: Paragraph, deeds: list[Token]) -> list[Token]:
    """Give the states that the infinitives `deeds` are done to."""
    done_to = (one for deed in deeds for one in patients(deed))
    return [one for one in done_to if reading.parties.named_as(paragraph, one) is SpeakerType.COUNTRY]


def _person(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    human = (
        (SpeakerType.PERSON,)
        if trigger.offices
        else (SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.UNNAMED)
    )
    done_to = [noun for noun in patients(verb) if reading.parties.named_as(paragraph, noun) in human]
    office = any(child.dep_ in {"oprd", "attr"} or child.lower_ == "as" for child in verb.children)
    by = [] if trigger.offices else _doers(reading, paragraph, verb, "state")
    return {"patient": done_to, "doer": by} if done_to and (office or not trigger.offices) else None


def _following(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    doers = _doers(reading, paragraph, verb, trigger.by)
    things = [noun for noun in patients(verb) if noun.lemma_.lower() in trigger.objects]
    deeds = [
        child for child in verb.children if child.dep_ == "xcomp" and child.lemma_.lower() in trigger.objects
    ]
    if not doers or not (things or deeds):
        return None
    aimed = [one for head in (verb, *things, *deeds) for one in complements(head, _AIMED)]
    return {"doer": doers, "target": aimed + [one for deed in deeds for one in patients(deed)]}


FRAMES: dict[str, Callable[[Reading, Paragraph, Token, VerbTrigger], RoleWords | None]] = {
    "counterpart": _counterpart,
    "journey": _journey,
    "noun": _noun,
    "joint": _joint,
    "chamber": _chamber,
    "person": _person,
    "following": _following,
}
"""For each frame the reader that gives the nouns in each role around a verb, None where the frame does not hold."""
