"""Lines that only their neighbours tell for the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.texts.blocks import find_blocks

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

HEAD = "Dam to open\n\nBy Jane Doe"
BODY = (
    "The minister said on Monday that the dam would be finished by spring, three years after the first stone.\n\n"
    "Towns below have waited for water since the drought of 2011, which emptied the wells of the whole valley."
)


def roles(text: str, furniture: Furniture) -> dict[str, str]:
    return {text[one.start : one.end]: one.role.value for one in find_blocks(text, 0, None, furniture)}


def test_a_clump_without_empty_lines_is_one_matter(furniture: Furniture) -> None:
    clump = [
        "Four stories at dusk:",
        "A small letter from the valley, sent at nine.",
        "Look in your mailbox to confirm our newsletter.",
    ]
    found = roles("\n\n".join((HEAD, BODY, "\n".join(clump), BODY.upper())), furniture)
    assert {found[line] for line in clump} == {"furniture"}


def test_the_page_speaks_after_the_end(furniture: Furniture) -> None:
    tail = ["Glad to hear it. Tell a friend about us.", "Yes   No", "That was kind of you."]
    found = roles("\n\n".join((HEAD, BODY, "Did this page help you?", *tail)), furniture)
    assert {found[line] for line in tail} == {"furniture"}


def test_once_the_page_speaks_after_the_end_it_goes_on(furniture: Furniture) -> None:
    tail = ["Subscribe to our newsletter", "Our valley needs you.", "How we do it", "It is full."]
    found = roles("\n\n".join((HEAD, BODY, *tail)), furniture)
    assert [found[line] for line in tail] == ["furniture", "furniture", "furniture", "body"]


def test_questions_among_links_are_links(furniture: Furniture) -> None:
    links = ["Mayor says dam can wait another year", "Will the river run dry?", "Five towns, one well"]
    found = roles("\n\n".join((HEAD, BODY, "Read also", *links)), furniture)
    assert {found[line] for line in links} == {"furniture"}


@pytest.mark.parametrize("mark", ["Advertisement", "Story continues below", "Jane Doe/Springfield Pictures"])
def test_what_stands_within_articles_draws_nothing_to_it(mark: str, furniture: Furniture) -> None:
    line = "You know what we read into it?"
    assert roles(f"{HEAD}\n\n{BODY}\n\n{mark}\n\n{line}", furniture)[line] == "body"


@pytest.mark.parametrize(
    "line", ["Ann Poe went home on Monday.", "“So be it.”", "Nobody told us why, and nobody will."]
)
def test_names_quotations_and_reports_stay_in_a_clump(line: str, furniture: Furniture) -> None:
    text = "\n\n".join((HEAD, BODY, f"{line}\nSubscribe to our newsletter\n{BODY}"))
    assert roles(text, furniture)[line] == "body"


def test_the_headline_is_the_line_that_the_body_knows(furniture: Furniture) -> None:
    text = f"Letters from abroad today\n\nMinister opens dam below the valley\n\nBy Jane Doe\n\n{BODY}"
    found = roles(text, furniture)
    assert found["Minister opens dam below the valley"] == "headline"
    assert found["Letters from abroad today"] == "furniture"


def test_a_masthead_and_a_section_are_no_headline(furniture: Furniture) -> None:
    text = f"The Hill Bell\nFar East\nDam to open after three years of drought\nBy Jane Doe\n\n{BODY}"
    assert roles(text, furniture)["Dam to open after three years of drought"] == "headline"


def test_a_flood_of_lines_is_not_weighed(furniture: Furniture) -> None:
    line = "Please tell us how you read the valley"
    text = "\n".join([HEAD, BODY, *(f"{line} {number} times" for number in range(3000))])
    assert len(roles(text, furniture)) > 3000
