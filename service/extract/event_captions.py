"""Events told by a picture's caption without a verb: "Secretary Lee, left, and Minister Park, in Geneva, May 3, 2011"."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from service.extract.event_places import IN_PLACES, is_place
from service.extract.event_syntax import is_verb
from service.extract.event_telling import Telling, capped, range_of_place
from service.model import Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from service.extract.document import Paragraph
    from service.extract.event_telling import Reading

_TYPE = "meeting"


def caption_tellings(reading: Reading, paragraph: Paragraph) -> Iterator[Telling]:
    """Give the meeting that a verbless caption shows: two persons or more, a place and a time.

    A paragraph of one sentence can be a caption that was not told from the body.
    """
    if paragraph.role is not Role.CAPTION and len(list(islice(paragraph.doc.sents, 2))) > 1:
        return
    for sentence in paragraph.doc.sents:
        if not any(
            is_verb(token) and token.tag_ != "VBN" and not _tells_position(token) for token in sentence
        ):
            yield from _shown(reading, paragraph, sentence)


def _tells_position(token: Token) -> bool:
    """Tell whether "left" stands between commas for where somebody stands in the picture."""
    return token.i > 0 and token.nbor(-1).text == "," and token.lower_ in {"left", "right"}


def _shown(reading: Reading, paragraph: Paragraph, sentence: Span) -> Iterator[Telling]:
    people = _people(reading, paragraph, sentence)
    places = _places(reading, sentence)
    start, end = paragraph.range(sentence[0], sentence[-1])
    times = reading.within(start, end)
    named = {token.lemma_.lower() for token in sentence} & reading.triggers.nouns.keys()
    if len(people) > 1 and places and times and not named:
        yield Telling(
            types=(_TYPE,),
            offset=start,
            range=capped(paragraph, sentence[0], sentence[-1], sentence[0]),
            sentence=(start, end),
            status=Status.HAPPENED,
            parties=people,
            place=range_of_place(paragraph, places),
            time=times[0],
            current=True,
        )


def _people(reading: Reading, paragraph: Paragraph, sentence: Span) -> tuple[int, ...]:
    parties = reading.parties
    found = (parties.named(paragraph, token) for token in sentence if token.pos_ == "PROPN")
    return tuple(dict.fromkeys(index for index in found if index is not None and parties.is_person(index)))


def _places(reading: Reading, sentence: Span) -> list[Token]:
    return [
        token
        for token in sentence
        if token.dep_ == "pobj"
        and token.head.lower_ in IN_PLACES
        and is_place(token, token.head.lower_, reading.parties.countries)
    ]
