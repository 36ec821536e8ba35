"""Columns for what is asked by range: days and numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyroaring import BitMap

from service.query.grains import Grain, period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from service.model import Date


class Column:
    """One number a row, of few different values; answers "at least" without looking at every row."""

    def __init__(self, values: Iterable[float], rows: Iterable[BitMap]) -> None:
        """Take the different values, the least first, and the rows that have each. A value takes up to a bit a row."""
        self._values = array("d", values)
        reached, above = BitMap(), [BitMap()]
        for own in reversed([*rows]):
            reached = reached | own
            above.append(reached)
        self._above = tuple(reversed(above))

    @classmethod
    def of(cls, values: Iterable[float]) -> Column:
        """Take one value a row, in row order."""
        rows = rows_by_number(values)
        return cls(rows.keys(), rows.values())

    def at_least(self, floor: float) -> BitMap:
        """Give the rows whose value is `floor` or more."""
        return self._above[bisect_left(self._values, floor)]


def rows_by_number(values: Iterable[float]) -> dict[float, BitMap]:
    """Give the rows that have each value, the least first; `values` are one a row, in row order."""
    rows: defaultdict[float, list[int]] = defaultdict(list)
    for row, value in enumerate(values):
        rows[value].append(row)
    return {value: BitMap(rows[value]) for value in sorted(rows)}


@dataclass(frozen=True, slots=True)
class Run:
    """A date, from day `start` to day `end` as ordinals, that `count` neighbouring rows from `first` share."""

    start: int
    end: int
    first: int
    count: int

    def within_one(self, grain: Grain) -> bool:
        """Tell whether the date lies in one period of `grain`."""
        return period(grain, self.start) == period(grain, self.end)


class Days:
    """The dates of rows that stand in date order, undated ones last."""

    def __init__(self, starts: array[int], ends: array[int]) -> None:
        """Take the first and the last day, as ordinals, of each row that has a date (array type i).

        Raises `ValueError` where the rows do not stand in date order.
        """
        if [*starts] != sorted(starts):
            raise ValueError(_OUT_OF_ORDER)
        self._starts = starts
        self.runs: tuple[Run, ...] = tuple(_runs(zip(starts, ends, strict=True)))
        self._wide = tuple(run for run in self.runs if run.end > run.start)
        self._within = {grain: self._narrow(grain) for grain in Grain}
        self._crossing = {grain: tuple(_crossing(self._wide, grain)) for grain in Grain}
        self._periods = {grain: tuple(_periods(self.runs, grain)) for grain in Grain}

    @classmethod
    def of(cls, dates: Sequence[Date | None]) -> Days:
        """Take one date a row; raise `ValueError` where they are out of order or a dated row follows an undated."""
        return cls(*first_and_last_days(dates))

    def overlapping(self, first: dt.date | None, last: dt.date | None) -> BitMap:
        """Give the rows whose date shares a day with `first` to `last`, both included; None leaves an end open."""
        dated = len(self._starts)
        end = dated if last is None else bisect_right(self._starts, last.toordinal())
        if first is None:
            return BitMap(range(end))
        day = first.toordinal()
        begin = bisect_left(self._starts, day)
        rows = BitMap(range(begin, end))
        for run in self._wide:
            if run.first >= min(begin, end):
                break
            if run.end >= day:
                rows.add_range(run.first, run.first + run.count)
        return rows

    def undated(self, rows: BitMap) -> int:
        """Count those of `rows` that have no date."""
        return len(rows) - rows.range_cardinality(0, len(self._starts))

    def within(self, grain: Grain) -> BitMap:
        """Give the rows whose date lies in one period of `grain`."""
        return self._within[grain]

    def first(self, rows: BitMap) -> int:
        """Give the earliest day, as ordinal, on which the date of one of `rows`, dated and at least one, begins."""
        return self._starts[rows.min()]

    def last(self, rows: BitMap) -> int:
        """Give the latest day, as ordinal, on which the date of one of `rows`, dated and at least one, begins."""
        return self._starts[rows.max()]

    def beginning(self, grain: Grain, rows: BitMap) -> Iterator[tuple[int, int]]:
        """Give each period of `grain` in which dates of `rows` begin, by its number, and how many do."""
        for number, first, end in self._periods[grain]:
            count = rows.range_cardinality(first, end)
            if count:
                yield number, count

    def crossing(self, grain: Grain, rows: BitMap) -> Iterator[tuple[int, int, int]]:
        """Give the dates of `rows` that do not lie in one period of `grain`: the first, the last, and how many have it."""
        for first, last, begin, end in self._crossing[grain]:
            count = rows.range_cardinality(begin, end)
            if count:
                yield first, last, count

    def _narrow(self, grain: Grain) -> BitMap:
        rows = BitMap()
        for run in self.runs:
            if run.within_one(grain):
                rows.add_range(run.first, run.first + run.count)
        return rows


def first_and_last_days(dates: Sequence[Date | None]) -> tuple[array[int], array[int]]:
    """Give the first and the last day of each date, as ordinals; raise `ValueError` where one follows an undated row."""
    dated = [date for date in dates if date is not None]
    if any(date is None for date in dates[: len(dated)]):
        raise ValueError(_OUT_OF_ORDER)
    starts = array("i", (date.start.toordinal() for date in dated))
    return starts, array("i", (date.end.toordinal() for date in dated))


_OUT_OF_ORDER = "rows must stand in date order, undated ones last"


def _runs(dates: Iterable[tuple[int, int]]) -> Iterator[Run]:
    first = 0
    for (start, end), same in groupby(dates):
        count = sum(1 for _ in same)
        yield Run(start, end, first, count)
        first += count


def _periods(runs: Iterable[Run], grain: Grain) -> Iterator[tuple[int, int, int]]:
    """Give each period in which a date begins, by its number, and where the rows of these dates begin and end."""
    for number, same in groupby(runs, lambda run: period(grain, run.start)):
        dates = list(same)
        yield number, dates[0].first, dates[-1].first + dates[-1].count


def _crossing(wide: Iterable[Run], grain: Grain) -> Iterator[tuple[int, int, int, int]]:
    """Give the first and last period of each date that lies in several, and where its rows begin and end."""
    for run in wide:
        first, last = period(grain, run.start), period(grain, run.end)
        if first != last:
            yield first, last, run.first, run.first + run.count
