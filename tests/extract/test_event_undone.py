"""Events that were called off or put off did not happen."""

from __future__ import annotations

import pytest

from service.model import Status
from tests.extract.test_events import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


@pytest.mark.parametrize(
    "words",
    [
        "Talks between Denmark and Peru were called off on Monday.",
        "Talks between Denmark and Peru, scheduled for Friday, were cancelled.",
        "A round of talks between Denmark and Peru was scrapped.",
        "Denmark called off its talks with Peru.",
        "Denmark cancelled a summit and talks with Peru.",
        "A visit to Lima by Ida Holm was postponed last week.",
        "Ida Holm put off her trip to Lima after the storm.",
        "Ida Holm was to have visited Lima last month.",
        "The meeting between Ida Holm and Omar Diaz was planned for May but was cancelled.",
        "A meeting between Ida Holm and Omar Diaz that was called off in May had been planned for months.",
        "The cancellation of the talks between Denmark and Peru made fishermen wait.",
    ],
)
def test_what_was_called_off_is_no_event(finder: Finder, words: str) -> None:
    assert finder.find(words) == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Denmark postponed a summit with Peru until May.", Status.PLANNED),
        ("Denmark did not cancel, and on Friday held a summit with Peru.", Status.HAPPENED),
        ("Ida Holm is slated to hold a meeting with Omar Diaz on Monday.", Status.PLANNED),
        ("Ida Holm and Omar Diaz are scheduled to meet in Oslo.", Status.PLANNED),
        ("Spain will wait until Ida Holm meets Omar Diaz in Oslo.", Status.PLANNED),
        ("Spain objects to meeting Omar Diaz in Oslo.", Status.HYPOTHETICAL),
        ("Ida Holm is due to meet Omar Diaz in Oslo.", Status.PLANNED),
        ("Denmark will host a summit with Peru in Oslo.", Status.PLANNED),
        ("Denmark plans to hold a summit with Peru in Oslo.", Status.PLANNED),
    ],
)
def test_what_is_put_off_set_or_awaited(finder: Finder, words: str, status: Status) -> None:
    assert [(event.type, event.status) for event in finder.find(words)] == [("meeting", status)]


def test_who_condemns_an_act_did_not_do_it(finder: Finder) -> None:
    (test,) = finder.find("Latest nuclear test condemned by Japan")
    assert test.who == set()


def test_a_spokesman_of_a_state_holds_his_briefing_himself(finder: Finder) -> None:
    (told,) = finder.find(
        "Denmark's spokesman, Lars Bech, told a regular briefing in Oslo that rain would come."
    )
    assert (told.type, set(told.who)) == ("press-conference", {"Lars Bech"})
