"""Expressions of time in sentences, each resolved against one day of publication: Friday, 14 February 2014."""

from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.dates import parse_edtf
from service.extract.expressions import TimeKind, points_ahead
from service.extract.times import Tense, Times, resolve
from service.vocabulary.times import read_times

TIMES = Times(read_times(Path(service.vocabulary.__file__).parent))
PUBLISHED = parse_edtf("2014-02-14")


def told(sentence: str, tense: Tense = "past", narrative: str | None = None) -> list[tuple[str, str | None]]:
    """Give the words and the date of every expression of a sentence."""
    before = parse_edtf(narrative) if narrative else None
    found = [
        (time.text, resolve(time, document=PUBLISHED, narrative=before, tense=tense))
        for time in TIMES.find(sentence)
    ]
    return [(words, date.edtf if date else None) for words, date in found]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("The pier opened half a year ago.", "half a year ago", "2013-07/2013-09"),
        ("She left a year and a half ago.", "a year and a half ago", "2012-07/2012-09"),
        ("It began two and a half years ago.", "two and a half years ago", "2011-07/2011-09"),
        ("The inn closed half a decade ago.", "half a decade ago", "2009"),
        ("It fell a century ago.", "a century ago", "1914"),
        ("Sales rose in the first half of 2013.", "the first half of 2013", "2013-01/2013-06"),
        ("Sales fell in the second half of last year.", "the second half of last year", "2013-07/2013-12"),
        ("It rained in the second half of January.", "the second half of January", "2014-01-16/2014-01-31"),
        ("It shrank in the second quarter of 2012.", "the second quarter of 2012", "2012-04/2012-06"),
        ("It grew in the last quarter of 2013.", "the last quarter of 2013", "2013-10/2013-12"),
        ("It grew in the last quarter.", "in the last quarter", "2013-10/2013-12"),
        ("Output fell last quarter.", "last quarter", "2013-10/2013-12"),
        ("Output fell in Q3 2012.", "Q3 2012", "2012-07/2012-09"),
        ("He resigned at the end of the year.", "the end of the year", "2013-09/2013-12"),
        ("He arrived at the beginning of the month.", "the beginning of the month", "2014-02-01/2014-02-10"),
        ("They met in the last week of March.", "the last week of March", "2013-03-25/2013-03-31"),
        ("They met in the first week of 2013.", "the first week of 2013", "2013-01-01/2013-01-07"),
        ("They met in the third week of January.", "the third week of January", "2014-01-15/2014-01-21"),
        ("They met on the last day of last month.", "the last day of last month", "2014-01-31"),
        ("They met at mid-year.", "mid-year", "2013-05/2013-08"),
        ("They met before year’s end.", "year’s end", "2013-09/2013-12"),
        ("It closed at the end of the summer.", "the end of the summer", "2013-08"),
        ("They met at the turn of the year.", "the turn of the year", "2013-12/2014-01"),
        ("He was freed on Christmas Day.", "Christmas Day", "2013-12-25"),
        ("He was freed on New Year’s Eve.", "New Year’s Eve", "2013-12-31"),
        ("In a New Year's Day address he wept.", "New Year's Day", "2014-01-01"),
        ("It burned on New Year's Day in 2012.", "New Year's Day in 2012", "2012-01-01"),
        ("Crowds gathered on May Day last year.", "May Day last year", "2013-05-01"),
        ("They marched last Halloween.", "last Halloween", "2013-10-31"),
        ("They met two Fridays ago.", "two Fridays ago", "2014-01-31"),
        ("They met a week ago Wednesday.", "a week ago Wednesday", "2014-02-05"),
        ("They met Friday a week ago.", "Friday a week ago", "2014-02-07"),
        ("It was on the sixth of January.", "the sixth of January", "2014-01-06"),
        ("It was on the twenty-first of March, 2012.", "the twenty-first of March, 2012", "2012-03-21"),
        ("The blast last Jan. 6 was weak.", "last Jan. 6", "2014-01-06"),
        ("The blast on Jan. 6 last year was weak.", "Jan. 6 last year", "2013-01-06"),
        ("They met on Monday and Tuesday.", "Monday and Tuesday", "2014-02-10/2014-02-11"),
        ("They met from Monday to Wednesday.", "from Monday to Wednesday", "2014-02-10/2014-02-12"),
        ("They met Saturday through Monday.", "Saturday through Monday", "2014-02-08/2014-02-10"),
        ("They met between Monday and Thursday.", "between Monday and Thursday", "2014-02-10/2014-02-13"),
        ("They met in 2012 and 2013.", "2012 and 2013", "2012/2013"),
        ("They met in March and April.", "March and April", "2013-03/2013-04"),
        ("They met in March and April 2012.", "March and April 2012", "2012-03/2012-04"),
        ("They met from December to February.", "from December to February", "2013-12/2014-02"),
        ("They met from March 2012 to May 2013.", "from March 2012 to May 2013", "2012-03/2013-05"),
        ("They met Feb. 28 to March 2.", "Feb. 28 to March 2", "2013-02-28/2013-03-02"),
        ("They met from Dec. 28 to Jan. 3, 2013.", "from Dec. 28 to Jan. 3, 2013", "2012-12-28/2013-01-03"),
        ("He came earlier on Tuesday.", "Tuesday", "2014-02-11"),
        ("He came this past March.", "this past March", "2013-03"),
        ("He came this time last year.", "last year", "2013"),
        ("It rained on Friday the 13th.", "Friday the 13th", "2013-12-13"),
        ("It rained in the week of Jan. 6.", "the week of Jan. 6", "2014-01-06/2014-01-12"),
        ("It rained in the week of March 3, 2010.", "the week of March 3, 2010", "2010-03-01/2010-03-07"),
        ("It rained in the early 1990s.", "the early 1990s", "1990/1993"),
        ("It rained between the 1950s and 1980s.", "between the 1950s and 1980s", "1950/1989"),
        ("It rained in the late 2000s.", "the late 2000s", "2007/2009"),
        ("It stood in the 19th century.", "the 19th century", "1801/1900"),
        ("It stood in the late nineteenth century.", "the late nineteenth century", "1868/1900"),
        ("They met on 10 June 2010.", "10 June 2010", "2010-06-10"),
        ("They met on 2010-06-10.", "2010-06-10", "2010-06-10"),
        ("They have met since Monday.", "since Monday", "2014-02-10/2014-02-14"),
        ("The visit for last week was short.", "for last week", "2014-02-03/2014-02-09"),
    ],
)
def test_what_is_past_lies_before_publication(sentence: str, words: str, edtf: str) -> None:
    assert told(sentence) == [(words, edtf)]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("The board will meet in two weeks.", "in two weeks", "2014-02-25/2014-03-03"),
        ("He said it would reopen in three months.", "in three months", "2014-05"),
        ("It is planned to end in three days.", "in three days", "2014-02-17"),
        ("It ends in three months’ time.", "in three months’ time", "2014-05"),
        ("A visit is scheduled for next month.", "for next month", "2014-03"),
        ("A visit is planned for next year.", "for next year", "2015"),
        ("The vote is set for May.", "May", "2014-05"),
        ("The vote is due in the next month.", "in the next month", "2014-02-14/2014-03-14"),
        ("They will meet Friday.", "Friday", "2014-02-14"),
        ("They will meet a week from Friday.", "a week from Friday", "2014-02-21"),
        ("They will meet on Monday and Tuesday.", "Monday and Tuesday", "2014-02-17/2014-02-18"),
        ("They will stay until Monday.", "until Monday", "2014-02-14/2014-02-17"),
        ("They will leave by Monday.", "by Monday", "2014-02-14/2014-02-17"),
        ("They will leave by 2020.", "by 2020", "2014-02-14/2020-12-31"),
        ("They will leave by the end of the month.", "by the end of the month", "2014-02-14/2014-02-28"),
        ("They will meet at the beginning of the year.", "the beginning of the year", "2014-01/2014-04"),
        (
            "They will meet at the beginning of the month.",
            "the beginning of the month",
            "2014-03-01/2014-03-10",
        ),
        ("They will meet next March 3.", "next March 3", "2014-03-03"),
        ("They will meet on Christmas Eve.", "Christmas Eve", "2014-12-24"),
        ("They will meet on Friday the 13th.", "Friday the 13th", "2014-06-13"),
    ],
)
def test_what_is_planned_lies_ahead(sentence: str, words: str, edtf: str) -> None:
    assert told(sentence, "future") == [(words, edtf)]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("Six months after the storm it fell.", "Six months after", "2014-06"),
        ("On the eve of the talks it fell.", "On the eve of", "2013-12-11"),
        ("The Friday before the vote it fell.", "The Friday before", "2013-12-06"),
        ("Later that day it fell.", "that day", "2013-12-12"),
        ("It fell that same month.", "that same month", "2013-12"),
        ("It fell the same day.", "the same day", "2013-12-12"),
        ("The mayor at the time was ill.", "at the time", "2013-12-12"),
        ("A year on, it fell.", "A year on", "2014"),
        ("A decade later it fell.", "A decade later", "2023"),
        ("On the 6th, it fell.", "On the 6th", "2013-12-06"),
        ("It fell at the end of the year.", "the end of the year", "2013-09/2013-12"),
    ],
)
def test_what_counts_from_the_story_needs_one(sentence: str, words: str, edtf: str) -> None:
    assert told(sentence, narrative="2013-12-12") == [(words, edtf)]
    ((_, alone),) = told(sentence)
    assert alone is None or words == "the end of the year"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He left a few days ago.", "a few days ago"),
        ("He left several years ago.", "several years ago"),
        ("He left recently.", "recently"),
        ("He called the other day.", "the other day"),
        ("It is dated 06/10/2010.", "06/10/2010"),
        ("They will vote in a few weeks.", "in a few weeks"),
        ("He left several Fridays ago.", "several Fridays ago"),
        ("On the 31st, it fell.", "On the 31st"),
    ],
)
def test_what_nobody_can_tell_keeps_its_words_only(sentence: str, words: str) -> None:
    assert told(sentence, "future", "2013-11-12") == [(words, None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They were the first talks in two weeks.",
        "It will be the first visit in seven years.",
        "They met twice in two days.",
        "She’ll wear a hat she hasn’t worn in six months.",
        "It was the longest strike in two decades.",
        "The first quarter of fiscal 2014 was poor.",
        "The 2014 fiscal year was poor.",
        "At the end of the day nobody cared.",
        "It was the beginning of the end.",
        "He scored in the last quarter of the game.",
        "She lives on the 6th floor.",
        "Mayday, the pilot called.",
        "Two days on the road tire everyone.",
        "An 18th-century palace burned.",
        "The third man left half an hour ago.",
        "It is a Friday the 13th film.",
        "The week of the vote was calm.",
        "The first week of the trial was calm.",
        "The mid-term results are out.",
    ],
)
def test_words_that_only_look_like_a_time_are_none(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("They met on Monday and Friday.", ["Monday", "Friday"]),
        ("They met in 2006 and 2013.", ["2006", "2013"]),
        ("He came on Monday and Tuesday's vote failed.", ["Monday", "Tuesday"]),
        ("They met in March 2012 and on Monday.", ["March 2012", "Monday"]),
        ("From Feb. 29 to March 2, 2013, it froze.", ["Feb. 29", "March 2, 2013"]),
    ],
)
def test_only_what_makes_one_run_is_joined(sentence: str, found: list[str]) -> None:
    assert [words for words, _ in told(sentence)] == found


@pytest.mark.parametrize(
    ("sentence", "ahead"),
    [
        ("next week", True),
        ("next Friday", True),
        ("a week from Friday", True),
        ("by Friday", True),
        ("within a month", True),
        ("last week", False),
        ("Friday", False),
        ("the following day", False),
        ("May last year", False),
    ],
)
def test_words_can_point_ahead_themselves(sentence: str, *, ahead: bool) -> None:
    (time,) = TIMES.find(sentence)
    assert points_ahead(time) is ahead


def test_a_holiday_in_a_year_is_a_printed_date() -> None:
    (time,) = TIMES.find("on Boxing Day 2004")
    assert (time.kind, time.edtf) == (TimeKind.STATED, "2004-12-26")
