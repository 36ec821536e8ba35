"""From a corpus to what can be asked: every record written once as JSON, and everything that selects and orders them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from service.query import events, parts, sources, statements, terms
from service.query.index import Blobs
from service.query.pieces import Pieces
from service.query.prepared import Naming, Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.model import Corpus, Event, Source, Speaker, Statement, Topic


class Writer(Protocol):
    """Writes the records of a corpus as JSON objects whose first member is their id."""

    def statement(self, record: Statement) -> bytes:
        """Write a statement."""

    def event(self, record: Event) -> bytes:
        """Write an event."""

    def source(self, record: Source) -> bytes:
        """Write a source."""

    def speaker(self, record: Speaker) -> bytes:
        """Write a speaker."""

    def topic(self, record: Topic) -> bytes:
        """Write a topic."""

    def blocks(self, record: Source) -> bytes:
        """Write what the lines of a source are."""


def prepare(
    corpus: Corpus,
    writer: Writer,
    *,
    whole_texts: bool = True,
    country_names: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Prepared, Blobs]:
    """Make `corpus` ready; without `whole_texts` its texts are left out, and a search of sources does not see them.

    `country_names` gives the names that countries go by, by code, beside those under which they speak.
    """
    said, happened, read = statements.in_order(corpus), events.in_order(corpus), sources.in_order(corpus)
    texts = [corpus.texts[source.id].decoded.encode() for source in read] if whole_texts else []
    blobs = Blobs(
        records={
            parts.STATEMENTS: Pieces.of(map(writer.statement, said)),
            parts.EVENTS: Pieces.of(map(writer.event, happened)),
            parts.SOURCES: Pieces.of(map(writer.source, read)),
            parts.SPEAKERS: Pieces.of(map(writer.speaker, corpus.speakers)),
            parts.TOPICS: Pieces.of(map(writer.topic, corpus.topics)),
        },
        texts=Pieces.of(texts),
        blocks=Pieces.of(map(writer.blocks, read)),
    )
    naming, shown = Naming(), blobs.records
    tables = {
        parts.SPEAKERS: terms.prepare_speakers(corpus.speakers, shown[parts.SPEAKERS], naming),
        parts.TOPICS: terms.prepare_topics(corpus.topics, shown[parts.TOPICS], naming),
        parts.SOURCES: sources.prepare(read, shown[parts.SOURCES], naming),
        parts.EVENTS: events.prepare(corpus, happened, shown[parts.EVENTS], naming),
        parts.STATEMENTS: statements.prepare(
            corpus, said, shown[parts.STATEMENTS], naming, country_names or {}
        ),
    }
    return (
        Prepared(corpus.account, whole_texts, tables, naming.prepared(), blobs.texts.ends, blobs.blocks.ends),
        blobs,
    )
