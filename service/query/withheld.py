"""A corpus whose texts are not shown: contexts cut down to the statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.model import Span

if TYPE_CHECKING:
    from service.model import Corpus, Statement


def withhold_texts(corpus: Corpus) -> Corpus:
    """Give `corpus` with each statement's context no longer than the statement, its selector without surroundings."""
    return replace(corpus, statements=tuple(_cut(corpus, statement) for statement in corpus.statements))


def _cut(corpus: Corpus, statement: Statement) -> Statement:
    if not statement.content:
        return statement
    start, end = statement.content[0].start, statement.content[-1].end
    context = Span(start, end, corpus.texts[statement.source].decoded[start:end])
    return replace(statement, context=context, selector=replace(statement.selector, prefix="", suffix=""))
