import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service.vocabulary
from service.dates import parse_edtf
from service.extract.times import Tense, TimeExpression, TimeKind, Times, resolve, stated
from service.model import Basis, Date, Precision
from service.vocabulary.reader import VocabularyError
from service.vocabulary.times import read_times

FOLDER = Path(service.vocabulary.__file__).parent
TIMES = Times(read_times(FOLDER))
FRIDAY = parse_edtf("2014-02-14")


def words(text: str) -> list[str]:
    return [expression.text for expression in TIMES.find(text)]


def only(text: str) -> TimeExpression:
    (found,) = TIMES.find(text)
    return found


def resolved(
    text: str, document: str | None, tense: Tense | None = None, narrative: str | None = None
) -> str | None:
    date = resolve(
        only(text),
        document=parse_edtf(document) if document else None,
        narrative=parse_edtf(narrative) if narrative else None,
        tense=tense,
    )
    return date.edtf if date else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Feb. 14, 2014, 6:08 a.m.", ["Feb. 14, 2014"]),
        ("On 14 February 2014 the", ["14 February 2014"]),
        ("the test on Jan. 6.", ["Jan. 6"]),
        ("by the 6th of January", ["by the 6th of January"]),
        ("in February 2014 and in March,", ["February 2014", "March"]),
        ("Friday, Feb. 14, 2014", ["Friday, Feb. 14, 2014"]),
        ("Fri Feb 14 2014", ["Fri Feb 14 2014"]),
        ("Monday the 3rd of March", ["Monday the 3rd of March"]),
        ("from Feb. 13-15, 2014,", ["Feb. 13-15, 2014"]),
        ("13–15 February", ["13–15 February"]),
        ("FEBRUARY 14, 2014", ["FEBRUARY 14, 2014"]),
        ("2014-02-14T06:08", ["2014-02-14"]),
        ("on 2/14/2014 or 14/02/2014", ["2/14/2014", "14/02/2014"]),
        ("am 14.02.2014", ["14.02.2014"]),
        ("from 2003 to 2009", ["from 2003 to 2009"]),
        ("between 2003 and 2009", ["between 2003 and 2009"]),
        ("since 2006", ["since 2006"]),
        ("in 2003, the 1990s", ["2003", "the 1990s"]),
        ("the 2003–2009 talks", ["2003–2009"]),
        ("late 2012 and early March and mid-2015", ["late 2012", "early March", "mid-2015"]),
        ("spring 2013, last spring, this summer", ["spring 2013", "last spring", "this summer"]),
        ("in the fall", ["fall"]),
        ("on Friday, last Friday, next Friday", ["Friday", "last Friday", "next Friday"]),
        ("early Friday or Friday night", ["early Friday", "Friday night"]),
        ("Friday’s talks", ["Friday"]),
        ("today, tonight, yesterday", ["today", "tonight", "yesterday"]),
        ("earlier this week and later this month", ["earlier this week", "later this month"]),
        ("last month or next year", ["last month", "next year"]),
        ("two months ago, a year ago", ["two months ago", "a year ago"]),
        ("twenty-one days ago", ["twenty-one days ago"]),
        ("half a dozen years ago", ["half a dozen years ago"]),
        ("three days earlier, the day before.", ["three days earlier", "the day before"]),
        ("the following day, the previous month", ["the following day", "the previous month"]),
        ("two weeks later", ["two weeks later"]),
        ("in coming days or in the coming weeks", ["in coming days", "in the coming weeks"]),
        ("within a month", ["within a month"]),
        ("on the eve of the summit", ["on the eve of"]),
        ("over the weekend", ["over the weekend"]),
        ("for the past two years", ["for the past two years"]),
        ("the December arrest", ["December"]),
        ("two days\nago", ["two days\nago"]),
        ("in May, on May 5, last March", ["May", "May 5", "last March"]),
        ("the March meeting", ["March"]),
        ("years ago", ["years ago"]),
        ("the end of March", ["the end of March"]),
        ("since last Friday", ["since last Friday"]),
    ],
)
def test_expressions_are_found_whole(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "a tense five-hour meeting",
        "the first talks in seven years",
        "a 27-year-old clerk, 43, and his 9-month-old dog",
        "at 6:08 a.m. for $2014 and 2,014 more",
        "The Black Friday sales and the Sunday Times",
        "You may march in august halls",
        "Ms. May said the March on the capital would go on",
        "Jan opened the door and Mar closed it",
        "the fall of the wall",
        "on Fridays",
        "2014 chairs",
        "version 2014.5 and in 2014/15",
        "Feb. 30",
        "friday 03",
        "31/31/2014",
        "0:00 0:03:11",
        "friday",
    ],
)
def test_what_tells_no_time_is_left_out(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "document", "tense", "edtf"),
    [
        ("Feb. 14, 2014", None, None, "2014-02-14"),
        ("from 2003 to 2009", None, None, "2003/2009"),
        ("the 1990s", None, None, "1990/1999"),
        ("late 2012", None, None, "2012-09/2012-12"),
        ("mid-2015", None, None, "2015-05/2015-08"),
        ("early March 2014", None, None, "2014-03-01/2014-03-10"),
        ("spring 2013", None, None, "2013-21"),
        ("winter 2013", None, None, "2013-24"),
        ("since 2006", "2014-02-14", None, "2006-01-01/2014-02-14"),
        ("Friday", "2014-02-14", None, "2014-02-14"),
        ("Friday", "2014-02-14", "past", "2014-02-14"),
        ("Thursday", "2014-02-14", "past", "2014-02-13"),
        ("Saturday", "2014-02-14", None, "2014-02-08"),
        ("Sunday", "2013-04-13", "future", "2013-04-14"),
        ("Friday", "2014-02-14", "future", "2014-02-14"),
        ("last Friday", "2014-02-14", None, "2014-02-07"),
        ("next Friday", "2014-02-14", None, "2014-02-21"),
        ("this Friday", "2014-02-10", None, "2014-02-14"),
        ("Friday last week", "2014-02-12", None, "2014-02-07"),
        ("Friday night", "2014-02-15", None, "2014-02-14"),
        ("Jan. 6", "2016-01-27", None, "2016-01-06"),
        ("Dec. 6", "2016-01-27", "past", "2015-12-06"),
        ("Jan. 29", "2016-01-27", None, "2016-01-29"),
        ("Jan. 29", "2016-01-27", "past", "2015-01-29"),
        ("March 20", "2016-01-27", "future", "2016-03-20"),
        ("Jan. 6-8", "2016-01-27", None, "2016-01-06/2016-01-08"),
        ("Friday, Feb. 14", "2016-05-01", None, "2014-02-14"),
        ("in March", "2013-04-13", None, "2013-03"),
        ("in April", "2013-04-13", None, "2013-04"),
        ("December", "2014-02-14", "past", "2013-12"),
        ("in May", "2014-02-14", "future", "2014-05"),
        ("last February", "2014-02-14", None, "2013-02"),
        ("March last year", "2014-02-14", None, "2013-03"),
        ("early March", "2014-03-20", None, "2014-03-01/2014-03-10"),
        ("last spring", "2014-02-14", None, "2013-21"),
        ("last spring", "2013-10-01", None, "2013-21"),
        ("last spring", "2013-04-13", None, "2012-21"),
        ("last winter", "2014-02-14", None, "2012-24"),
        ("this summer", "2014-02-14", None, "2014-22"),
        ("this winter", "2014-02-14", None, "2013-24"),
        ("next summer", "2014-07-14", None, "2015-22"),
        ("in the fall", "2014-02-14", "future", "2014-23"),
        ("in the fall", "2014-02-14", "past", "2013-23"),
        ("today", "2014-02-14", None, "2014-02-14"),
        ("yesterday", "2014-03-01", None, "2014-02-28"),
        ("tomorrow", "2014-02-28", None, "2014-03-01"),
        ("last week", "2014-02-14", None, "2014-02-03/2014-02-09"),
        ("earlier this week", "2014-02-14", None, "2014-02-10/2014-02-13"),
        ("earlier this week", "2014-02-10", None, "2014-02-10"),
        ("later this month", "2014-02-14", None, "2014-02-15/2014-02-28"),
        ("this month", "2014-02-14", None, "2014-02"),
        ("last month", "2014-01-14", None, "2013-12"),
        ("next year", "2014-01-14", None, "2015"),
        ("late last year", "2014-01-14", None, "2013-09/2013-12"),
        ("two months ago", "2013-04-13", None, "2013-02"),
        ("two weeks ago", "2014-02-20", None, "2014-02-03/2014-02-09"),
        ("three days ago", "2014-02-14", None, "2014-02-11"),
        ("two years ago", "2014-02-14", None, "2012"),
        ("a decade ago", "2014-02-14", None, "2004"),
        ("in coming days", "2016-01-27", None, "2016-01-27/2016-02-10"),
        ("for the past two years", "2014-02-14", None, "2012-02-14/2014-02-14"),
        ("within a month", "2013-04-13", "past", None),
        ("within a month", "2013-04-13", "future", "2013-04-13/2013-05-13"),
        ("over the weekend", "2014-02-17", "past", "2014-02-15/2014-02-16"),
        ("over the weekend", "2014-02-16", "past", "2014-02-15/2014-02-16"),
        ("last weekend", "2014-02-14", None, "2014-02-08/2014-02-09"),
        ("years ago", "2014-02-14", None, None),
        ("a few days ago", "2014-02-14", None, None),
        ("Friday", None, None, None),
        ("two months ago", None, None, None),
        ("a day earlier", "2014-02-14", None, "2014-02-13"),
        ("the day before the vote", "2014-02-14", None, None),
        ("ninety years ago", "0005", None, None),
    ],
)
def test_days_are_counted_from_publication(
    text: str, document: str | None, tense: Tense | None, edtf: str | None
) -> None:
    assert resolved(text, document, tense) == edtf


