from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.texts.bars import is_bar
from service.texts.paragraphs import cut

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture


@pytest.mark.parametrize(
    "line",
    [
        "Home › World › Asia",
        "Home » News",
        "Read on »",
        "Print | Email | Share",
        "Skip to the text | Search | Languages",
        "Yes   No",
        "Facebook Twitter Email",
        "World  Politics  Business",
        "English 中文 Русский",
    ],
)
def test_rows_of_links_and_buttons(line: str, furniture: Furniture) -> None:
    assert is_bar(cut(line, 0)[0], furniture)


@pytest.mark.parametrize(
    "line",
    [
        "Dam to open | Springfield Courier",
        "Jane Doe | Foreign Correspondent | Springfield",
        "«Nous verrons», » he said",
        "Yes. No. Perhaps.",
        "No",
        "It is full.  It is safe.  It is ours.",
        "Share prices fall",
        "x" * 300,
    ],
)
def test_other_lines(line: str, furniture: Furniture) -> None:
    assert not is_bar(cut(line, 0)[0], furniture)
