"""How many of the records asked for have each value of a property, or fall into each month or year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING

from service.query.ask import select
from service.query.grains import label, period

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


def selected(table: Table, request: Request, found: Found | None) -> BitMap:
    """Give the rows that `request` selects and its search `found` (None: it has no words)."""
    rows = select(table, request)
    return rows if found is None else rows & found.rows


def without_axis(table: Table, request: Request, found: Found | None, axis: str) -> BitMap:
    """Give the rows that `request` selects and its search `found`, its filters by the values of `axis` left out."""
    conditions = tuple(each for each in request.conditions if each.axis != axis)
    return selected(table, replace(request, conditions=conditions), found)


def without_dates(table: Table, request: Request, found: Found | None) -> BitMap:
    """Give the rows that `request` selects and its search `found`, its filters by date left out."""
    return selected(table, replace(request, periods=()), found)


def by_value(axis: Axis, rows: BitMap, chosen: Iterable[str], most: int) -> tuple[Counted, ...]:
    """Count `rows` by the values of `axis`: at most `most` values, the most frequent first, ties by label.

    A value that none of `rows` has is left out unless it is among the `chosen`, which go before others where not all can
    be given.
    """
    counts = dict.fromkeys(chosen, 0) | dict(axis.counts(rows))
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
    for start, end, count in days.tally(rows):
        changes[period(grain, start)] += count
        changes[period(grain, end) + 1] -= count
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
