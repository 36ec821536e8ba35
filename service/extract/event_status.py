"""Tell from tense, mood and the words around a trigger whether an event happened, is planned or is only held out."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from service.extract.event_places import IN_PLACES
from service.extract.event_stretches import within
from service.extract.event_syntax import clause_verb, governors, is_verb, phrases
from service.extract.event_undone import called_off, is_put_off, is_unreal
from service.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.vocabulary.event_words import EventWords

_DEEPEST = 6
_FINITE = frozenset(("VBD", "VBP", "VBZ"))
_PRESENT = frozenset(("VBP", "VBZ"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_AUXILIARY = frozenset(("aux", "auxpass"))


class _Open(Enum):
    """The words read so far do not settle it."""

    OPEN = 0


_OPEN = _Open.OPEN
_Verdict = Status | None | _Open
"""A status, None where the words deny the event, or `_OPEN`."""


def verb_status(verb: Token, words: EventWords) -> Status | None:
    """Give the status of what the clause of `verb` tells; None where it is denied ("did not meet", "failed to meet")."""
    if is_unreal(verb):
        return None
    for _ in range(_DEEPEST):
        own = _own(verb, words)
        if not isinstance(own, _Open):
            return own
        above = _governing(verb)
        if above is None:
            break
        told = _under(above, verb, words)
        if not isinstance(told, _Open):
            return told
        verb = above
    return Status.HAPPENED


def noun_status(noun: Token, words: EventWords) -> Status | None:
    """Give the status of the event that `noun` names; None where the words deny it ("no talks", "absence of talks")."""
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in words.refusing:
        return None
    for verdict in (_undone(noun, words), _before(noun, words), _above(noun, words)):
        if not isinstance(verdict, _Open):
            return verdict
    verb = clause_verb(noun)
    if verb is not None and _is_answered(noun, verb, words):
        return Status.HAPPENED
    if verb is not None and _is_set(noun, verb):
        return Status.PLANNED
    status = verb_status(verb, words) if verb is not None else Status.HAPPENED
    if verb is not None and status is None and _is_spoken_of(noun, verb, words):
        return Status.HYPOTHETICAL if any(child.tag_ == "MD" for child in verb.children) else Status.HAPPENED
    return _in_clause(noun, verb, words) if verb is not None and status is Status.HAPPENED else status


def _is_set(noun: Token, verb: Token) -> bool:
    """Tell whether the clause sets the event for later: "talks are to resume"."""
    infinitive = any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in verb.children)
    return noun.head == verb and verb.lemma_ == "be" and infinitive and noun.dep_ == "nsubj"


def _is_spoken_of(noun: Token, verb: Token, words: EventWords) -> bool:
    """Tell whether something else than the event itself is denied: "the resolution should not hurt anybody"."""
    told = noun.dep_ in {"nsubj", "nsubjpass"} and noun.head == verb and _is_known(noun)
    return told and verb.lemma_.lower() not in words.lasting | words.light


def _is_known(noun: Token) -> bool:
    return any(
        child.dep_ == "poss" or child.lower_ in _DEFINITE for child in noun.children if child.i < noun.i
    )


def _is_answered(noun: Token, verb: Token, words: EventWords) -> bool:
    """Tell whether the clause only reacts to what has happened: "must condemn the test", "would discuss its launch"."""
    known = any(
        child.dep_ == "poss" or child.lower_ in _DEFINITE for child in noun.children if child.i < noun.i
    )
    return known and noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in words.reacting


def _undone(noun: Token, words: EventWords) -> _Verdict:
    """Read whether the event is called off, or put off to another day."""
    verb = called_off(noun, words)
    if verb is None:
        return _OPEN
    return Status.PLANNED if is_put_off(verb, words) else None


def _before(noun: Token, words: EventWords) -> _Verdict:
    """Read the words before the noun: "no", "planned", "possible", "latest", "third"."""
    left = [token for token in noun.children if token.i < noun.i]
    forms = {form for token in left for form in (token.lemma_.lower(), token.lower_)}
    if forms & words.denying:
        return None
    if forms & words.planned:
        return Status.PLANNED
    if forms & words.held_out:
        return Status.HYPOTHETICAL
    if set_for(noun, words):
        return Status.PLANNED
    counted = any(token.ent_type_ == "ORDINAL" for token in left) and not _is_wanted(noun, words)
    return Status.HAPPENED if counted or forms & words.settled else _OPEN


def set_for(noun: Token, words: EventWords) -> list[Token]:
    """Give the participles behind `noun` that set it for a day: "talks, set for Friday", "a visit planned for May"."""
    behind = (child for child in noun.children if child.dep_ == "acl" and child.tag_ == "VBN")
    planned = [one for one in behind if {one.lemma_.lower(), one.lower_} & words.planning]
    return [one for one in planned if any(word == "for" for word, _ in phrases(one))]


def _above(noun: Token, words: EventWords) -> _Verdict:
    """Read the nouns and prepositions that the noun hangs from: "call for talks", "absence of talks", "after the talks"."""
    for head in governors(noun):
        if is_verb(head):
            break
        if head.lower_ in words.settled_after:
            return Status.HAPPENED
        verdict = _of_noun(head.lemma_.lower(), words)
        if not isinstance(verdict, _Open):
            return verdict
    return _OPEN


def _of_noun(lemma: str, words: EventWords) -> _Verdict:
    if lemma in words.lacking:
        return None
    if lemma in words.wishing_nouns:
        return Status.HYPOTHETICAL
    return Status.PLANNED if lemma in words.planning_nouns else _OPEN


def _in_clause(noun: Token, verb: Token, words: EventWords) -> Status | None:
    """Read what a clause that itself holds does with the noun: wishes, plans, refuses or contains it."""
    lemma = verb.lemma_.lower()
    if _is_wanted(noun, words):
        return Status.HYPOTHETICAL
    if noun.dep_ == "pobj" and noun.head.lower_ in IN_PLACES:
        return Status.HAPPENED
    if lemma in words.refusing:
        return None
    contained = lemma in words.containing and verb.tag_ in _PRESENT and noun.dep_ == "dobj"
    awaited = noun.dep_ == "pobj" and noun.head.lower_ in words.ahead_of
    return Status.PLANNED if contained or awaited or lemma in words.planning else Status.HAPPENED


def _is_wanted(noun: Token, words: EventWords) -> bool:
    """Whether the clause only wishes for the noun: "urged talks", "a resolution was necessary", "called for talks"."""
    verb = clause_verb(noun)
    if verb is None or noun.head.lower_ in words.settled_after | IN_PLACES:
        return False
    needed = (
        {child.lemma_.lower() for child in verb.children if child.dep_ == "acomp"}
        if noun.head == verb
        else set()
    )
    beside = [noun.head] if noun.dep_ == "pobj" else []
    if noun.dep_ == "nsubjpass":
        beside = [child for child in verb.children if child.dep_ == "prep"]
    with_prepositions = {f"{verb.lemma_.lower()} {word.lower_}" for word in beside}
    return bool({verb.lemma_.lower(), *with_prepositions, *needed} & words.wishing)


def _own(verb: Token, words: EventWords) -> _Verdict:
    """Read auxiliaries, negation and conjunction of one verb; open where its governor decides."""
    children = list(verb.children)
    if any(child.dep_ == "neg" or child.lower_ in words.denying for child in children if child.i < verb.i):
        return None
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in words.disputing:
        return None
    if any(child.dep_ == "mark" and child.lower_ in words.conditions for child in children):
        return Status.HYPOTHETICAL
    modals = {child.lower_ for child in children if child.tag_ == "MD"}
    if modals:
        coming = modals & words.will or ("would" in modals and _is_reported(verb))
        return Status.PLANNED if coming else Status.HYPOTHETICAL
    forms = {verb.tag_, *(child.tag_ for child in children if child.dep_ in _AUXILIARY)}
    return _finite(verb, words) if forms & _FINITE else _OPEN


def _is_reported(verb: Token) -> bool:
    """Tell whether "would" is a "will" told afterwards ("said it would meet"), with no condition beside it."""
    conditional = any(child.dep_ == "advcl" and child.i > verb.i for child in verb.children)
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"} and not conditional


def _finite(verb: Token, words: EventWords) -> Status:
    """Tell a present that speaks of the future ("is visiting next week") from the rest."""
    coming = any(token.lower_ in words.future for token in within(verb) if clause_verb(token) == verb)
    coming |= verb.dep_ == "advcl" and any(child.lower_ in words.awaiting for child in verb.lefts)
    progressive = verb.tag_ == "VBG" and any(c.tag_ in _PRESENT for c in verb.children if c.dep_ == "aux")
    return Status.PLANNED if coming and (verb.tag_ in _PRESENT or progressive) else Status.HAPPENED


def _governing(verb: Token) -> Token | None:
    """Give the verb or noun whose infinitive, gerund or coordinate `verb` is."""
    if verb.head == verb:
        return None
    return verb.head.head if verb.dep_ == "pcomp" else verb.head


def _under(above: Token, verb: Token, words: EventWords) -> _Verdict:
    """Read what the governor says of an infinitive or gerund: "plans to", "refused to", "possibility of"."""
    lemma = above.lemma_.lower()
    lemmas = {
        lemma,
        above.lower_,
        *(f"{lemma} {child.lower_}" for child in above.children if child.dep_ == "prep"),
    }
    preposition = verb.head.lower_ if verb.dep_ == "pcomp" else ""
    infinitive = any(child.lower_ == "to" for child in verb.children)
    if lemma in words.refusing or lemma in words.lacking:
        return None
    if verb.dep_ == "conj" or (verb.tag_ == "VBG" and verb.dep_ in {"acl", "advcl"}):
        return _OPEN
    if (verb.tag_ == "VBN" and not infinitive) or preposition in words.settled_after:
        return Status.HAPPENED
    return _announced(above, lemmas, verb, preposition, words)


def _announced(above: Token, lemmas: set[str], verb: Token, preposition: str, words: EventWords) -> _Verdict:
    lemma = above.lemma_.lower()
    if (lemma == "be" and verb.dep_ == "xcomp") or lemmas & (words.planning | words.planning_nouns):
        return Status.PLANNED
    if preposition in words.ahead_of:
        return Status.PLANNED
    if lemmas & (words.wishing | words.wishing_nouns) or preposition in words.towards:
        return Status.HYPOTHETICAL
    return (
        Status.HYPOTHETICAL if verb.tag_ == "VB" and not preposition and lemma not in words.doing else _OPEN
    )
