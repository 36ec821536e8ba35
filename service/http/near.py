"""The likeliest of a few known names for one that is not among them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 80
"""How many characters of what a client wrote are looked at, and repeated in answers."""

_LEAST = 3
_ALIKE = 0.72
_BETWEEN = re.compile(r"[\s_-]+")


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Give the one of `known` that `written` looks like, the first of several alike; None where it looks like none.

    Case, and what stands between words, count for nothing; beyond that it may be a part of one, or a few letters may
    differ.
    """
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(_folded(each), each)
    wanted = _folded(written[:LONGEST])
    holding = [each for each in folded if wanted in each] if len(wanted) >= _LEAST else []
    if len(holding) == 1:
        return folded[holding[0]]
    close = get_close_matches(wanted, holding or folded, n=1, cutoff=_ALIKE)
    return folded[close[0]] if close else None


def shortened(written: str) -> str:
    """Cut what a client wrote down to what an answer repeats of it."""
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}…"


def _folded(name: str) -> str:
    return _BETWEEN.sub("-", name.strip().lower())
