"""Events told by nouns: "a meeting in Geneva", "its third nuclear test", "planned joint exercises", "their talks"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.event_evidence import evidence
from service.extract.event_places import is_place
from service.extract.event_roles import role_words
from service.extract.event_sides import forum_of, pair_at, sides_of
from service.extract.event_status import noun_status
from service.extract.event_stretches import sentence, words_of_noun
from service.extract.event_syntax import complements
from service.extract.event_telling import Telling, capped, is_current, is_to_come, number_of, range_of_place
from service.extract.event_times import time_behind, time_of
from service.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords
    from service.vocabulary.event_triggers import NounTrigger

_LASTING = frozenset(("agreement",))
_BETWEEN_STATES = frozenset(("talks",))
_MOST_MODIFIERS = 20
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_OF = frozenset(("of",))
_PLURALS = frozenset(("NNS", "NNPS"))


def noun_tellings(
    reading: Reading, paragraph: Paragraph, taken: set[int], named: dict[str, str]
) -> Iterator[Telling]:
    """Give every event that a noun of `paragraph` tells or refers back to; tokens in `taken` tell one already.

    `named` gives for a noun the type of event that the text last used it for, and is kept up: "three more tests" are
    nuclear ones where the text has spoken of such.
    """
    for token in paragraph.doc:
        if token.i in taken or token.dep_ in {"compound", "amod", "nmod"}:
            continue
        lemma = token.lemma_.lower()
        if token.pos_ in {"NOUN", "PROPN"}:
            triggers = reading.triggers.nouns.get(lemma, ())
            for trigger in (
                sorted(triggers, key=lambda one: not _fits(token, one)) if len(triggers) > 1 else triggers
            ):
                again = trigger.type == named.get(lemma) and (
                    number_of(reading, token) is not None or _has_owner(token)
                )
                telling = _told(reading, paragraph, token, trigger, again=again)
                if telling is not None:
                    named[lemma] = trigger.type
                    taken.update(_inner(token, trigger))
                    yield telling
                    break
        if types := reading.triggers.refers.get(lemma) or reading.triggers.refers.get(token.lower_):
            yield from _referring(reading, paragraph, token, types)


def _has_owner(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.children)


def _inner(noun: Token, trigger: NounTrigger) -> set[int]:
    """Give the nouns of which-phrases that make up the trigger: "sanctions" in "the imposition of new sanctions"."""
    return {one.i for one in complements(noun, _OF) if one.lemma_.lower() in trigger.modifiers}


def _told(
    reading: Reading, paragraph: Paragraph, noun: Token, trigger: NounTrigger, *, again: bool
) -> Telling | None:
    if not again and not _fits(noun, trigger):
        pointing = any(child.lower_ in _DEFINITE for child in noun.children) and not trigger.plural
        alone = not any(child.dep_ in {"prep", "acl"} for child in noun.children)
        return (
            _bare(reading, paragraph, noun, trigger)
            if pointing and alone and not _excluded(noun, trigger)
            else None
        )
    status = noun_status(noun, reading.triggers.words)
    if status is None:
        return None
    words = role_words(reading, paragraph, noun)
    telling = _telling(reading, paragraph, noun, trigger.type, words, status)
    if not telling.parties and telling.status is Status.HAPPENED and not telling.definite:
        telling = replace(telling, parties=pair_at(reading, paragraph, noun, trigger.type))
    told = evidence(reading, paragraph, noun, telling, words)
    fresh = any(need <= told for need in trigger.needs)
    if not fresh and not telling.definite:
        return None
    if fresh and not telling.parties and trigger.type in _BETWEEN_STATES:
        telling = replace(telling, parties=sides_of(reading, paragraph, noun))
    over = time_behind(reading, paragraph, noun, telling.parties)
    return replace(telling, fresh=fresh, over=over)


def _bare(reading: Reading, paragraph: Paragraph, noun: Token, trigger: NounTrigger) -> Telling | None:
    """Read "the test", "the conference": without the word that would make it tell an event it can only refer back."""
    telling = _telling(reading, paragraph, noun, trigger.type, {}, Status.HAPPENED)
    return replace(telling, fresh=False)


def _fits(noun: Token, trigger: NounTrigger) -> bool:
    if _excluded(noun, trigger) or (
        trigger.plural and noun.tag_ not in _PLURALS and not noun.lower_.endswith("s")
    ):
        return False
    return not trigger.modifiers or bool(_modifiers(noun) & trigger.modifiers)


def _excluded(noun: Token, trigger: NounTrigger) -> bool:
    """Tell whether the words before the noun forbid it, or it ends the name of something that lasts: "Trade Agreement"."""
    if trigger.type in _LASTING and noun.tag_ == "NNP" and noun.ent_type_ in {"LAW", "ORG"}:
        return True
    return bool(_modifiers(noun) & trigger.without)


def _modifiers(noun: Token) -> set[str]:
    """Give the lemmas that stand before `noun` in its phrase, and those of an of-phrase behind it."""
    left = noun.doc[max(noun.left_edge.i, noun.i - _MOST_MODIFIERS) : noun.i]
    before = [token for token in left if token.dep_ not in {"relcl", "advcl"}]
    behind = [token for head in complements(noun, _OF) for token in (head, *head.lefts)]
    return {form for token in (*before, *behind) for form in (token.lemma_.lower(), token.lower_)}


def _telling(
    reading: Reading, paragraph: Paragraph, noun: Token, type_: str, words: RoleWords, status: Status
) -> Telling:
    first, last = words_of_noun(noun)
    places = words.get("place") or _places_before(reading, noun)
    time = time_of(reading, paragraph, noun, first, last)
    if status is Status.HAPPENED and is_to_come(time):
        status = Status.PLANNED
    told = reading.entities(paragraph, type_, words)
    seated = forum_of(reading, noun.doc[first.i : last.i + 1].text, type_, status)
    return Telling(
        types=(type_,),
        offset=paragraph.start + noun.idx,
        range=capped(paragraph, first, last, noun),
        sentence=paragraph.range(*sentence(noun)),
        status=status,
        parties=tuple(dict.fromkeys((*told, *seated))),
        place=range_of_place(paragraph, places),
        time=time,
        definite=_is_definite(noun),
        number=number_of(reading, noun),
        current=status is Status.HAPPENED and is_current(noun),
        noun=noun.lemma_.lower(),
        several=noun.tag_ in _PLURALS,
        anchors=_anchors(paragraph, noun),
    )


def _anchors(paragraph: Paragraph, noun: Token) -> tuple[int, ...]:
    """Give where the event stands for which somebody came: "arrived for talks"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or noun.head.head.pos_ != "VERB":
        return ()
    return (paragraph.start + noun.head.head.idx,)


