"""Records of any size, made by a seeded generator: what is asked of them costs what it would cost of real ones.

Speakers, topics and words are drawn by Zipf's law, as they are in news; dates lie within ten years, most of them days, some
months and years; a source holds ten statements and tells one event. The words are made of syllables and mean nothing.
"""

from __future__ import annotations

import datetime as dt
import gc
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Final

from service.dates import parse_edtf
from service.http.library import prepared_for
from service.http.options import HttpOptions
from service.model import (
    Basis,
    Corpus,
    Counts,
    Date,
    Event,
    Kind,
    Mention,
    Party,
    Publisher,
    Selector,
    Source,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    Status,
    Text,
    Topic,
)
from service.snapshot import write_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

A_SOURCE: Final = 10
"""How many statements a source holds."""

_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ne",
    "ru",
    "sa",
    "to",
    "vi",
    "ba",
    "de",
    "fu",
    "gi",
    "hon",
    "jer",
    "pal",
    "quin",
)
_COUNTRIES = ("US", "CN", "KR", "JP", "RU", "FR", "GB", "NO", None)
_FIRST_DAY = dt.date(2010, 1, 1)
_DAYS, _WORDS, _PUBLISHERS = 3652, 20_000, 60

TOPICS: Final = tuple(f"topic-{number}" for number in range(40))
"""The topics, the most frequent first."""

COMMONEST: Final = 100
"""How many words are as common as a language's "the" and "of"."""


class Zipf:
    """Draws from `values`, the n-th of which comes up n times less often than the first."""

    def __init__(self, luck: Random, values: Sequence[str]) -> None:
        """Take the values, the most frequent first."""
        self._luck, self._values = luck, values
        self._weights = list(accumulate(1 / (number + 1) for number in range(len(values))))

    def some(self, count: int) -> list[str]:
        """Draw `count` values, the same one perhaps more than once."""
        return self._luck.choices(self._values, cum_weights=self._weights, k=count)


def word(number: int) -> str:
    """Give the n-th word of the language."""
    syllables = [_SYLLABLES[number % 16]]
    while number := number // 16:
        syllables.append(_SYLLABLES[number % 16])
    return "".join(syllables) + "m"


def words() -> list[str]:
    """Give all words, the most frequent first."""
    return [word(number) for number in range(_WORDS)]


