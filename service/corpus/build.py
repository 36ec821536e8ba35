"""Build: many extracted texts into one immutable corpus, with who and when settled across them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.corpus.calendar import Calendar
from service.corpus.dating import settle
from service.corpus.events import Told, join_events, merge, told_date
from service.corpus.identities import Identities, join_identities
from service.corpus.repeats import find_repeats
from service.model import (
    Corpus,
    Counts,
    Event,
    Mention,
    Named,
    Publisher,
    Selector,
    Source,
    Speaker,
    Statement,
    Topic,
)
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.corpus.dating import Dating
    from service.extract.found import Extracted, FoundStatement, Range
    from service.model import Party, Rejected, Span
    from service.vocabulary import Vocabulary

_SELECTOR_MARGIN = 32
"""Code points of prefix and suffix in a text quote selector."""


def build(
    extracted: Sequence[Extracted], rejected: Sequence[Rejected], vocabulary: Vocabulary, extractor: str
) -> Corpus:
    """Build the corpus of `extracted`; `extractor` names the version of code and pipeline, and goes into its own."""
    return _Build(extracted, vocabulary).corpus(rejected, extractor)


@dataclass(frozen=True, slots=True)
class _Telling:
    """An event of one text on its way to being joined."""

    item: int
    told: Told


class _Build:
    def __init__(self, extracted: Sequence[Extracted], vocabulary: Vocabulary) -> None:
        self.extracted = sorted(extracted, key=lambda item: item.text.id)
        self.vocabulary = vocabulary
        self.datings: tuple[Dating, ...] = settle(self.extracted, vocabulary.known_events)
        published = [dating.published for dating in self.datings]
        self.identities: Identities = join_identities(self.extracted, published, vocabulary.actors)
        self.calendars = [Calendar(item, date) for item, date in zip(self.extracted, published, strict=True)]

    def corpus(self, rejected: Sequence[Rejected], extractor: str) -> Corpus:
        events, event_ids = self._events()
        statements = self._statements(event_ids)
        repeats = find_repeats(statements)
        statements = [replace(s, also_in=repeats.get(s.id, ())) for s in statements]
        events = [
            replace(event, statements=tuple(s.id for s in statements if s.event == event.id)) for event in events
        ]
        texts = {item.text.id: item.text for item in self.extracted}
        return Corpus(
            version=self._version(extractor, rejected),
            extractor=extractor,
            sources=tuple(self._source(i, statements, events) for i in range(len(self.extracted))),
            texts=texts,
            statements=tuple(statements),
            events=tuple(sorted(events, key=lambda event: event.id)),
            speakers=self._speakers(statements, events),
            topics=self._topics(statements, events),
            rejected=tuple(rejected),
            vocabularies=self.vocabulary.hashes,
        )

    def _version(self, extractor: str, rejected: Sequence[Rejected]) -> str:
        parts = [
            extractor,
            *(f"{name}={digest}" for name, digest in sorted(self.vocabulary.hashes.items())),
            *(f"{item.text.id}={item.text.sha256}={item.text.front!r}" for item in self.extracted),
            *(f"{one.file}: {one.reason}" for one in rejected),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    # statements -------------------------------------------------------------------------------------------------------

    def _statements(self, event_ids: dict[tuple[int, int], str]) -> list[Statement]:
        found: list[Statement] = []
        for i, item in enumerate(self.extracted):
            taken: set[str] = set()
            for statement in item.statements:
                wanted = f"{item.text.id}.s{statement.content[0][0]}-{statement.content[-1][1]}"
                name = _free(wanted, taken)
                found.append(self._statement(i, name, statement, event_ids.get((i, statement.event))
                                             if statement.event is not None else None))
        return found

    def _statement(self, i: int, name: str, found: FoundStatement, event: str | None) -> Statement:
        text, calendar = self.extracted[i].text, self.calendars[i]
        parties = self.identities.parties[i]
        content = tuple(text.span(*piece) for piece in found.content)
        via = dict.fromkeys((parties[entity].id, parties[entity].name) for entity in found.via)
        dated = calendar.of(found.time)
        return Statement(
            id=name,
            source=text.id,
            kind=found.kind,
            text=" … ".join(piece.text for piece in content),
            content=content,
            quotes=tuple(text.span(*quote) for quote in found.quotes),
            speakers=_unique([parties[entity] for entity in found.speakers]),
            mention=_span(text.span, found.mention),
            cue=_span(text.span, found.cue),
            addressee=found.addressee and text.span(*found.addressee).text,
            date=dated or calendar.of_document(),
            date_expression=found.time.text if found.time and dated is None else None,
            place=found.place and text.span(*found.place).text,
            topics=found.topics,
            via=tuple(Named(*pair) for pair in via),
            confidence=found.confidence,
            also_in=(),
            event=event,
            context=text.span(*found.context),
            selector=_selector(text.decoded, found.content[0]),
        )

    # events -----------------------------------------------------------------------------------------------------------

    def _events(self) -> tuple[list[Event], dict[tuple[int, int], str]]:
        """Give the joined events, and the id of each text's events by (text number, event number)."""
        tellings = [(i, number) for i, item in enumerate(self.extracted) for number in range(len(item.events))]
        told = [self._told(i, number) for i, number in tellings]
        events: list[Event] = []
        ids: dict[tuple[int, int], str] = {}
        taken: set[str] = set()
        for group in join_events(told, self.vocabulary.event_types, self.vocabulary.countries):
            event = self._event([tellings[index] for index in group], [told[index] for index in group], taken)
            events.append(event)
            ids |= {tellings[index]: event.id for index in group}
        return events, ids

    def _told(self, i: int, number: int) -> Told:
        item, calendar = self.extracted[i], self.calendars[i]
        event = item.events[number]
        dates = tuple(calendar.of(mention.time, event.status) for mention in event.mentions)
        return Told(
            source=item.text.id,
            event=event,
            date=told_date(event, dates, calendar.published),
            dates=dates,
            parties=_unique([self.identities.parties[i][entity] for entity in event.participants]),
            published=calendar.published,
        )

    def _event(self, tellings: list[tuple[int, int]], group: list[Told], taken: set[str]) -> Event:
        joined = merge(group, self.vocabulary.event_types)
        mentions = [
            Mention(told.source, self.extracted[i].text.span(*mention.range), date or told.date)
            for (i, _), told in zip(tellings, group, strict=True)
            for mention, date in zip(told.event.mentions, told.dates, strict=True)
        ]
        first = mentions[0]
        times = [mention.time for told in group for mention in told.event.mentions if mention.time]
        return Event(
            id=_free(f"{first.source}.e{first.span.start}-{first.span.end}", taken),
            type=joined.type,
            plover=self.vocabulary.event_types.plover(joined.type) or "",
            title=joined.title,
            date=joined.date,
            date_expression=times[0].text if times and joined.date is None else None,
            dates_differ=joined.dates_differ,
            status=joined.status,
            place=joined.place,
            participants=joined.parties,
            topics=joined.topics,
            mentions=tuple(mentions),
            sources=joined.sources,
            statements=(),
        )

    # sources, speakers, topics ----------------------------------------------------------------------------------------

    def _source(self, i: int, statements: Sequence[Statement], events: Sequence[Event]) -> Source:
        item, dating = self.extracted[i], self.datings[i]
        text, facts, front = item.text, item.facts, item.text.front
        publisher = facts.publisher and Publisher(
            slug(facts.publisher.name), facts.publisher.name, facts.publisher.basis, _span(text.span, facts.publisher.evidence)
        )
        return Source(
            id=text.id,
            file=text.file,
            title=facts.title,
            publisher=publisher,
            authors=facts.authors,
            published=dating.published,
            published_evidence=tuple(text.span(*stretch) for stretch in dating.evidence),
            dateline=facts.dateline,
            language=facts.language,
            words=facts.words,
            sha256=text.sha256,
            url_original=front.url if front else None,
            retold_from=front.retold_from if front else None,
            note=front.note if front else None,
            blocks=text.blocks,
            counts=Counts(
                sum(s.source == text.id for s in statements), sum(text.id in event.sources for event in events)
            ),
        )

    def _speakers(self, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Speaker, ...]:
        """Give everybody who says something, passes it on or takes part in an event."""
        said = Counter(party.id for s in statements for party in s.speakers)
        took_part = Counter(party.id for event in events for party in event.participants)
        passed_on = {named.id for s in statements for named in s.via}
        return tuple(
            Speaker(one.id, one.name, one.type, one.role, one.country, one.aliases, one.same_as,
                    Counts(said[one.id], took_part[one.id]))
            for one in sorted(self.identities.speakers.values(), key=lambda one: one.id)
            if said[one.id] or took_part[one.id] or one.id in passed_on
        )

    def _topics(self, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Topic, ...]:
        """Give every topic of the vocabulary; counts take in those of narrower ones, as a filter does."""
        topics = self.vocabulary.topics

        def holds(topic: str, found: Sequence[str]) -> bool:
            return any(topic == one or topic in topics.ancestors(one) for one in found)

        return tuple(
            Topic(
                entry.id,
                entry.label,
                entry.definition,
                entry.alt_labels,
                entry.broader,
                Counts(
                    sum(holds(entry.id, s.topics) for s in statements),
                    sum(holds(entry.id, event.topics) for event in events),
                ),
            )
            for entry in sorted(topics.entries, key=lambda entry: entry.id)
        )


def _free(wanted: str, taken: set[str]) -> str:
    """Give `wanted`, or with the first number behind it that is free: two records may have the same offsets."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name


def _unique(parties: Sequence[Party]) -> tuple[Party, ...]:
    return tuple({party.id: party for party in reversed(parties)}.values())[::-1]


def _span(make: object, stretch: Range | None) -> Span | None:
    return make(*stretch) if stretch is not None else None  # type: ignore[operator]


def _selector(decoded: str, stretch: Range) -> Selector:
    start, end = stretch
    return Selector(
        decoded[start:end], decoded[max(0, start - _SELECTOR_MARGIN) : start], decoded[end : end + _SELECTOR_MARGIN]
    )
