"""Finding events takes work in step with the length of the text, whatever the text is made of."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from service.extract.events import find_events
from service.extract.people import find_people
from service.extract.reparsing import parse
from tests.extract.test_events import Finder, text_of

if TYPE_CHECKING:
    from types import FrameType

NOUNS = "talks meeting summit agreement visit test launch vote resolution "
SENTENCES = "Spain and Peru held talks on May 3. The two sides met. "
NESTED = "Lee, who met the envoy who held talks with the leader that signed the agreement that Spain had approved, left. "


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def calls(finder: Finder, words: str) -> int:
    """Count the calls of Python functions while the events of `words` are found."""
    document = parse(text_of(words), finder.pipeline, finder.lexicon)
    people = find_people(document, finder.lexicon)
    times = finder.times.find(words)
    count = 0

    def counting(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        find_events(document, people, times, finder.topics, finder.vocabulary)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", [NOUNS, SENTENCES, NESTED], ids=["nouns", "sentences", "nested"])
def test_four_times_the_text_takes_no_more_than_about_four_times_the_work(finder: Finder, piece: str) -> None:
    short, long = (calls(finder, piece * (length // len(piece))) for length in (6_000, 24_000))
    assert long < 6 * short
