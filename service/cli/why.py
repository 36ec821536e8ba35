"""Tell why a statement has its topics: which pattern of the vocabulary met which words, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.statement_topics import StatementTopics
from service.extract.topics import TopicFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.extract.topics import TopicHit
    from service.load import Loader
    from service.model import Statement, Text


class Why:
    """Finds the topics again as they were found, this time keeping what made them hold."""

    def __init__(self, loader: Loader) -> None:
        """Take the vocabulary and the extractor of `loader`."""
        self._extractor = loader.extractor
        self._finder = TopicFinder(loader.vocabulary.topics)

    def hits(
        self, text: Text, statements: Iterable[Statement]
    ) -> Iterator[tuple[Statement, tuple[TopicHit, ...]]]:
        """Give each of the `statements` of `text` with the hits behind its topics."""
        topics = StatementTopics(self._extractor.parse(text), self._finder)
        for statement in statements:
            content = [(span.start, span.end) for span in statement.content]
            mention = (statement.mention.start, statement.mention.end) if statement.mention else None
            yield statement, topics.hits(content, (statement.context.start, statement.context.end), mention)
