"""Which topics the statements of one text are about, and why: from their words and from what surrounds them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.document import Document
    from service.extract.found import Range
    from service.extract.topics import TopicFinder, TopicHit

_BEFORE = 6
"""How many sentences before a statement are handed to the finder."""


class StatementTopics:
    """Finds the topics of the statements of `document`; `sentences` are its sentences in order, by their offsets."""

    def __init__(self, document: Document, finder: TopicFinder) -> None:
        """Cut the document into sentences."""
        self._decoded = document.text.decoded
        self._finder = finder
        headline = next(document.of_role(Role.HEADLINE), None)
        self._headline = self._decoded[headline.start : headline.end] if headline else None
        self.sentences = [
            (paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
            for paragraph in document.paragraphs
            for sentence in paragraph.doc.sents
        ]

    def hits(self, content: Sequence[Range], context: Range) -> tuple[TopicHit, ...]:
        """Give the topics of a statement with the pieces `content` in the whole sentences `context`, and what says so."""
        words = " … ".join(self._decoded[start:end] for start, end in content)
        behind = bisect_right(self.sentences, context[0], key=lambda sentence: sentence[1])
        before = [
            self._decoded[start:end] for start, end in self.sentences[max(0, behind - _BEFORE) : behind]
        ]
        around = self._decoded[slice(*context)]
        return self._finder.statement_topics(words, around, before, self._headline)
