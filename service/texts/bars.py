"""Recognize lines that are no prose at all: paths and bars of links, rows of buttons, answers to tick."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.texts.bylines import is_people, read_byline
from service.vocabulary.furniture import plain

if TYPE_CHECKING:
    from service.texts.paragraphs import Paragraph
    from service.vocabulary.furniture import Furniture

_LONGEST = 200
_PART_WORDS = 5
_FEWEST_PARTS = 3
_BAR_WORDS = 16
_PATH = re.compile(r"\s[›»>→]\s|[›»→]")
_BAR = re.compile(r"\s?[|•·]\s?|\t|\s{2,}|\s/\s")
_TOKEN = re.compile(r"[^\s|•·›»>/,()]{1,40}")
_STOPS = (".", "!", "?", ",", ";")


def is_bar(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a line is a row of links or buttons: ``Home › World``, ``Print | Email | Share``, ``Yes   No``."""
    text = paragraph.text
    if not 0 < len(text) <= _LONGEST or "\n" in text:
        return False
    return _is_path(text) or _is_row(text, furniture) or _is_buttons(text, furniture)


def _is_path(text: str) -> bool:
    if "«" in text:  # a quotation
        return False
    parts = _parts(_PATH, text)
    bare = text.strip(" ›»>→")
    return bool(parts) and bare != "" and (len(parts) > 1 or len(bare) < len(text)) and _are_short(parts)


def _is_row(text: str, furniture: Furniture) -> bool:
    parts = _parts(_BAR, text)
    if len(parts) < _FEWEST_PARTS or not _are_short(parts):
        return False
    return read_byline(text, furniture) is None and not is_people(parts[0], furniture)


def _is_buttons(text: str, furniture: Furniture) -> bool:
    """Tell whether every word is a button's, and there are two of them at least."""
    words = [plain(token).strip(".:!+") for token in _TOKEN.findall(text)]
    words = [word for word in words if word]
    buttons = furniture.talk.buttons
    return 2 <= len(words) <= _BAR_WORDS and (
        all(word in buttons or word.isdigit() for word in words) and not text.endswith(_STOPS)
    )


def _parts(separator: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in separator.split(text) if part and part.strip()]


def _are_short(parts: list[str]) -> bool:
    return all(part.count(" ") < _PART_WORDS and not part.endswith(_STOPS) for part in parts)
