from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.quotes import Quote, find_quotes


def quotes_of(*paragraphs: str) -> tuple[str, tuple[tuple[Quote, ...], ...]]:
    """Give the paragraphs as one text, and the quotes of each."""
    text, bounds = "", []
    for paragraph in paragraphs:
        bounds.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    return text, find_quotes(text, bounds)


def inner(*paragraphs: str) -> list[list[str]]:
    text, found = quotes_of(*paragraphs)
    return [[text[quote.inner_start : quote.inner_end] for quote in quotes] for quotes in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"One," he said, "two."', ["One,", "two."]),
        ("“One,” he said, “two.”", ["One,", "two."]),
        ("„One“ and «two»", ["One", "two"]),
        ("''One'' and ``two''", ["One", "two"]),
        ("‘‘One’’ he said.", ["One"]),
        ("‘One two,’ he said.", ["One two,"]),
        ("'One two,' he said.", ["One two,"]),
        ('“One" and "two”', ["One", "two"]),
        ("“He said ‘no’ to ‘them’,” she said.", ["He said ‘no’ to ‘them’,"]),
        ("“‘No,’ he said.”", ["‘No,’ he said."]),
        ('(“one”)—"two"', ["one", "two"]),
        ("“” and “ \ufeff” and “one”", ["one"]),
        ("no marks", []),
    ],
)
def test_marks_of_every_kind(text: str, found: list[str]) -> None:
    assert inner(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "It’s the farmers’ dam, isn’t it?",
        "It's the farmers' dam, isn't it?",
        "the '90s and the ’30s",
        "a 6' wall and an 8\" door",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    assert inner(text) == [[]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'It's ours,' he said.", "It's ours,"),
        ("‘The farmers’ dam is old,’ he said.", "The farmers’ dam is old,"),
        ("'The farmers' dam is old,' he said.", "The farmers' dam is old,"),
        ("“The farmers’ dam isn’t old,” he said.", "The farmers’ dam isn’t old,"),
    ],
)
def test_apostrophes_inside_a_quotation_do_not_close_it(text: str, found: str) -> None:
    assert inner(text) == [[found]]


def test_offsets_count_in_the_whole_text() -> None:
    text, ((), (quote,)) = quotes_of("\U0001f600 nothing here", "He said ``no'' twice.")
    assert text[quote.start : quote.end] == "``no''"
    assert text[quote.inner_start : quote.inner_end] == "no"
    assert not quote.open_end
    assert not quote.resumes


def test_a_speech_over_several_paragraphs_resumes() -> None:
    _, found = quotes_of("He said, “One.", "“Two.", "“Three.” He left.")
    assert [[(q.open_end, q.resumes) for q in quotes] for quotes in found] == [
        [(True, False)],
        [(True, True)],
        [(False, True)],
    ]


def test_one_unclosed_mark_harms_its_own_paragraph_only() -> None:
    assert inner("He spoke of “a mess and left.", "“One,” he said.", "Nothing.") == [
        ["a mess and left."],
        ["One,"],
        [],
    ]
    assert inner("He spoke of “a mess and left.", "She said “one” and “two.”") == [[], ["one", "two."]]


def test_an_unclosed_mark_at_the_end_is_speech_only_where_speech_begins() -> None:
    assert inner("He said, “One and two.") == [["One and two."]]
    assert inner("“One and two.") == [["One and two."]]
    assert inner("the “one and two.") == [[]]


@given(st.lists(st.text(alphabet="ab \"“”‘’'`«»,.\n", max_size=40), max_size=4))
def test_quotes_lie_in_their_paragraph_in_order_and_apart(paragraphs: list[str]) -> None:
    text, found = quotes_of(*paragraphs)
    at = 0
    for paragraph, quotes in zip(paragraphs, found, strict=True):
        end = at
        for quote in quotes:
            assert end <= quote.start < quote.inner_start <= quote.inner_end <= quote.end
            assert quote.end <= at + len(paragraph)
            assert quote.open_end == (quote.inner_end == quote.end)
            assert text[quote.start] in "\"“”‘’'`«»"
            end = quote.end
        at += len(paragraph) + 2


class Counted(str):
    """A text that counts the characters that are cut out of it."""

    __slots__ = ("cut",)

    def __init__(self, text: str) -> None:
        del text
        self.cut = 0

    def __getitem__(self, key: Any) -> str:
        piece = super().__getitem__(key)
        self.cut += len(piece)
        return piece


@pytest.mark.parametrize("piece", ["“a ", '"', "“", "‘a 'b ’", '“a ‘b "c" d’ e” ', "« a", "“ "])
def test_work_grows_with_the_marks_not_with_their_square(piece: str) -> None:
    few, many = (Counted(piece * count) for count in (500, 2000))
    for text in (few, many):
        find_quotes(text, [(0, len(text))])
    assert many.cut <= 5 * few.cut
