from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.actors import read_actors
from service.vocabulary.countries import read_countries
from service.vocabulary.events import read_event_types
from service.vocabulary.known_events import KnownEvent, read_known_events
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__file__).parent


@pytest.fixture(scope="module")
def events() -> tuple[KnownEvent, ...]:
    return read_known_events(FOLDER)


def of(events: tuple[KnownEvent, ...], series: str) -> list[KnownEvent]:
    return [event for event in events if event.series == series]


def test_ids_types_and_countries(events: tuple[KnownEvent, ...]) -> None:
    types = read_event_types(FOLDER).by_id
    assert len({event.id for event in events}) == len(events)
    assert {event.type for event in events} <= set(types)
    assert all(
        e.country is None or (len(e.country) == 2 and e.country.isascii() and e.country.isupper())
        for e in events
    )
    assert all(event.title and event.actors and "{" not in event.title for event in events)


def test_every_actor_is_known(events: tuple[KnownEvent, ...]) -> None:
    actors, countries = read_actors(FOLDER), read_countries(FOLDER)
    named = {name for event in events for name in event.actors}
    assert not [name for name in named if not (actors.lookup(name) or countries.lookup(name))]


def test_each_series_stands_in_order_of_days(events: tuple[KnownEvent, ...]) -> None:
    for series in {event.series for event in events}:
        starts = [event.date.start for event in of(events, series)]
        assert starts == sorted(starts), series


def test_the_six_nuclear_tests(events: tuple[KnownEvent, ...]) -> None:
    tests = of(events, "north-korean-nuclear-tests")
    assert [event.ordinal for event in tests] == [1, 2, 3, 4, 5, 6]
    assert [event.date.edtf for event in tests][:4] == [
        "2006-10-09",
        "2009-05-25",
        "2013-02-12",
        "2016-01-06",
    ]


def test_sanctions_are_resolutions_of_the_same_day(events: tuple[KnownEvent, ...]) -> None:
    resolutions = {
        (e.ordinal, e.date.edtf) for e in of(events, "security-council-resolutions-on-north-korea")
    }
    sanctions = {(e.ordinal, e.date.edtf) for e in of(events, "united-nations-sanctions-on-north-korea")}
    assert (2094, "2013-03-07") in sanctions < resolutions
    assert len(resolutions) == 25


def test_presidents_of_china_are_elected_every_five_years(events: tuple[KnownEvent, ...]) -> None:
    elections = of(events, "elections-of-chinese-presidents")
    assert [event.date.start.year for event in elections] == list(range(1993, 2024, 5))
    actors = read_actors(FOLDER)
    assert all(
        actors.office_holder("president", "CN", e.date.start) is actors.lookup(e.actors[0]) for e in elections
    )


def test_journeys_lie_within_the_time_in_office(events: tuple[KnownEvent, ...]) -> None:
    actors = read_actors(FOLDER)
    journeys = [event for event in events if event.series.endswith("-journeys")]
    counted = Counter(event.actors[0] for event in journeys)
    assert counted == {"Hillary Clinton": 241, "John Kerry": 349, "Rex Tillerson": 68}
    for event in journeys:
        holder = actors.office_holder("secretary of state", "US", event.date.start)
        assert holder is actors.lookup(event.actors[0]), event.id
        assert (event.date.end - event.date.start).days < 20, event.id
        assert event.city is not None
        assert event.country is not None


def test_titles_and_ids_are_filled_in(events: tuple[KnownEvent, ...]) -> None:
    by_id = {event.id: event for event in events}
    seoul = by_id["john-kerry-journeys-2014-02-13-seoul"]
    assert (seoul.title, seoul.country, seoul.date.end) == ("John Kerry in Seoul", "KR", date(2014, 2, 14))
    resolution = by_id["security-council-resolutions-on-north-korea-2016-03-02"]
    assert resolution.title == "UN Security Council resolution 2270 on North Korea"


SERIES = "- {id: fairs, type: visit, complete: all fairs, source: the fair's own list, actors: [Ann Alfa], title: Fair, events: [%s]}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "list of series"),
        ("- {id: fairs, type: visit, complete: all fairs, events: []}", "source takes a string"),
        (SERIES.replace("[%s]", "none"), "events takes a list"),
        (SERIES % "{date: 2001-13}", "date"),
        (SERIES % "{date: 2001-02-03/2001-02-01}", "earlier date first"),
        (SERIES % "{date: 2001-02-03, city: 7}", "take strings"),
        (SERIES % "{date: 2001-02-03, ordinal: third}", "whole number"),
        (SERIES % "{date: 2001-02-03, place: Alfaville}", "unknown key 'place'"),
        (SERIES % "{date: 2001-02-03}, {date: 2001-02-03}", "two events would have the id"),
    ],
)
def test_wrong_entries_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "known_events.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        read_known_events(tmp_path)