class Generator:
    """Makes a record of `statements` statements; the same seed gives the same one."""

    def __init__(self, statements: int, seed: int = 1) -> None:
        """Take the size, which is rounded down to whole sources."""
        self._luck = Random(seed)  # noqa: S311 - nothing secret depends on it
        self._sources = max(1, statements // A_SOURCE)
        people = max(20, int(statements**0.6))
        self._parties = {party.id: party for party in map(self._party, range(people))}
        self._speakers = Zipf(self._luck, list(self._parties))
        self._topics = Zipf(self._luck, TOPICS)
        self._words = Zipf(self._luck, words())
        self._dates = {str(day): parse_edtf(str(day)) for day in map(self._day, range(_DAYS))}
        self._days = list(self._dates)

    def corpus(self) -> Corpus:
        """Make the record."""
        sources, texts, statements, events = [], {}, [], []
        for number in range(self._sources):
            source, text, said = self._source(number)
            sources.append(source)
            texts[source.id] = text
            statements += said
            events.append(self._event(source, said))
        return Corpus(
            version="synthetic",
            extractor="synthetic",
            sources=tuple(sources),
            texts=texts,
            statements=tuple(statements),
            events=tuple(events),
            speakers=tuple(
                Speaker(p.id, p.name, p.type, p.role, p.country, (p.name.split()[1],), (), Counts(1, 1))
                for p in sorted(self._parties.values(), key=lambda party: party.id)
            ),
            topics=tuple(
                Topic(f"topic-{n}", f"Topic {n}", "", (), (f"topic-{n // 8}",) if n > 8 else (), Counts(1, 1))
                for n in range(len(TOPICS))
            ),
            rejected=(),
            vocabularies={},
        )

    def _party(self, number: int) -> Party:
        name = f"{word(number % 300)} {word(number)}".title()
        country = _COUNTRIES[number % len(_COUNTRIES)]
        return Party(name.lower().replace(" ", "-"), name, SpeakerType.PERSON, "minister", country)

    def _day(self, number: int) -> dt.date:
        return _FIRST_DAY + dt.timedelta(days=number)

    def _date(self, day: str) -> Date:
        """Give a date about `day`: mostly that day, at times its month or its year."""
        length = self._luck.choices((10, 7, 4), (90, 8, 2))[0]
        return self._dates[day] if length == 10 else parse_edtf(day[:length])

    def _source(self, number: int) -> tuple[Source, Text, list[Statement]]:
        name, day = f"source-{number:07}", self._luck.choice(self._days)
        sentences = [" ".join(self._words.some(25)) for _ in range(A_SOURCE)]
        decoded, position, statements = "\n".join(sentences), 0, []
        digest = sha256(decoded.encode()).hexdigest()
        publisher = f"Paper {self._luck.randrange(_PUBLISHERS)}"
        for sentence in sentences:
            statements.append(self._statement(name, Span(position, position + len(sentence), sentence), day))
            position += len(sentence) + 1
        source = Source(
            id=name,
            file=f"{name}.txt",
            title=" ".join(self._words.some(6)),
            publisher=Publisher(publisher.lower().replace(" ", "-"), publisher, Basis.STATED, None),
            authors=(),
            published=self._dates[day],
            published_evidence=(),
            dateline=None,
            language="en",
            words=25 * A_SOURCE,
            sha256=digest,
            url_original=None,
            retold_from=None,
            note=None,
            blocks=(),
            counts=Counts(A_SOURCE, 1),
        )
        return source, Text(name, source.file, decoded, digest, "utf-8", ()), statements

    def _statement(self, source: str, context: Span, day: str) -> Statement:
        words = context.text.split()
        said = Span(context.start, context.start + len(" ".join(words[:20])), " ".join(words[:20]))
        speakers = dict.fromkeys(self._speakers.some(1 if self._luck.random() < 0.9 else 2))
        return Statement(
            id=f"{source}.s{said.start}-{said.end}",
            source=source,
            kind=self._luck.choice(list(Kind)),
            text=said.text,
            content=(said,),
            quotes=(),
            speakers=tuple(self._parties[each] for each in speakers),
            mention=None,
            cue=None,
            addressee=None,
            date=None if self._luck.random() < 0.02 else self._date(day),
            date_expression=None,
            place=None,
            topics=tuple(dict.fromkeys(self._topics.some(2))),
            via=(),
            confidence=round(self._luck.random(), 2),
            also_in=(),
            event=None,
            context=context,
            selector=Selector(said.text, "", ""),
        )

    def _event(self, source: Source, statements: Sequence[Statement]) -> Event:
        words = statements[0].content[0]
        return Event(
            id=f"{source.id}.e{words.start}-{words.end}",
            type=self._luck.choice(("meeting", "visit", "talks", "other")),
            plover="CONSULT",
            title=source.title or "",
            date=source.published,
            date_expression=None,
            dates_differ=False,
            status=Status.HAPPENED,
            place=None,
            participants=statements[0].speakers,
            topics=statements[0].topics,
            mentions=(Mention(source.id, words, source.published),),
            sources=(source.id,),
            statements=(statements[0].id,),
        )


def make_record(statements: int, folder: Path) -> None:
    """Keep a record of so many statements in `folder`, as a snapshot."""
    gc.disable()  # nothing of it is garbage
    try:
        write_snapshot(folder, *prepared_for(Generator(statements).corpus(), HttpOptions()))
    finally:
        gc.enable()
