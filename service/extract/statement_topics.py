"""Which topics the statements of one text are about, and why: from their words and from what surrounds them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from service.extract.surroundings import Surroundings
from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.document import Document
    from service.extract.found import Range
    from service.extract.topics import TopicFinder, TopicHit

_BEFORE = 6
"""How many sentences before a statement are handed to the finder."""
_OPENING = 60
"""Code points of a statement in which a "this" points at what was said before it."""
_ADDED = re.compile(r"\s?[,—–][^,—–]{1,200}(?:[,—–]\s?wh[^,—–]{1,200})?[,—–]")
"""What is added about a speaker: ", who teaches law, "."""


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
        self._paragraphs = [paragraph.start for paragraph in document.paragraphs]
        self._pointing = [
            paragraph.start + token.idx
            for paragraph in document.paragraphs
            for token in paragraph.doc
            if token.tag_ == "DT" and token.pos_ == "PRON" and token.morph.to_dict().get("Number") == "Sing"
        ]

    def hits(self, content: Sequence[Range], context: Range, mention: Range | None) -> tuple[TopicHit, ...]:
        """Give the topics of a statement, and what says so.

        `content` are its pieces, `context` the whole sentences it stands in, `mention` the words that name its speaker.
        """
        words = " … ".join(self._decoded[start:end] for start, end in content)
        behind = bisect_right(self.sentences, context[0], key=lambda sentence: sentence[1])
        before = self.sentences[max(0, behind - _BEFORE) : behind]
        opening = self._paragraphs[max(0, bisect_right(self._paragraphs, context[0]) - 1)]
        around = Surroundings(
            sentence=self._decoded[slice(*context)],
            lead=self._lead(content, context, mention),
            before=[self._decoded[start:end] for start, end in before],
            beside=sum(start >= opening for start, _ in before),
            headline=self._headline,
            points=self._points(content[0]),
        )
        return self._finder.statement_topics(words, around)

    def _lead(self, content: Sequence[Range], context: Range, mention: Range | None) -> str:
        """Give the sentence up to the end of the first piece, without the speaker and what is added about the speaker."""
        start, end = context[0], content[0][1]
        if mention is None or not start <= mention[0] < content[0][0]:
            return self._decoded[start:end]
        added = _ADDED.match(self._decoded, mention[1], content[0][0])
        return f"{self._decoded[start : mention[0]]} … {self._decoded[added.end() if added else mention[1] : end]}"

    def _points(self, piece: Range) -> bool:
        """Whether a "this" stands by itself near the beginning: further on, it points at the words themselves."""
        at = bisect_left(self._pointing, piece[0])
        return at < len(self._pointing) and self._pointing[at] < min(piece[1], piece[0] + _OPENING)
