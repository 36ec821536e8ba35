"""The orders of a list: from any of the rows asked for onward, or back, at a cost that does not grow with the table."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Protocol

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.query.columns import Days
    from service.query.search import Found

_BLOCK = 1024
_PIECE = 64


class Order(Protocol):
    """An order of a table's rows."""

    def onward(self, rows: BitMap, start: int | None) -> Iterator[int]:
        """Give `rows` in order, from `start`, which is one of them, on (None: from the first)."""

    def back(self, rows: BitMap, start: int) -> Iterator[int]:
        """Give those of `rows` that stand before `start`, which is one of them, backwards."""


class Natural:
    """The rows' own order."""

    def onward(self, rows: BitMap, start: int | None) -> Iterator[int]:
        """See `Order`."""
        return iter(rows) if start is None else rows.iter_equal_or_larger(start)

    def back(self, rows: BitMap, start: int) -> Iterator[int]:
        """See `Order`."""
        return _backwards(rows, 0, start)


class Newest:
    """The latest dates first, rows of one date in their own order, undated rows last.

    Rows of one date are neighbours in a table, so this is the table's own order with its runs of equal dates turned
    round.
    """

    def __init__(self, days: Days) -> None:
        """Take the dates of a table."""
        runs = days.runs
        self._firsts = array("L", (run.first for run in runs))
        self._dated = runs[-1].first + runs[-1].count if runs else 0

    def onward(self, rows: BitMap, start: int | None) -> Iterator[int]:
        """See `Order`."""
        if start is not None and start >= self._dated:
            yield from rows.iter_equal_or_larger(start)
            return
        reached = self._dated
        if start is not None:
            reached, end = self._run(start)
            yield from _forwards(rows, start, end)
        while (before := _before(rows, reached)) is not None:
            reached, end = self._run(before)
            yield from _forwards(rows, reached, end)
        yield from rows.iter_equal_or_larger(self._dated)

    def back(self, rows: BitMap, start: int) -> Iterator[int]:
        """See `Order`."""
        reached = 0
        if start >= self._dated:
            yield from _backwards(rows, self._dated, start)
        else:
            first, reached = self._run(start)
            yield from _backwards(rows, first, start)
        while (after := next(rows.iter_equal_or_larger(reached), self._dated)) < self._dated:
            first, reached = self._run(after)
            yield from _backwards(rows, first, reached)

    def _run(self, row: int) -> tuple[int, int]:
        """Give where the rows with the date of `row` begin and end."""
        number = bisect_right(self._firsts, row)
        end = self._firsts[number] if number < len(self._firsts) else self._dated
        return self._firsts[number - 1], end


class Permuted:
    """Any other order, cut into blocks, so that those with none of the rows asked for are passed over at once."""

    def __init__(self, order: Sequence[int]) -> None:
        """Take every row, in the order wanted."""
        self._places = array("I", order)
        for place, row in enumerate(order):
            self._places[row] = place
        self._blocks = [BitMap(order[first : first + _BLOCK]) for first in range(0, len(order), _BLOCK)]

    def onward(self, rows: BitMap, start: int | None) -> Iterator[int]:
        """See `Order`."""
        place = 0 if start is None else self._places[start]
        for block in self._blocks[place // _BLOCK :]:
            yield from (row for row in self._sorted(rows & block) if self._places[row] >= place)

    def back(self, rows: BitMap, start: int) -> Iterator[int]:
        """See `Order`."""
        place = self._places[start]
        for block in reversed(self._blocks[: place // _BLOCK + 1]):
            yield from (row for row in reversed(self._sorted(rows & block)) if self._places[row] < place)

    def _sorted(self, rows: BitMap) -> list[int]:
        return sorted(rows, key=self._places.__getitem__)


class Ranked:
    """What a search found, the best first, looked up in growing pieces."""

    def __init__(self, found: Found) -> None:
        """Take what was found."""
        self._found = found

    def onward(self, rows: BitMap, start: int | None) -> Iterator[int]:
        """See `Order`."""
        ranked = (row for row in self._ranked() if row in rows)
        return ranked if start is None else dropwhile(start.__ne__, ranked)

    def back(self, rows: BitMap, start: int) -> Iterator[int]:
        """See `Order`."""
        before = takewhile(start.__ne__, self._ranked())
        return reversed([row for row in before if row in rows])

    def _ranked(self) -> Iterator[int]:
        given, most = 0, _PIECE
        while given < self._found.total:
            yield from self._found.best(most)[given:]
            given, most = most, most * 4


def _before(rows: BitMap, row: int) -> int | None:
    """Give the last of `rows` below `row`; None where there is none."""
    count = rows.rank(row - 1) if row else 0
    return rows[count - 1] if count else None


def _forwards(rows: BitMap, first: int, end: int) -> Iterator[int]:
    return takewhile(end.__gt__, rows.iter_equal_or_larger(first))


def _backwards(rows: BitMap, first: int, end: int) -> Iterator[int]:
    """Give those of `rows` from `first` to before `end`, the last one first."""
    least = rows.rank(first - 1) if first else 0
    most = rows.rank(end - 1) if end else 0
    return (rows[number] for number in range(most - 1, least - 1, -1))
