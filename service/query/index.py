"""Everything that can be asked of one corpus, built once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.query import events, sources, statements, terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.model import Corpus, Event, Source, Speaker, Statement, Topic
    from service.query.table import Table


@dataclass(frozen=True, slots=True)
class Kept:
    """The records in the order in which their tables number them."""

    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    speakers: tuple[Speaker, ...]
    topics: tuple[Topic, ...]


class Index:
    """The tables of a corpus and the records that their row numbers mean."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        whole_texts: bool = True,
        country_names: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Index `corpus`; without `whole_texts` a search of sources sees titles, publishers and authors only.

        `country_names` gives the names that countries go by, by code, beside those under which they speak.
        """
        named = country_names or {}
        self.corpus = corpus
        self.records = Kept(
            statements.in_order(corpus),
            events.in_order(corpus),
            sources.in_order(corpus),
            corpus.speakers,
            corpus.topics,
        )
        self.statements: Table = statements.statements_table(corpus, self.records.statements, named)
        self.events: Table = events.events_table(corpus, self.records.events)
        self.sources: Table = sources.sources_table(corpus, self.records.sources, whole_texts=whole_texts)
        self.speakers: Table = terms.speakers_table(self.records.speakers)
        self.topics: Table = terms.topics_table(self.records.topics)
