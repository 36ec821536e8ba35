"""What a filter selects by: for each value of one property the numbers of the records that have it."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING

from pyroaring import BitMap

from service.query.names import Entry, Names

if TYPE_CHECKING:
    from collections.abc import Iterable


class Axis:
    """The values of one property and, for each, the rows that have it."""

    def __init__(self, values: Iterable[Iterable[str]], entries: Iterable[Entry] = ()) -> None:
        """Take each row's value ids, in row order, and the entries that name them; an unnamed id is its own name."""
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, ids in enumerate(values):
            for identity in dict.fromkeys(ids):
                rows[identity].append(row)
        self._rows = {identity: BitMap(numbers) for identity, numbers in rows.items()}
        self._sizes = sorted(((len(own), identity) for identity, own in self._rows.items()), reverse=True)
        known = list(entries)
        known += [Entry(identity, identity) for identity in rows.keys() - {entry.id for entry in known}]
        self.names = Names(known)

    def any_of(self, ids: Iterable[str]) -> BitMap:
        """Give the rows that have at least one of the values `ids`; not to be changed."""
        found = [self._rows.get(identity, _NONE) for identity in ids]
        return found[0] if len(found) == 1 else BitMap.union(_NONE, *found)

    def commonest(self, rows: BitMap, most: int) -> dict[str, int]:
        """Count `rows` by value, at least those `most` values that most of them have, with all that are as frequent.

        Values are gone through by how many rows they have at all, and no further than any could still be among these.
        """
        counts: dict[str, int] = {}
        least: list[int] = []
        for size, identity in self._sizes:
            if len(least) == most and size < least[0]:
                break
            count = rows.intersection_cardinality(self._rows[identity])
            if count:
                counts[identity] = count
                (heappush if len(least) < most else heappushpop)(least, count)
        return counts

    def shared(self, identity: str, rows: BitMap) -> int:
        """Count those of `rows` that have the value."""
        return rows.intersection_cardinality(self._rows.get(identity, _NONE))

    def count(self, identity: str) -> int:
        """Count the rows that have the value."""
        return len(self._rows.get(identity, _NONE))


_NONE = BitMap()