@pytest.mark.parametrize(
    ("text", "narrative", "edtf"),
    [
        ("a day earlier", "2013-12-12", "2013-12-11"),
        ("two days later", "2013-12-12", "2013-12-14"),
        ("the following day", "2013-12-31", "2014-01-01"),
        ("the day before.", "2013-12-12", "2013-12-11"),
        ("the day before the vote", "2013-12-12", "2013-12-11"),
        ("on the eve of the vote", "2013-12-12", "2013-12-11"),
        ("the previous month", "2013-12-12", "2013-11"),
        ("the week before.", "2013-12-18", "2013-12-08/2013-12-14"),
        ("the following Monday", "2013-12-12", "2013-12-16"),
        ("that year", "2013-12-12", "2013"),
        ("yesterday", "2013-12-12", "2014-02-13"),
    ],
)
def test_what_counts_from_the_story_does_not_count_from_publication(
    text: str, narrative: str, edtf: str
) -> None:
    assert resolved(text, "2014-02-14", None, narrative) == edtf


def test_a_publication_of_several_days_gives_what_each_would_give() -> None:
    assert resolved("Thursday", "2014-02-13/2014-02-14") == "2014-02-13"
    assert resolved("Friday", "2014-02-13/2014-02-14") == "2014-02-07/2014-02-14"
    assert resolved("last month", "2014") == "2013-12/2014-11"


