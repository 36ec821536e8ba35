"""What a statement carries beside its words; the words themselves are tested in test_attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.model import Role
from tests.extract.people_reading import text_of

if TYPE_CHECKING:
    from service.extract.extractor import Extractor
    from service.extract.found import Extracted, FoundStatement, Range


def words(extracted: Extracted, stretch: Range | None) -> str | None:
    return None if stretch is None else extracted.text.decoded[slice(*stretch)]


def only(extractor: Extractor, *paragraphs: str) -> tuple[Extracted, FoundStatement]:
    extracted = extractor.extract(text_of(*paragraphs))
    (statement,) = extracted.statements
    return extracted, statement


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("Anna Lee said on Monday that the dam would be closed on Friday.", "Monday"),
        ("“We close on Friday,” Anna Lee said on Monday.", "Monday"),
        ("Anna Lee said the dam would be closed on Friday.", None),
        ("On Monday, Anna Lee said the dam was old.", "Monday"),
        ("Anna Lee, speaking in Lisbon on Monday, said the dam was old.", "Monday"),
        ("Anna Lee, who left Lisbon on Monday, said the dam was old.", None),
        ("The dam leaked from 2009 to 2016, and Anna Lee warned of another leak.", None),
    ],
)
def test_the_time_is_that_of_the_saying(extractor: Extractor, sentence: str, time: str | None) -> None:
    _, statement = only(extractor, sentence)
    assert (statement.time.text if statement.time else None) == time


def test_mention_addressee_and_place_are_words_of_the_text(extractor: Extractor) -> None:
    extracted, statement = only(
        extractor, "The mayor, Anna Lee, told reporters in Lisbon that the dam was old."
    )
    assert words(extracted, statement.mention) in {"The mayor", "Anna Lee"}
    assert words(extracted, statement.addressee) == "reporters"
    assert words(extracted, statement.place) == "Lisbon"
    assert [extracted.entities[i].name for i in statement.speakers] == ["Anna Lee"]


def test_the_mention_in_a_relative_clause_is_its_pronoun(extractor: Extractor) -> None:
    extracted, statement = only(extractor, "The talks ended with Anna Lee, who said the dam was old.")
    assert words(extracted, statement.mention) == "who"
    assert [extracted.entities[i].name for i in statement.speakers] == ["Anna Lee"]


def test_the_context_is_made_of_whole_sentences(extractor: Extractor) -> None:
    extracted, statement = only(
        extractor, "Rain fell.", "The day was long. “We stay,” Anna Lee said. “We pay.” Nobody moved."
    )
    context = words(extracted, statement.context)
    assert context is not None
    assert context.startswith("“We stay")
    assert context.rstrip("”").endswith("We pay.")


def test_topics_hold_by_what_is_said(extractor: Extractor) -> None:
    _, statement = only(
        extractor, "Anna Lee said the Security Council should adopt new sanctions on the North."
    )
    assert "sanctions" in statement.topics
    _, statement = only(extractor, "Anna Lee said the dam was old.")
    assert statement.topics == ()


def test_a_quotation_is_surer_than_a_guess(extractor: Extractor) -> None:
    _, quoted = only(extractor, "“We will stay here,” Anna Lee said.")
    _, told = only(extractor, "Anna Lee said the farmers would stay here.")
    _, judged = only(extractor, "Anna Lee praised the farmers of the valley.")
    _, nobody = only(extractor, "“We will stay here until the very end of May.”")
    assert nobody.speakers == ()
    assert 1 >= quoted.confidence > told.confidence > judged.confidence > nobody.confidence > 0


def test_a_statement_made_at_a_meeting_names_it(extractor: Extractor) -> None:
    extracted = extractor.extract(
        text_of(
            "Chinese Foreign Minister Deng Bao said at a meeting with Anna Lee in Lisbon that rain was due."
        )
    )
    (statement,) = extracted.statements
    assert statement.event is not None
    assert extracted.events[statement.event].type in {"meeting", "talks"}


def test_the_floor_goes_to_the_last_speaker(extractor: Extractor) -> None:
    extracted = extractor.extract(
        text_of("Anna Lee said the dam was old.", "“It was built in 1931.”", "“It will be closed in May.”")
    )
    speakers = [[extracted.entities[i].name for i in one.speakers] for one in extracted.statements]
    assert speakers == [["Anna Lee"]] * 3
    assert [one.cue is None for one in extracted.statements] == [False, True, True]


def test_statements_stand_in_the_order_of_their_words(extractor: Extractor) -> None:
    text = text_of(
        "Lee says no",
        "Anna Lee said the dam was old, adding that it leaked.",
        "“It will,” she said.",
        roles=(Role.HEADLINE,),
    )
    starts = [one.content[0][0] for one in extractor.extract(text).statements]
    assert len(starts) >= 3
    assert starts == sorted(starts)
