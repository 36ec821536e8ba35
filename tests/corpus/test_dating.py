"""Invented texts about invented people; every day of the week below is the calendar's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.corpus.dating import Dating, settle
from service.dates import parse_edtf
from service.model import Basis, Date, Precision, SpeakerType, Status
from service.vocabulary.known_events import KnownEvent
from tests.corpus.making import Draft, times

if TYPE_CHECKING:
    from service.extract.times import TimeExpression


def draft_of(
    decoded: str,
    *,
    printed: str | TimeExpression | None = None,
    caption: str | None = None,
    dateline: str | None = None,
) -> Draft:
    """Begin a text that prints no date, unless it is said."""
    return Draft("draft", decoded, printed, caption=caption, dateline=dateline)


def known(
    kind: str, edtf: str, *actors: str, country: str | None = None, city: str | None = None, title: str = ""
) -> KnownEvent:
    return KnownEvent(f"{kind}-{edtf}", kind, parse_edtf(edtf), title, actors, country, city, kind, None)


# Ada Stone went to Oslo for three Wednesdays, and to Bergen and to Lima; Norland tested three times.
KNOWN = (
    known("visit", "2011-05-04/2011-05-05", "Ada Stone", country="NO", city="Oslo"),
    known("visit", "2012-03-14/2012-03-15", "Ada Stone", country="NO", city="Oslo"),
    known("visit", "2012-03-13/2012-03-14", "Ada Stone", country="SE", city="Malmo"),
    known("visit", "2013-06-19", "Ada Stone", country="NO", city="Oslo"),
    known("visit", "2012-03-16/2012-03-17", "Ada Stone", country="FI", city="Turku"),
    known("nuclear-test", "2010-02-03", "Norland", country="XN", title="first test of Norland"),
    known("nuclear-test", "2012-02-22", "Norland", country="XN", title="second test of Norland"),
    known("nuclear-test", "2013-01-15", "Norland", country="XN", title="third test of Norland"),
)


def settled(*drafts: Draft) -> list[str | None]:
    found = settle([one.done() for one in drafts], KNOWN)
    return [dating.published.edtf if dating.published else None for dating in found]


def oslo(extra: str = "") -> Draft:
    text = f"Ada Stone met Bo Lund in Oslo on Wednesday.\n\nBo Lund was glad. {extra}"
    draft = draft_of(text).who("Ada Stone").who("Bo Lund")
    return draft.tells(
        "Ada Stone met Bo Lund in Oslo on Wednesday", "meeting", "Ada Stone", "Bo Lund", place="Oslo"
    )


def with_test(draft: Draft, words: str, known_id: str | None = None) -> Draft:
    draft.who("Norland", SpeakerType.COUNTRY, country="XN")
    return draft.tells(words, "nuclear-test", "Norland", known=known_id)


def test_a_printed_date_is_taken_with_its_words() -> None:
    text = "May 2, 2014\n\nBo Lund slept."
    draft = draft_of(text, printed=times().find(text)[0])
    (dating,) = settle([draft.done()], KNOWN)
    day = parse_edtf("2014-05-02")
    assert dating == Dating(
        Date("2014-05-02", day.start, day.end, Precision.DAY, Basis.STATED, "May 2, 2014"), ((0, 11),)
    )


def test_a_date_of_front_matter_has_no_words_in_the_text() -> None:
    (dating,) = settle([draft_of("Bo Lund slept on the ship.", printed="2014-05").done()], KNOWN)
    assert dating.published is not None
    assert (dating.published.edtf, dating.published.basis, dating.evidence) == ("2014-05", Basis.STATED, ())


def test_without_evidence_nothing_is_said() -> None:
    draft = (
        draft_of("Bo Lund slept on Wednesday.")
        .who("Bo Lund")
        .says("slept on Wednesday", speakers=("Bo Lund",), time="slept on Wednesday")
    )
    assert settle([draft.done()], KNOWN) == (Dating(None, ()),)


def test_a_journey_and_a_known_test_leave_one_day() -> None:
    draft = with_test(oslo("Norland tested a bomb on Feb. 22."), "Norland tested a bomb on Feb. 22")
    (dating,) = settle([draft.done()], KNOWN)
    assert dating.published is not None
    assert (dating.published.edtf, dating.published.basis) == ("2012-03-14", Basis.INFERRED)
    words = [draft.decoded[start:end] for start, end in dating.evidence]
    assert words == [
        "Ada Stone met Bo Lund in Oslo on Wednesday",
        "Wednesday",
        "Norland tested a bomb on Feb. 22",
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Norland tested a bomb a month ago", "2012-03-14"),
        ("Norland tested a bomb last month", "2012-03-14"),
        ("Norland tested a bomb last winter", None),  # two of the journeys came after a winter with a test
        ("Norland tested a bomb in January", "2013-06-19"),
        ("Norland tested a bomb last year", None),
        ("the first test of Norland last year", "2011-05-04"),
        ("the second test of Norland last year", "2013-06-19"),
    ],
)
def test_relative_words_for_a_known_test_choose_among_journeys(words: str, day: str | None) -> None:
    assert settled(with_test(oslo(f"{words}."), words)) == [day]


def test_a_test_singled_out_by_its_number_chooses_the_year() -> None:
    draft = oslo("The third test of Norland two months ago, they said.")
    assert settled(with_test(draft, "third test of Norland two months ago", "nuclear-test-2013-01-15")) == [
        None
    ]
    draft = oslo("The third test of Norland five months ago, they said.")
    assert settled(with_test(draft, "third test of Norland five months ago", "nuclear-test-2013-01-15")) == [
        "2013-06-19"
    ]


def test_several_journeys_give_no_day() -> None:
    assert settled(oslo()) == [None]  # more than a year lies between the first and the last


def test_known_past_events_shorten_the_range() -> None:
    draft = with_test(oslo("Norland tested a bomb twice."), "tested a bomb twice", "nuclear-test-2012-02-22")
    assert settled(draft) == [None]
    draft = with_test(oslo("Norland tested a bomb again."), "tested a bomb again", "nuclear-test-2013-01-15")
    assert settled(draft) == ["2013-06-19"]


def test_a_day_told_before_and_a_later_place_fit_together() -> None:
    text = "OSLO - Ada Stone said on Wednesday that she was glad. A day earlier in Sweden she had not been."
    draft = draft_of(text, dateline="Oslo").who("Ada Stone").who("Sweden", SpeakerType.COUNTRY, country="SE")
    draft.says("said on Wednesday", speakers=("Ada Stone",), time="said on Wednesday").says(
        "A day earlier in Sweden", speakers=("Ada Stone",), time="A day earlier in Sweden", place="Sweden"
    )
    assert settled(draft) == ["2012-03-14"]


def test_a_dateline_alone_is_too_little() -> None:
    text = "TURKU - Ada Stone said on Friday that she was glad."
    draft = (
        draft_of(text, dateline="Turku")
        .who("Ada Stone")
        .says("said on Friday", speakers=("Ada Stone",), time="said on Friday")
    )
    assert settled(draft) == [None]


def test_a_planned_stop_bounds_the_day_from_above() -> None:
    text = "Ada Stone flew to Oslo on Wednesday and will be in Finland on Friday."
    draft = draft_of(text).who("Ada Stone").who("Finland", SpeakerType.COUNTRY, country="FI")
    draft.tells("flew to Oslo on Wednesday", "visit", "Ada Stone", place="Oslo")
    draft.tells("will be in Finland on Friday", "visit", "Ada Stone", place="Finland", status=Status.PLANNED)
    assert settled(draft) == ["2012-03-14"]


def test_a_later_weekday_told_as_past_moves_the_day() -> None:
    text = "Ada Stone rested on Friday. She met Bo Lund in Turku on Friday and had flown to Oslo on Wednesday, in March."
    draft = draft_of(text).who("Ada Stone").who("Bo Lund")
    draft.tells("met Bo Lund in Turku on Friday", "meeting", "Ada Stone", "Bo Lund", place="Turku")
    draft.tells("flown to Oslo on Wednesday", "visit", "Ada Stone", place="Oslo")
    assert settled(draft) == ["2012-03-16"]


def test_a_weekday_far_down_leaves_the_week() -> None:
    text = f"Bo Lund wrote a book. {'He wrote on and on. ' * 100} Ada Stone was in Turku on Friday."
    draft = (
        draft_of(text)
        .who("Ada Stone")
        .tells("Ada Stone was in Turku on Friday", "visit", "Ada Stone", place="Turku")
    )
    assert settled(draft) == ["2012-03-16/2012-03-22"]


def test_evidence_that_contradicts_itself_gives_nothing() -> None:
    draft = with_test(oslo("Norland tested a bomb two weeks ago."), "Norland tested a bomb two weeks ago")
    assert settled(draft) == [None]


CAPTION = "Bo Lund and Eva Moe in Graz on April 10, 2014."


def caption_text(body: str) -> Draft:
    return draft_of(f"{CAPTION}\n{body}", caption=CAPTION).who("Bo Lund").who("Eva Moe")


def test_a_dated_caption_dates_the_weekday_of_the_body() -> None:
    draft = caption_text("Bo Lund flew to Bonn on Friday, after he met Eva Moe on Thursday.")
    draft.tells("Bo Lund flew to Bonn on Friday", "visit", "Bo Lund", place="Bonn")
    draft.tells("he met Eva Moe on Thursday", "meeting", "Bo Lund", "Eva Moe")
    assert settled(draft) == ["2014-04-11"]


def test_a_stop_told_without_a_time_favours_the_weeks_after_it() -> None:
    draft = oslo("Ada Stone also toured Malmo.")
    assert settled(draft) == [None]
    draft.tells("Ada Stone also toured Malmo", "visit", "Ada Stone", place="Malmo")
    assert settled(draft) == ["2012-03-14"]


def test_a_test_told_without_its_maker_counts_where_the_text_names_one() -> None:
    words = "the test a month ago"
    draft = oslo(f"It regretted {words}.")
    assert settled(draft.tells(words, "nuclear-test")) == [None]
    named = oslo(f"Norland regretted {words}.").who("Norland", SpeakerType.COUNTRY, country="XN")
    assert settled(named.tells(words, "nuclear-test")) == ["2012-03-14"]


def test_an_old_caption_only_says_not_before() -> None:
    draft = caption_text("Bo Lund flew to Bonn on Friday.")
    draft.tells("Bo Lund flew to Bonn on Friday", "visit", "Bo Lund", place="Bonn")
    assert settled(draft) == [None]
    later = caption_text("Ada Stone met Bo Lund in Oslo on Wednesday.").who("Ada Stone")
    later.tells("Ada Stone met Bo Lund in Oslo on Wednesday", "meeting", "Ada Stone", "Bo Lund", place="Oslo")
    assert settled(later) == [None]  # every journey known lies before the caption


def told_alike(place: str | None, words: str, printed: str | None) -> Draft:
    draft = draft_of(f"Bo Lund met Eva Moe {words}.", printed=printed)
    draft.who("Bo Lund").who("Eva Moe")
    return draft.tells(f"Bo Lund met Eva Moe {words}", "meeting", "Bo Lund", "Eva Moe", place=place)


def test_a_printed_text_dates_another_that_tells_the_same() -> None:
    one = told_alike("Graz", "in Graz on Thursday", "2014-04-11")
    assert settled(one, told_alike("Graz", "in Graz Thursday", None)) == ["2014-04-11", "2014-04-10"]


def test_the_news_of_a_printed_day_dates_another_text() -> None:
    words = "Bo Lund met Eva Moe in Graz"
    today = draft_of(f"{words}.", printed="2014-04-10").who("Bo Lund").who("Eva Moe")
    today.tells(words, "meeting", "Bo Lund", "Eva Moe", place="Graz", current=True)
    assert settled(told_alike("Graz", "in Graz on Thursday", None), today) == ["2014-04-10", "2014-04-10"]


def test_a_day_worked_out_dates_another_text() -> None:
    turku = draft_of("Ada Stone was in Turku on Friday, where Bo Lund met Eva Moe on Friday.").who(
        "Ada Stone"
    )
    turku.tells("Ada Stone was in Turku on Friday", "visit", "Ada Stone", place="Turku").who("Bo Lund").who(
        "Eva Moe"
    )
    turku.tells("Bo Lund met Eva Moe on Friday", "meeting", "Bo Lund", "Eva Moe", place="Turku")
    other = told_alike("Turku", "in Turku on Friday", None)
    assert settled(other) == [None]
    assert settled(other, turku) == ["2012-03-16", "2012-03-16"]


@pytest.mark.parametrize(
    "other",
    [
        told_alike("Bonn", "in Bonn on Thursday", None),  # elsewhere
        told_alike("Graz", "in Graz on Tuesday", None),  # another day
        told_alike(None, "on Thursday", None),  # no place: it may be another meeting
        told_alike("Graz", "in Graz", None),  # no time
    ],
)
def test_a_text_that_may_tell_something_else_is_not_dated(other: Draft) -> None:
    assert settled(told_alike("Graz", "in Graz on Thursday", "2014-04-11"), other) == ["2014-04-11", None]


def test_a_printed_day_without_a_year_takes_it_from_the_evidence() -> None:
    text = "March 15\n\nAda Stone met Bo Lund in Oslo on Wednesday."
    draft = draft_of(text, printed=times().find(text)[0]).who("Ada Stone").who("Bo Lund")
    draft.tells("Ada Stone met Bo Lund in Oslo on Wednesday", "meeting", "Ada Stone", "Bo Lund", place="Oslo")
    assert settled(draft) == ["2012-03-15"]


def test_actors_are_known_by_id_too() -> None:
    text = "Stone was in Turku on Friday."
    draft = (
        draft_of(text)
        .who("Stone", actor="ada-stone")
        .tells("Stone was in Turku on Friday", "visit", "Stone", place="Turku")
    )
    assert settled(draft) == ["2012-03-16"]
    draft = draft_of(text).who("Stone").tells("Stone was in Turku on Friday", "visit", "Stone", place="Turku")
    assert settled(draft) == [None]


def test_settling_keeps_the_order_and_needs_no_text() -> None:
    assert settle([], KNOWN) == ()
    assert settle([oslo().done()], ()) == (Dating(None, ()),)
