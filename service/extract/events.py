"""Find the events that one text tells: `find_events` reads verbs and nouns, joins what tells the same, and sums it up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from service import dates
from service.extract.event_captions import caption_tellings
from service.extract.event_coreference import Coreference
from service.extract.event_nouns import noun_tellings
from service.extract.event_parties import Parties, People
from service.extract.event_presence import presence_tellings
from service.extract.event_telling import Reading, Telling
from service.extract.event_verbs import verb_tellings
from service.extract.found import FoundEvent, FoundMention
from service.model import Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.extract.document import Document
    from service.extract.event_coreference import Cluster
    from service.extract.expressions import TimeExpression
    from service.model import Date
    from service.vocabulary.countries import Countries
    from service.vocabulary.event_triggers import EventTriggers
    from service.vocabulary.events import EventTypes

_ANY_DAY = dates.day(dt.date(2015, 7, 15))
"""A day from which relative expressions of one text are compared with each other; which one makes no difference."""


class Topics(Protocol):
    """What tells the topics of a piece of text."""

    def find(self, text: str) -> Iterable[object]:
        """Give the topics of `text`, each with a member ``topic``."""


def find_events(
    document: Document,
    people: People,
    times: Sequence[TimeExpression],
    topics: Topics,
    types: EventTypes,
    triggers: EventTriggers,
    countries: Countries,
) -> tuple[FoundEvent, ...]:
    """Give the events that `document` tells, in the order of their first mention.

    `times` are all expressions of time of the text in order.
    """
    reading = Reading(Parties(people, countries, triggers.words.sides), times, triggers)
    tellings = sorted(_tellings(document, reading), key=lambda telling: telling.offset)
    gathered = Coreference(document.text.decoded, reading.parties, types, _ANY_DAY).gather(tellings)
    return tuple(_summed_up(cluster, gathered, document, reading, topics, types) for cluster in gathered)


def _tellings(document: Document, reading: Reading) -> Iterator[Telling]:
    named: dict[str, str] = {}
    for paragraph in document.paragraphs:
        yield from caption_tellings(reading, paragraph)
        yield from presence_tellings(reading, paragraph)
        taken: set[int] = set()
        for telling, tokens in verb_tellings(reading, paragraph):
            taken |= tokens
            yield telling
        yield from noun_tellings(reading, paragraph, taken, named)


def _summed_up(
    cluster: Cluster, document: Document, reading: Reading, topics: Topics, types: EventTypes
) -> FoundEvent:
    text = document.text.decoded
    fresh = [telling for telling in cluster.tellings if telling.fresh]
    type_ = max((t.types[0] for t in fresh), key=lambda name: types.settledness(name))
    place = next((text[t.place[0] : t.place[1]] for t in fresh if t.place), None)
    parties = tuple(cluster.parties)
    return FoundEvent(
        type=type_,
        title=f"{', '.join(reading.parties.entity(i).name for i in parties)}: {type_}",
        status=cluster.status,
        place=place,
        participants=parties,
        topics=tuple(dict.fromkeys(hit.topic for t in fresh for hit in topics.find(text[t.range[0] : t.range[1]]))),
        mentions=tuple(FoundMention(t.range, t.time) for t in cluster.tellings),
        current=reading.triggers.kinds[type_].current and any(t.current for t in fresh),
    )
