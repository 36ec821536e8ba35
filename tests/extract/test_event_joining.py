"""Which tellings of one text are one event, and when an event was that is told as over."""

from __future__ import annotations

import pytest

from service.model import Status
from tests.corpora import loader
from tests.extract.test_events import Finder

_PAST, _AHEAD = Status.HAPPENED, Status.PLANNED


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def test_a_meeting_held_and_one_to_come_are_two() -> None:
    text = (
        "Erik Halden told reporters after he met with US Secretary of State Rex Tillerson in Vesterby that all was well."
        " According to a senior diplomat, the two foreign ministers will meet in Geneva on March 27."
    )
    events = [one for one in loader().posted(text, None, "2017-03-14").events if one.type == "meeting"]
    told = {(one.status, one.place, one.date.edtf if one.date else None) for one in events}
    assert told == {(_PAST, "Vesterby", "2017-03-14"), (_AHEAD, "Geneva", "2017-03-27")}
    assert [{party.name for party in one.participants} for one in events] == [
        {"Erik Halden", "Rex Tillerson"}
    ] * 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "Ida Holm met Omar Diaz in Oslo on Monday. Ida Holm will meet Omar Diaz on Friday.",
            [(_PAST, ("Monday",)), (_AHEAD, ("Friday",))],
        ),
        (
            "Ida Holm met Omar Diaz on Monday. The meeting in Geneva on March 27 will be held in public.",
            [(_PAST, ("Monday",)), (_AHEAD, ("March 27",))],
        ),
        (
            "Ida Holm met Omar Diaz in Hamburg on Monday, she said. Ida Holm met Omar Diaz in Geneva on March 2.",
            [(_PAST, ("Monday",)), (_PAST, ("March 2",))],
        ),
        (
            "Ida Holm met Omar Diaz in Germany on Monday, she said. Holm met Diaz in Hamburg for two hours.",
            [(_PAST, ("Monday",))],
        ),
    ],
)
def test_meetings_of_the_same_two(
    finder: Finder, words: str, told: list[tuple[Status, tuple[str, ...]]]
) -> None:
    assert [(event.status, event.times) for event in finder.find(words) if event.type == "meeting"] == told


@pytest.mark.parametrize(
    ("words", "type_", "times"),
    [
        ("Ida Holm said yesterday after talks with Omar Diaz that she was glad.", "talks", ("yesterday",)),
        ("Ida Holm told the paper on Sunday after she met Omar Diaz that all was well.", "meeting", ("Sunday",)),
        ("Ida Holm said on Sunday following a meeting with Omar Diaz that all was well.", "meeting", ("Sunday",)),
        ("Ida Holm said on Sunday after talks with Omar Diaz last week that all was well.", "talks", ("last week",)),
        ("Ida Holm said on Sunday before talks with Omar Diaz that all was well.", "talks", ()),
        ("Ida Holm said on Sunday after Peru tested a missile that she was sad.", "missile-test", ()),
    ],
)  # fmt: skip
def test_what_somebody_speaks_after_was_over_by_then(
    finder: Finder, words: str, type_: str, times: tuple[str, ...]
) -> None:
    (event,) = [event for event in finder.find(words) if event.type == type_]
    assert event.times == times


def test_a_day_by_which_talks_were_over_does_not_make_them_others(finder: Finder) -> None:
    words = "Ida Holm met Omar Diaz in Oslo on Friday. Holm said on Sunday after a meeting with Diaz that all was well."
    assert [event.times for event in finder.find(words) if event.type == "meeting"] == [("Friday",)]
