"""Tellings of invented people, made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import service.vocabulary
from service.corpus.events import join_events, merge, told_date
from service.corpus.likeness import Told
from service.dates import parse_edtf
from service.extract.expressions import TimeExpression, TimeKind
from service.extract.found import FoundEvent, FoundMention
from service.model import Basis, Date, Party, SpeakerType, Status
from service.vocabulary.countries import read_countries
from service.vocabulary.events import read_event_types

FOLDER = Path(service.vocabulary.__path__[0])
TYPES = read_event_types(FOLDER)
COUNTRIES = read_countries(FOLDER)

LEE = Party("ann-lee", "Ann Lee", SpeakerType.PERSON, "Secretary of State", "US")
DIAZ = Party("omar-diaz", "Omar Diaz", SpeakerType.PERSON, "President", "PE")
HOLM = Party("ida-holm", "Ida Holm", SpeakerType.PERSON, "Premier", "DK")
PERU = Party("peru", "Peru", SpeakerType.COUNTRY, None, "PE")
DENMARK = Party("denmark", "Denmark", SpeakerType.COUNTRY, None, "DK")


def date(edtf: str | None) -> Date | None:
    return parse_edtf(edtf) if edtf else None


def tell(
    source: str,
    parties: tuple[Party, ...],
    day: str | None,
    type_: str = "meeting",
    status: Status = Status.HAPPENED,
    place: str | None = None,
    published: str | None = "2011-05-04",
) -> Told:
    event = FoundEvent(type_, f"{source} title", status, place, (), (source,), (FoundMention((0, 5), None),))
    return Told(source, event, date(day), (date(day),), parties, date(published))


def groups(*told: Told) -> tuple[tuple[int, ...], ...]:
    return join_events(told, TYPES, COUNTRIES)


def test_told_by_two_and_announced_by_a_third() -> None:
    told = (
        tell("a", (LEE, DIAZ), "2011-05-03", place="Lima"),
        tell("b", (LEE, DIAZ, PERU), "2011-05-03", place="Peru"),
        tell("c", (LEE, PERU), "2011-05-03/2011-05-04", "talks", Status.PLANNED),
    )
    assert groups(*told) == ((0, 1, 2),)
    joined = merge(told, TYPES)
    assert (joined.type, joined.status) == ("meeting", Status.HAPPENED)
    assert joined.date == date("2011-05-03")
    assert not joined.dates_differ
    assert [party.id for party in joined.parties] == ["ann-lee", "omar-diaz", "peru"]
    assert joined.sources == ("a", "b", "c")
    assert joined.topics == ("a", "b", "c")


@pytest.mark.parametrize(
    "other",
    [
        tell("b", (LEE, HOLM), "2011-05-03"),
        tell("b", (LEE, DENMARK), "2011-05-03", "talks"),
        tell("b", (LEE, DIAZ), "2011-06-03"),
        tell("b", (LEE, DIAZ), "2011-05-03", place="Copenhagen"),
        tell("b", (LEE, DIAZ), "2011-05-03", "visit"),
        tell("b", (LEE, DIAZ), "2011-05-03", status=Status.HYPOTHETICAL),
        tell("b", (), "2011-05-03"),
        tell("a", (LEE, DIAZ), "2011-05-03"),
    ],
    ids=["person", "country", "day", "place", "family", "held out", "nobody", "same text"],
)
def test_what_keeps_two_apart(other: Told) -> None:
    assert groups(tell("a", (LEE, DIAZ), "2011-05-03", place="Lima"), other) == ((0,), (1,))


def test_no_chain_through_a_vague_telling() -> None:
    """Told as "Lee and somebody" in the middle, which fits both ends that do not fit each other."""
    told = (
        tell("a", (LEE, DIAZ), "2011-05-03"),
        tell("b", (LEE,), "2011-05-03"),
        tell("c", (LEE, HOLM), "2011-05-03"),
    )
    assert groups(*told) == ((0, 1), (2,))


def test_only_one_telling_of_a_text() -> None:
    told = (
        tell("a", (LEE, DIAZ), "2011-05-03"),
        tell("b", (LEE, DIAZ, PERU), "2011-05-03"),
        tell("b", (LEE,), "2011-05-03"),
    )
    assert groups(*told) == ((0, 1), (2,))


def test_an_undated_telling_joins_the_dated_one_shortly_before() -> None:
    dated = tell("a", (DIAZ, PERU), "2011-02", "appointment")
    undated = tell("b", (DIAZ, PERU), None, "appointment")
    assert groups(dated, undated) == ((0, 1),)
    assert merge((dated, undated), TYPES).date == date("2011-02")
    assert groups(dated, replace(undated, published=date("2013-05-04"))) == ((0,), (1,))
    assert groups(dated, replace(undated, published=None)) == ((0,), (1,))
    assert groups(dated, tell("b", (PERU,), None, "appointment")) == ((0,), (1,))


def test_what_happens_to_a_person_once_is_joined_by_the_person() -> None:
    """The second text names neither the day nor the state, and a relative beside the one it was done to."""
    dated = tell("a", (DIAZ, PERU), "2011-02", "execution")
    assert groups(dated, replace(tell("b", (DIAZ, LEE), None, "execution"), published=None)) == ((0, 1),)
    assert groups(dated, tell("b", (DIAZ,), "2009", "execution")) == ((0,), (1,))
    assert groups(dated, tell("b", (HOLM, PERU), "2011-02", "execution")) == ((0,), (1,))
    assert groups(dated, tell("b", (PERU,), None, "execution")) == ((0,), (1,))


def test_a_test_of_one_country_needs_no_person() -> None:
    day, spring = (
        tell(s, (PERU,), when, "nuclear-test") for s, when in (("a", "2011-03-09"), ("b", "2011-21"))
    )
    assert groups(day, spring) == ((0, 1),)
    assert groups(day, tell("b", (PERU,), "2011", "nuclear-test")) == ((0,), (1,))


def test_known_events_decide() -> None:
    one = tell("a", (PERU,), "2011-03-09", "nuclear-test")
    other = tell("b", (PERU,), None, "nuclear-test")
    same = [replace(told, event=replace(told.event, known="third")) for told in (one, other)]
    assert groups(*same) == ((0, 1),)
    assert groups(same[0], replace(same[1], event=replace(same[1].event, known="second"))) == ((0,), (1,))


def test_dates_that_differ_are_told() -> None:
    one, other = tell("a", (LEE, DIAZ), "2011-05-03"), tell("b", (LEE, DIAZ), "2011-05")
    assert not merge((one, other), TYPES).dates_differ
    wrong = replace(other, dates=(date("2011-05-09"),))
    assert merge((one, wrong), TYPES).dates_differ


def test_the_best_supported_date() -> None:
    told = [
        tell(s, (LEE, DIAZ), when)
        for s, when in (("a", "2011-05-01"), ("b", "2011-05-03"), ("c", "2011-05-03"))
    ]
    assert merge(told, TYPES).date == date("2011-05-03")
    assert merge([tell("a", (LEE,), "2011"), tell("b", (LEE,), "2011-05-03")], TYPES).date == date(
        "2011-05-03"
    )
    assert merge([tell("a", (LEE,), None)], TYPES).date is None


def test_the_place_most_told() -> None:
    told = [tell(s, (LEE,), None, place=where) for s, where in (("a", "Cusco"), ("b", "Lima"), ("c", "Lima"))]
    assert merge(told, TYPES).place == "Lima"


def test_nothing_is_no_event() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merge((), TYPES)


def test_the_date_of_one_text() -> None:
    published = parse_edtf("2011-05-04")
    news = replace(tell("a", (LEE,), None).event, current=True)
    assert told_date(news, [None, date("2011-05"), date("2011-05-03")], published) == date("2011-05-03")
    by_text = told_date(news, [None], published)
    assert by_text is not None
    assert (by_text.start, by_text.basis) == (published.start, Basis.DOCUMENT)
    assert told_date(news, [None], None) is None
    assert told_date(replace(news, current=False), [None], published) is None
    vague = TimeExpression(0, 8, "recently", TimeKind.VAGUE)
    mentions = tuple(replace(mention, time=vague) for mention in news.mentions)
    assert told_date(replace(news, mentions=mentions), [None], published) is None


def test_a_known_day_wins_unless_a_mention_contradicts_it() -> None:
    event, known = tell("a", (PERU,), None, "nuclear-test").event, parse_edtf("2011-03-09")
    found = told_date(event, [date("2011-03")], None, known)
    assert found is not None
    assert (found.start, found.basis) == (known.start, Basis.INFERRED)
    assert told_date(event, [date("2011-04")], None, known) == date("2011-04")


_PARTIES = st.lists(st.sampled_from((LEE, DIAZ, HOLM, PERU, DENMARK)), unique=True, max_size=3).map(tuple)
_TOLD = st.builds(
    tell,
    st.sampled_from("abcd"),
    _PARTIES,
    st.sampled_from((None, "2011-05-03", "2011-05-04", "2011-05", "2011")),
    st.sampled_from(("meeting", "talks", "visit")),
    st.sampled_from(Status),
    st.sampled_from((None, "Lima", "Copenhagen", "the hall")),
)


@given(st.lists(_TOLD, max_size=8))
def test_every_telling_stands_in_one_group_and_no_text_twice(told: list[Told]) -> None:
    found = groups(*told)
    assert sorted(index for group in found for index in group) == list(range(len(told)))
    assert all(len({told[index].source for index in group}) == len(group) for group in found)
    assert found == groups(*told)
    for group in found:
        joined = merge([told[index] for index in group], TYPES)
        assert {party.id for party in joined.parties} == {
            p.id for index in group for p in told[index].parties
        }
