from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.texts.front import Front, Given, read_front, with_given

BODY = "The dam is ready.\n"


def fenced(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", BODY))


def test_every_member_is_read_and_the_article_begins_after_the_fence() -> None:
    text = fenced(
        "title: Dam to open",
        "publisher: Springfield Courier",
        "authors: [Jane Doe, John Roe]",
        "published: 2014-02-14",
        "dateline: Springfield",
        "language: en",
        "url: https://example.org/dam",
        "note: a sample",
        "retold_from:",
        "  publisher: Other Courier",
        "  title: Old title",
        "  authors: Ann Poe and Max Moe",
        "  published: 2014-02",
    )
    front = read_front(text)
    matter = front.matter
    assert matter is not None
    assert front.doubts == ()
    assert text[matter.end :] == BODY
    assert (matter.title, matter.publisher, matter.dateline) == (
        "Dam to open",
        "Springfield Courier",
        "Springfield",
    )
    assert matter.authors == ("Jane Doe", "John Roe")
    assert (matter.published, matter.language, matter.note) == ("2014-02-14", "en", "a sample")
    assert matter.url == "https://example.org/dam"
    retold = matter.retold_from
    assert retold is not None
    assert (retold.publisher, retold.title, retold.published) == ("Other Courier", "Old title", "2014-02")
    assert retold.authors == ("Ann Poe", "Max Moe")


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "---\nAn ornament\n---\n" + BODY,
        " ---\ntitle: a\n---\n",
        "",
    ],
)
def test_what_is_no_front_matter_is_the_article(text: str) -> None:
    assert read_front(text) == read_front("")


def test_front_matter_that_is_never_closed_is_told_of() -> None:
    front = read_front("---\ntitle: never closed\n" + BODY)
    assert front.matter is None
    assert "close it with a line of ---" in front.doubts[0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("titel: Dam", "`titel`"),
        ("title: [a, b]", "`title`"),
        ("published: 14 February", "2014-02-14"),
        ("published: 2014-02-30", "`published`"),
        ("authors: {a: b}", "`authors`"),
        ("retold_from: someone", "`retold_from`"),
        ("retold_from: {editor: someone}", "`retold_from.editor`"),
    ],
)
def test_a_wrong_member_is_ignored_alone_and_named(line: str, says: str) -> None:
    front = read_front(fenced(line, "note: kept"))
    assert front.matter is not None
    assert front.matter.note == "kept"
    assert front.matter.published is None
    assert len(front.doubts) == 1
    assert says in front.doubts[0]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("title: a", "note: b: c"), "line 3"),
        (("title: &a [x, x]", "note: *a"), "line 3: aliases"),
        (("title: " + "[" * 5000,), "brackets"),
        (("title: [a",), "ignored"),
        (("note: |", "\ttitle: a"), "ignored"),
    ],
)
def test_yaml_that_is_broken_or_multiplies_is_refused_with_its_line(
    lines: tuple[str, ...], says: str
) -> None:
    text = fenced(*lines)
    front = read_front(text)
    assert front.matter is not None
    assert text[front.matter.end :] == BODY
    assert (front.matter.title, front.matter.note) == (None, None)
    assert says in front.doubts[0]


def test_line_ends_of_every_kind_count() -> None:
    text = fenced("title: Dam").replace("\n", "\r\n")
    matter = read_front(text).matter
    assert matter is not None
    assert text[matter.end :].startswith("The dam")


def test_a_posted_title_and_date_are_front_matter_without_length() -> None:
    front = with_given(Front(None), Given(title="Dam to open", published="2014-02"))
    assert front.matter is not None
    assert (front.matter.end, front.matter.title, front.matter.published) == (0, "Dam to open", "2014-02")
    assert with_given(Front(None), Given()).matter is None
    assert "`published`" in with_given(Front(None), Given(published="soon")).doubts[0]


def test_what_came_beside_a_text_wins_over_its_front_matter_member_by_member() -> None:
    stated = read_front(fenced("title: Dam", "published: 2013", "language: fr", "colour: red"))
    assert stated.matter is not None
    front = with_given(stated, Given(published="2014-02"))
    assert front.matter is not None
    assert (front.matter.title, front.matter.published, front.matter.language) == ("Dam", "2014-02", "fr")
    assert front.matter.end == stated.matter.end
    assert front.doubts == stated.doubts != ()
    assert with_given(stated, Given()) == stated


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet="titlenoe:-[]{}&*!|>#'\"% \t\n", max_size=20), max_size=6))
def test_no_front_matter_makes_it_fail(lines: list[str]) -> None:
    text = fenced("title: x", *lines)
    matter = read_front(text).matter
    assert matter is None or 0 < matter.end <= len(text)
