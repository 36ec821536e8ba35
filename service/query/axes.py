"""What a filter selects by: for each value of one property the numbers of the records that have it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING

from pyroaring import BitMap

from service.query.forward import Forward
from service.query.names import Entry, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Axis:
    """The values of one property and, for each, the rows that have it."""

    def __init__(self, rows: Mapping[str, BitMap], names: Names, count: int = 0) -> None:
        """Take the rows of each value by its id, the names of all of them, perhaps of others too, and how many rows there are."""
        self._rows = rows
        self._count = count
        many = count >= _MANY_ROWS and len(rows) >= _MANY_VALUES
        self._forward = Forward.of(rows, count) if many else None
        self._commonest = sorted(rows, key=lambda identity: (len(rows[identity]), identity), reverse=True)
        self.names = names

    @classmethod
    def of(cls, values: Iterable[Iterable[str]], entries: Iterable[Entry] = ()) -> Axis:
        """Take each row's value ids, in row order, and the entries that name them; an unnamed id is its own name."""
        rows = rows_by_value(values)
        return cls(rows, Names.of(with_unnamed(entries, rows)))

    def any_of(self, ids: Iterable[str]) -> BitMap:
        """Give the rows that have at least one of the values `ids`; not to be changed."""
        found = [self._rows.get(identity, _NONE) for identity in ids]
        return found[0] if len(found) == 1 else BitMap.union(_NONE, *found)

    def commonest(self, rows: BitMap, most: int) -> dict[str, int]:
        """Count `rows` by value, at least those `most` values that most of them have, with all that are as frequent.

        Values are gone through by how many rows they have at all, and no further than any could still be among these; few
        rows are gone through themselves.
        """
        if self._forward is not None and len(rows) * _A_VALUE < self._scanned(rows, most) * self._count:
            return self._forward.commonest(rows, most)
        counts: dict[str, int] = {}
        least: list[int] = []
        for identity in self._commonest:
            own = self._rows[identity]
            if len(least) == most and len(own) < least[0]:
                break
            count = rows.intersection_cardinality(own)
            if count:
                counts[identity] = count
                (heappush if len(least) < most else heappushpop)(least, count)
        return counts

    def _scanned(self, rows: BitMap, most: int) -> int:
        """Foretell with how many values `rows` would be intersected, were they a sample of all."""
        last = self._commonest[min(most, len(self._commonest)) - 1]
        least = len(self._rows[last]) * len(rows) // max(1, self._count)
        return bisect_right(self._commonest, -least, key=lambda identity: -len(self._rows[identity]))

    def shared(self, identity: str, rows: BitMap) -> int:
        """Count those of `rows` that have the value."""
        return rows.intersection_cardinality(self._rows.get(identity, _NONE))

    def count(self, identity: str) -> int:
        """Count the rows that have the value."""
        return len(self._rows.get(identity, _NONE))


def rows_by_value(values: Iterable[Iterable[str]]) -> dict[str, BitMap]:
    """Give for each value id the rows that have it; `values` are each row's ids, in row order."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, ids in enumerate(values):
        for identity in dict.fromkeys(ids):
            rows[identity].append(row)
    return {identity: BitMap(numbers) for identity, numbers in rows.items()}


def with_unnamed(entries: Iterable[Entry], ids: Iterable[str]) -> tuple[Entry, ...]:
    """Give `entries`, each once, and one for each of the `ids` that none of them names."""
    known = [*dict.fromkeys(entries)]
    named = {entry.id for entry in known}
    return (*known, *(Entry(each, each) for each in ids if each not in named))


_NONE = BitMap()
_MANY_ROWS, _MANY_VALUES = 10_000, 16
_A_VALUE = 300
"""To intersect with the rows of a value takes as long as to look at one in so many of all rows, or thereabouts."""
