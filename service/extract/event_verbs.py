"""Events told by verbs: "met with", "flew to", "told reporters", "was elected president"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_frames import FRAMES
from service.extract.event_places import IN_PLACES, place_of
from service.extract.event_status import verb_status
from service.extract.event_stretches import sentence, words_of_clause
from service.extract.event_syntax import clause_verb, has_auxiliary, own_subject, phrases
from service.extract.event_telling import Telling, capped, is_current, is_to_come, number_of, range_of_place
from service.extract.event_times import time_behind
from service.extract.expressions import TimeKind
from service.model import Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading, RoleWords
    from service.extract.expressions import TimeExpression
    from service.vocabulary.event_triggers import VerbTrigger

_AROUND = frozenset(("before", "after"))
_SERIES = frozenset(("again", "last"))
_SCENES = IN_PLACES | {"to"}
_BESIDE = frozenset(("before", "after", "following", "during", "at", "over"))


def verb_tellings(
    reading: Reading, paragraph: Paragraph, named: dict[str, str]
) -> Iterator[tuple[Telling, set[int]]]:
    """Give every event that a verb of `paragraph` tells, with the indexes of the tokens that its trigger takes up.

    In `named` the verbs are noted with the types of event they told.
    """
    within: set[int] = set()
    for token in paragraph.doc:
        if token.pos_ not in {"VERB", "AUX"} or token.i in within:
            continue
        for trigger in reading.triggers.verbs.get(token.lemma_.lower(), ()):
            words = FRAMES[trigger.frame](reading, paragraph, token, trigger)
            telling = _told(reading, paragraph, token, trigger, words) if words is not None else None
            if telling is not None and words is not None:
                named[token.lemma_.lower()] = trigger.type
                within.update(deed.i for deed in words.get("deed", ()))
                yield telling, {token.i, *(one.i for one in words.get("object", ()))}
                break


def _told(
    reading: Reading, paragraph: Paragraph, verb: Token, trigger: VerbTrigger, words: RoleWords
) -> Telling | None:
    status = verb_status(verb, reading.triggers.words)
    parties = reading.entities(paragraph, trigger.type, words)
    time = _time(reading, paragraph, verb, words)
    told = time or words.get("place")
    if status is None or _is_of_no_day(reading, verb, time) or not (parties or (told and "object" in words)):
        return None
    if status is Status.HAPPENED and (is_to_come(time) or _is_timetable(paragraph, verb, time)):
        status = Status.PLANNED
    first, last = words_of_clause(verb)
    near = [noun for role in ("object", "partner", "patient") for noun in words.get(role, ())]
    places = words.get("place") or place_of([verb, *near], reading.parties.countries, _SCENES)
    return Telling(
        types=(trigger.type,),
        offset=paragraph.start + verb.idx,
        range=capped(paragraph, first, last, verb),
        sentence=paragraph.range(*sentence(verb)),
        status=status,
        parties=parties,
        place=range_of_place(paragraph, places),
        time=time,
        current=status is Status.HAPPENED and is_current(verb),
        number=_number(reading, verb, words),
        anchors=tuple(paragraph.start + one.idx for one in _anchors(verb)),
        over=time_behind(reading, paragraph, verb, parties),
    )


def _is_of_no_day(reading: Reading, verb: Token, time: TimeExpression | None) -> bool:
    """Tell whether the verb says what is done again and again: "often meets with", "how we elect presidents"."""
    words = reading.triggers.words
    if any(child.dep_ == "advmod" and child.lower_ in words.habitual for child in verb.children):
        return True
    own = own_subject(verb)
    plain = verb.tag_ in {"VBP", "VBZ"} and not has_auxiliary(verb)
    return plain and time is None and own is not None and own.lower_ in words.generic


def _number(reading: Reading, verb: Token, words: RoleWords) -> str | None:
    """Give the word that tells one of a series from the others: "met again", "last met", "its first device"."""
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in _SERIES:
            return child.lower_
    return next(filter(None, (number_of(reading, noun) for noun in words.get("object", ()))), None)


def _is_timetable(paragraph: Paragraph, verb: Token, time: TimeExpression | None) -> bool:
    """Tell whether a plain present with the name of a day speaks of what is to come: "Lee goes on to Lima on Sunday"."""
    plain = verb.tag_ in {"VBZ", "VBP"} and not has_auxiliary(verb)
    return plain and paragraph.role is Role.BODY and time is not None and time.kind is TimeKind.WEEKDAY


def _anchors(verb: Token) -> list[Token]:
    """Give what dates the clause: the noun in "after the meeting", the first verb in "flew to Lima on Monday and met"."""
    first = [verb.head] if verb.dep_ == "conj" and not has_auxiliary(verb) else []
    there = clause_verb(verb.head) if any(child.lower_ == "where" for child in verb.lefts) else None
    return [noun for word, noun in phrases(verb) if word in _BESIDE] + first + ([there] if there else [])


def _time(reading: Reading, paragraph: Paragraph, verb: Token, words: RoleWords) -> TimeExpression | None:
    for head in (verb, *words.get("object", ()), *words.get("place", ())):
        if time := reading.time_at(paragraph, head):
            return time
    if "partner" in words and verb.dep_ == "pcomp" and verb.head.lower_ in _AROUND:
        above = clause_verb(verb.head.head)
        return reading.time_at(paragraph, above) if above is not None else None
    return _only_time(reading, paragraph, verb)


def _only_time(reading: Reading, paragraph: Paragraph, verb: Token) -> TimeExpression | None:
    """Give the one time in the words of the clause behind `verb`, hung from some noun by the parser."""
    first, last = words_of_clause(verb)
    _, end = capped(paragraph, first, last, verb)
    found = reading.within(paragraph.start + verb.idx, end)
    if len(found) != 1:
        return None
    token = paragraph.doc.char_span(
        found[0].start - paragraph.start, found[0].end - paragraph.start, alignment_mode="expand"
    )
    near = clause_verb(token[0]) if token is not None else None
    return found[0] if near is not None and (near == verb or near.dep_ == "acl") else None
