"""How a whole text is cut: every role in its place, and no sentence lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.model import Role
from service.texts.blocks import find_blocks

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

BODY = """The minister said on Monday that the dam would be finished by spring, three years after the first stone.

"We will open it," she said. "It is safe."

Is it?"""


def roles(text: str, furniture: Furniture, title: str | None = None) -> list[tuple[str, str]]:
    return [
        (block.role.value, text[block.start : block.end]) for block in find_blocks(text, 0, title, furniture)
    ]


def body(text: str = BODY) -> list[tuple[str, str]]:
    return [("body", words) for words in text.split("\n\n")]


def test_an_agency_story(furniture: Furniture) -> None:
    text = (
        "Springfield to open dam\nBy Jane Doe and John Roe\nUpdated: March 3, 2015 10:31 GMT\n\n"
        f"SPRINGFIELD, March 2 (Reuters) - {BODY}\n\n(Reporting by Jane Doe; Editing by Ann Poe)"
    )
    assert roles(text, furniture) == [
        ("headline", "Springfield to open dam"),
        ("byline", "By Jane Doe and John Roe"),
        ("timestamp", "Updated: March 3, 2015 10:31 GMT"),
        ("dateline", "SPRINGFIELD, March 2 (Reuters) -"),
        *body(),
        ("furniture", "(Reporting by Jane Doe; Editing by Ann Poe)"),
    ]


def test_a_paper_with_deck_labels_and_a_bare_name(furniture: Furniture) -> None:
    text = (
        "Home\nWorld\n\nDam to open, minister says\n\nThe works took three years, and the costs rose. Nobody knows why.\n\n"
        f"Harbor Courier\nAdd to list\nJane Doe\nFeb. 14, 2014, 6:08 a.m.\n\n{BODY}"
    )
    assert roles(text, furniture) == [
        ("furniture", "Home"),
        ("furniture", "World"),
        ("headline", "Dam to open, minister says"),
        ("deck", "The works took three years, and the costs rose. Nobody knows why."),
        ("furniture", "Harbor Courier"),
        ("furniture", "Add to list"),
        ("byline", "Jane Doe"),
        ("timestamp", "Feb. 14, 2014, 6:08 a.m."),
        *body(),
    ]


def test_a_name_that_the_article_speaks_of_is_no_byline(furniture: Furniture) -> None:
    text = f"Dam to open\n\nAnn Poe\n\nThe minister, Ann Poe, said so.\n\n{BODY}"
    assert ("byline", "Ann Poe") not in roles(text, furniture)


def test_a_date_in_the_byline_is_a_block_of_its_own(furniture: Furniture) -> None:
    text = f"Dam to open\n\nBy Jane Doe | February 14, 2014\n\n{BODY}"
    assert roles(text, furniture)[1:3] == [("byline", "By Jane Doe"), ("timestamp", "February 14, 2014")]


def test_a_dateline_alone_on_its_line(furniture: Furniture) -> None:
    text = f"Dam to open\n\nSEOUL, South Korea\n\n{BODY}"
    assert roles(text, furniture)[1] == ("dateline", "SEOUL, South Korea")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_caption_around_its_credit_is_one_both_times(between: str, furniture: Furniture) -> None:
    caption = "The minister was at the dam, where she met its engineers."
    text = f"Dam to open\n\n{caption}{between}Jane Doe/Reuters{between}{caption}\n\n{BODY}"
    assert roles(text, furniture) == [
        ("headline", "Dam to open"),
        ("caption", caption),
        ("furniture", "Jane Doe/Reuters"),
        ("caption", caption),
        *body(),
    ]


def test_only_the_caption_belongs_to_a_credit_between_it_and_the_body(furniture: Furniture) -> None:
    text = (
        f"Dam to open\n\nThe minister waves at the dam.\nJane Doe/Reuters\n{BODY}\n\nThat is all.\n\nFor now."
    )
    found = roles(text, furniture)
    assert found[1:3] == [("caption", "The minister waves at the dam."), ("furniture", "Jane Doe/Reuters")]
    assert found[3][0] == "body"


def test_repetitions_and_players_are_furniture(furniture: Furniture) -> None:
    text = f"Dam to open in spring\n\n{BODY}\n\nDam to open in spring\nplease wait\n\n0:00 0:02:47 0:00\n\nAll is well."
    assert [role for role, _ in roles(text, furniture)] == [
        "headline",
        *["body"] * 3,
        *["furniture"] * 3,
        "body",
    ]


def test_links_to_other_articles_are_furniture(furniture: Furniture) -> None:
    text = f"Dam to open\n\n{BODY}\n\nMayor Says Dam Can Wait Another Year\n\nIt is full.\n\nRead more:\n\nFive things to know"
    assert [role for role, _ in roles(text, furniture)][-4:] == [
        "furniture",
        "body",
        "furniture",
        "furniture",
    ]


def test_the_page_speaks_last(furniture: Furniture) -> None:
    text = f"Dam to open\n\nBy Jane Doe\n\n{BODY}\n\nJane Doe covers water.\n\nWas this article helpful?\n\nTell us more."
    assert [role for role, _ in roles(text, furniture)][-3:] == ["furniture"] * 3


def test_subheads_and_short_questions_stay_in_the_body(furniture: Furniture) -> None:
    text = f"Dam to open\n\n{BODY}\n\nWhy it matters\n\nThe towns below need water.\n\n“Now?”"
    assert [role for role, _ in roles(text, furniture)] == ["headline", *["body"] * 6]


@pytest.mark.parametrize(
    "text", [BODY, "The minister said that the dam is ready.", "Dam to open", "“Yes,” she said."]
)
def test_a_text_may_begin_with_its_body(text: str, furniture: Furniture) -> None:
    assert roles(text, furniture) == body(text)


def test_a_stated_title_is_the_headline_where_the_text_repeats_it(furniture: Furniture) -> None:
    text = f"The dam was opened.\n\n{BODY}"
    assert roles(text, furniture, "The dam was opened")[0][0] == "headline"
    assert roles(text, furniture, "Another title")[0][0] == "body"


def test_hard_wrapped_paragraphs_are_one_block_each(furniture: Furniture) -> None:
    text = (
        "Dam to open\n\nBy Jane Doe, Staff Writer\n\nSPRINGFIELD -- The minister said on Monday that the dam would be\n"
        "finished by spring, after three years of work on the banks of\nthe river.\n\n"
        "Neighbours of the dam have complained for years about the noise of\nthe works and the dust on their roofs."
    )
    assert [role for role, _ in roles(text, furniture)] == ["headline", "byline", "dateline", "body", "body"]


def test_line_ends_make_no_difference(furniture: Furniture) -> None:
    text = f"Dam to open\n\nBy Jane Doe\n\n{BODY}\n\nRecommended"
    unix = roles(text, furniture)
    assert roles(text.replace("\n", "\r\n"), furniture) == unix
    assert roles(text.replace("\n\n", "\n"), furniture) == unix


LINES = st.sampled_from(
    [
        "By Jane Doe",
        "Jane Doe",
        "BEIJING — Yes.",
        "SEOUL —",
        "Recommended",
        "Feb. 14, 2014",
        "“Yes,” she said.",
        "🙂 e\u0301",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n", " "]),
)
@example(["By Jane Doe | Feb. 14, 2014", "x"], "\n")
def test_blocks_stand_in_order_and_lose_nothing_but_space(
    furniture: Furniture, parts: list[str], joint: str
) -> None:
    text = joint.join(parts)
    blocks = find_blocks(text, 0, None, furniture)
    ends = [0, *(block.end for block in blocks)]
    assert all(end <= block.start < block.end <= len(text) for end, block in zip(ends, blocks, strict=False))
    gaps = (
        "".join(text[end : block.start] for end, block in zip(ends, blocks, strict=False)) + text[ends[-1] :]
    )
    assert not any(character.isalnum() for character in gaps)


@pytest.mark.parametrize(
    "unit", ["The minister said that it is ready. ", "- ", '"', "BEIJING — ", "Jane Doe/", "a@"]
)
def test_a_line_of_megabytes_is_one_block_at_once(unit: str, furniture: Furniture) -> None:
    text = unit * (2_000_000 // len(unit))
    started = time.process_time()
    blocks = find_blocks(text, 0, None, furniture)
    assert time.process_time() - started < 2
    assert [block.role for block in blocks if block.role is not Role.DATELINE] == [Role.BODY]
