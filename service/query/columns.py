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

    def __init__(self, values: Iterable[float]) -> None:
        """Take one value a row, in row order. Each different value takes up to a bit a row."""
        rows: defaultdict[float, list[int]] = defaultdict(list)
        for row, value in enumerate(values):
            rows[value].append(row)
        self._values = array("d", sorted(rows))
        reached, above = BitMap(), [BitMap()]
        for value in reversed(self._values):
            reached = reached | BitMap(rows[value])
            above.append(reached)
        self._above = tuple(reversed(above))

    def at_least(self, floor: float) -> BitMap:
        """Give the rows whose value is `floor` or more."""
        return self._above[bisect_left(self._values, floor)]


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

    def __init__(self, dates: Sequence[Date | None]) -> None:
        """Take one date a row; raise `ValueError` where they are out of order or a dated row follows an undated."""
        dated = [date for date in dates if date is not None]
        self._starts = array("l", (date.start.toordinal() for date in dated))
        if any(date is None for date in dates[: len(dated)]) or list(self._starts) != sorted(self._starts):
            message = "rows must stand in date order, undated ones last"
            raise ValueError(message)
        ends = (date.end.toordinal() for date in dated)
        self.runs: tuple[Run, ...] = tuple(_runs(zip(self._starts, ends, strict=True)))
        self._wide = tuple(run for run in self.runs if run.end > run.start)
        self._within = {grain: self._narrow(grain) for grain in Grain}
        self._crossing = {grain: tuple(_crossing(self._wide, grain)) for grain in Grain}
        self._periods = {grain: tuple(_periods(self.runs, grain)) for grain in Grain}

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
