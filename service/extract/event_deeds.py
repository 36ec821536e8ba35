"""Frames of verbs that tell what a body, a person or forces do or undergo: votes, offices, executions, marches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_doers import doers, objects
from service.extract.event_places import is_place, place_of
from service.extract.event_roles import kin_of
from service.extract.event_syntax import complements, patients, phrases, subjects
from service.model import SpeakerType

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords
    from service.vocabulary.event_triggers import VerbTrigger

_ARRIVING = frozenset(("in", "into", "at", "to", "from", "on"))
_WITH = frozenset(("with",))
_TO = frozenset(("to",))
_BOUND = frozenset(("to", "on"))


def chamber(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read a vote: a chamber, a people or a state votes, or somebody in a chamber."""
    voters = doers(reading, paragraph, verb, trigger.by)
    things = [noun for noun in patients(verb) if noun.lemma_.lower() in trigger.modifiers]
    voted_to = (
        verb.dep_ in {"xcomp", "advcl"}
        and verb.head.lemma_.lower() in reading.triggers.verbs
        and verb.tag_ == "VB"
    )
    if trigger.modifiers and (not things or voted_to):
        return None
    bodies = [noun for _, noun in phrases(verb) if noun.lemma_.lower() in trigger.objects]
    if not bodies and not any(_votes(reading, paragraph, noun, trigger) for noun in voters):
        return None
    purposes = [child for child in verb.children if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB"]
    return {
        "doer": voters,
        "place": bodies,
        "object": things,
        "target": _states(reading, paragraph, purposes),
    }


def gathering(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read how a body or officials come together: "leaders of the bloc met in Lima", "the council met on Friday"."""
    if patients(verb) or complements(verb, _WITH):
        return None
    ours = objects(reading, paragraph, subjects(verb), trigger)
    ours = [
        one for one in ours if not any(map(reading.parties.is_person, reading.parties.of(paragraph, [one])))
    ]
    places = place_of([verb], reading.parties.countries)
    if not ours or not (places or reading.time_at(paragraph, verb)):
        return None
    return {"doer": ours, "object": ours, "place": places}


def _votes(reading: Reading, paragraph: Paragraph, noun: Token, trigger: VerbTrigger) -> bool:
    if noun.lemma_.lower() in trigger.objects:
        return True
    if trigger.modifiers and noun.tag_ != "NNPS":
        return False
    return noun.ent_type_ == "NORP" or reading.parties.named_as(paragraph, noun) is SpeakerType.COUNTRY


def _states(reading: Reading, paragraph: Paragraph, deeds: list[Token]) -> list[Token]:
    """Give the states that the infinitives `deeds` are done to."""
    done_to = (one for deed in deeds for one in patients(deed))
    return [one for one in done_to if reading.parties.named_as(paragraph, one) is SpeakerType.COUNTRY]


def person(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read what is done to a person: "was appointed minister", "was put to death"."""
    human = (
        (SpeakerType.PERSON,)
        if trigger.offices
        else (SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.UNNAMED)
    )
    if trigger.objects and not objects(reading, paragraph, complements(verb, trigger.through), trigger):
        return None
    done_to = [
        noun
        for noun in patients(verb)
        if reading.parties.named_as(paragraph, noun) in human
        or _is_named(noun)
        or (not trigger.offices and noun.lemma_.lower() in reading.triggers.words.victims)
    ]
    into_office = any(
        child.dep_ in {"oprd", "attr"} or child.lower_ == "as" for child in verb.children
    ) or any(noun.lemma_.lower() in trigger.modifiers for noun in complements(verb, _TO))
    by = [] if trigger.offices else doers(reading, paragraph, verb, "state")
    if not done_to or (trigger.offices and not into_office):
        return None
    return {"patient": done_to, "doer": by, "kin": kin_of(done_to)}


def _is_named(noun: Token) -> bool:
    """Tell whether a noun is given a person's name beside it: "the cleric Omar Diaz"."""
    return any(child.dep_ == "appos" and child.ent_type_ == "PERSON" for child in noun.children)


def office(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read a coming into office: "became president", "took power", and with no `objects` "succeeded Lee"."""
    holders = doers(reading, paragraph, verb, "person")
    if trigger.objects:
        things = [noun for noun in patients(verb) if noun.lemma_.lower() in trigger.objects]
    else:
        persons = (reading.parties.named_as(paragraph, one) for one in patients(verb))
        things = [
            one for one, kind in zip(patients(verb), persons, strict=True) if kind is SpeakerType.PERSON
        ]
    return {"patient": holders, "thing": things} if holders and things else None


def commitment(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read what one state binds itself to: "agreed to freeze", "agreed on a pause with Spain"."""
    bound = doers(reading, paragraph, verb, trigger.by)
    bound = [one for one in bound if reading.parties.named_as(paragraph, one) is SpeakerType.COUNTRY]
    deeds = [child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VB"]
    partners = complements(verb, _WITH)
    if not bound or not (deeds or complements(verb, _BOUND)):
        return None
    return {"doer": bound, "partner": partners}


def forces(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read how forces come or go: "French troops left the island", "peacekeepers landed in the port"."""
    moved = [noun for noun in subjects(verb) if noun.lemma_.lower() in trigger.objects]
    countries = reading.parties.countries
    places = place_of([verb], countries, _ARRIVING)
    entered = [noun for noun in patients(verb) if is_place(noun, "in", countries)]
    if not moved or not (places or entered or reading.time_at(paragraph, verb)):
        return None
    return {"doer": moved, "place": places + entered}


def aimed(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    """Read what is done to anybody who is known: "sanctioned Spain", "was blacklisted by Peru"."""
    done_to = [one for one in patients(verb) if reading.parties.named_as(paragraph, one) is not None]
    wished = any(child.lower_ == "to" for child in verb.children)
    by = [] if wished else doers(reading, paragraph, verb, trigger.by)
    return {"doer": by, "patient": done_to} if done_to and by else None
