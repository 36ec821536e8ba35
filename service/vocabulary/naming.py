"""Make names comparable: one folding for look-ups, one slug for ids."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SHORT = 100
_DASHES = str.maketrans({"-": " ", "‐": " ", "‑": " ", "–": " "})


def fold(name: str) -> str:
    """Give `name` in small letters, without accents, full stops, hyphens and a leading "the".

    ``fold("The U.S.") == fold("US")``; ``fold("Kim Jong-un") == fold("Kim Jong Un")``. Idempotent.
    """
    return _remembered(name) if len(name) <= _SHORT else _folded(name)


def _folded(name: str) -> str:
    return _without_article(_plain(name).translate(_APOSTROPHES).translate(_DASHES).replace(".", "").split())


_remembered = lru_cache(10_000)(_folded)


def slug(name: str) -> str:
    """Give `name` as an id: small ASCII letters and digits joined by single hyphens, "" where none are left."""
    plain = _plain(name).translate(_APOSTROPHES).replace("'", "").replace(".", "")
    return "-".join(_ASCII_WORD.findall(plain))


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _without_article(words: list[str]) -> str:
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)
