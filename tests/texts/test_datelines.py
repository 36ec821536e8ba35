"""The first words of articles, as agencies and papers print them, and lines that only look like that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import service.vocabulary
from service.extract.times import TimeKind, Times
from service.texts.datelines import read_dateline, read_place_line
from service.vocabulary.times import read_times

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

TABLE = yaml.safe_load(Path(__file__).with_name("datelines.yaml").read_text(encoding="utf-8"))
TIMES = Times(read_times(Path(service.vocabulary.__path__[0])))


@pytest.mark.parametrize(("words", "place", "agency", "printed"), TABLE["datelines"])
def test_datelines_are_told_from_the_body(
    words: str, place: str | None, agency: str | None, printed: Any, furniture: Furniture
) -> None:
    head, body = (part.replace("¦", "|") for part in words.split("|"))
    paragraph = f"{head}{body} is ready, officials said on Friday."
    dateline = read_dateline(paragraph, furniture)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.length) == (place, agency, len(head))
    assert paragraph[dateline.rest :].startswith(body.strip())
    assert day_in(head) == (str(printed) if printed else None)


def day_in(head: str) -> str | None:
    found = [time for time in TIMES.find(head) if time.kind in {TimeKind.STATED, TimeKind.MONTH_DAY}]
    if not found:
        return None
    return found[0].edtf or f"{found[0].number:02}-{found[0].day:02}"


@pytest.mark.parametrize(("line", "place"), TABLE["lines"])
def test_a_dateline_may_stand_on_a_line_of_its_own(line: str, place: str, furniture: Furniture) -> None:
    found = read_place_line(line, furniture)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize("words", TABLE["others"])
def test_other_first_words_are_no_dateline(words: str, furniture: Furniture) -> None:
    assert read_dateline(words, furniture) is None
