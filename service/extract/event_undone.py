"""Events that were called off: "the talks were cancelled", "put off her visit", "was to have met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_roles import outermost
from service.extract.event_syntax import phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.vocabulary.event_words import EventWords

_OBJECTS = frozenset(("dobj", "nsubjpass"))
_UNTIL = frozenset(("until", "till", "to"))
_TIMES = frozenset(("DATE", "TIME"))
_MOST_JOINED = 8


def called_off(noun: Token, words: EventWords) -> Token | None:
    """Give the verb that calls off or puts off the event of `noun`, None where none does."""
    return next((verb for verb in _handling(noun) if _undoes(verb, words)), None)


def is_put_off(verb: Token, words: EventWords) -> bool:
    """Tell whether `verb`, which undoes an event, only moves it to a day that it tells: "postponed until May"."""
    later = (noun for word, noun in phrases(verb) if word in _UNTIL)
    return bool(forms(verb) & words.postponing) and any(noun.ent_type_ in _TIMES for noun in later)


def is_unreal(verb: Token) -> bool:
    """Tell whether `verb` is what should have been: "was to have visited"."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return auxiliaries >= {"to", "have"} and verb.dep_ == "xcomp" and verb.head.lemma_ == "be"


def forms(verb: Token) -> set[str]:
    """Give the lemma of `verb`, alone and with its particles: "call", "call off"."""
    lemma = verb.lemma_.lower()
    return {lemma, *(f"{lemma} {child.lower_}" for child in verb.children if child.dep_ in {"prt", "advmod"})}


def _handling(noun: Token) -> list[Token]:
    """Give the verbs that say what is done with the event of `noun`."""
    outer = outermost(noun)
    behind = [child for child in outer.children if child.dep_ in {"relcl", "acl"} and child.tag_ != "VBG"]
    for _ in range(_MOST_JOINED):
        if outer.dep_ != "conj":
            break
        outer = outer.head
    around = [outer.head] if outer.dep_ in _OBJECTS | {"nsubj"} else []
    around += [
        child for verb in around if outer.dep_ != "dobj" for child in verb.children if child.dep_ == "conj"
    ]
    return [verb for verb in (*around, *behind) if outer.dep_ != "nsubj" or verb != outer.head]


def _undoes(verb: Token, words: EventWords) -> bool:
    """Tell whether `verb` undoes its object; what only may or will be put off is still planned."""
    denied = any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children)
    return not denied and bool(forms(verb) & (words.cancelling | words.postponing))
