"""Tell from tense, mood and the words around a trigger whether an event happened, is planned or is only held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_syntax import clause_verb, governors, is_verb
from service.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.vocabulary.event_triggers import EventWords

_DEEPEST = 6
_PAST = frozenset(("VBD", "VBN"))


def verb_status(verb: Token, words: EventWords) -> Status | None:
    """Give the status of what the clause of `verb` tells; None where it is denied ("did not meet", "failed to meet")."""
    for _ in range(_DEEPEST):
        own = _own_status(verb, words)
        if own != "open":
            return own
        above = _governing(verb)
        if above is None:
            return Status.HAPPENED
        told = _under(above, verb, words)
        if told != "open":
            return told
        verb = above
    return Status.HAPPENED


def noun_status(noun: Token, words: EventWords) -> Status | None:
    """Give the status of the event that `noun` names; None where the words deny it ("no talks", "absence of talks")."""
    before = {form for token in noun.children if token.i < noun.i for form in (token.lemma_.lower(), token.lower_)}
    if before & words.denying:
        return None
    if before & words.planned:
        return Status.PLANNED
    if before & words.held_out:
        return Status.HYPOTHETICAL
    ordinal = any(token.ent_type_ == "ORDINAL" for token in noun.children if token.i < noun.i)
    if before & words.settled or (ordinal and not _is_wanted(noun, words)):
        return Status.HAPPENED
    return _governed(noun, words)


def _governed(noun: Token, words: EventWords) -> Status | None:
    """Read the status from what governs the noun: nouns ("call for talks", "absence of talks"), then the clause."""
    for head in governors(noun):
        if is_verb(head):
            break
        if head.lower_ in words.settled_after:
            return Status.HAPPENED
        lemma = head.lemma_.lower()
        if lemma in words.lacking:
            return None
        if lemma in words.wishing_nouns:
            return Status.HYPOTHETICAL
        if lemma in words.planning_nouns:
            return Status.PLANNED
    verb = clause_verb(noun)
    if verb is None:
        return Status.HAPPENED
    preposition = noun.head.lower_ if noun.dep_ == "pobj" else ""
    if preposition in words.settled_after:
        return Status.HAPPENED
    status = verb_status(verb, words)
    if status is Status.HAPPENED and _is_wanted(noun, words):
        return Status.HYPOTHETICAL
    lemma = verb.lemma_.lower()
    if status is Status.HAPPENED:
        if preposition in words.ahead_of or lemma in words.planning:
            return Status.PLANNED
        if lemma in words.refusing:
            return None
        if lemma in words.containing and verb.tag_ in {"VBZ", "VBP"} and noun.dep_ == "dobj":
            return Status.PLANNED
    return status


def _is_wanted(noun: Token, words: EventWords) -> bool:
    """Whether the clause only wishes for the noun: "urged talks", "a resolution was necessary", "call for talks"."""
    verb = clause_verb(noun)
    if verb is None or noun.head.lower_ in words.settled_after:
        return False
    needed = {child.lemma_.lower() for child in verb.children if child.dep_ == "acomp"} if noun.head == verb else set()
    preposition = f"{verb.lemma_.lower()} {noun.head.lower_}" if noun.dep_ == "pobj" else ""
    return bool({verb.lemma_.lower(), preposition, *needed} & words.wishing)


def _own_status(verb: Token, words: EventWords) -> Status | str | None:
    """Read auxiliaries, negation and conjunction of one verb; "open" where its governor decides."""
    children = list(verb.children)
    if any(child.dep_ == "neg" or child.lower_ in words.denying for child in children if child.i < verb.i):
        return None
    if any(child.dep_ == "mark" and child.lower_ in words.conditions for child in children):
        return Status.HYPOTHETICAL
    modals = {child.lower_ for child in children if child.tag_ == "MD"}
    if modals & words.will or ("would" in modals and _is_reported(verb)):
        return Status.PLANNED
    if modals:
        return Status.HYPOTHETICAL
    if verb.tag_ in {"VBD", "VBP", "VBZ"} or any(child.tag_ in {"VBD", "VBP", "VBZ"} for child in children if child.dep_ in {"aux", "auxpass"}):
        return _finite(verb, words)
    return "open"


def _is_reported(verb: Token) -> bool:
    """Tell whether "would" is a "will" told afterwards ("said it would meet"), with no condition beside it."""
    conditional = any(child.dep_ == "advcl" and child.i > verb.i for child in verb.children)
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"} and not conditional


def _finite(verb: Token, words: EventWords) -> Status:
    """Tell a present that speaks of the future ("is to visit", "is visiting next week") from the rest."""
    coming = any(token.lower_ in words.future for token in verb.subtree if clause_verb(token) == verb)
    present = verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and any(c.tag_ in {"VBZ", "VBP"} for c in verb.children if c.dep_ == "aux"))
    return Status.PLANNED if coming and present else Status.HAPPENED


def _governing(verb: Token) -> Token | None:
    """Give the verb or noun whose infinitive, gerund or coordinate `verb` is."""
    if verb.head == verb:
        return None
    if verb.dep_ == "pcomp":
        return verb.head.head
    return verb.head


def _under(above: Token, verb: Token, words: EventWords) -> Status | str | None:
    """Read what the governor says of an infinitive or gerund: "plans to", "refused to", "possibility of"."""
    lemma = above.lemma_.lower()
    lemmas = {lemma, *(f"{lemma} {child.lower_}" for child in above.children if child.dep_ == "prep")}
    if lemma in words.refusing or lemma in words.lacking:
        return None
    if verb.dep_ == "conj":
        return "open"
    if verb.tag_ == "VBN" and not any(child.lower_ == "to" for child in verb.children):
        return Status.HAPPENED
    preposition = verb.head.lower_ if verb.dep_ == "pcomp" else ""
    if preposition in words.settled_after:
        return Status.HAPPENED
    if lemma in words.planning or lemma in words.planning_nouns or preposition in words.ahead_of:
        return Status.PLANNED
    if lemmas & words.wishing or lemma in words.wishing_nouns:
        return Status.HYPOTHETICAL
    if lemma in words.doing or preposition:
        return "open"
    return Status.HYPOTHETICAL if verb.tag_ == "VB" else "open"
