from __future__ import annotations

import pytest

from service.corpus.calendar import Calendar
from service.dates import parse_edtf
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
