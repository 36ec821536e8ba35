from __future__ import annotations

from dataclasses import replace

import pytest

from service.corpus.calendar import Calendar
from service.dates import parse_edtf, restated
from service.extract.found import FoundMention
from service.model import Basis, Status
from tests.corpus.making import Draft, times

TEXT = (
    "They met on Tuesday. Two days earlier it had rained; a week earlier it had snowed.\n\n"
    "It was cold two days earlier, on 1 May 2011 and on Friday."
)
PUBLISHED = parse_edtf("2011-05-04")  # a Wednesday


def edtf(words: str, published: str | None, status: Status = Status.HAPPENED, nth: int = 0) -> str | None:
    calendar = Calendar(Draft("one", TEXT).done(), parse_edtf(published) if published else None)
    found = [one for one in times().find(TEXT) if one.text == words]
    date = calendar.of(found[nth], status)
    return date.edtf if date else None


@pytest.mark.parametrize(
    ("words", "nth", "published", "found"),
    [
        ("Tuesday", 0, "2011-05-04", "2011-05-03"),
        ("Tuesday", 0, None, None),
        ("1 May 2011", 0, None, "2011-05-01"),
        ("Two days earlier", 0, "2011-05-04", "2011-05-01"),
        ("a week earlier", 0, "2011-05-04", "2011-04-23/2011-04-29"),
        ("Two days earlier", 0, None, None),
    ],
)
def test_expressions_count_from_the_date_they_hang_on(
    words: str, nth: int, published: str | None, found: str | None
) -> None:
    assert edtf(words, published, nth=nth) == found


def test_without_a_date_told_in_its_paragraph_it_counts_from_the_day_of_publication() -> None:
    assert edtf("two days earlier", "2011-05-04") == "2011-05-02"
    assert edtf("two days earlier", None) is None


def test_a_weekday_of_what_is_planned_lies_ahead() -> None:
    assert edtf("Friday", "2011-05-04", Status.HAPPENED) == "2011-04-29"
    assert edtf("Friday", "2011-05-04", Status.PLANNED) == "2011-05-06"
    assert edtf("Friday", "2011-05-04", Status.HYPOTHETICAL) == "2011-05-06"


def test_nothing_told_is_no_date() -> None:
    assert Calendar(Draft("one", TEXT).done(), PUBLISHED).of(None) is None


def test_the_date_of_publication_stands_in() -> None:
    item = Draft("one", TEXT).done()
    date = Calendar(item, PUBLISHED).of_document()
    assert date is not None
    assert (date.edtf, date.basis, date.expression) == ("2011-05-04", Basis.DOCUMENT, None)
    assert Calendar(item, None).of_document() is None


STORY = (
    "The council will vote on Monday. Two days before the vote it rained.\n\n"
    "The day before Tuesday’s talks it snowed, and on the eve of a fair it froze.\n\n"
    "They met at the time. They spoke that day, two days later and two days earlier."
)


def in_story(words: str, status: Status = Status.HAPPENED) -> str | None:
    draft = Draft("one", STORY).tells("will vote on Monday", "vote", status=Status.PLANNED)
    (vote,) = draft.events
    draft.events[0] = replace(vote, mentions=(*vote.mentions, FoundMention(draft.range("the vote"), None)))
    draft.tells("a fair", "other", current=False)
    (found,) = (one for one in times().find(STORY) if one.text == words)
    date = Calendar(draft.done(), PUBLISHED).of(found, status)
    return date.edtf if date else None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Two days before", "2011-05-07"),
        ("The day before", "2011-05-02"),
        ("on the eve of", None),
        ("at the time", "2011-05-03"),
        ("that day", "2011-05-03"),
        ("two days later", "2011-05-05"),
        ("two days earlier", "2011-05-02"),
    ],
)
def test_what_is_named_behind_or_told_before_is_what_it_counts_from(words: str, found: str | None) -> None:
    assert in_story(words) == found


def test_what_counts_from_the_news_of_the_day_counts_from_publication() -> None:
    text = "The dam broke. Two days after the flood it rained."
    draft = Draft("one", text).tells("the flood", "other", current=True)
    time = times().find(text)[0]
    date = Calendar(draft.done(), PUBLISHED).of(time)
    assert date is not None
    assert date.edtf == "2011-05-06"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said on Tuesday.", "2011-05-03"),
        ("She said recently.", None),
        ("She said at the time.", None),
        ("She said in 2019.", "2011-05-04"),
    ],
)
def test_a_saying_has_its_own_time_else_none_and_never_one_to_come(text: str, found: str | None) -> None:
    (time,) = times().find(text)
    date = Calendar(Draft("one", text).done(), PUBLISHED).of_saying(time)
    assert (date.edtf if date else None) == found


def test_a_saying_without_a_time_has_the_date_of_its_text() -> None:
    assert Calendar(Draft("one", TEXT).done(), PUBLISHED).of_saying(None) == restated(
        PUBLISHED, Basis.DOCUMENT
    )
