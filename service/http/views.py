"""From records to JSON bytes: what a record shows beyond its own members, and the one dump of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

from service.http import parts, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marshmallow import Schema

    from service.model import Corpus, Date, Event, Named, Source, Span, Speaker, Statement, Topic


@dataclass(frozen=True, slots=True)
class Shown:
    """A record of which nothing is shown but its own members and its address (None: it is not served)."""

    record: Speaker | Topic
    url: str | None


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date of publication with its evidence."""

    record: Date
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as it is shown."""

    record: Source
    url: str | None
    published: ShownDate | None


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement as it is shown: with its source, its topics' labels and why it was corrected."""

    record: Statement
    url: str | None
    source: Source
    topics: tuple[dict[str, str], ...]
    corrected: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event as it is shown: with its topics' labels."""

    record: Event
    url: str | None
    topics: tuple[dict[str, str], ...]


class Dumper:
    """Dumps the records of one corpus; `served` false (a posted text) leaves their addresses null."""

    def __init__(self, corpus: Corpus, *, served: bool = True) -> None:
        """Take the corpus that the records belong to."""
        self._served = served
        self._sources = {source.id: source for source in corpus.sources}
        self._labels = {topic.id: topic.label for topic in corpus.topics}

    def source(self, record: Source) -> bytes:
        """Dump a source."""
        date = record.published
        published = None if date is None else ShownDate(date, record.published_evidence)
        return _dump(_SOURCE, ShownSource(record, self._url("sources", record.id), published))

    def statement(self, record: Statement) -> bytes:
        """Dump a statement."""
        corrected = None if record.corrected is None else {"reason": record.corrected}
        url, topics = self._url("statements", record.id), self._topics(record.topics)
        view = ShownStatement(record, url, self._sources[record.source], topics, corrected)
        return _dump(_STATEMENT, view)

    def event(self, record: Event) -> bytes:
        """Dump an event."""
        return _dump(_EVENT, ShownEvent(record, self._url("events", record.id), self._topics(record.topics)))

    def speaker(self, record: Speaker) -> bytes:
        """Dump a speaker."""
        return _dump(_SPEAKER, Shown(record, self._url("speakers", record.id)))

    def blocks(self, record: Source) -> bytes:
        """Dump what the lines of a source are."""
        return orjson.dumps(_BLOCK.dump(record.blocks, many=True))

    def topic(self, record: Topic) -> bytes:
        """Dump a topic."""
        return _dump(_TOPIC, Shown(record, self._url("topics", record.id)))

    def _url(self, kind: str, identity: str) -> str | None:
        return f"/v1/{kind}/{quote(identity, safe='')}" if self._served else None

    def _topics(self, ids: Iterable[str]) -> tuple[dict[str, str], ...]:
        return tuple({"id": identity, "label": self._labels.get(identity, identity)} for identity in ids)


def named(values: Iterable[Named]) -> list[dict[str, str]]:
    """Give ids with their names as plain JSON."""
    return [{"id": value.id, "name": value.name} for value in values]


def joined(records: Iterable[bytes]) -> bytes:
    """Make a JSON list of records that are bytes already."""
    return b"[" + b",".join(records) + b"]"


def _dump(schema: Schema, view: Any) -> bytes:
    return orjson.dumps(schema.dump(view))


_SOURCE = schemas.Source(exclude=("blocks",))  # those come where they are asked for
_STATEMENT, _EVENT = schemas.Statement(), schemas.Event()
_SPEAKER, _TOPIC, _BLOCK = schemas.Speaker(), schemas.Topic(), parts.Block()
