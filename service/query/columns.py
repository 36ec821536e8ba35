"""Sorted columns for what is asked by range: days and numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pyroaring import BitMap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from service.model import Date


class Column:
    """One number a row; answers "at least" without looking at every row."""

    def __init__(self, values: Sequence[float]) -> None:
        """Take one value a row, in row order."""
        self._rows = array("I", sorted(range(len(values)), key=values.__getitem__))
        self._sorted = array("d", (values[row] for row in self._rows))

    def at_least(self, floor: float) -> BitMap:
        """Give the rows whose value is `floor` or more."""
        return BitMap(self._rows[bisect_left(self._sorted, floor) :])


class Days:
    """The dates of rows that stand in date order, undated ones last."""

    def __init__(self, dates: Sequence[Date | None]) -> None:
        """Take one date a row; raise `ValueError` where they are out of order or a dated row follows an undated."""
        dated = [date for date in dates if date is not None]
        self._starts = array("l", (date.start.toordinal() for date in dated))
        if any(date is None for date in dates[: len(dated)]) or list(self._starts) != sorted(self._starts):
            message = "rows must stand in date order, undated ones last"
            raise ValueError(message)
        self._ends = Column([date.end.toordinal() for date in dated])

    def overlapping(self, first: dt.date | None, last: dt.date | None) -> BitMap:
        """Give the rows whose date shares a day with `first` to `last`, both included; None leaves an end open."""
        begun = len(self._starts) if last is None else bisect_right(self._starts, last.toordinal())
        rows = BitMap(range(begun))
        if first is not None:
            rows &= self._ends.at_least(first.toordinal())
        return rows
