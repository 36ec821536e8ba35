"""Raw pages of many outlets: the article's facts, and the role of every line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.page_reading import Page, facts_of, misread, read_pages, reader

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (*read_pages(), *read_pages("more_pages.yaml"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_facts_of_an_article_are_read_from_its_page(page: Page, tmp_path: Path) -> None:
    text = reader().text(page, tmp_path)
    assert facts_of(reader().facts(text)) == page.facts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_of_a_page_has_its_role(page: Page, tmp_path: Path) -> None:
    assert misread(reader().text(page, tmp_path), page.pieces) == []
