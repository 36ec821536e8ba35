"""Find the events that one text tells: `find_events` reads verbs and nouns, joins what tells the same, and sums it up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from service import dates
from service.extract.event_captions import caption_tellings
from service.extract.event_completion import complete
from service.extract.event_coreference import Coreference
from service.extract.event_nouns import noun_tellings
from service.extract.event_parties import Parties, People
from service.extract.event_presence import presence_tellings
from service.extract.event_telling import Reading, Telling
from service.extract.event_verbs import verb_tellings
from service.extract.event_writer import EventVocabulary, EventWriter, Topics

__all__ = ["EventVocabulary", "find_events"]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.extract.document import Document
    from service.extract.expressions import TimeExpression
    from service.extract.found import FoundEvent

_ANY_DAY = dates.day(dt.date(2015, 7, 15))
"""A day from which relative expressions of one text are compared with each other; which one makes no difference."""


def find_events(
    document: Document,
    people: People,
    times: Sequence[TimeExpression],
    topics: Topics,
    vocabulary: EventVocabulary,
) -> tuple[FoundEvent, ...]:
    """Give the events that `document` tells, in the order of their first mention.

    `times` are all expressions of time of the text in order; participants are indexes into ``people.entities``.
    """
    triggers = vocabulary.triggers
    reading = Reading(Parties(people, document.paragraphs, vocabulary.countries, triggers), times, triggers)
    tellings = sorted(_tellings(document, reading), key=lambda telling: telling.offset)
    tellings = complete(tellings, reading)
    clusters = Coreference(document.text.decoded, reading.parties, vocabulary.types, _ANY_DAY).gather(
        tellings
    )
    writer = EventWriter(document.text.decoded, reading, topics, vocabulary, clusters)
    return tuple(map(writer.event, clusters))


def _tellings(document: Document, reading: Reading) -> Iterator[Telling]:
    named: dict[str, str] = {}
    for paragraph in document.paragraphs:
        yield from caption_tellings(reading, paragraph)
        yield from presence_tellings(reading, paragraph)
        taken: set[int] = set()
        for telling, tokens in verb_tellings(reading, paragraph, named):
            taken |= tokens
            yield telling
        yield from noun_tellings(reading, paragraph, taken, named)
