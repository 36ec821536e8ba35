"""What a statement's topics are taken from: its words, and of its surroundings only what it points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.people_reading import text_of

if TYPE_CHECKING:
    from service.extract.extractor import Extractor


def topics(extractor: Extractor, *paragraphs: str) -> list[tuple[str, ...]]:
    return [statement.topics for statement in extractor.extract(text_of(*paragraphs)).statements]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Lee said her side was serious about this.", ("sanctions",)),
        ("Anna Lee said nobody could be certain of that.", ("sanctions",)),
        ("Anna Lee said her side would do the same.", ("sanctions",)),
        ("Anna Lee said her side shared that goal.", ("sanctions",)),
        ("The company said it hoped for the best.", ()),
        ("Anna Lee said that this country was hers.", ()),
        ("Anna Lee said the house that stands there was old.", ()),
        (
            "“I have lived here since I was a boy and my father before me, and I never liked that,” Anna Lee said.",
            (),
        ),
    ],
)
def test_only_what_points_back_takes_from_the_sentence_before(
    extractor: Extractor, sentence: str, expected: tuple[str, ...]
) -> None:
    found = topics(extractor, f"The sanctions against the generals will be tightened. {sentence}")
    assert found[-1] == expected


def test_the_speaker_gives_a_statement_no_topic(extractor: Extractor) -> None:
    sentence = "A Moscow lawyer, Anna Lee, who studies sanctions, said that this would take years."
    assert topics(extractor, f"Nobody was in a hurry. {sentence}") == [()]


def test_what_comes_before_in_the_sentence_does(extractor: Extractor) -> None:
    sentence = "Turning to the sanctions, Anna Lee said that this would take years."
    assert topics(extractor, f"Nobody was in a hurry. {sentence}") == [("sanctions",)]


def test_what_follows_in_the_sentence_does_not(extractor: Extractor) -> None:
    sentence = "Anna Lee said that this would take years, which did not please the Syrian envoy."
    assert ("syria",) not in topics(extractor, f"Nobody was in a hurry. {sentence}")
