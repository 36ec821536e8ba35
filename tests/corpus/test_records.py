from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.corpus.build import build
from service.model import Basis, FrontMatter, RetoldFrom, Span
from tests.corpus.making import Draft

if TYPE_CHECKING:
    from service.model import Source, Statement
    from service.vocabulary import Vocabulary

TEXT = "\U0001f600 It rained. The bridge, Ida Holm said on Tuesday, will open in May. Nobody laughed at all that day."


def statement(vocabulary: Vocabulary, draft: Draft) -> Statement:
    (made,) = build([draft.done()], [], vocabulary, "test").statements
    return made


def holm(text: str = TEXT, printed: str | None = "2011-05-04") -> Draft:
    return Draft("one", text, printed).who("Ida Holm", role="Premier", country="DK")


def test_pieces_are_joined_and_selected(vocabulary: Vocabulary) -> None:
    made = statement(vocabulary, holm().says("The bridge", "will open in May", cue="said"))
    assert made.text == "The bridge … will open in May"
    assert made.content == (Span(13, 23, "The bridge"), Span(51, 67, "will open in May"))
    assert made.cue == Span(34, 38, "said")
    assert made.selector.exact == "The bridge"
    assert made.selector.prefix == "\U0001f600 It rained. "
    assert made.selector.suffix == TEXT[23:55]


def test_a_time_that_is_told_dates_the_statement(vocabulary: Vocabulary) -> None:
    made = statement(vocabulary, holm().says("The bridge", time="Tuesday"))
    assert made.date is not None
    assert (made.date.edtf, made.date.basis, made.date.expression) == (
        "2011-05-03",
        Basis.RELATIVE,
        "Tuesday",
    )
    assert made.date_expression is None


def test_a_time_that_nothing_resolves_keeps_its_words(vocabulary: Vocabulary) -> None:
    text = "Ida Holm said two days earlier that it rained."
    made = statement(vocabulary, holm(text, None).says("it rained", time="two days earlier"))
    assert (made.date, made.date_expression) == (None, "two days earlier")


def test_a_speaker_named_twice_is_one_party_with_the_role_of_the_text(vocabulary: Vocabulary) -> None:
    made = statement(vocabulary, holm().who("Ida Holm").says("The bridge", speakers=(0, 1)))
    assert [(party.id, party.role, party.country) for party in made.speakers] == [("ida-holm", None, "DK")]


def source(vocabulary: Vocabulary, front: FrontMatter | None) -> Source:
    item = holm().done()
    (made,) = build([replace(item, text=replace(item.text, front=front))], [], vocabulary, "test").sources
    return made


def test_a_source_carries_what_its_text_says(vocabulary: Vocabulary) -> None:
    retold = RetoldFrom("The Daily Sample", "Old", (), None)
    made = source(vocabulary, FrontMatter(0, url="http://sample.example/1", note="Ours.", retold_from=retold))
    assert (made.url_original, made.note, made.retold_from) == ("http://sample.example/1", "Ours.", retold)
    assert (made.title, made.authors, made.words) == ("A title", ("A. Writer",), 7)
    assert made.publisher is not None
    assert (made.publisher.id, made.publisher.name) == ("the-daily-sample", "The Daily Sample")
    assert made.published is not None
    assert made.published.edtf == "2011-05-04"


def test_a_source_without_front_matter(vocabulary: Vocabulary) -> None:
    made = source(vocabulary, None)
    assert (made.url_original, made.note, made.retold_from) == (None, None, None)
