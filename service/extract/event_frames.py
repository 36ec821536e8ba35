"""The frames in which a verb tells an event: who must stand with it, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_deeds import aimed, chamber, commitment, forces, office, person
from service.extract.event_doers import doers, objects, travellers
from service.extract.event_places import country_at, is_place, place_of
from service.extract.event_syntax import OBJECTS, complements, joined, patients

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
        places = place_of([verb], countries, trigger.through)
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
    return {"doer": guests, "place": places} if guests and places else None


def _is_home(reading: Reading, paragraph: Paragraph, guest: Token, places: list[Token]) -> bool:
    """Tell whether `guest` only goes home: one who comes back to the own country visits nobody."""
    lands = {land.code for place in places if (land := country_at(place, reading.parties.countries))}
    homes = {reading.parties.entity(index).country for index in reading.parties.of(paragraph, [guest])}
    return bool(lands) and homes == lands


def _noun(reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger) -> RoleWords | None:
    ours = doers(reading, paragraph, verb, trigger.by)
    if trigger.by != "any" and not ours:
        return None
    heads = complements(verb, trigger.through) if trigger.through else patients(verb)
    found = objects(reading, paragraph, heads, trigger)
    if not found:
        return None
    around = (verb, *found)
    return {
        "doer": ours,
        "object": found,
        "partner": [one for head in around for one in complements(head, _WITH)],
        "owner": [child for noun in found for child in noun.children if child.dep_ == "poss"],
        "nation": [child for noun in found for child in noun.children if child.dep_ in {"amod", "compound"}],
        "source": [one for head in around for one in complements(head, _FROM)],
        "target": [one for head in around for one in complements(head, _AIMED | {"to"})]
        + _inner_objects(found),
    }


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
    ours = doers(reading, paragraph, verb, trigger.by)
    partners = complements(verb, trigger.through) if trigger.through else []
    together = reading.parties.of(paragraph, ours + partners)
    things = patients(verb)
    if trigger.objects and not objects(reading, paragraph, things, trigger):
        return None
    apart = bool(partners) and not reading.parties.of(paragraph, ours)
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
    return {"doer": ours, "target": against + [one for deed in deeds for one in patients(deed)]}


FRAMES: dict[str, Callable[[Reading, Paragraph, Token, VerbTrigger], RoleWords | None]] = {
    "counterpart": _counterpart,
    "journey": _journey,
    "noun": _noun,
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
