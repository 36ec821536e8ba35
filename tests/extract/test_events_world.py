"""Foreign news of many kinds, regions and years, told in paragraphs of our own (``event_examples.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from service.model import Status
from tests.extract.test_events import Finder

EXAMPLES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("event_examples.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


@pytest.mark.parametrize("name", EXAMPLES)
def test_events_of_the_world(finder: Finder, name: str) -> None:
    words = EXAMPLES[name]["text"]
    expected = [
        (type_, Status(status), sorted(who), time) for type_, status, who, time in EXAMPLES[name]["events"]
    ]
    found = [
        (event.type, event.status, sorted(event.who), next(iter(event.times), None))
        for event in finder.find(words)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_who_spoke_after_a_meeting_was_there(finder: Finder) -> None:
    (meeting,) = finder.find(
        "Foreign Minister Ida Holm said on Friday after a meeting with Omar Diaz that rain would come."
    )
    assert meeting.who == {"Ida Holm", "Omar Diaz"}


def test_the_two_are_those_told_before(finder: Finder) -> None:
    (meeting,) = finder.find(
        "“Rain will come,” Ida Holm told Omar Diaz when the two met in the Hall of Mirrors."
    )
    assert meeting.who == {"Ida Holm", "Omar Diaz"}


def test_a_nearer_subject_is_the_one_who_speaks(finder: Finder) -> None:
    (told,) = finder.find("Lima, Foreign Minister Ida Holm told reporters, must answer the letter.")
    assert (told.type, set(told.who)) == ("press-conference", {"Ida Holm"})


def test_the_plural_of_a_name_stands_for_its_states(finder: Finder) -> None:
    found = finder.find("North Korea and South Korea are neighbors. The two Koreas held talks in May.")
    assert [(event.type, set(event.who)) for event in found] == [("talks", {"North Korea", "South Korea"})]


def test_what_is_condemned_has_happened(finder: Finder) -> None:
    (test,) = finder.find("The world must condemn India's newest nuclear test.")
    assert (test.status, set(test.who)) == (Status.HAPPENED, {"India"})


def test_who_goes_home_visits_nobody(finder: Finder) -> None:
    assert finder.find("Danish Premier Ida Holm flew back to Denmark on Friday.") == []
