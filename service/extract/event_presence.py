"""Stays that a text tells by the way: "said in Seoul on Friday", "a day earlier in Lima had suggested"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_places import country_at, place_words
from service.extract.event_stretches import sentence
from service.extract.event_syntax import clause_verb, subjects
from service.extract.event_telling import Telling
from service.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading
    from service.extract.expressions import TimeExpression

_TYPE = "visit"
_NEAR = 5
"""Characters between a place and a time told with it: "in Seoul on Friday"."""


def presence_tellings(reading: Reading, paragraph: Paragraph) -> Iterator[Telling]:
    """Give the stays abroad of persons who speak "in" a foreign place at a time told beside it."""
    for token in paragraph.doc:
        if token.dep_ != "pobj" or token.head.lower_ != "in":
            continue
        country = country_at(token, reading.parties.countries)
        verb = _speaking(reading, token.head)
        time = _beside(reading, paragraph, token)
        if country is None or verb is None or time is None:
            continue
        guests = tuple(
            index
            for index in reading.parties.of(paragraph, subjects(verb))
            if reading.parties.is_person(index) and reading.parties.entity(index).country != country.code
        )
        if guests:
            yield _stay(paragraph, token, time, guests)


def _speaking(reading: Reading, preposition: Token) -> Token | None:
    """Give the verb of speech whose clause the phrase stands in, also one that the parser hung beside it."""
    head = preposition.head
    verb = (
        clause_verb(head)
        if head.pos_ in {"VERB", "AUX", "ADV"} or head.ent_type_ in {"DATE", "TIME"}
        else None
    )
    if verb is None:
        return None
    beside = [
        child
        for child in verb.children
        if child.i > preposition.i and child.dep_ in {"advcl", "conj", "ccomp"}
    ]
    spoken = reading.triggers.words.speaking
    return next(
        (one for one in (*beside, verb) if one.lemma_.lower() in spoken and one.tag_ in {"VBD", "VBN"}), None
    )


def _beside(reading: Reading, paragraph: Paragraph, place: Token) -> TimeExpression | None:
    start, end = paragraph.range(place.head, place_words(place)[1])
    earliest, _ = paragraph.range(*sentence(place))
    for time in reading.within(earliest, end + _NEAR):
        if 0 <= time.start - end <= _NEAR or 0 <= start - time.end <= 2:
            return time
    return None


def _stay(paragraph: Paragraph, place: Token, time: TimeExpression, guests: tuple[int, ...]) -> Telling:
    start, end = paragraph.range(place.head, place_words(place)[1])
    return Telling(
        types=(_TYPE,),
        offset=min(start, time.start),
        range=(min(start, time.start), max(end, time.end)),
        sentence=paragraph.range(*sentence(place)),
        status=Status.HAPPENED,
        parties=guests,
        place=paragraph.range(*place_words(place)),
        time=time,
    )
