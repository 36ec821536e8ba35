from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from service.dates import day, parse_edtf, span
from service.query.axes import Axis
from service.query.columns import Days
from service.query.facets import by_period, by_value
from service.query.grains import Grain
from service.query.timeline import MOST_PERIODS, LengthError, Split, timeline

if TYPE_CHECKING:
    from service.model import Date

FIRST = dt.date(2000, 1, 1)


def days_apart(count: int, unit: Grain = Grain.DAY) -> Days:
    """Give the days of two rows in the first and the last of `count` periods."""
    if unit is Grain.YEAR:
        return Days.of([parse_edtf("0001"), parse_edtf(f"{count:04}")])
    return Days.of([day(FIRST), day(FIRST + dt.timedelta(days=count - 1))])


def test_as_many_periods_as_are_allowed_are_given() -> None:
    found = timeline(days_apart(MOST_PERIODS), BitMap([0, 1]), Grain.DAY)
    assert len(found.slots) == MOST_PERIODS
    assert [slot.count for slot in found.slots] == [1, *[0] * (MOST_PERIODS - 2), 1]


def test_one_more_is_refused_with_what_would_fit() -> None:
    with pytest.raises(LengthError) as refused:
        timeline(days_apart(MOST_PERIODS + 1), BitMap([0, 1]), Grain.DAY)
    error = refused.value
    assert (error.periods, error.first, error.fits) == (MOST_PERIODS + 1, "2000-01-01", Grain.MONTH)
    assert error.last == (FIRST + dt.timedelta(days=MOST_PERIODS)).isoformat()


def test_nothing_fits_where_even_the_years_are_too_many() -> None:
    with pytest.raises(LengthError) as refused:
        timeline(days_apart(MOST_PERIODS + 1, Grain.YEAR), BitMap([0, 1]), Grain.YEAR)
    assert refused.value.fits is None


def test_what_would_fit_counts_the_wider_dates_that_it_takes_in() -> None:
    last = FIRST + dt.timedelta(days=MOST_PERIODS)
    days = Days.of([parse_edtf("1500-01"), day(FIRST), day(last)])
    with pytest.raises(LengthError) as refused:
        timeline(days, BitMap([0, 1, 2]), Grain.DAY)
    assert refused.value.fits is Grain.YEAR


DAYS = st.dates(dt.date(2013, 11, 20), dt.date(2015, 2, 10))
DATES = st.one_of(
    st.none(), DAYS.map(day), st.tuples(DAYS, DAYS).map(lambda ends: span(min(ends), max(ends)))
)


def in_order(dates: list[Date | None]) -> list[Date | None]:
    return sorted(dates, key=lambda each: (1,) if each is None else (0, each.start, each.end))


def named(grain: Grain, of: dt.date) -> str:
    return of.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


@given(st.lists(st.tuples(DATES, st.booleans()), max_size=12), st.sampled_from(Grain))
def test_a_timeline_adds_up_and_each_period_counts_its_own(
    drawn: list[tuple[Date | None, bool]], grain: Grain
) -> None:
    dates = in_order([each for each, _ in drawn])
    rows = BitMap([row for row, (_, wanted) in enumerate(drawn) if wanted])
    found = timeline(Days.of(dates), rows, grain)
    asked = [dates[row] for row in rows]
    right = Counter(
        named(grain, each.start)
        for each in asked
        if each and named(grain, each.start) == named(grain, each.end)
    )
    assert {slot.label: slot.count for slot in found.slots if slot.count} == right
    assert found.undated == asked.count(None)
    assert sum(slot.count for slot in found.slots) + found.wider + found.undated == len(rows)
    for before, after in pairwise(found.slots):
        assert after.start == before.end + dt.timedelta(days=1)
    if found.slots:
        assert found.slots[0].count
        assert found.slots[-1].count


def test_a_split_takes_the_same_values_in_every_period_and_counts_the_others() -> None:
    days = Days.of([day(FIRST)] * 3 + [day(FIRST + dt.timedelta(days=2))] * 2)
    axis = Axis.of([["a"], ["a", "b"], ["c"], ["b"], []])
    one, gap, other = timeline(days, BitMap(range(5)), Grain.DAY, Split(axis, 2)).slots
    assert [(each.id, each.count) for each in one.split] == [("a", 2), ("b", 1)]
    assert (one.count, one.other) == (3, 1)
    assert (gap.count, gap.split, gap.other) == (0, (), 0)
    assert [(each.id, each.count) for each in other.split] == [("b", 1)]
    assert (other.count, other.other) == (2, 1)


def test_values_chosen_go_before_more_frequent_ones_and_are_counted_even_at_none() -> None:
    axis = Axis.of([["a"], ["a"], ["b"]])
    assert [(each.id, each.count) for each in by_value(axis, BitMap([0, 1]), ["b"], 1)] == [("b", 0)]
    assert [(each.id, each.count) for each in by_value(axis, BitMap([0, 1]), ["b"], 2)] == [
        ("a", 2),
        ("b", 0),
    ]
    assert [(each.id, each.count) for each in by_value(axis, BitMap([0, 1]), [], 2)] == [("a", 2)]


def test_a_long_date_counts_in_every_month_it_covers() -> None:
    days = Days.of([parse_edtf("2013-12/2014-02"), parse_edtf("2014-02-28/2014-03-01")])
    counted = by_period(days, BitMap([0, 1]), Grain.MONTH, [], 10)
    assert [(each.id, each.count) for each in counted] == [
        ("2014-02", 2),
        ("2013-12", 1),
        ("2014-01", 1),
        ("2014-03", 1),
    ]
    assert [each.id for each in by_period(days, BitMap([0, 1]), Grain.YEAR, ["1999"], 2)] == ["2014", "1999"]
