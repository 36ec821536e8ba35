"""What holds for every text, however odd: nothing raises, every span is exact, the record hangs on no order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.corpus.build import build
from service.model import Kind
from service.texts.read import UnusableTextError, read_posted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Corpus, Event, Source, Span, Statement
    from service.vocabulary import Vocabulary

MARKS = "\"“”„‟«»‘’‚'`"
BLANKS = (
    "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + "\u200b\u200c\u200d\u2060\ufeff"
)
NAMES = [
    "Anna Lee",
    "Paul Stone",
    "she",
    "he",
    "they",
    "Spain",
    "the ministry",
    "officials",
    "the farmers",
    "it",
]
CUES = [
    "said",
    "told",
    "according to",
    "adding that",
    "warned",
    "called on",
    "accused",
    "was quoted as saying",
]
CUES += ["the warning that", "says", "asked", "rejected", "called", "agreed to", "did not say", "denied"]
WORDS = [
    "the dam",
    "is",
    "old",
    "and",
    "but",
    "that",
    "if",
    "to close the road",
    "in Lisbon",
    "on Friday",
    "who",
]
WORDS += [
    "14 February 2014",
    "last week",
    "met with",
    "a nuclear test",
    "sanctions",
    "talks",
    "on sanctions in May",
]
SIGNS = [*MARKS, "''", "``", "‘‘", "’’", ",", ".", "?", "!", ":", ";", "—", "(", ")", "…", "%", "#", "/"]
BREAKS = [
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u2028",
    "\x85",
    "\x1c",
    "\x01",
    "\ufeff",
    "\u200b",
    "\xa0",
]
ODD = [
    "\U0001f600",
    "e\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "İ",
    "ß",
    "汉字",
    "\u202eabc",
    "ʼs",
]
ODD += [
    "x" * 300,
    "-" * 150,
    "\ufffd",
    "http://a.b/c?d=e",
    "1,000,000",
    "<b>",
    "---",
    "(Reuters)",
    "By Anna Lee",
]

pieces = st.one_of(*map(st.sampled_from, (NAMES, CUES, WORDS, SIGNS, BREAKS, ODD)))
assembled = st.lists(pieces, max_size=60).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)
sentences = st.builds(
    "{} {} {}{}{} {}".format,
    st.sampled_from(NAMES),
    st.sampled_from(CUES),
    st.sampled_from(SIGNS),
    st.lists(pieces, min_size=1, max_size=8).map(" ".join),
    st.sampled_from(SIGNS),
    st.sampled_from([". ", ".\n\n", ",", "\r\n\r\n"]),
)
articles = st.lists(st.one_of(sentences, assembled), max_size=6).map("".join)


def extract(extractor: Extractor, text: str) -> Extracted | None:
    """Extract a text as if it were English; None where there is nothing to read (empty or binary)."""
    try:
        posted = read_posted(text, extractor.vocabulary.furniture, title=None, published="2014-02-14")
    except UnusableTextError:
        assert not text.strip("\ufeff \t\r\n\f\v\xa0") or any(sign < " " or sign == "\x7f" for sign in text)
        return None
    return extractor.extract(replace(posted, language="en"))


def record(extracted: Sequence[Extracted], vocabulary: Vocabulary) -> Corpus:
    return build(extracted, [], vocabulary, "test")


def spans_of(corpus: Corpus) -> Iterator[tuple[str, Span]]:
    for statement in corpus.statements:
        parts = (*statement.content, *statement.quotes, statement.context, statement.mention, statement.cue)
        yield from ((statement.source, part) for part in parts if part is not None)
    for event in corpus.events:
        yield from ((mention.source, mention.span) for mention in event.mentions)
    for source in corpus.sources:
        yield from ((source.id, part) for part in source.published_evidence)
        if source.publisher and source.publisher.evidence:
            yield source.id, source.publisher.evidence


def check_spans(corpus: Corpus) -> None:
    for source, span in spans_of(corpus):
        decoded = corpus.texts[source].decoded
        assert 0 <= span.start < span.end <= len(decoded)
        assert decoded[span.start : span.end] == span.text


def check_order(parts: Sequence[Span]) -> None:
    assert all(before.end <= after.start for before, after in pairwise(parts))


def check_quotes(statement: Statement, decoded: str) -> None:
    """Quotations begin behind a mark, and end before one unless they stay open; they stand in what was said."""
    for quote in statement.quotes:
        assert decoded[: quote.start].rstrip(BLANKS)[-1] in MARKS
        assert quote.text == quote.text.strip()
        assert any(piece.start <= quote.start and quote.end <= piece.end for piece in statement.content)
    if statement.kind is Kind.INDIRECT:
        assert not any(sign.isalnum() for quote in statement.quotes for sign in quote.text)
    else:
        assert statement.quotes
    if statement.kind is Kind.DIRECT:
        outside = set().union(*(range(piece.start, piece.end) for piece in statement.content))
        outside -= set().union(*(range(quote.start, quote.end) for quote in statement.quotes))
        assert not any(decoded[i].isalnum() for i in outside)


def check_statement(statement: Statement, decoded: str) -> None:
    check_order(statement.content)
    check_order(statement.quotes)
    check_quotes(statement, decoded)
    first = statement.content[0]
    assert statement.context.start <= first.start
    assert statement.content[-1].end <= statement.context.end
    assert statement.selector.exact == first.text
    assert decoded[: first.start].endswith(statement.selector.prefix)
    assert decoded[first.end :].startswith(statement.selector.suffix)
    assert 0 < statement.confidence <= 1


def check_ids(corpus: Corpus) -> None:
    """Ids are unique within their kind, and whatever names one is found."""
    ids = {}
    kinds: dict[str, Sequence[Statement | Event | Source]] = {
        "statements": corpus.statements,
        "events": corpus.events,
        "sources": corpus.sources,
    }
    for kind, records in kinds.items():
        ids[kind] = {one.id for one in records}
        assert len(ids[kind]) == len(records)
    speakers = {speaker.id for speaker in corpus.speakers}
    assert len(speakers) == len(corpus.speakers)
    for statement in corpus.statements:
        assert {party.id for party in statement.speakers} | {named.id for named in statement.via} <= speakers
        assert statement.event is None or statement.event in ids["events"]
        assert set(statement.also_in) <= ids["statements"]
    for event in corpus.events:
        assert {party.id for party in event.participants} <= speakers
        assert set(event.statements) <= ids["statements"]
        assert set(event.sources) <= ids["sources"]


def check(corpus: Corpus) -> None:
    check_spans(corpus)
    check_ids(corpus)
    for statement in corpus.statements:
        check_statement(statement, corpus.texts[statement.source].decoded)


@settings(max_examples=60)
@given(text=articles)
@example(text="“")
@example(text="Anna Lee said “")
@example(text="Anna Lee said: “”.")
@example(text="\ufeff“\ufeff”\ufeff said Anna Lee")
@example(text='Anna Lee adding that ""% . ')
@example(text='Anna Lee said "Anna Lee   ‘ Anna Lee" . ')
def test_any_text_of_speech_gives_a_sound_record(extractor: Extractor, text: str) -> None:
    extracted = extract(extractor, text)
    if extracted is not None:
        check(record([extracted], extractor.vocabulary))


@settings(max_examples=40)
@given(text=st.text())
@example(text="\U0001f600" * 50 + " “we — ‘wait’” \r\n\u2028\x85 said Lee")
def test_any_text_at_all_gives_a_sound_record(extractor: Extractor, text: str) -> None:
    extracted = extract(extractor, text)
    if extracted is not None:
        check(record([extracted], extractor.vocabulary))


@settings(max_examples=25)
@given(texts=st.lists(articles, max_size=4, unique=True))
def test_order_and_repetition_make_no_difference(extractor: Extractor, texts: list[str]) -> None:
    extracted = [one for text in texts if (one := extract(extractor, text)) is not None]
    corpus = record(extracted, extractor.vocabulary)
    check(corpus)
    assert record(extracted, extractor.vocabulary) == corpus
    assert record(extracted[::-1], extractor.vocabulary) == corpus
    again = [one for text in texts if (one := extract(extractor, text)) is not None]
    assert again == extracted


LONG_WORDS = f"Anna Lee said the {'long' * 20} {'word' * 20} was “{'very' * 20} {'old' * 25},” and left. "
HUGE = {
    "one paragraph": LONG_WORDS * 560,
    "one sentence": "Anna Lee said the dam was old and “very tired,” and " * 100,
    "marks in a row": "Anna Lee said " + '"' * 20_000 + " the dam was old.",
    "opening marks in a row": "Anna Lee said " + "“" * 5_000 + " the dam was old.",
    "single marks in a row": "Anna Lee said " + " 'a" * 2_000 + " the dam was old.",
    "one word": "Anna Lee said " + "x" * 100_000 + ". Paul Stone said the dam was old.",
    "names and colons": "Anna Lee: " * 200,
    "line ends": "“We stay,” Anna Lee said." + "\n" * 100_000 + "“We go,” Paul Stone said.",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_and_hostile_texts_are_read(extractor: Extractor, text: str) -> None:
    extracted = extract(extractor, text)
    assert extracted is not None
    corpus = record([extracted], extractor.vocabulary)
    check(corpus)
    assert corpus.texts[corpus.sources[0].id].decoded == text
