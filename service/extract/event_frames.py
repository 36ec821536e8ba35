"""The frames in which a verb tells an event: who must stand with it, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_deeds import aimed, chamber, commitment, forces, gathering, office, person
from service.extract.event_doers import doers, objects, travellers
from service.extract.event_places import country_at, is_place, place_of
from service.extract.event_roles import reporting
from service.extract.event_syntax import (
    OBJECTS,
    complements,
    joined,
    own_subject,
    patients,
    phrases,
    relative_object,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords
    from service.vocabulary.event_triggers import VerbTrigger

_AIMED = frozenset(("against", "on", "at", "over"))
_WITH = frozenset(("with", "between"))
_FROM = frozenset(("from",))
_BESIDE = frozenset(("with",))
_TO = frozenset(("to",))


def _counterpart(
    reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger
) -> RoleWords | None:
    ours = doers(reading, paragraph, verb, trigger.by)
    partners = complements(verb, trigger.through)
    met = [noun for noun in patients(verb) if noun not in ours]
    parties = reading.parties
    if met and not parties.of(paragraph, met):
        return None
    if partners and not parties.of(paragraph, partners):
        return None
    first = parties.of(paragraph, ours)
    second = parties.of(paragraph, partners + met)
    if trigger.by == "person" and not any(map(parties.is_person, second)):
        return None
    if not first or not (second or (len(first) > 1 and not met)):
        return None
    return {"doer": ours, "partner": partners, "patient": met}


def _journey(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    guests = travellers(reading, paragraph, verb)
    countries = reading.parties.countries
    if trigger.through:
        places = place_of([verb], countries, trigger.through) or _unknown_places(
            reading, paragraph, verb, trigger.through
        )
        guests = [one for one in guests if not _is_home(reading, paragraph, one, places)]
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
    parties = reading.parties
    sent = [one for one in guests if not any(map(parties.is_person, parties.of(paragraph, [one])))]
    words = {"doer": guests, "place": places}
    return (words | {"object": sent} if sent else words) if guests and places else None


def _unknown_places(
    reading: Reading, paragraph: Paragraph, verb: Token, through: frozenset[str]
) -> list[Token]:
    """Give the names behind "to" or "in" that mean nobody known: towns that the parser took for people."""
    named = (noun for word, noun in phrases(verb) if word in through - {"for"})
    return [
        noun
        for noun in named
        if noun.pos_ == "PROPN"
        and noun.ent_type_ in {"PERSON", ""}
        and noun.left_edge == noun
        and not _is_somebody(reading, paragraph, noun)
    ]


def _is_somebody(reading: Reading, paragraph: Paragraph, noun: Token) -> bool:
    """Tell whether a name means a person of whom the text says more than this one word."""
    index = reading.parties.named(paragraph, noun)
    return index is not None and len(reading.parties.entity(index).mentions) > 1


def _is_home(reading: Reading, paragraph: Paragraph, guest: Token, places: list[Token]) -> bool:
    """Tell whether `guest` only goes home: one who comes back to the own country visits nobody."""
    lands = {land.code for place in places if (land := country_at(place, reading.parties.countries))}
    homes = {reading.parties.entity(index).country for index in reading.parties.of(paragraph, [guest])}
    return bool(lands) and homes == lands


def _noun(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    ours = doers(reading, paragraph, verb, trigger.by)
    if trigger.by != "any" and not ours:
        return None
    heads = complements(verb, trigger.through) if trigger.through else patients(verb) or relative_object(verb)
    found = objects(reading, paragraph, heads, trigger)
    if not found:
        return None
    around = (verb, *found)
    partners = [one for head in around for one in complements(head, _WITH)]
    return {
        "doer": ours or (reporting(reading, paragraph, verb) if partners else []),
        "object": found,
        "partner": partners,
        "owner": [child for noun in found for child in noun.children if child.dep_ == "poss"],
        "nation": [child for noun in found for child in noun.children if child.dep_ in {"amod", "compound"}],
        "source": [one for head in around for one in complements(head, _FROM)],
        "target": [one for head in around for one in complements(head, _AIMED | {"to"})]
        + _inner_objects([verb, *found]),
    }


def _inner_objects(heads: list[Token]) -> list[Token]:
    """Give what a participle behind a noun names: "a resolution condemning Spain", "demanding that Spain leave"."""
    return [
        one
        for head in heads
        for clause in head.children
        if clause.dep_ in {"acl", "advcl"} and clause.tag_ == "VBG" and clause.i > head.i
        for child in clause.children
        if child.dep_ == "dobj" or (child.dep_ == "ccomp" and own_subject(child) is not None)
        for one in joined(own_subject(child) or child)
    ]


def _joint(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    ours = doers(reading, paragraph, verb, trigger.by)
    things = patients(verb)
    partners = [one for head in (verb, *things) for one in complements(head, trigger.through)]
    together = reading.parties.of(paragraph, ours + partners)
    if trigger.objects and not objects(reading, paragraph, things, trigger):
        return None
    known = reading.parties.of
    if trigger.through and complements(verb, _TO - trigger.through):
        return None
    apart = bool(partners) and not (known(paragraph, ours) and known(paragraph, partners))
    return {"doer": ours, "partner": partners} if len(together) > 1 and not apart else None


def _following(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    ours = doers(reading, paragraph, verb, trigger.by)
    things = [noun for noun in patients(verb) if noun.lemma_.lower() in trigger.objects]
    things += [noun for noun in complements(verb, _BESIDE) if noun.lemma_.lower() in trigger.objects]
    deeds = [
        child for child in verb.children if child.dep_ == "xcomp" and child.lemma_.lower() in trigger.objects
    ]
    if not ours or not (things or deeds):
        return None
    against = [one for head in (verb, *things, *deeds) for one in complements(head, _AIMED)]
    hit = [one for deed in deeds for one in patients(deed) if one.lemma_.lower() not in trigger.objects]
    return {"doer": ours, "target": against + hit, "deed": deeds}


FRAMES: dict[str, Callable[[Reading, Paragraph, Token, VerbTrigger], RoleWords | None]] = {
    "counterpart": _counterpart,
    "journey": _journey,
    "noun": _noun,
    "gathering": gathering,
    "joint": _joint,
    "chamber": chamber,
    "person": person,
    "office": office,
    "commitment": commitment,
    "forces": forces,
    "aimed": aimed,
    "following": _following,
}
"""For each frame the reader that gives the nouns in each role around a verb, None where the frame does not hold."""
