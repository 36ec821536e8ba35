"""Constructions by which news tells events, each in a sentence of our own."""

from __future__ import annotations

import pytest

from service.model import Status
from tests.extract.test_events import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


@pytest.mark.parametrize(
    ("words", "type_", "who", "time"),
    [
        ("Leaders of the alliance met in Abuja on Sunday.", "meeting", None, "Sunday"),
        ("The council gathered in Oslo on Monday.", "meeting", None, "Monday"),
        ("Peru spoke of the sanctions Denmark imposed in 2018.", "sanction", {"Denmark"}, "2018"),
        (
            "Denmark named Ida Holm, an old hand, to the same post on Friday.",
            "appointment",
            {"Ida Holm"},
            "Friday",
        ),
        ("Ida Holm told parliament on Tuesday that rain would come.", "speech", {"Ida Holm"}, "Tuesday"),
        ("A Danish team returned to Haiti in May.", "visit", {"Denmark"}, "May"),
        (
            "Planned talks between Denmark and Peru will go ahead on June 3.",
            "talks",
            {"Denmark", "Peru"},
            "June 3",
        ),
        ("Russia staged drills near Estonia on Friday.", "military-exercise", {"Russia"}, "Friday"),
        (
            "Ida Holm arrived in Oslo on Sunday, where President Omar Diaz met her at the airport.",
            "meeting",
            {"Ida Holm", "Omar Diaz"},
            "Sunday",
        ),
        (
            "The diplomat, Wendy Crane, held a news conference on Friday with Secretary Salim Butt.",
            "press-conference",
            {"Wendy Crane", "Salim Butt"},
            "Friday",
        ),
        ("A visit of Ida Holm to Lima on Friday worried Spain.", "visit", {"Ida Holm"}, "Friday"),
        (
            "Talks between Denmark and Peru, set for May 3, may be delayed.",
            "talks",
            {"Denmark", "Peru"},
            "May 3",
        ),
        ("The Security Council will hold an emergency session on Thursday.", "meeting", None, "Thursday"),
    ],
)
def test_constructions(
    finder: Finder, words: str, type_: str, who: set[str] | None, time: str | None
) -> None:
    (found,) = [event for event in finder.find(words) if event.type == type_]
    assert who is None or set(found.who) == who
    assert (found.times or (None,))[0] == time


def test_two_who_speak_to_reporters_hold_no_talks(finder: Finder) -> None:
    found = finder.find("Ida Holm and Omar Diaz spoke to reporters in Oslo.")
    assert [(event.type, set(event.who)) for event in found] == [
        ("press-conference", {"Ida Holm", "Omar Diaz"})
    ]


def test_what_is_threatened_is_told_by_the_threat_alone(finder: Finder) -> None:
    found = finder.find("Denmark threatened to withdraw its soldiers from Peru.")
    assert [(event.type, event.status) for event in found] == [("threat", Status.HAPPENED)]


@pytest.mark.parametrize(
    "words",
    [
        "Ida Holm often meets Omar Diaz.",
        "Ida Holm has regularly talked with Omar Diaz over the years.",
        "This is how we elect presidents.",
        "The shop met its goals in Oslo on Sunday.",
        "The price has always met with protest in Oslo.",
    ],
)
def test_what_is_done_again_and_again_is_no_event(finder: Finder, words: str) -> None:
    assert finder.find(words) == []


def test_what_is_denied_or_called_for_has_not_happened(finder: Finder) -> None:
    assert finder.find("Ida Holm denied that Denmark would leave the treaty.") == []
    (sanction,) = finder.find("More sanctions are called for, Ida Holm said.")
    assert (sanction.type, sanction.status) == ("sanction", Status.HYPOTHETICAL)


def test_shaking_hands_is_a_meeting_and_shaking_the_head_is_none(finder: Finder) -> None:
    assert [event.type for event in finder.find("Ida Holm shook hands with Omar Diaz in Lima.")] == [
        "meeting"
    ]
    assert finder.find("“Nonsense,” Ida Holm told Omar Diaz, shaking her head.") == []
