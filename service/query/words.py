"""The language of ``q``: words, "phrases", -word and prefix*."""

from __future__ import annotations

from dataclasses import dataclass

_QUOTES = {'"': '"', "“": "”", "„": "“"}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `prefix` takes every word that begins so; `excluded` asks that it be absent."""

    text: str
    prefix: bool = False
    excluded: bool = False


def parse_words(q: str) -> tuple[Term, ...]:
    """Cut `q` into terms. Every string is a query: a quotation mark left open runs to the end, stray marks say nothing.

    A quoted phrase becomes one term with its spaces in it.
    """
    terms = []
    position = 0
    while position < len(q):
        if q[position].isspace():
            position += 1
            continue
        term, position = _term(q, position)
        if term.text:
            terms.append(term)
    return tuple(terms)


def _term(q: str, start: int) -> tuple[Term, int]:
    excluded = q[start] == "-"
    start += excluded
    if start < len(q) and q[start] in _QUOTES:
        return _phrase(q, start, excluded=excluded)
    end = start
    while end < len(q) and not q[end].isspace():
        end += 1
    word = q[start:end]
    return Term(word.rstrip("*"), prefix=word.endswith("*"), excluded=excluded), end


def _phrase(q: str, start: int, *, excluded: bool) -> tuple[Term, int]:
    end = q.find(_QUOTES[q[start]], start + 1)
    if end < 0:
        end = len(q)
    return Term(q[start + 1 : end], excluded=excluded), end + 1
