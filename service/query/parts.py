"""What the tables of statements, events and sources have in common: their shared filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import SpeakerType
from service.query.axes import Axis
from service.query.names import Entry, initials
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.model import Corpus, Party, Source, Topic


def party_entries(corpus: Corpus) -> tuple[Entry, ...]:
    """Name everyone who speaks or takes part anywhere."""
    speakers = [Entry(speaker.id, speaker.name, speaker.aliases) for speaker in corpus.speakers]
    parties = [
        party
        for group in (*(s.speakers for s in corpus.statements), *(e.participants for e in corpus.events))
        for party in group
    ]
    return (*speakers, *dict.fromkeys(Entry(party.id, party.name) for party in parties))


def topic_axis(corpus: Corpus, topics: Iterable[Sequence[str]]) -> Axis:
    """Filter by topic, where a broader one takes in its narrower ones; `topics` are each row's own."""
    above = ancestors(corpus.topics)
    entries = (Entry(topic.id, topic.label, topic.alt_labels) for topic in corpus.topics)
    return Axis(((up for topic in own for up in (topic, *above.get(topic, ()))) for own in topics), entries)


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


def source_axis(corpus: Corpus, sources: Iterable[Iterable[str]]) -> Axis:
    """Filter by source: by id, file name or title."""
    return Axis(sources, (Entry(s.id, s.title or s.id, (s.file,) if s.file else ()) for s in corpus.sources))


def publisher_axis(corpus: Corpus, sources: Iterable[Iterable[Source]]) -> Axis:
    """Filter by publisher, own or of the article that is retold; `sources` are each row's."""
    entries = [
        Entry(s.publisher.id, s.publisher.name, initials(s.publisher.name))
        for s in corpus.sources
        if s.publisher
    ]
    entries += [
        Entry(slug(s.retold_from.publisher), s.retold_from.publisher, initials(s.retold_from.publisher))
        for s in corpus.sources
        if s.retold_from and s.retold_from.publisher
    ]
    return Axis(((name for source in row for name in publishers(source)) for row in sources), entries)


def publishers(source: Source) -> tuple[str, ...]:
    """Give the ids of the publishers that a source is found under."""
    own = (source.publisher.id,) if source.publisher else ()
    retold = source.retold_from.publisher if source.retold_from else None
    return (*own, slug(retold)) if retold else own


def place_axis(places: Sequence[str | None]) -> Axis:
    """Filter by place: by all its words, or by a part ("Seoul" finds "Seoul, South Korea" and "a hotel in Seoul")."""
    entries = (Entry(value_id(p), p, tuple(p.replace(" in ", ",").split(","))) for p in places if p)
    return Axis(((value_id(place),) if place else () for place in places), dict.fromkeys(entries))


def country_axis(
    corpus: Corpus, parties: Sequence[Iterable[Party]], names: Mapping[str, tuple[str, ...]]
) -> Axis:
    """Filter by country: by code, by one of its `names`, or by one under which it speaks somewhere itself."""
    entries = [Entry(code, own[0], own[1:]) for code, own in names.items() if own]
    entries += [
        Entry(speaker.country, speaker.name, speaker.aliases)
        for speaker in corpus.speakers
        if speaker.country and speaker.type is SpeakerType.COUNTRY
    ]
    return Axis(((party.country for party in row if party.country) for row in parties), entries)


def value_id(name: str) -> str:
    """Give words of a text an id: their slug, or themselves where they hold no Latin letter or digit."""
    return slug(name) or name


def by_id(sources: Iterable[Source]) -> Mapping[str, Source]:
    """Map ids to sources."""
    return {source.id: source for source in sources}
