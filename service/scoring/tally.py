"""Counting what is right and of how many, and the figures that come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

NAMES = (
    "sources.title",
    "sources.publisher",
    "sources.date",
    "sources.authors",
    "statements.precision",
    "statements.recall",
    "statements.f1",
    "statements.recall.direct",
    "statements.recall.other",
    "statements.speakers",
    "statements.kind",
    "statements.date",
    "statements.quotes",
    "statements.via",
    "topics.precision",
    "topics.recall",
    "topics.f1",
    "events.precision",
    "events.recall",
    "events.f1",
    "events.date",
    "events.participants",
)
"""Every figure, in the order in which they are shown; all are shares from 0 to 1."""

_HARMONIC = ("statements.f1", "topics.f1", "events.f1")


@dataclass(slots=True)
class Tally:
    """Counts by figure, and a line for every miss and surplus."""

    right: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    of: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, right: float, of: int = 1) -> None:
        """Count `right` (a half for what is half right) out of `of` for the figure `name`."""
        self.right[name] += right
        self.of[name] += of

    def check(self, name: str, miss: str, *, right: bool) -> None:
        """Count one for the figure `name`; note `miss` where it is not right."""
        self.count(name, right)
        if not right:
            self.misses.append(miss)

    def figures(self) -> dict[str, float | None]:
        """Give every figure by name; None where nothing was counted for it."""
        return {name: self._harmonic(name) if name in _HARMONIC else self._share(name) for name in NAMES}

    def _share(self, name: str) -> float | None:
        return self.right[name] / self.of[name] if self.of[name] else None

    def _harmonic(self, name: str) -> float | None:
        kind = name.removesuffix(".f1")
        precision, recall = self._share(f"{kind}.precision"), self._share(f"{kind}.recall")
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
