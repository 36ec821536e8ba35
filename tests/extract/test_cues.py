from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.extract.cues import colon_cue, find_cues
from service.extract.reparsing import parse
from tests.extract.people_reading import lexicon, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from service.extract.document import Pipeline
    from service.vocabulary import Vocabulary


def parsed(pipeline: Pipeline, sentence: str) -> Doc:
    (paragraph,) = parse(text_of(sentence), pipeline, lexicon()).paragraphs
    return paragraph.doc


def cues(pipeline: Pipeline, vocabulary: Vocabulary, sentence: str) -> list[tuple[str, str | None]]:
    """Give the words of each cue with the head of its subject."""
    doc = parsed(pipeline, sentence)
    return [
        (doc[cue.first.i : cue.last.i + 1].text, cue.subject.text if cue.subject else None)
        for cue in find_cues(doc, vocabulary.verbs)
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Anna Lee said the dam was old.", [("said", "Lee")]),
        ("Anna Lee has said the dam is old.", [("has said", "Lee")]),
        ("The dam is old, said Anna Lee.", [("said", "Lee")]),
        ("Anna Lee pointed out that the dam was old.", [("pointed out", "Lee")]),
        ("Anna Lee made clear that the dam was old.", [("made clear", "Lee")]),
        ("According to Anna Lee, the dam is old.", [("According to", "Lee")]),
        ("The council ignored Anna Lee’s claim that the dam was old.", [("claim", "Lee")]),
        ("The farmers heard a pledge by Spain to clean the river.", [("pledge", "Spain")]),
        ("The farmers welcomed a pledge by Spain to act.", [("welcomed", "farmers"), ("pledge", "Spain")]),
        ("Anna Lee left early, warning that the dam was old.", [("warning", "Lee")]),
        ("Paul Stone, who said the dam leaked, went to court.", [("said", "Stone")]),
        ("The board was accused by Paul Stone of haste.", [("was accused", "Stone")]),
        ("Anna Lee praised the plan but said it was costly.", [("praised", "Lee"), ("said", "Lee")]),
    ],
)
def test_cues_and_who_speaks(
    pipeline: Pipeline, vocabulary: Vocabulary, sentence: str, found: list[tuple[str, str | None]]
) -> None:
    assert cues(pipeline, vocabulary, sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Lee wanted to announce a plan.",
        "The said dam is old.",
        "Anna Lee crossed the river.",
        "A warning sign stood beside the road.",
        "The board met according to plan B, or so.",
    ],
)
def test_what_is_no_verb_of_saying_is_no_cue(
    pipeline: Pipeline, vocabulary: Vocabulary, sentence: str
) -> None:
    assert [words for words, _ in cues(pipeline, vocabulary, sentence) if words != "according to"] == []


def test_who_quoted_the_speaker(pipeline: Pipeline, vocabulary: Vocabulary) -> None:
    for sentence, quoter in (
        ("The paper quoted Paul Stone as saying the dam was old.", "paper"),
        ("Paul Stone was quoted by the paper as saying the dam was old.", "paper"),
        ("Paul Stone was quoted as saying the dam was old.", None),
    ):
        cue = next(find_cues(parsed(pipeline, sentence), vocabulary.verbs))
        assert cue.subject is not None
        assert cue.subject.text == "Stone"
        assert (cue.quoter.text if cue.quoter else None) == quoter


@pytest.mark.parametrize(
    ("line", "headline", "speaker"),
    [
        ("Anna Lee: The dam will hold", True, "Lee"),
        ("Anna Lee: The dam will hold", False, None),
        ("ANNA LEE: The dam will hold.", False, "LEE"),
        ("Anna Lee says this: The dam will hold", True, None),
        ("The plan: Build a dam", True, None),
        ("Norway: Mayor Vows to Rebuild Dam", True, None),
        ("Lee: Mayor Vows to Rebuild Dam", True, "Lee"),
        ("STONE: Well, the dam will hold.", False, "STONE"),
        ("Anna Lee:", True, None),
        ('Anna Lee: "The dam will hold."', False, "Lee"),
        ('Question of Lee: "Will it hold?"', False, None),
        ('The plan: "Build a dam."', False, None),
        ("The dam will hold", True, None),
    ],
)
def test_a_name_and_a_colon(
    pipeline: Pipeline,
    vocabulary: Vocabulary,
    line: str,
    headline: bool,  # noqa: FBT001 - a table's column
    speaker: str | None,
) -> None:
    cue = colon_cue(parsed(pipeline, line), vocabulary.verbs, {"lee", "stone"}, headline=headline)
    assert (cue.subject.text if cue and cue.subject else None) == speaker
