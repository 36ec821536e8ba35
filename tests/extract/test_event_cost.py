"""Finding events takes work in step with the length of the text, whatever the text is made of."""

from __future__ import annotations

import pytest

from service.extract.events import find_events
from service.extract.people import find_people
from service.extract.reparsing import parse
from tests.extract.counting import calls
from tests.extract.test_events import Finder, text_of

NOUNS = "talks meeting summit agreement visit test launch vote resolution "
SENTENCES = "Spain and Peru held talks on May 3. The two sides met. "
NESTED = "Lee, who met the envoy who held talks with the leader that signed the agreement that Spain had approved, left. "


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def work_on(finder: Finder, words: str) -> int:
    """Count the calls of Python functions while the events of `words` are found."""
    document = parse(text_of(words), finder.pipeline, finder.lexicon)
    people = find_people(document, finder.lexicon)
    times = finder.times.find(words)
    return calls(lambda: find_events(document, people, times, finder.topics, finder.vocabulary))


@pytest.mark.parametrize("piece", [NOUNS, SENTENCES, NESTED], ids=["nouns", "sentences", "nested"])
def test_four_times_the_text_takes_no_more_than_about_four_times_the_work(finder: Finder, piece: str) -> None:
    short, long = (work_on(finder, piece * (length // len(piece))) for length in (6_000, 24_000))
    assert long < 6 * short
