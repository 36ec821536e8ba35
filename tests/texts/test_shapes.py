"""Stamps, bylines and datelines: the lines that stand around a headline."""

from __future__ import annotations

import pytest

from service.texts.bylines import authors_of, is_people, read_byline
from service.texts.datelines import read_dateline, read_place_line
from service.texts.names import split_names
from service.texts.stamps import Stamp, holds_stamp, read_stamp
from service.vocabulary.furniture import Furniture, plain


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("Feb. 14, 2014, 6:08 a.m.", Stamp(day=True, labelled=False)),
        ("Published: 14 February 2014 10:31 GMT", Stamp(day=True, labelled=True)),
        ("2014-02-14", Stamp(day=True, labelled=False)),
        ("2014-02-14T10:31:00Z", Stamp(day=True, labelled=False)),
        ("news.example.cn 2014-02-14 21:10:15", Stamp(day=True, labelled=False)),
        ("Fri 14 Feb 2014 10.31 GMT", Stamp(day=True, labelled=False)),
        ("Last modified on Sat 15 Feb 2014 11.00 GMT", Stamp(day=True, labelled=True)),
        ("June 23, 20164:31 PM ET", Stamp(day=True, labelled=False)),
        ("7 p.m.", Stamp(day=False, labelled=False)),
        ("3 hours ago", Stamp(day=False, labelled=False)),
    ],
)
def test_printed_dates_are_told(line: str, stamp: Stamp, furniture: Furniture) -> None:
    assert read_stamp(plain(line), furniture.timestamps) == stamp


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("WORLD NEWS NOVEMBER 21, 2014 / 9:43 PM / UPDATED 8 YEARS AGO", True),
        ("DHC & Agencies, New Delhi, Jan 14 2016, 22:17 IST", True),
        ("SOURCE: Courier | 3 March 2015 | Editor: Poe", True),
        ("World News November 21, 2014", False),
        ("Doors open for the talks at 9:30", False),
        ("The dam opened on 3 March 2015 at 9:30.", False),
    ],
)
def test_a_line_may_end_with_a_printed_date(line: str, holds: bool, furniture: Furniture) -> None:  # noqa: FBT001 - a case's own value
    assert holds_stamp(line, furniture.timestamps) is holds


@pytest.mark.parametrize(
    "line",
    [
        "Talks on Feb. 14, 2014",
        "The March",
        "2014",
        "Today",
        "1.",
        "",
        "In Feb. 2014 the dam opened",
        "May 5 " * 40,
    ],
)
def test_other_lines_are_no_dates(line: str, furniture: Furniture) -> None:
    assert read_stamp(plain(line), furniture.timestamps) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By JANE O’DOE and JOHN ROE", ("Jane O’Doe", "John Roe")),
        ("By Jane Doe, John Roe Jr. and Ann Poe", ("Jane Doe", "John Roe Jr.", "Ann Poe")),
        ("By Jane Doe, Staff Writer", ("Jane Doe",)),
        ("By Jane Doe in Springfield", ("Jane Doe",)),
        ("By Jane van der Doe for CNN", ("Jane van der Doe",)),
        ("By Jane Doe (jdoe@example.org)", ("Jane Doe",)),
        ("Jane Doe, Foreign Correspondent", ("Jane Doe",)),
        ("Jane Doe Diplomatic editor", ("Jane Doe",)),
        (
            "By Jane Doe and John Roe Associated Press,Updated July 12, 2016, 2:10 p.m.",
            ("Jane Doe", "John Roe"),
        ),
        ("JANE DOE, Associated Press", ("Jane Doe",)),
        ("Jane Doe | Reuters", ("Jane Doe",)),
        ("By The Associated Press", ()),
        ("By Reuters Staff", ()),
        ("Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe in Springfield", ("Jane Doe",)),
    ],
)
def test_authors_are_read_from_bylines(line: str, authors: tuple[str, ...], furniture: Furniture) -> None:
    assert authors_of(line, furniture) == authors
    assert read_byline(line, furniture) or is_people(line, furniture)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the talks had failed",
        "By then, nobody cared.",
        "The National Courier",
        "Breaking News",
        "North Korea",
        "Jane Doe, who led the talks, left.",
        "Jane Doe said so",
        "New York Times",
        "By " + "Doe " * 100,
    ],
)
def test_other_lines_are_no_bylines(line: str, furniture: Furniture) -> None:
    assert read_byline(line, furniture) is None
    assert not is_people(line, furniture)


def test_a_date_after_the_name_is_cut_off(furniture: Furniture) -> None:
    line = "By Jane Doe | February 14, 2014"
    byline = read_byline(line, furniture)
    assert byline is not None
    assert byline.authors == ("Jane Doe",)
    assert line[byline.date_at :] == "February 14, 2014"


def test_the_outlet_in_a_byline_is_told(furniture: Furniture) -> None:
    byline = read_byline("By Jane Doe, The Associated Press", furniture)
    assert byline is not None
    assert byline.outlets == ("The Associated Press",)


def test_names_are_split_at_every_joint() -> None:
    assert split_names("Jane Doe, John Roe, Jr., and Ann Poe & Max Moe; Lee Low") == (
        "Jane Doe",
        "John Roe, Jr.",
        "Ann Poe",
        "Max Moe",
        "Lee Low",
    )
    assert split_names(" , ") == ()


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("BEIJING — ", "Beijing", None),
        ("BEIJING—", "Beijing", None),
        ("CHARLOTTE - ", "Charlotte", None),
        ("WASHINGTON (AP) — ", "Washington", "AP"),
        ("Mexico City (AFP) – ", "Mexico City", "AFP"),
        ("SEOUL, South Korea -- ", "Seoul, South Korea", None),
        ("HEMPSTEAD, N.Y. ― ", "Hempstead, N.Y.", None),
        ("FLINT, Mich., Oct. 4 (UPI) — ", "Flint, Mich.", "UPI"),
        ("BEIJING, Feb 14 (Xinhua) -- ", "Beijing", "Xinhua"),
        ("SPRINGFIELD, 14 February 2014 – ", "Springfield", None),
        ("RIO DE JANEIRO — ", "Rio de Janeiro", None),
        ("LONDON/PARIS (Reuters) - ", "London/Paris", "Reuters"),
        ("(CNN) — ", None, "CNN"),
    ],
)
def test_datelines_are_cut_off_the_first_words(
    head: str, place: str | None, agency: str | None, furniture: Furniture
) -> None:
    dateline = read_dateline(head + "The dam is ready.", furniture)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert (head + "The dam")[: dateline.length] == head.rstrip()
    assert (head + "The dam")[dateline.rest :] == "The dam"


@pytest.mark.parametrize(
    "words",
    [
        "The dam — three years late — is ready.",
        "EXCLUSIVE — The dam is ready.",
        "UN — the place to be.",
        "HIGHER COSTS THAN EXPECTED, SAYS MAYOR - More from the report.",
        "“BEIJING — now!” she said.",
        "Jane Doe - a minister - said so.",
        "ROE: We are ready.",
        "",
    ],
)
def test_other_words_before_a_dash_are_no_dateline(words: str, furniture: Furniture) -> None:
    assert read_dateline(words, furniture) is None


def test_a_dateline_may_stand_on_its_own_line(furniture: Furniture) -> None:
    line = read_place_line("SEOUL, South Korea", furniture)
    assert line is not None
    assert line.place == "Seoul, South Korea"
    assert read_place_line("POLITICS", furniture) is None
    assert read_place_line("Springfield, a town", furniture) is None
