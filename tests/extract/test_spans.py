from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.extract.attribution import Attribution
from service.extract.reparsing import parse
from service.extract.spans import kind_of, phrase_of, spans
from service.model import Kind
from tests.extract.people_reading import lexicon, text_of

if TYPE_CHECKING:
    from service.extract.document import Paragraph, Pipeline

TEXT = "Lee said “we stay” and, she added, “we pay.” “All of it,” they said — “ in May ”."


def tokens(paragraph: Paragraph, words: str) -> list[int]:
    """Give the numbers of the tokens that make up `words`."""
    start = paragraph.text.index(words)
    return [token.i for token in paragraph.doc if start <= token.idx < start + len(words)]


def said(pipeline: Pipeline, *stretches: str) -> Attribution:
    (paragraph,) = parse(text_of(TEXT), pipeline, lexicon()).paragraphs
    uniform = str.maketrans("“”", '""')
    numbers = [i for words in stretches for i in tokens(paragraph, words.translate(uniform))]
    return Attribution(paragraph, None, None, [(paragraph, numbers)])


@pytest.mark.parametrize(
    ("stretches", "kind", "content", "quotes"),
    [
        (["we stay"], Kind.DIRECT, ["we stay"], ["we stay"]),
        (["she added"], Kind.INDIRECT, ["she added"], []),
        (["Lee said", "we stay"], Kind.MIXED, ["Lee said “we stay”"], ["we stay"]),
        (["we stay", "we pay."], Kind.DIRECT, ["we stay", "we pay."], ["we stay", "we pay."]),
        (["we pay.", "All of it,"], Kind.DIRECT, ["we pay.", "All of it,"], ["we pay.", "All of it,"]),
        (["we stay", "she added"], Kind.MIXED, ["“we stay” and, she added"], ["we stay"]),
        (["in May"], Kind.DIRECT, ["in May"], ["in May"]),
    ],
)
def test_pieces_and_quotations(
    pipeline: Pipeline, stretches: list[str], kind: Kind, content: list[str], quotes: list[str]
) -> None:
    attribution = said(pipeline, *stretches)
    found = spans(attribution)
    assert [[TEXT[start:end] for start, end in part] for part in found] == [content, quotes]
    assert kind_of(attribution) is kind


def test_the_order_of_tokens_makes_no_difference(pipeline: Pipeline) -> None:
    attribution = said(pipeline, "All of it,", "we stay", "we pay.")
    content, _ = spans(attribution)
    assert [TEXT[start:end] for start, end in content] == ["we stay", "we pay.", "All of it,"]


@pytest.mark.parametrize(
    ("sentence", "head", "phrase"),
    [
        ("The old mayor of Lisbon said so.", "mayor", "The old mayor of Lisbon"),
        ("The old mayor of Lisbon, who is 70, said so.", "mayor", "The old mayor of Lisbon"),
        ("Anna Lee and Paul Stone said so.", "Lee", "Anna Lee"),
        ("Anna Lee, a mayor, said so.", "Lee", "Anna Lee"),
        ("He said so.", "He", "He"),
    ],
)
def test_the_phrase_of_a_head(pipeline: Pipeline, sentence: str, head: str, phrase: str) -> None:
    (paragraph,) = parse(text_of(sentence), pipeline, lexicon()).paragraphs
    token = next(token for token in paragraph.doc if token.text == head)
    start, end = paragraph.range(*phrase_of(token))
    assert sentence[start:end] == phrase
