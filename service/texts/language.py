"""Does a text read as English? A test by the share of function words, which no other language uses so thickly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

_SAMPLE = 30_000
_FEW_WORDS = 8
_MANY_WORDS = 60
_SHARE = 0.1
_SHARE_OF_FEW = 0.05
_WORD = re.compile(r"[^\W\d_]{1,40}")


def detect_language(decoded: str, furniture: Furniture) -> str:
    """Give ``en`` for a text that reads as English, else ``und``.

    At least 10 of 100 words must be such function words of English as its neighbours do not share (English news has 18
    to 35, other languages next to none); 5 of 100 in less than 60 words, as single paragraphs vary. A text of fewer than
    eight words is English where one of its words is, or where all its letters are plain Latin ones.
    """
    words = [word.casefold() for word in _WORD.findall(decoded[:_SAMPLE])]
    known = sum(word in furniture.function_words for word in words)
    if len(words) < _FEW_WORDS:
        return "en" if words and (known or "".join(words).isascii()) else "und"
    share = _SHARE if len(words) >= _MANY_WORDS else _SHARE_OF_FEW
    return "en" if known >= share * len(words) else "und"
