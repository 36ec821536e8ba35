"""Foreign news of many kinds, regions and years; people are invented, every paragraph is of our own writing."""

from __future__ import annotations

import pytest

from service.model import Status
from tests.extract.test_events import Finder

HAPPENED, PLANNED, HELD_OUT = Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL

PARAGRAPHS: dict[str, tuple[str, list[tuple[str, Status, set[str], str | None]]]] = {
    "nuclear deal": (
        "Iran and six world powers reached a historic agreement on Tuesday to limit Tehran's nuclear program. Foreign "
        "Minister Dara Rostami and Secretary of State Paul Hadley had negotiated for 18 days. The Security Council is "
        "expected to vote next week. Rostami told reporters that a new chapter had opened.",
        [
            ("agreement", HAPPENED, {"Iran"}, "Tuesday"),
            ("talks", HAPPENED, {"Dara Rostami", "Paul Hadley"}, None),
            ("vote", PLANNED, {"United Nations Security Council"}, "next week"),
            ("press-conference", HAPPENED, {"Dara Rostami"}, None),
        ],
    ),
    "front line": (
        "The presidents of Russia, Ukraine and France met in Minsk on Wednesday. On Sunday, Ukraine and Russia signed a "
        "ceasefire. Heavy weapons will be withdrawn from the front within two weeks.",
        [
            ("meeting", HAPPENED, {"Russia", "Ukraine", "France"}, "Wednesday"),
            ("agreement", HAPPENED, {"Ukraine", "Russia"}, "Sunday"),
            ("withdrawal", PLANNED, set(), "within two weeks"),
        ],
    ),
    "peace deal": (
        "Colombian President Jorge Salinas shook hands with rebel leader Pedro Lucero in Havana on Sept. 23. Salinas had "
        "flown to Cuba the same day. Colombians rejected the deal in a referendum on Oct. 2.",
        [
            ("meeting", HAPPENED, {"Jorge Salinas", "Pedro Lucero"}, "Sept. 23"),
            ("visit", HAPPENED, {"Jorge Salinas"}, "the same day"),
            ("vote", HAPPENED, {"Colombians"}, "Oct. 2"),
        ],
    ),
    "coup": (
        "Leaders of Ghana and Nigeria held a summit in Abuja on Sunday. The European Union imposed sanctions on Niger and "
        "threatened to use force. A delegation led by Musa Danjuma arrived in Niamey on Thursday.",
        [
            ("meeting", HAPPENED, {"Ghana", "Nigeria"}, "Sunday"),
            ("sanction", HAPPENED, {"European Union", "Niger"}, None),
            ("threat", HAPPENED, {"European Union"}, None),
            ("visit", HAPPENED, {"Musa Danjuma"}, "Thursday"),
        ],
    ),
    "islands": (
        "Japanese Prime Minister Kenji Morita travels to Sochi on Friday. He and Russian President Oleg Sobolev last met "
        "in New York in September. Sobolev plans to visit Japan later this year.",
        [
            ("visit", PLANNED, {"Kenji Morita"}, "Friday"),
            ("meeting", HAPPENED, {"Kenji Morita", "Oleg Sobolev"}, "September"),
            ("visit", PLANNED, {"Oleg Sobolev"}, "later this year"),
        ],
    ),
    "exercise": (
        "NATO began its biggest military exercise in a decade in Poland on Monday. Russia would respond by deploying "
        "three new divisions along its border, the ministry said. Joint naval drills with China are planned for May, "
        "Russia says.",
        [
            ("military-exercise", HAPPENED, {"NATO"}, "Monday"),
            ("deployment", PLANNED, {"Russia"}, None),
            ("military-exercise", PLANNED, {"China", "Russia"}, "May"),
        ],
    ),
    "chemical weapons": (
        "The Security Council adopted a resolution on Friday demanding that Syria give up its chemical weapons. Russia had "
        "vetoed three earlier resolutions. Inspectors are due to arrive in Damascus on Tuesday.",
        [
            ("resolution", HAPPENED, {"United Nations Security Council", "Syria"}, "Friday"),
            ("resolution", HAPPENED, {"Russia"}, None),
            ("visit", PLANNED, {"Inspectors"}, "Tuesday"),
        ],
    ),
    "election": (
        "Kenyans voted on Tuesday in a presidential election. Joseph Barasa will be sworn in on Aug. 29. He succeeded "
        "Daniel Otieno in 2013. Britain voted to leave the European Union in June 2016.",
        [
            ("vote", HAPPENED, {"Kenyans"}, "Tuesday"),
            ("appointment", PLANNED, {"Joseph Barasa"}, "Aug. 29"),
            ("appointment", HAPPENED, {"Joseph Barasa"}, "2013"),
            ("vote", HAPPENED, {"United Kingdom"}, None),
            ("withdrawal", HELD_OUT, {"United Kingdom", "European Union"}, "June 2016"),
        ],
    ),
    "new office": (
        "Helen Marsh became prime minister three weeks later. On Wednesday she flew to Berlin, where she held talks with "
        "Chancellor Greta Lindner. Parliament rejected her agreement on Jan. 15.",
        [
            ("appointment", HAPPENED, {"Helen Marsh"}, "three weeks later"),
            ("visit", HAPPENED, {"Helen Marsh"}, "Wednesday"),
            ("talks", HAPPENED, {"Helen Marsh", "Greta Lindner"}, None),
            ("vote", HAPPENED, {"Parliament"}, "Jan. 15"),
        ],
    ),
    "executions": (
        "Saudi Arabia executed eight prisoners on Saturday. Hamid Nasser, a cleric and cousin of the Yemeni prime minister, "
        "was arrested and put to death in 2016. Yemen recalled its ambassador.",
        [
            ("execution", HAPPENED, {"Saudi Arabia"}, "Saturday"),
            ("execution", HAPPENED, {"Hamid Nasser", "Yemen"}, "2016"),
            ("withdrawal", HAPPENED, {"Yemen"}, None),
        ],
    ),
    "withdrawal": (
        "Philippine President Rosa Abad withdrew the country's 51 troops from Iraq in July 2004. Manila later deployed "
        "peacekeepers to Haiti. About 5,000 French soldiers left Mali in 2022.",
        [
            ("withdrawal", HAPPENED, {"Philippines"}, "July 2004"),
            ("deployment", HAPPENED, {"Philippines", "Haiti"}, None),
            ("withdrawal", HAPPENED, {"France"}, "2022"),
        ],
    ),
    "tour": (
        "U.S. Defense Secretary Ralph Vance arrived in Kabul on Tuesday. He will meet President Karim Wardak on Wednesday. "
        "Vance is scheduled to continue to Islamabad. On Thursday he addressed a joint session of parliament.",
        [
            ("visit", HAPPENED, {"Ralph Vance"}, "Tuesday"),
            ("meeting", PLANNED, {"Ralph Vance", "Karim Wardak"}, "Wednesday"),
            ("visit", PLANNED, {"Ralph Vance"}, None),
            ("speech", HAPPENED, {"Ralph Vance"}, "Thursday"),
        ],
    ),
    "six capitals": (
        "The six-party talks opened in 2003 and came to nothing; North Korea walked out of them in 2009. China, Japan, "
        "Russia, South Korea and the United States stayed.",
        [
            (
                "talks",
                HAPPENED,
                {"China", "Japan", "North Korea", "Russia", "South Korea", "United States"},
                "2003",
            ),
            ("withdrawal", HAPPENED, {"North Korea"}, "2009"),
        ],
    ),
    "two sides": (
        "Israel and Egypt fell out in May. Indirect talks between the two sides are to resume in Cairo within a month. "
        "The two countries signed a truce on Aug. 19.",
        [
            ("talks", PLANNED, {"Israel", "Egypt"}, "within a month"),
            ("agreement", HAPPENED, {"Israel", "Egypt"}, "Aug. 19"),
        ],
    ),
    "devices": (
        "Pakistan carried out a missile test in late 1997, and last spring it set off a nuclear device underground. India "
        "answered with the third nuclear test, which it conducted two months ago.",
        [
            ("missile-test", HAPPENED, {"Pakistan"}, "late 1997"),
            ("nuclear-test", HAPPENED, {"Pakistan"}, "last spring"),
            ("nuclear-test", HAPPENED, {"India"}, "two months ago"),
        ],
    ),
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_events_of_the_world(finder: Finder, name: str) -> None:
    words, expected = PARAGRAPHS[name]
    found = [
        (event.type, event.status, set(event.who), next(iter(event.times), None))
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
    assert (test.status, set(test.who)) == (HAPPENED, {"India"})


def test_who_goes_home_visits_nobody(finder: Finder) -> None:
    assert finder.find("Danish Premier Ida Holm flew back to Denmark on Friday.") == []
