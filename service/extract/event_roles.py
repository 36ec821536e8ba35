"""Whom a noun's phrase and the clause around it name, role by role: owner, partner, target, doer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_places import IN_PLACES, place_of
from service.extract.event_syntax import agents, clause_verb, complements, joined, patients, phrases, subjects
from service.model import SpeakerType

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords

_TO_PLACES = IN_PLACES | {"to"}
_WITH = frozenset(("with", "between", "among"))
_AIMED = frozenset(("against", "on", "over"))
_LEAVING = "withdrawal"
_OF = frozenset(("of",))
_BY = frozenset(("by",))
_FROM = frozenset(("from",))
_SCENES = frozenset(("at", "in", "during"))
_TOWARDS = frozenset(("for", "to", "on", "into"))
_BESIDE = frozenset(("after", "following", "before"))
"""Prepositions after which those whom the clause names met whoever the noun names as partner."""


def role_words(reading: Reading, paragraph: Paragraph, noun: Token) -> RoleWords:
    """Gather whom the noun phrase and the clause around it name, by role."""
    partners = complements(noun, _WITH) + _loose(noun)
    words: RoleWords = {
        "owner": [child for child in noun.children if child.dep_ == "poss"],
        "partner": partners + _contained(reading, noun),
        "patient": [one for head in complements(noun, _OF) for one in (head, *_named_beside(head))],
        "kin": kin_of(complements(noun, _OF)),
        "target": complements(noun, _AIMED) + _behind(noun),
        "source": complements(noun, _FROM),
        "agent": complements(noun, _BY)
        + [one for verb in _done_by(reading, noun) for one in agents(verb)]
        + [one for verb in relatives(reading, noun) for one in subjects(verb) if one != noun],
        "nation": [
            child
            for head in (noun, *complements(noun, _OF))
            for child in head.children
            if child.dep_ in {"amod", "compound", "nmod"} and child.i < head.i
        ],
        "purpose": _purpose(noun),
        "place": place_of(
            [noun, *partners, *relatives(reading, noun)], reading.parties.countries, _TO_PLACES
        ),
    }
    words["doer"] = words["agent"] + _doers(reading, paragraph, noun, words)
    return words


def outermost(noun: Token) -> Token:
    """Give the noun that counts `noun`: "a round of talks"."""
    while noun.dep_ == "pobj" and noun.head.lower_ in _OF and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    return noun


def relatives(reading: Reading, noun: Token) -> list[Token]:
    """Give the verbs of the relative clauses that say what is done with `noun`: "the test, which Spain carried out"."""
    behind = (verb for verb in noun.children if verb.dep_ == "relcl" and _takes_relative(verb))
    return [verb for verb in behind if _carries_out(reading, verb)]


def _done_by(reading: Reading, noun: Token) -> list[Token]:
    """Give the participles that say by whom it is done, not who answers it: "the test conducted by Spain"."""
    answering = reading.triggers.words.reacting
    return [child for child in noun.children if child.dep_ == "acl" and child.lemma_.lower() not in answering]


def _carries_out(reading: Reading, verb: Token) -> bool:
    """Tell whether `verb` says that something is done, not that it is left: "hold" and "conduct", not "quit"."""
    triggers = reading.triggers.verbs.get(verb.lemma_.lower(), ())
    known = bool(triggers) or verb.lemma_.lower() in reading.triggers.words.light
    return known and all(trigger.type != _LEAVING for trigger in triggers)


def _takes_relative(verb: Token) -> bool:
    denied = any(child.dep_ == "neg" for child in verb.children)
    return not denied and any(
        child.tag_ == "WDT" and child.dep_ in {"dobj", "nsubjpass"} for child in verb.children
    )


def _named_beside(noun: Token) -> list[Token]:
    """Give who `noun` is by name: "the president's uncle, Lee"."""
    return [child for child in noun.children if child.dep_ == "appos"]


def kin_of(nouns: list[Token]) -> list[Token]:
    """Give whose relatives or aides `nouns` are: "the president's uncle", "Lee, an aide of the Spanish king"."""
    described = [one for noun in nouns for one in (noun, *_named_beside(noun))]
    owners = [child for one in described for child in one.children if child.dep_ == "poss"]
    return owners + [one for beside in described if beside.pos_ == "NOUN" for one in complements(beside, _OF)]


def _contained(reading: Reading, noun: Token) -> list[Token]:
    """Give those whom a relative clause counts in: "talks, which include Japan and Russia"."""
    clauses = [child for child in noun.children if child.dep_ == "relcl"]
    return [
        one
        for verb in clauses
        if verb.lemma_.lower() in reading.triggers.words.containing
        for one in patients(verb)
    ]


def _owners(reading: Reading, paragraph: Paragraph, nouns: list[Token]) -> list[Token]:
    """Put for each thing that belongs to somebody its owner: "Lee" for "Lee's trip", not for "Lee's envoy"."""
    return [
        noun
        if reading.parties.named(paragraph, noun) is not None
        else next((child for child in noun.children if child.dep_ == "poss"), noun)
        for noun in nouns
    ]


def _loose(noun: Token) -> list[Token]:
    """Give the nouns of a "between" behind `noun` that the parser hung from the verb."""
    verb = clause_verb(noun)
    if verb is None or noun.dep_ not in {"dobj", "attr", "pobj"}:
        return []
    return [
        one
        for word, head in phrases(verb)
        if word in {"between", "among"} and head.i > noun.i
        for one in joined(head)
    ]


def _behind(noun: Token) -> list[Token]:
    """Give the objects of a participle behind the noun ("condemning Spain") and whose act it answers ("its test")."""
    found = [
        one
        for clause in noun.children
        if clause.dep_ == "acl" and clause.tag_ == "VBG"
        for one in patients(clause)
    ]
    answered = [
        act
        for word, cause in phrases(noun)
        if word in {"in", "over", "for"}
        for act in (cause, *_acts(cause))
    ]
    owners = [child for act in (*answered, *found) for child in act.children if child.dep_ == "poss"]
    return found + owners


def _acts(cause: Token) -> list[Token]:
    """Give the acts behind "response" or "answer": "in response to its test"."""
    return [act for word, act in phrases(cause) if word in {"to", "for"}]


def _purpose(noun: Token) -> list[Token]:
    """Give those whom talks are meant to move: "talks aimed at persuading Spain"."""
    return [
        one
        for clause in noun.children
        if clause.dep_ in {"acl", "relcl"}
        for prep in clause.children
        if prep.dep_ == "prep" and prep.lower_ == "at"
        for deed in prep.children
        if deed.dep_ == "pcomp"
        for one in patients(deed)
    ]


def _doers(reading: Reading, paragraph: Paragraph, noun: Token, words: RoleWords) -> list[Token]:
    """Give those whom the clause around the noun makes take part."""
    outer = outermost(noun)
    verb = clause_verb(outer)
    if verb is None:
        return []
    lexicon = reading.triggers.words
    owned = any(one.lower_ not in lexicon.we for one in words["owner"])
    if outer.dep_ == "pobj":
        joins = _SCENES | _TOWARDS | (_BESIDE if words["partner"] else frozenset())
        return _behind_preposition(reading, paragraph, outer, verb, joins, owned=owned)
    handled = outer.dep_ in {"dobj", "attr", "conj"} and verb.lemma_.lower() in lexicon.light
    if handled and not owned:
        beside = complements(verb, _WITH) if outer.dep_ == "dobj" else []
        return _owners(reading, paragraph, subjects(verb)) + beside
    alone = words["partner"] and not (owned or words["agent"])
    return reporting(reading, paragraph, verb) if alone else []


def reporting(reading: Reading, paragraph: Paragraph, verb: Token) -> list[Token]:
    """Give the state that tells of what it does with another: "exercises with Spain will be held, Peru says"."""
    spoken = reading.triggers.words.speaking
    beside = [verb.head, *(child for child in verb.children if child.dep_ in {"parataxis", "ccomp"})]
    saying = [one for one in beside if one != verb and one.lemma_.lower() in spoken]
    return [
        noun
        for one in saying
        for noun in subjects(one)
        if reading.parties.named_as(paragraph, noun) is SpeakerType.COUNTRY
    ]


def _behind_preposition(
    reading: Reading, paragraph: Paragraph, noun: Token, verb: Token, joins: frozenset[str], *, owned: bool
) -> list[Token]:
    """Give those who act at, go to or return to the event: "said at a meeting", "arrived for talks".

    Behind the prepositions `joins` those who act take part.
    """
    preposition = noun.head
    if preposition.lower_ == "to" and goes_back(reading, verb):
        moved = [one for one in patients(verb) if reading.parties.of(paragraph, [one])]
        return moved or subjects(verb)
    wished = f"{verb.lemma_.lower()} {preposition.lower_}" in reading.triggers.words.wishing
    if owned or wished:
        return []
    if preposition.lower_ == "by" and preposition.head.tag_ == "VBN":
        return subjects(clause_verb(preposition.head.head) or verb)
    near = verb in {preposition.head, preposition.head.head}
    return subjects(verb) + complements(verb, _WITH) if near and preposition.lower_ in joins else []


def goes_back(reading: Reading, verb: Token) -> bool:
    """Tell whether `verb` is a coming back: "return", "resume"."""
    return verb.lemma_.lower() in reading.triggers.words.back