def test_basis_and_words_are_kept() -> None:
    relative = resolve(only("met on Friday"), document=FRIDAY)
    printed = resolve(only("met on 14 February 2014"), document=None)
    assert relative == Date("2014-02-14", FRIDAY.start, FRIDAY.end, Precision.DAY, Basis.RELATIVE, "Friday")
    assert printed is not None
    assert (printed.basis, printed.expression) == (Basis.STATED, "14 February 2014")


def test_a_stated_date_needs_no_text() -> None:
    assert resolve(stated("2014-02"), document=None) == Date(
        "2014-02",
        FRIDAY.start.replace(day=1),
        FRIDAY.end.replace(day=28),
        Precision.MONTH,
        Basis.STATED,
        "2014-02",
    )
    with pytest.raises(ValueError, match="is no date"):
        stated("Feb. 14")


def test_expressions_survive_as_plain_data() -> None:
    for expression in TIMES.find(
        "late last year, two days earlier, Friday, Feb. 13-14, in coming days, since 2006"
    ):
        plain = asdict(expression)
        assert TimeExpression(**plain) == expression
        assert all(isinstance(value, str | int | None) for value in plain.values())


def test_a_date_at_the_calendars_end_is_unknown() -> None:
    assert resolve(only("next year"), document=parse_edtf("9999")) is None


WORDS = (
    "Friday last next the day before two weeks ago Feb. 14 2014 , since from to May Sept earlier this month "
    "twenty- é \U0001f600 - 1990s late in will week of the year's end half a and Monday March by until on 6th "
    "Christmas Eve first quarter 19th century 31 Jan. 29 years through Q1 sixth time at"
)
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25), st.integers(0, 1000), st.dates())
def test_spans_are_true_in_order_and_never_fail_to_resolve(pieces: list[str], base: int, day: object) -> None:
    text = " ".join(pieces)
    found = TIMES.find(text, base)
    for expression in found:
        assert text[expression.start - base : expression.end - base] == expression.text
        date = resolve(expression, document=parse_edtf(str(day)))
        assert date is None or date.start <= date.end
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for expression in TIMES.find(text):
        assert text[expression.start : expression.end] == expression.text
        assert expression.kind is not TimeKind.NAME


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "the ",
            "since ",
            "twenty-",
            "Friday, ",
            "a\n",
            "in the past ",
            "1",
            "Feb. 14 to ",
            "will in two weeks ",
        ),
        *("Monday and ", "the first half of ", "by until ", "the end of the ", "a half ", "2012 and "),
    ],
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    begun = time.process_time()
    TIMES.find(unit * (100_000 // len(unit)))
    assert time.process_time() - begun < 15  # linear: 0.3 s; quadratic: minutes


@pytest.mark.parametrize(
    ("old", "new", "words_"),
    [
        ("seasons:\n  21:", "seasons:\n  1:", "seasons: unknown key 1; keys run from 21 to 24"),
        ("units:\n  day:", "units:\n  fortnight:", "unknown key 'fortnight'"),
        ("ago: [ago]", "ago: []", "ago: no word is listed"),
        ("reaches: {day: 14", "reaches: {day: many", "whole numbers"),
        ("since: [since", "hence_forth: [x]\nsince: [since", "unknown key 'hence_forth'"),
    ],
)
def test_a_broken_vocabulary_says_where(tmp_path: Path, old: str, new: str, words_: str) -> None:
    text = (FOLDER / "times.yaml").read_text()
    assert old in text
    (tmp_path / "times.yaml").write_text(text.replace(old, new))
    with pytest.raises(VocabularyError, match=words_):
        read_times(tmp_path)
