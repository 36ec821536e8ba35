"""Dates as people write them are told as they are written here, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dates import parse_edtf
from service.http.usual_dates import as_written_here


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2017-3", "2017-03"),
        ("2017-3-5", "2017-03-05"),
        ("2017/03", "2017-03"),
        ("2014/2/14", "2014-02-14"),
        ("20140214", "2014-02-14"),
        ("201402", "2014-02"),
        ("2014-02-14T10:00:00Z", "2014-02-14"),
        ("2014-02-14 10:00", "2014-02-14"),
        ("14.02.2014", "2014-02-14"),
        ("02/14/2014", "2014-02-14"),
        ("14/2/2014", "2014-02-14"),
        ("3/3/2014", "2014-03-03"),
        ("2/2014", "2014-02"),
        ("March 2014", "2014-03"),
        ("mar. 2014", "2014-03"),
        ("Sept 2014", "2014-09"),
        ("May 2014", "2014-05"),
        ("14 March 2014", "2014-03-14"),
        ("14th of March 2014", "2014-03-14"),
        ("September 5, 2014", "2014-09-05"),
        ("spring 2014", "2014-21"),
        ("Fall 2013", "2013-23"),
        ("2014-2015", "2014/2015"),
        ("2013-1/2014", "2013-01/2014"),
        ("2014..2015", "2014/2015"),
        ("2014-01 to 2014-03", "2014-01/2014-03"),
        ("Jan 2014 - Mar 2014", "2014-01/2014-03"),
        ("2015/2014", "2014/2015"),
        ("2014?", "2014"),
        ("2014-02-XX", "2014-02"),
        (" 2014 ", "2014"),
    ],
)
def test_what_is_meant(text: str, meant: str) -> None:
    assert as_written_here(text) == (meant,)


def test_what_can_be_read_in_two_ways() -> None:
    assert as_written_here("02/03/2014") == ("2014-03-02", "2014-02-03")
    assert as_written_here("2.3.2014") == ("2014-03-02", "2014-02-03")


@pytest.mark.parametrize(
    "text",
    [
        *("", "nothing", "last year", "May", "March 14", "2014-02-30", "2014-13", "31 June 2014", "0000", "14-02-14"),
        *("Marching 2014", "2014/..", "March to May 2014", "2014/2015/2016", "spring 14 2014", "９９９９", "1/2/3/4"),
        *("02/03/2014 to 2015", "March May 2014", "2014 March 2015"),
    ],
)  # fmt: skip
def test_what_is_not_clear(text: str) -> None:
    assert as_written_here(text) == ()


@given(st.text(max_size=120) | st.text("0123456789-/. TtoMarch,JuneXx?~", max_size=40))
def test_whatever_is_meant_is_a_date(text: str) -> None:
    for meant in as_written_here(text):
        assert parse_edtf(meant).edtf == meant
