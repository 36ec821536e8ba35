"""How many of the records asked for fall into each day, month or year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.query.facets import Counted, by_value
from service.query.grains import Grain, ends, label, period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from pyroaring import BitMap

    from service.query.axes import Axis
    from service.query.columns import Days

MOST_PERIODS = 5_000
"""How many periods a timeline has at most."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A period with the number of records whose date lies in it.

    `split` counts them by value, of which a record may have several; `other` counts those that have none of these.
    """

    start: dt.date
    end: dt.date
    label: str
    count: int
    split: tuple[Counted, ...] = ()
    other: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods from the first that holds a record to the last, those between that hold none among them.

    `wider` counts the records whose date does not lie in one period, `undated` those that have none: with the counts of
    the slots they add up to all records.
    """

    slots: tuple[Slot, ...]
    wider: int
    undated: int


@dataclass(frozen=True, slots=True)
class Split:
    """By what a timeline is split, and into how many values at most."""

    axis: Axis
    most: int


@dataclass
class LengthError(ValueError):
    """More than `MOST_PERIODS` periods lie between `first` and `last`; `fits` would be few enough (None: nothing would)."""

    periods: int
    first: str
    last: str
    fits: Grain | None


def timeline(days: Days, rows: BitMap, grain: Grain, split: Split | None = None) -> Timeline:
    """Count `rows` by the period of `grain` that their dates lie in; raise `LengthError` where these are too many.

    A split takes the values that most of the rows counted have, the same ones in each period.
    """
    inside = rows & days.within(grain)
    periods = _extent(days, inside, grain)
    if len(periods) > MOST_PERIODS:
        raise _too_long(days, rows, grain, periods)
    counts = _counts(days, inside, grain)
    parts, others = _split(days, inside, grain, split)
    slots = [
        Slot(*ends(grain, number), label(grain, number), counts[number], _of(parts, number), others[number])
        for number in periods
    ]
    undated = days.undated(rows)
    return Timeline(tuple(slots), len(rows) - len(inside) - undated, undated)


def _extent(days: Days, inside: BitMap, grain: Grain) -> range:
    if not inside:
        return range(0)
    return range(period(grain, days.first(inside)), period(grain, days.last(inside)) + 1)


def _counts(days: Days, inside: BitMap, grain: Grain) -> Counter[int]:
    """Count rows whose dates each lie in one period."""
    return Counter(dict(days.beginning(grain, inside)))


def _split(
    days: Days, inside: BitMap, grain: Grain, split: Split | None
) -> tuple[Sequence[tuple[Counted, Counter[int]]], Counter[int]]:
    """Give each value of the split with its counts by period, and the counts of the rows that have none of them."""
    if split is None:
        return (), Counter()
    values = by_value(split.axis, inside, (), split.most)
    parts = [(each, _counts(days, inside & split.axis.any_of([each.id]), grain)) for each in values]
    rest = inside - split.axis.any_of(each.id for each in values)
    return parts, _counts(days, rest, grain)


def _of(parts: Sequence[tuple[Counted, Counter[int]]], number: int) -> tuple[Counted, ...]:
    if not parts:
        return ()
    present = [Counted(each.id, each.label, counts[number]) for each, counts in parts if counts[number]]
    return tuple(sorted(present, key=lambda each: (-each.count, each.label, each.id)))


def _too_long(days: Days, rows: BitMap, grain: Grain, periods: range) -> LengthError:
    longer = list(Grain)[list(Grain).index(grain) + 1 :]
    fitting = (each for each in longer if len(_extent(days, rows & days.within(each), each)) <= MOST_PERIODS)
    return LengthError(len(periods), label(grain, periods[0]), label(grain, periods[-1]), next(fitting, None))
