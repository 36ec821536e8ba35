"""Who does what a verb says, by the parse: its subject, or that of what governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.setting import FINITE, RELATIVES, SUBJECTS, has_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMBS = frozenset(("xcomp", "conj", "advcl", "pcomp", "ccomp", "dep"))
"""Relations by which a verb without a subject takes its governor's."""
_CLIMB = 8
"""Steps up the parse within which a verb's subject is looked for."""
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))


def find_subject(verb: Token) -> Token | None:
    """Give the head of the noun phrase that does what `verb` says, climbing from participles and infinitives.

    None where nothing does, as in a passive without "by".
    """
    seen = verb
    for _ in range(_CLIMB):
        if any(child.dep_ in SUBJECTS for child in seen.children):
            return _own_subject(seen) if seen == verb else _subject_before(seen)
        if seen.dep_ in {"acl", "relcl"} and seen.head.pos_ in _NOMINAL:
            return seen.head
        if seen.dep_ == "pcomp" and seen.head.dep_ == "prep":
            found = _governor_of_preposition(seen.head)
            if found.dep_ == "ccomp" and found.i > seen.i:
                found = (
                    found.head
                )  # "after saying the dam was old, she left", where the parser hung it on "was"
            if found.pos_ in _NOMINAL:
                return found
            seen = found
            continue
        if seen.dep_ not in _CLIMBS or seen.head == seen:
            return _of_clause_before(seen) if seen == verb else None
        seen = seen.head
    return None


def _of_clause_before(verb: Token) -> Token | None:
    """Give the subject of "Lee left early, then says …", where the parser hung what Lee did on "says"."""
    clauses = (c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and has_subject(c))
    clause = next(clauses, None) if verb.tag_ in FINITE else None
    return _own_subject(clause) if clause is not None else None


def _governor_of_preposition(preposition: Token) -> Token:
    """Give whom a gerund behind a preposition belongs to: the verb's, or its object for "praised Spain for saying"."""
    governor = preposition.head
    whom = next((c for c in governor.children if c.dep_ == "dobj" and c.i < preposition.i), None)
    return whom if whom is not None and preposition.lower_ in {"for", "of"} else governor


def _own_subject(verb: Token) -> Token | None:
    if any(child.dep_ == "auxpass" for child in verb.children):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
    return _subject_before(verb)


def _subject_before(verb: Token) -> Token:
    """Give the subject of a verb that has one, be it passive: "after saying so she was taken home"."""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    subject = max((s for s in subjects if s.i < verb.i), key=lambda s: s.i, default=subjects[0])
    if subject.lower_ in RELATIVES and verb.dep_ in {"relcl", "acl"} and verb.head.pos_ in _NOMINAL:
        return _person_from(verb.head) if subject.lower_ == "who" else verb.head
    return subject


def _person_from(noun: Token) -> Token:
    """Give who is meant by "a doctor from Lisbon, who said": not the place."""
    if noun.ent_type_ != "GPE" or noun.dep_ != "pobj" or noun.head.head.pos_ not in _NOMINAL:
        return noun
    person = noun.head.head
    return person.head if person.dep_ == "appos" else person
