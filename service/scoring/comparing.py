"""When two names, two stretches, two dates count as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.dates import within
from service.model import Precision
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.model import Date, Span
    from service.scoring.references import Range
    from service.vocabulary import Vocabulary

Points = frozenset[int]
"""Code points of a text, as a set."""


class Names:
    """Compares names by what they name, where the vocabulary knows it, else by their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the vocabulary that knows aliases: "US" is the United States."""
        self._vocabulary = vocabulary

    def key(self, name: str) -> str:
        """Give what `name` is compared by: the id of the country, actor or publisher, else a slug without article."""
        words = self._vocabulary
        known = words.countries.lookup(name) or words.actors.lookup(name) or words.publishers.lookup(name)
        if known is not None:
            return known.id
        return slug(name).removeprefix("the-").removeprefix("an-").removeprefix("a-")

    def same(self, one: str, other: str) -> bool:
        """Tell whether both name the same: equal keys, or the last two words alike ("President Xi Jinping")."""
        first, second = self.key(one), self.key(other)
        last = [key.split("-")[-2:] for key in (first, second)]
        return first == second or (len(last[0]) == 2 and last[0] == last[1])

    def any(self, name: str, others: Iterable[str]) -> bool:
        """Tell whether `name` names the same as one of `others`."""
        return any(self.same(name, other) for other in others)


def points(stretches: Iterable[Span | Range]) -> Points:
    """Give the code points that `stretches` cover."""
    pairs = ((one[0], one[1]) if isinstance(one, tuple) else (one.start, one.end) for one in stretches)
    return frozenset(point for start, end in pairs for point in range(start, end))


def overlap(one: Points, other: Points) -> float:
    """Give the share of the points of both that are in both (intersection over union); 0 for two empty ones."""
    return len(one & other) / max(1, len(one | other))


def date_fits(date: Date | None, accepted: Sequence[Date]) -> bool:
    """Tell whether `date` lies within one of `accepted`; where the text tells none, a single day is an invention."""
    if not accepted:
        return date is None or date.precision is not Precision.DAY
    return date is not None and any(within(date, one) for one in accepted)
