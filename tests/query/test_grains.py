from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dates import parse_edtf
from service.query.grains import Grain, ends, label, period

GRAINS = st.sampled_from(Grain)


@given(GRAINS, st.dates())
def test_a_day_lies_in_its_period_which_is_called_as_the_date_of_those_days(
    grain: Grain, day: dt.date
) -> None:
    number = period(grain, day.toordinal())
    first, last = ends(grain, number)
    assert first <= day <= last
    named = parse_edtf(label(grain, number))
    assert (named.start, named.end, named.precision.value) == (first, last, grain.value)


@given(GRAINS, st.dates(max_value=dt.date(9998, 12, 31)))
def test_the_next_period_begins_on_the_next_day_and_has_the_next_number(grain: Grain, day: dt.date) -> None:
    number = period(grain, day.toordinal())
    last = ends(grain, number)[1]
    assert period(grain, last.toordinal() + 1) == number + 1


@pytest.mark.parametrize("grain", Grain)
def test_the_first_and_the_last_day_have_periods(grain: Grain) -> None:
    assert ends(grain, period(grain, dt.date.min.toordinal()))[0] == dt.date.min
    assert ends(grain, period(grain, dt.date.max.toordinal()))[1] == dt.date.max
