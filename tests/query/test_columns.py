from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.columns import Column, Days
from tests.sample import date


@given(st.lists(st.floats(allow_nan=False)), st.floats(allow_nan=False))
def test_at_least(values: list[float], floor: float) -> None:
    assert set(Column.of(values).at_least(floor)) == {
        row for row, value in enumerate(values) if value >= floor
    }


@given(
    st.lists(
        st.sampled_from(["2013", "2013-02", "2013-02-03", "2013-02-01/2013-03-01", "2014-02-03", "2014"])
    ),
    st.none() | st.dates(dt.date(2012, 12, 1), dt.date(2015, 1, 31)),
    st.none() | st.dates(dt.date(2012, 12, 1), dt.date(2015, 1, 31)),
)
def test_overlapping(written: list[str], first: dt.date | None, last: dt.date | None) -> None:
    dates = sorted(map(date, written), key=lambda each: (each.start, each.end))
    right = {
        row
        for row, each in enumerate(dates)
        if (last is None or each.start <= last) and (first is None or each.end >= first)
    }
    assert set(Days.of([*dates, None]).overlapping(first, last)) == right


@pytest.mark.parametrize("dates", [[date("2015"), date("2014")], [None, date("2014")]])
def test_days_must_stand_in_order(dates: list[None]) -> None:
    with pytest.raises(ValueError, match="date order"):
        Days.of(dates)


def test_both_ends_are_included() -> None:
    days = Days.of([date("2014-02-14"), date("2014-03"), None])
    assert set(days.overlapping(dt.date(2014, 2, 14), dt.date(2014, 2, 14))) == {0}
    assert set(days.overlapping(dt.date(2014, 2, 15), dt.date(2014, 2, 28))) == set()
    assert set(days.overlapping(dt.date(2014, 3, 31), None)) == {1}
    assert set(days.overlapping(None, dt.date(2014, 3, 1))) == {0, 1}
    assert set(days.overlapping(None, None)) == {0, 1}
