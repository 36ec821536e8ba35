"""Tell why a statement has its topics: which pattern of the vocabulary met which words, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.topics import TopicFinder
from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.extract.document import Document
    from service.extract.topics import TopicHit
    from service.load import Loader
    from service.model import Statement, Text


class Why:
    """Finds the topics again, this time keeping what made them hold."""

    def __init__(self, loader: Loader) -> None:
        """Take the vocabulary and the extractor of `loader`."""
        self._extractor = loader.extractor
        self._finder = TopicFinder(loader.vocabulary.topics)

    def hits(
        self, text: Text, statements: Iterable[Statement]
    ) -> Iterator[tuple[Statement, tuple[TopicHit, ...]]]:
        """Give each of the `statements` of `text` with the hits behind its topics."""
        document = self._extractor.parse(text)
        sentences, headline = _sentences(document), _headline(document)
        for statement in statements:
            start = statement.context.start
            before = [text.decoded[first:last] for first, last in sentences if last <= start]
            found = self._finder.statement_topics(statement.text, statement.context.text, before, headline)
            yield statement, tuple(hit for hit in found if hit.topic in statement.topics)


def _sentences(document: Document) -> list[tuple[int, int]]:
    return [
        (paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
        for paragraph in document.paragraphs
        for sentence in paragraph.doc.sents
    ]


def _headline(document: Document) -> str | None:
    first = next(document.of_role(Role.HEADLINE), None)
    return document.text.decoded[first.start : first.end] if first is not None else None
