"""Each row's values of one property, for counting a few rows at once instead of each of many values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_VALUES = 8
"""How many values a row may have; one with more is left to the bitmaps, with all others of its property."""


@dataclass(frozen=True, slots=True)
class _Further:
    """The second value of the rows that have one, or the third: the rows, as a set and in order, and what they have."""

    rows: BitMap
    places: Any
    numbers: Any


class Forward:
    """The number of each row's first value, counted from 1, 0 for none; and the further values of those that have several."""

    __slots__ = ("_first", "_further", "_ids")

    def __init__(self, ids: list[str], first: Any, further: list[_Further]) -> None:
        """Take the values' ids, by which the numbers go."""
        self._ids, self._first, self._further = ids, first, further

    @classmethod
    def of(cls, rows: Mapping[str, BitMap], count: int) -> Forward | None:
        """Turn the `rows` of each value round, of `count` rows in all; None where one of them has too many values, or none any."""
        import numpy as np  # noqa: PLC0415 - small records do without, and start without

        if not rows:
            return None
        sizes = [len(own) for own in rows.values()]
        at = np.concatenate([np.asarray(own.to_array(), np.uint32) for own in rows.values()])
        order = np.argsort(at, kind="stable")
        kind = np.uint16 if len(sizes) < 1 << 16 else np.uint32
        at, numbers = at[order], np.repeat(np.arange(1, len(sizes) + 1, dtype=kind), sizes)[order]
        firsts = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1])))
        depths = np.arange(len(at)) - np.repeat(firsts, np.diff([*firsts, len(at)]))
        if depths.max() >= _MOST_VALUES:
            return None
        first = np.zeros(count, kind)
        first[at[firsts]] = numbers[firsts]
        further = []
        for depth in range(1, int(depths.max()) + 1):
            deep = depths == depth
            further.append(_Further(BitMap(at[deep]), at[deep], numbers[deep]))
        return cls([*rows], first, further)

    def commonest(self, rows: BitMap, most: int) -> dict[str, int]:
        """Count `rows` by value, those `most` values that most of them have, with all that are as frequent."""
        import numpy as np  # noqa: PLC0415 - the same

        counts = np.bincount(self._first[np.asarray(rows.to_array())], minlength=len(self._ids) + 1)
        for each in self._further:
            at = np.searchsorted(each.places, np.asarray((rows & each.rows).to_array()))
            counts += np.bincount(each.numbers[at], minlength=len(counts))
        counts[0] = 0
        least = 1
        if most < len(self._ids):
            least = max(least, int(np.partition(counts, -most)[-most]))
        chosen = np.flatnonzero(counts >= least)
        return {self._ids[number - 1]: int(counts[number]) for number in chosen.tolist()}