def _is_definite(noun: Token) -> bool:
    return any(
        child.lower_ in _DEFINITE or child.tag_ == "PRP$" for child in noun.children if child.i < noun.i
    )


def _places_before(reading: Reading, noun: Token) -> list[Token]:
    """Give the places that stand before the noun: "Asia visit"."""
    before = (child for child in noun.children if child.i < noun.i and child.dep_ in {"compound", "nmod"})
    return [
        child
        for child in before
        if child.pos_ == "PROPN" and is_place(child, "in", reading.parties.countries)
    ]


def _referring(
    reading: Reading, paragraph: Paragraph, token: Token, types: tuple[str, ...]
) -> Iterator[Telling]:
    """Give a definite noun that can only mean an event told elsewhere: "the announcement", "the one on Jan. 6"."""
    if token.pos_ not in {"NOUN", "ADJ", "NUM", "PRON"} or not _is_definite(token):
        return
    if token.dep_ not in {"dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj"}:
        return
    telling = _telling(reading, paragraph, token, types[0], {}, Status.HAPPENED)
    relative = [child for child in token.children if child.dep_ == "relcl"]
    time = telling.time or next(filter(None, (reading.time_at(paragraph, verb) for verb in relative)), None)
    if telling.time is None and time is not None:
        last = relative[0].right_edge
        telling = replace(telling, time=time, range=capped(paragraph, token.left_edge, last, token))
    number = token.lower_ if token.tag_ in {"JJ", "JJS"} else None
    yield replace(
        telling,
        types=types,
        fresh=False,
        number=number,
        pointing=token.pos_ != "NOUN" or token.lower_ == "one" or number is not None,
    )
