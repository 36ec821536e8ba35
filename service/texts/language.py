"""Does a text read as English? A test by the share of function words, which no other language uses so thickly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

_SAMPLE = 30_000
_FEW_WORDS = 8
_SHARE = 0.18
_WORD = re.compile(r"[^\W\d_]{1,40}")


def detect_language(decoded: str, furniture: Furniture) -> str:
    """Give ``en`` for a text that reads as English, else ``und``.

    At least 18 of 100 words must be function words of English (English news has about 40, its closest relatives less
    than 12); a text of fewer than eight words is English where one of its words is, or where all its letters are
    plain Latin ones.
    """
    words = [word.casefold() for word in _WORD.findall(decoded[:_SAMPLE])]
    known = sum(word in furniture.function_words for word in words)
    if len(words) < _FEW_WORDS:
        return "en" if words and (known or "".join(words).isascii()) else "und"
    return "en" if known >= _SHARE * len(words) else "und"
