"""What is told with a noun: enough for an event of its own, or only a word that refers back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_roles import goes_back
from service.extract.event_syntax import clause_verb, complements

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords, Telling

_AUDIENCE = frozenset(("to", "at", "before"))


def evidence(
    reading: Reading, paragraph: Paragraph, noun: Token, telling: Telling, words: RoleWords
) -> set[str]:
    """Say what is told with the noun, in the words of a trigger's `needs`."""
    lexicon = reading.triggers.words
    before = {child.lemma_.lower() for child in noun.children if child.i < noun.i}
    before |= {child.lower_ for child in noun.children if child.i < noun.i}
    is_person = reading.parties.is_person
    verb = clause_verb(noun)
    told = {
        "party": bool(telling.parties),
        "parties": len(telling.parties) > 1 or bool(telling.parties and words["partner"]),
        "person": any(map(is_person, telling.parties)),
        "owner": bool(words["owner"]),
        "agent": bool(reading.parties.of(paragraph, words["agent"])),
        "place": telling.place is not None,
        "time": telling.time is not None or _is_measured(noun, lexicon.measures),
        "audience": bool(complements(noun, _AUDIENCE)),
        "plan": bool(before & lexicon.planned),
        "number": telling.number is not None,
        "new": bool(before & lexicon.new) or any(_is_new(one, lexicon.new) for one in words["patient"]),
        "back": bool(telling.parties)
        and verb is not None
        and goes_back(reading, verb)
        and noun.dep_ in {"pobj", "dobj"},
    }
    return {need for need, holds in told.items() if holds}


def _is_measured(noun: Token, measures: frozenset[str]) -> bool:
    """Whether it is told how long or how often: "two days of talks", "a third round of talks"."""
    above = noun.head
    return noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_.lower() in measures


def _is_new(noun: Token, new: frozenset[str]) -> bool:
    return any(child.lemma_.lower() in new for child in noun.children)
