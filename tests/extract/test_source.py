from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import service.vocabulary
from service.extract.masthead import cut_masthead
from service.extract.source import find_facts
from service.extract.times import Times
from service.model import Basis
from service.texts.read import read_posted
from service.vocabulary.furniture import Furniture, read_furniture
from service.vocabulary.publishers import Publishers, read_publishers
from service.vocabulary.times import read_times

if TYPE_CHECKING:
    from service.extract.found import SourceFacts

FOLDER = Path(service.vocabulary.__path__[0])
BODY = (
    "The minister told Reuters that the dam would be ready by the spring.\n\nThe Washington Post doubts it."
)


class Reader:
    """Reads a posted text and gives its facts."""

    def __init__(self) -> None:
        self.furniture: Furniture = read_furniture(FOLDER)
        self.publishers: Publishers = read_publishers(FOLDER)
        self.times = Times(read_times(FOLDER))

    def facts(self, words: str, title: str | None = None, published: str | None = None) -> SourceFacts:
        text = read_posted(words, self.furniture, title=title, published=published)
        return find_facts(text, self.publishers, self.furniture, self.times.find(text.decoded))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_front_matter_wins(reader: Reader) -> None:
    front = (
        "---\ntitle: Stated title\npublisher: the boston globe\nauthors: [Jane Doe]\npublished: 2014-02\n"
        "dateline: Springfield\n---\n"
    )
    found = reader.facts(
        f"{front}Dam to open\nBy Max Moe\nFeb. 14, 2014\n\nSEOUL — {BODY}\n\nVoice of America"
    )
    assert found.title == "Stated title"
    assert found.publisher is not None
    assert (found.publisher.name, found.publisher.basis, found.publisher.evidence) == (
        "The Boston Globe",
        Basis.STATED,
        None,
    )
    assert (found.authors, found.dateline) == (("Jane Doe",), "Springfield")
    assert found.printed is not None
    assert found.printed.edtf == "2014-02"


def test_the_page_shows_what_front_matter_does_not_state(reader: Reader) -> None:
    words = f"Dam to open\nBy JANE DOE and John Roe\nFeb. 14, 2014\n\nSEOUL, South Korea (AP) — {BODY}"
    found = reader.facts(words)
    assert (found.title, found.authors) == ("Dam to open", ("Jane Doe", "John Roe"))
    assert (found.dateline, found.language) == ("Seoul, South Korea", "en")
    assert found.printed is not None
    assert (found.printed.edtf, words[found.printed.start : found.printed.end]) == (
        "2014-02-14",
        "Feb. 14, 2014",
    )


def test_a_bare_body_has_no_facts(reader: Reader) -> None:
    found = reader.facts(BODY)
    assert (found.title, found.publisher, found.authors, found.dateline, found.printed) == (
        None,
        None,
        (),
        None,
        None,
    )
    assert found.words == 18


def test_furniture_counts_no_words(reader: Reader) -> None:
    assert reader.facts(f"{BODY}\n\nRecommended\n\nSubscribe to our newsletter").words == 18


@pytest.mark.parametrize(
    ("page", "name", "basis", "evidence"),
    [
        ("National Journal", "National Journal", Basis.STATED, "National Journal"),
        ("Sign up for news from The Korea Herald.", "The Korea Herald", Basis.STATED, "The Korea Herald"),
        (
            "Get unlimited Monitor journalism.",
            "The Christian Science Monitor",
            Basis.INFERRED,
            "Get unlimited",
        ),
        ("© 2015 BBC", "BBC", Basis.STATED, "BBC"),
        ("Copyright 2015 Reuters. All rights reserved.", "Reuters", Basis.STATED, "Reuters"),
        (
            "Visit www.yna.co.kr to subscribe to our newsletter",
            "Yonhap News Agency",
            Basis.INFERRED,
            "www.yna.co.kr",
        ),
    ],
)
def test_publishers_are_recognized_by_their_page(
    page: str, name: str, basis: Basis, evidence: str, reader: Reader
) -> None:
    words = f"Dam to open\n\n{BODY}\n\n{page}"
    found = reader.facts(words).publisher
    assert found is not None
    assert (found.name, found.basis) == (name, basis)
    assert found.evidence is not None
    assert words[found.evidence[0] : found.evidence[1]].startswith(evidence)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Dam to open | The Korea Herald\n\n", "The Korea Herald"),
        ("Dam to open\n\nBy Jane Doe, The Hill\n\n", "The Hill"),
        ("Dam to open\n\nJANE DOE, Associated Press\n\n", "The Associated Press"),
        ("Dam to open\n\nSPRINGFIELD (Reuters) - ", "Reuters"),
        ("---\nurl: https://www.csmonitor.com/dam\n---\nDam to open\n\n", "The Christian Science Monitor"),
        ("Dam to open\n\nBy Jane Doe, Reuters\n\nHarbor Courier\n\nChina Daily\n\n", "China Daily"),
    ],
)
def test_publishers_are_recognized_by_the_head(head: str, name: str, reader: Reader) -> None:
    found = reader.facts(head + BODY).publisher
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "page",
    [
        "Jane Doe/Reuters/Pool",
        "With reporting by Reuters and AFP",
        "Harbor Courier",
        "Facebook",
        "World",
        "Photo: AFP",
    ],
)
def test_cited_outlets_and_picture_desks_are_no_publishers(page: str, reader: Reader) -> None:
    assert reader.facts(f"Dam to open\n\n{BODY}\n\n{page}").publisher is None


def test_the_outlet_named_most_often_is_the_publisher(reader: Reader) -> None:
    page = "Sign up for news from BBC.\n\nSign up for news from Politico.\n\nSubscribe to Politico today."
    found = reader.facts(f"Dam to open\n\n{BODY}\n\n{page}").publisher
    assert found is not None
    assert found.name == "Politico"


@pytest.mark.parametrize(
    ("stamps", "day"),
    [
        ("Updated: March 3, 2015\nPublished: March 2, 2015", "2015-03-02"),
        ("Published March 2, 2015 | Updated March 3, 2015", "2015-03-02"),
        ("Last modified on March 3, 2015\nMarch 2, 2015", "2015-03-02"),
        ("Updated March 3, 2015", "2015-03-03"),
        ("Published: 14 February 2014 10:31 GMT", "2014-02-14"),
        ("2014-02-14", "2014-02-14"),
        ("7 p.m.", None),
    ],
)
def test_the_printed_day_is_that_of_publication(stamps: str, day: str | None, reader: Reader) -> None:
    found = reader.facts(f"Dam to open\n{stamps}\n\n{BODY}").printed
    assert (found.edtf if found else None) == day


def test_dates_of_captions_and_body_are_not_printed_ones(reader: Reader) -> None:
    words = f"Dam to open\n\nMayor Max Moe speaks in Springfield on Feb. 13, 2014.\n\n{BODY}\n\nIt began on May 5, 2012."
    assert reader.facts(words).printed is None


def test_a_masthead_is_cut_off_the_headline_only_where_it_is_one(reader: Reader) -> None:
    assert cut_masthead("Dam to open | BBC News", reader.publishers) == ("Dam to open", (14, 22))
    assert cut_masthead("Dam to open - minister", reader.publishers) == ("Dam to open - minister", None)
    assert reader.facts(f"Dam to open | BBC News\n\n{BODY}").title == "Dam to open"
