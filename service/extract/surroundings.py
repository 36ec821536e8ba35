"""What surrounds the words of a statement, and how far they may point into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds the words of a statement.

    `sentence` are the whole sentences it stands in; `lead` these up to the end of the words, without the speaker; `before` the sentences before, the nearest last, of which the last `beside` are of the same
    paragraph; `points` tells whether a "this" or "that" in the words stands for something said before.
    """

    sentence: str
    lead: str = ""
    before: Sequence[str] = ()
    beside: int = 0
    headline: str | None = None
    points: bool = False

    def pieces(self) -> list[str]:
        """Give everything that surrounds the words, nearest first."""
        return [self.sentence, *self.before, *([self.headline] if self.headline else [])]

    def named(self) -> list[tuple[str, str]]:
        """Give where "that goal" may point, in order: within its sentence, the one or two before, the headline."""
        reach = 2 if self.beside >= 2 else 1
        return self._back(reach) + ([("headline", self.headline)] if self.headline else [])

    def nearest(self) -> list[tuple[str, str]]:
        """Give where a "this" that stands by itself may point."""
        return self._back(1)

    def own_paragraph(self) -> list[tuple[str, str]]:
        """Give where "them" may point."""
        return self._back(min(1, self.beside))

    def _back(self, reach: int) -> list[tuple[str, str]]:
        back = enumerate(reversed(self.before[len(self.before) - min(reach, len(self.before)) :]), 1)
        return [("sentence", self.lead), *((f"before-{number}", piece) for number, piece in back)]
