"""Build: many extracted texts into one immutable corpus, with who and when settled across them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from service.corpus.calendar import Calendar
from service.corpus.correcting import correcting
from service.corpus.corrections import NONE
from service.corpus.dating import settle
from service.corpus.events import join_events, merge, told_date
from service.corpus.identities import join_identities
from service.corpus.likeness import Told
from service.corpus.records import Settled, make_event, make_mentions, make_source, make_statement
from service.corpus.repeats import find_repeats
from service.model import Corpus, Counts, Speaker, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.corpus.corrections import Corrections
    from service.extract.found import Extracted
    from service.model import Event, Rejected, Source, Statement, Text
    from service.vocabulary import Vocabulary

_VERSION_DIGITS = 16


def build(
    extracted: Sequence[Extracted],
    rejected: Sequence[Rejected],
    vocabulary: Vocabulary,
    extractor: str,
    corrections: Corrections = NONE,
) -> Corpus:
    """Build the corpus of `extracted`; `extractor` names the version of code and pipeline, and goes into its own.

    `corrections` are applied before anything is counted or linked. The order of `extracted` makes no difference.
    """
    return _Build(extracted, vocabulary, corrections).corpus(rejected, extractor)


def version_of(
    texts: Iterable[Text],
    rejected: Iterable[Rejected],
    vocabulary: Vocabulary,
    extractor: str,
    corrections: Corrections = NONE,
) -> str:
    """Give the version of the corpus that would be built, before any text is parsed; their order makes no difference."""
    parts = [
        extractor,
        *(f"{name}={digest}" for name, digest in sorted(vocabulary.hashes.items())),
        *(
            f"{text.id}={text.file}={text.sha256}={text.front!r}"
            for text in sorted(texts, key=lambda text: text.id)
        ),
        *(f"{one.file}: {one.reason}" for one in rejected),
        *filter(None, [corrections.digest]),
    ]
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:_VERSION_DIGITS]


class _Build:
    def __init__(
        self, extracted: Sequence[Extracted], vocabulary: Vocabulary, corrections: Corrections
    ) -> None:
        items = sorted(extracted, key=lambda item: item.text.id)
        self.vocabulary = vocabulary
        self._known_dates = {event.id: event.date for event in vocabulary.known_events}
        datings = settle(items, vocabulary.known_events)
        published = [dating.published for dating in datings]
        self.identities = join_identities(items, published, vocabulary.actors, vocabulary.countries)
        self.texts = [
            Settled(item, dating, Calendar(item, dating.published), parties)
            for item, dating, parties in zip(items, datings, self.identities.parties, strict=True)
        ]
        self.correct = correcting(corrections, self.identities.speakers, vocabulary)

    def corpus(self, rejected: Sequence[Rejected], extractor: str) -> Corpus:
        events, event_ids = self._events()
        statements = self._statements(event_ids)
        events = _with_statements(events, statements)
        return Corpus(
            version=version_of(
                [one.item.text for one in self.texts],
                rejected,
                self.vocabulary,
                extractor,
                self.correct.corrections,
            ),
            extractor=extractor,
            sources=self._sources(statements, events),
            texts={one.item.text.id: _doubted(one) for one in self.texts},
            statements=tuple(statements),
            events=tuple(sorted(events, key=lambda event: event.id)),
            speakers=self._speakers(statements, events),
            topics=self._topics(statements, events),
            rejected=tuple(rejected),
            vocabularies=self.vocabulary.hashes,
            corrections=self.correct.report(self.texts, statements),
        )

    def _statements(self, event_ids: dict[tuple[int, int], str]) -> list[Statement]:
        """Give the statements in source and offset order as corrected, each with its event and its repetitions."""
        made: list[Statement] = []
        for number, settled in enumerate(self.texts):
            taken: set[str] = set()
            for found in settled.item.statements:
                source = settled.item.text.id
                name = _free(f"{source}.s{found.content[0][0]}-{found.content[-1][1]}", taken)
                event = event_ids.get((number, found.event)) if found.event is not None else None
                statement = self.correct(make_statement(settled, found, name, event), settled)
                if statement is not None:
                    made.append(statement)
        repeats = find_repeats(made)
        return [replace(one, also_in=repeats.get(one.id, ())) for one in made]

    def _events(self) -> tuple[list[Event], dict[tuple[int, int], str]]:
        """Give the joined events, and the id of each text's events by (number of the text, number of the event)."""
        types = self.vocabulary.event_types
        numbers = [(i, k) for i, one in enumerate(self.texts) for k in range(len(one.item.events))]
        told = [self._told(self.texts[i], k) for i, k in numbers]
        events: list[Event] = []
        ids: dict[tuple[int, int], str] = {}
        taken: set[str] = set()
        for group in join_events(told, types, self.vocabulary.countries):
            mentions = make_mentions([(self.texts[numbers[index][0]], told[index]) for index in group])
            joined = merge([told[index] for index in group], types)
            first = mentions[0]
            name = _free(f"{first.source}.e{first.span.start}-{first.span.end}", taken)
            times = [m.time for index in group for m in told[index].event.mentions if m.time is not None]
            words = times[0].text if times else None
            events.append(make_event(name, joined, types.plover(joined.type), mentions, words))
            ids |= {numbers[index]: name for index in group}
        return events, ids

    def _told(self, settled: Settled, number: int) -> Told:
        event, calendar = settled.item.events[number], settled.calendar
        dates = tuple(calendar.of(mention.time, event.status) for mention in event.mentions)
        return Told(
            source=settled.item.text.id,
            event=event,
            date=told_date(event, dates, calendar.published, self._known_dates.get(event.known or "")),
            dates=dates,
            parties=settled.unique_parties(event.participants),
            published=calendar.published,
        )

    def _sources(self, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Source, ...]:
        said = Counter(statement.source for statement in statements)
        told = Counter(source for event in events for source in event.sources)
        ids = [one.item.text.id for one in self.texts]
        return tuple(
            make_source(settled, Counts(said[name], told[name]))
            for settled, name in zip(self.texts, ids, strict=True)
        )

    def _speakers(self, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Speaker, ...]:
        """Give everybody who says something, passes it on or takes part in an event."""
        said = Counter(party.id for statement in statements for party in statement.speakers)
        took_part = Counter(party.id for event in events for party in event.participants)
        passed_on = {named.id for statement in statements for named in statement.via}
        known = self.identities.speakers | self.correct.cast.speakers
        return tuple(
            Speaker(
                one.id,
                one.name,
                one.type,
                one.role,
                one.country,
                one.aliases,
                one.same_as,
                Counts(said[one.id], took_part[one.id]),
            )
            for one in sorted(known.values(), key=lambda one: one.id)
            if said[one.id] or took_part[one.id] or one.id in passed_on
        )

    def _topics(self, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Topic, ...]:
        """Give every topic of the vocabulary; counts take in those of narrower ones, as a filter does."""
        said = self._held(statement.topics for statement in statements)
        told = self._held(event.topics for event in events)
        return tuple(
            Topic(
                entry.id,
                entry.label,
                entry.definition,
                entry.alt_labels,
                entry.broader,
                Counts(said[entry.id], told[entry.id]),
            )
            for entry in sorted(self.vocabulary.topics.entries, key=lambda entry: entry.id)
        )

    def _held(self, records: Iterable[tuple[str, ...]]) -> Counter[str]:
        """Count by topic the records that hold it or a narrower one."""
        ancestors = self.vocabulary.topics.ancestors
        return Counter(
            topic for topics in records for topic in {*topics, *(a for t in topics for a in ancestors(t))}
        )


def _doubted(settled: Settled) -> Text:
    """Give the text, with a doubt where its date of publication is unknown."""
    text = settled.item.text
    if settled.dating.published is not None:
        return text
    doubt = (
        "The date of publication is unknown: no line of the page tells it, and nothing in the text singles a day out, so that"
        " words that count from it (a weekday, “last month”) have no dates; state `published`: in front matter, or beside a"
        " posted text."
    )
    return replace(text, doubts=(*text.doubts, doubt))


def _with_statements(events: Sequence[Event], statements: Sequence[Statement]) -> list[Event]:
    made_at: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        if statement.event is not None:
            made_at[statement.event].append(statement.id)
    return [replace(event, statements=tuple(made_at[event.id])) for event in events]


def _free(wanted: str, taken: set[str]) -> str:
    """Give `wanted`, or with the first number behind it that is free: two records may have the same offsets."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name
