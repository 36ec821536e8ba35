"""What the tables of statements, events and sources have in common: their shared filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import SpeakerType
from service.query.names import Entry, initials
from service.query.prepared import PreparedAxis, prepared_axis
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from service.model import Named, Party, Source, Speaker, Topic
    from service.query.prepared import Naming

STATEMENTS, EVENTS, SOURCES, SPEAKERS, TOPICS = "statements", "events", "sources", "speakers", "topics"
"""The kinds of record, and what the look-ups of their names are called."""

PUBLISHERS = "publishers"
"""What the look-up of publishers is called."""


def party_axis(naming: Naming, parties: Iterable[Iterable[Party | Named]]) -> PreparedAxis:
    """Filter by who spoke, passed on or took part; `parties` are each row's."""
    rows = [[*row] for row in parties]
    entries = {party.id: Entry(party.id, party.name) for row in rows for party in row}
    return prepared_axis(naming, SPEAKERS, ([party.id for party in row] for row in rows), entries.values())


def topic_axis(naming: Naming, known: Iterable[Topic], topics: Iterable[Sequence[str]]) -> PreparedAxis:
    """Filter by topic, where a broader one of those `known` takes in its narrower ones; `topics` are each row's own."""
    above = ancestors(known)
    rows = ((up for topic in own for up in (topic, *above.get(topic, ()))) for own in topics)
    return prepared_axis(naming, TOPICS, rows)


def ancestors(topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """Give for each topic everything broader, to the top; a circle in the vocabulary ends where it began."""
    broader = {topic.id: topic.broader for topic in topics}
    above = {}
    for topic, own in broader.items():
        waiting, seen = list(own), dict.fromkeys(own)
        while waiting:
            for up in broader.get(waiting.pop(), ()):
                if up not in seen:
                    seen[up] = None
                    waiting.append(up)
        above[topic] = tuple(seen)
    return above


def source_axis(naming: Naming, sources: Iterable[Iterable[str]]) -> PreparedAxis:
    """Filter by source: by id, file name or title; `sources` are each row's."""
    return prepared_axis(naming, SOURCES, sources)


def publisher_axis(naming: Naming, sources: Iterable[Iterable[Source]]) -> PreparedAxis:
    """Filter by publisher, own or of the article that is retold; `sources` are each row's."""
    return prepared_axis(
        naming, PUBLISHERS, ((name for source in row for name in publishers(source)) for row in sources)
    )


def publisher_entries(sources: Iterable[Source]) -> Iterator[Entry]:
    """Name the publishers of `sources`, their own and those of the articles that are retold."""
    sources = [*sources]
    for source in sources:
        if source.publisher:
            yield Entry(source.publisher.id, source.publisher.name, initials(source.publisher.name))
    for source in sources:
        if source.retold_from and source.retold_from.publisher:
            name = source.retold_from.publisher
            yield Entry(slug(name), name, initials(name))


def publishers(source: Source) -> tuple[str, ...]:
    """Give the ids of the publishers that a source is found under."""
    own = (source.publisher.id,) if source.publisher else ()
    retold = source.retold_from.publisher if source.retold_from else None
    return (*own, slug(retold)) if retold else own


def place_axis(naming: Naming, names: str, places: Sequence[str | None]) -> PreparedAxis:
    """Filter by place: by all its words, or by a part ("Seoul" finds "Seoul, South Korea" and "a hotel in Seoul")."""
    entries = (Entry(value_id(p), p, tuple(p.replace(" in ", ",").split(","))) for p in places if p)
    return prepared_axis(naming, names, ((value_id(place),) if place else () for place in places), entries)


def country_axis(
    naming: Naming,
    speakers: Iterable[Speaker],
    parties: Iterable[Iterable[Party]],
    names: Mapping[str, tuple[str, ...]],
) -> PreparedAxis:
    """Filter by country: by code, by one of its `names`, or by one under which it speaks somewhere itself."""
    entries = [Entry(code, own[0], own[1:]) for code, own in names.items() if own]
    entries += [
        Entry(speaker.country, speaker.name, speaker.aliases)
        for speaker in speakers
        if speaker.country and speaker.type is SpeakerType.COUNTRY
    ]
    rows = ((party.country for party in row if party.country) for row in parties)
    return prepared_axis(naming, "countries", rows, entries)


def value_id(name: str) -> str:
    """Give words of a text an id: their slug, or themselves where they hold no Latin letter or digit."""
    return slug(name) or name
