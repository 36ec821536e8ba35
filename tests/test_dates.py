import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import dates
from service.model import Basis, Precision

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2014", "2014-01-01", "2014-12-31", Precision.YEAR),
        ("2014-02", "2014-02-01", "2014-02-28", Precision.MONTH),
        ("2016-02", "2016-02-01", "2016-02-29", Precision.MONTH),
        ("2014-02-14", "2014-02-14", "2014-02-14", Precision.DAY),
        ("2013-21", "2013-03-01", "2013-05-31", Precision.SEASON),
        ("2013-22", "2013-06-01", "2013-08-31", Precision.SEASON),
        ("2013-23", "2013-09-01", "2013-11-30", Precision.SEASON),
        ("2015-24", "2015-12-01", "2016-02-29", Precision.SEASON),
        ("2013-01/2014", "2013-01-01", "2014-12-31", Precision.RANGE),
        ("2013-12-30/2014-01", "2013-12-30", "2014-01-31", Precision.RANGE),
        ("2013-21/2013-24", "2013-03-01", "2014-02-28", Precision.RANGE),
    ],
)
def test_edtf_is_read_as_whole_days(text: str, start: str, end: str, precision: Precision) -> None:
    date = dates.parse_edtf(text)
    assert (date.edtf, str(date.start), str(date.end), date.precision) == (text, start, end, precision)
    assert (date.basis, date.expression) == (Basis.STATED, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no date"),
        ("14-02-2014", "is no date"),
        ("20140214", "is no date"),
        ("2014-2", "is no date"),
        ("2014-02-14T00:00", "is no date"),
        (" 2014", "is no date"),
        ("2014\n", "is no date"),
        ("-2014", "is no date"),
        ("٢٠١٤", "is no date"),
        ("2014-02~", "is no date"),
        ("0000", "years run from 0001"),
        ("2014-00", "no month 00"),
        ("2014-13", "seasons from 21 to 24"),
        ("2014-25", "seasons from 21 to 24"),
        ("9999-24", "seasons from 21 to 24"),
        ("2014-21-01", "no month 21"),
        ("2014-02-29", "2014-02 has no day 29; its days run from 01 to 28"),
        ("2014-02-00", "has no day 00"),
        ("2014/2013", "ends before it starts"),
        ("../2013", "both ends"),
        ("2013/..", "both ends"),
        ("2013/", "both ends"),
        ("2013/2014/2015", "is no date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_mend(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dates.parse_edtf(text)


def test_constructors_choose_edtf_and_precision() -> None:
    assert dates.day(dt.date(2014, 2, 14)).edtf == "2014-02-14"
    assert dates.month(2014, 2, Basis.RELATIVE, "last month").expression == "last month"
    assert dates.season(2013, dates.SPRING).edtf == "2013-21"
    assert dates.year(476).edtf == "0476"
    with pytest.raises(ValueError, match="seasons are"):
        dates.season(2013, 20)


@pytest.mark.parametrize(
    ("start", "end", "edtf", "precision"),
    [
        ("2014-02-14", "2014-02-14", "2014-02-14", Precision.DAY),
        ("2014-02-01", "2014-02-28", "2014-02", Precision.MONTH),
        ("2014-01-01", "2014-12-31", "2014", Precision.YEAR),
        ("1990-01-01", "1999-12-31", "1990/1999", Precision.RANGE),
        ("2014-02-01", "2014-03-31", "2014-02/2014-03", Precision.RANGE),
        ("2014-02-10", "2014-02-13", "2014-02-10/2014-02-13", Precision.RANGE),
    ],
)
def test_a_span_takes_its_plainest_form(start: str, end: str, edtf: str, precision: Precision) -> None:
    date = dates.span(dt.date.fromisoformat(start), dt.date.fromisoformat(end), Basis.INFERRED)
    assert (date.edtf, date.precision, date.basis) == (edtf, precision, Basis.INFERRED)


def test_a_span_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        dates.span(dt.date(2014, 2, 2), dt.date(2014, 2, 1))


@settings(deadline=None)
@given(DAYS, DAYS)
def test_a_span_reads_back_from_its_edtf(one: dt.date, other: dt.date) -> None:
    date = dates.span(min(one, other), max(one, other))
    assert dates.parse_edtf(date.edtf) == date
    assert dates.length(date) == len(list(dates.days(date)))


@settings(deadline=None)
@given(DAYS, DAYS, DAYS, DAYS)
def test_intersection_is_the_days_both_have(a: dt.date, b: dt.date, c: dt.date, d: dt.date) -> None:
    one = dates.span(min(a, b), max(a, b))
    other = dates.span(min(c, d), max(c, d))
    shared = dates.intersection(one, other)
    assert (shared is not None) == dates.overlaps(one, other)
    if shared is not None:
        assert (shared.start, shared.end) == (max(one.start, other.start), min(one.end, other.end))
        assert dates.within(shared, one)
        assert dates.within(shared, other)


def test_intersection_keeps_the_words_of_the_first() -> None:
    spring = dates.season(2013, dates.SPRING, Basis.RELATIVE, "last spring")
    april = dates.month(2013, 4)
    assert dates.intersection(spring, april) == dates.month(2013, 4, Basis.RELATIVE, "last spring")
    assert dates.intersection(april, spring) is april


@pytest.mark.parametrize(
    ("start", "count", "moved"),
    [
        ("2013-04-13", -2, "2013-02-13"),
        ("2013-03-31", -1, "2013-02-28"),
        ("2013-12-31", 2, "2014-02-28"),
        ("2014-01-15", -1, "2013-12-15"),
    ],
)
def test_months_move_within_the_calendar(start: str, count: int, moved: str) -> None:
    assert str(dates.add_months(dt.date.fromisoformat(start), count)) == moved


def test_months_outside_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the years"):
        dates.add_months(dt.date(1, 1, 1), -1)
