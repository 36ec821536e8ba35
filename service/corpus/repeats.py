"""The same words in several sources: near-identical quotations of one speaker."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Statement

_FEWEST_WORDS = 5
_ALIKE = 90.0
"""Out of 100, of the shorter quotation found in the longer one: each outlet cuts a quotation its own way."""


def find_repeats(statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Give, by statement id, the ids of other sources' statements that carry the same quoted words of the same speaker."""
    quoted: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
    for statement in statements:
        words = fold(" ".join(quote.text for quote in statement.quotes))
        if len(words.split()) >= _FEWEST_WORDS:
            for party in statement.speakers:
                quoted[party.id].append((statement, words))
    repeats: dict[str, set[str]] = defaultdict(set)
    for group in quoted.values():
        for number, (one, words) in enumerate(group):
            for other, others in group[number + 1 :]:
                if one.source != other.source and fuzz.partial_ratio(words, others) >= _ALIKE:
                    repeats[one.id].add(other.id)
                    repeats[other.id].add(one.id)
    return {name: tuple(sorted(found)) for name, found in repeats.items()}
