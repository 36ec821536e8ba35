"""One kind of record, ready to be asked: rows in their natural order with everything that selects and orders them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pyroaring import BitMap

from service.query.names import Entry, Names
from service.query.orders import Newest, Permuted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from service.model import Date
    from service.query.axes import Axis
    from service.query.columns import Column, Days
    from service.query.orders import Order
    from service.query.search import Search

R = TypeVar("R")


class Sort(StrEnum):
    """The orders of a list; ties by source and offset, undated records last in both directions of time."""

    DATE = "date"
    NEWEST = "-date"
    SOURCE = "source"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind of record.

    `ids` and `names` give each row's id and the name it may be called by; `orders` each sort that is not the rows' own
    order; `axes` the filters by value, `columns` those by a floor, `days` those by date
    (None: these records have no dates).
    """

    ids: Sequence[str]
    names: Names
    search: Search
    axes: Mapping[str, Axis] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    days: Days | None = None
    orders: Mapping[Sort, Order] = field(default_factory=dict)
    rows: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Map the ids to their rows."""
        object.__setattr__(self, "rows", {identity: row for row, identity in enumerate(self.ids)})

    @property
    def calendar(self) -> Days:
        """The days of records that have dates; raise `TypeError` for others."""
        if self.days is None:
            message = "these records have no dates"
            raise TypeError(message)
        return self.days

    @property
    def every(self) -> BitMap:
        """All rows."""
        return BitMap(range(len(self.ids)))


def dated(
    records: Iterable[R], date: Callable[[R], Date | None], place: Callable[[R], tuple[str, int, str]]
) -> tuple[R, ...]:
    """Put `records` in date order: by start, then end, then `place` (source, offset, id); undated ones last."""
    return tuple(sorted(records, key=lambda record: (*_days(date(record)), place(record))))


def dated_orders(
    records: Sequence[R], days: Days, place: Callable[[R], tuple[str, int, str]]
) -> dict[Sort, Order]:
    """Give the orders of `records` that stand in date order, beside their own: by source and from the newest back."""
    by_place = sorted(range(len(records)), key=lambda row: place(records[row]))
    return {Sort.SOURCE: Permuted(by_place), Sort.NEWEST: Newest(days)}


def _days(date: Date | None) -> tuple[bool, int, int]:
    return (True, 0, 0) if date is None else (False, date.start.toordinal(), date.end.toordinal())


def own_names(ids: Iterable[str]) -> Names:
    """Give the look-up of records that have no name but their id."""
    return Names(Entry(identity, identity) for identity in ids)
