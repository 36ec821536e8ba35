"""How many of the records asked for have each value of a property, or fall into each month or year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING

from service.query.ask import Mode, select
from service.query.grains import label

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from pyroaring import BitMap

    from service.query.ask import Request
    from service.query.axes import Axis
    from service.query.columns import Days
    from service.query.grains import Grain
    from service.query.search import Found
    from service.query.table import Table


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with the name people read and how many records have it."""

    id: str
    label: str
    count: int


class Selection:
    """The rows that a request selects, and those that it would without its filters of one kind."""

    def __init__(self, table: Table, request: Request, found: Found | None) -> None:
        """Take what is asked of `table` and what its words found (None: it has no words)."""
        self._table, self._request = table, request
        self._found = None if found is None else found.rows
        self.rows = self._select(request)

    def without_axis(self, axis: str) -> BitMap:
        """Give the rows with the filter for any of some values of `axis` left out; those for all or none of them stay."""
        kept = tuple(e for e in self._request.conditions if e.axis != axis or e.mode is not Mode.ANY)
        if len(kept) == len(self._request.conditions):
            return self.rows
        return self._select(self._request._replace(conditions=kept))

    def without_dates(self) -> BitMap:
        """Give the rows with the filters by date left out."""
        return self._select(self._request._replace(periods=())) if self._request.periods else self.rows

    def _select(self, request: Request) -> BitMap:
        rows = select(self._table, request)
        return rows if self._found is None else rows & self._found


def by_value(axis: Axis, rows: BitMap, chosen: Iterable[str], most: int) -> tuple[Counted, ...]:
    """Count `rows` by the values of `axis`: at most `most` values, the most frequent first, ties by label.

    A value that none of `rows` has is left out unless it is among the `chosen`, which go before others where not all can
    be given.
    """
    counts = {each: axis.shared(each, rows) for each in chosen} | axis.commonest(rows, most)
    counted = (Counted(identity, axis.names.name(identity), count) for identity, count in counts.items())
    return _foremost(counted, frozenset(chosen), most)


def by_period(
    days: Days, rows: BitMap, grain: Grain, chosen: Iterable[str], most: int
) -> tuple[Counted, ...]:
    """Count `rows` by the periods of `grain` that their dates share a day with; otherwise as `by_value`."""
    counts = dict.fromkeys(chosen, 0)
    counts |= {label(grain, number): count for number, count in _covered(days, rows, grain)}
    return _foremost((Counted(each, each, count) for each, count in counts.items()), frozenset(chosen), most)


def _covered(days: Days, rows: BitMap, grain: Grain) -> Iterator[tuple[int, int]]:
    """Give each period that the date of any row covers or touches, with how many do."""
    changes: Counter[int] = Counter()
    for number, count in days.beginning(grain, rows):
        changes[number] += count
        changes[number + 1] -= count
    for first, last, count in days.crossing(grain, rows):
        changes[first + 1] += count
        changes[last + 1] -= count
    numbers, running = sorted(changes), 0
    for number, following in pairwise(numbers):
        running += changes[number]
        if running:
            yield from ((each, running) for each in range(number, following))


def _foremost(counted: Iterable[Counted], chosen: Container[str], most: int) -> tuple[Counted, ...]:
    best = nsmallest(most, counted, key=lambda each: (each.id not in chosen, *_rank(each)))
    return tuple(sorted(best, key=_rank))


def _rank(counted: Counted) -> tuple[int, str, str]:
    return -counted.count, counted.label, counted.id
