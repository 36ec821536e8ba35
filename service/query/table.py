"""One kind of record, ready to be asked: rows in their natural order with everything that selects and orders them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from service.model import Date
    from service.query.axes import Axis
    from service.query.columns import Column, Days
    from service.query.ids import Ids
    from service.query.names import LookUp
    from service.query.orders import Order
    from service.query.pieces import Pieces
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

    `records` are the rows as JSON, `ids` their ids and `names` what they may be called by; `shown` reads one with all that a
    search looks at; `orders` gives each sort that is not the rows' own order; `axes` the filters by value, `columns` those
    by a floor, `days` those by date (None: these records have no dates).
    """

    records: Pieces
    ids: Ids
    names: LookUp
    search: Search
    shown: Callable[[int], Mapping[str, Any]]
    axes: Mapping[str, Axis] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    days: Days | None = None
    orders: Mapping[Sort, Order] = field(default_factory=dict)

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
        return BitMap(range(len(self.records)))


def dated(
    records: Iterable[R], date: Callable[[R], Date | None], place: Callable[[R], tuple[str, int, str]]
) -> tuple[R, ...]:
    """Put `records` in date order: by start, then end, then `place` (source, offset, id); undated ones last."""
    return tuple(sorted(records, key=lambda record: (*_days(date(record)), place(record))))


def _days(date: Date | None) -> tuple[bool, int, int]:
    return (True, 0, 0) if date is None else (False, date.start.toordinal(), date.end.toordinal())
