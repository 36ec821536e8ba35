"""Reading who is spoken of takes work in step with the length of the text, whatever the text is made of."""

from __future__ import annotations

import pytest

from service.extract.people import find_people
from service.extract.reparsing import parse
from service.model import Role
from tests.extract.counting import calls
from tests.extract.people_reading import lexicon, pipeline, text_of

NAMES = "Lee met Park. "
ALONE = "Quarvendal said it. A day later he left. "
LISTS = "The ministers, Ann Lee, Ben Park and Carl Moss, met. "
DESCRIBED = "The Ohio senator met the tall nominee. He spoke. "
HEADLINES = "Ann Lee Met Ben Park\n\n"


def work_on(words: str) -> int:
    """Count the calls of Python functions while the people of `words` are read."""
    paragraphs = words.strip().split("\n\n")
    document = parse(
        text_of(*paragraphs, roles=(Role.HEADLINE,) * (len(paragraphs) - 1)), pipeline(), lexicon()
    )
    return calls(lambda: find_people(document, lexicon()))


@pytest.mark.parametrize(
    "piece",
    [NAMES, ALONE, LISTS, DESCRIBED, HEADLINES],
    ids=["names", "alone", "lists", "described", "headlines"],
)
def test_four_times_the_text_takes_no_more_than_about_four_times_the_work(piece: str) -> None:
    short, long = (work_on(piece * (length // len(piece))) for length in (3_000, 12_000))
    assert long < 5 * short
