"""A record made ready to be asked, as plain data: what an `Index` is made of, and what a snapshot keeps."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from service.model import Account  # noqa: TC001 - read with the annotations where a snapshot is decoded
from service.query.axes import rows_by_value
from service.query.columns import first_and_last_days, rows_by_number
from service.query.groups import Bitmaps
from service.query.ids import Ids
from service.query.names import Entry, PreparedNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from service.model import Date
    from service.query.pieces import Pieces

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class PreparedAxis:
    """A filter by value: the values, by their numbers in the record's look-up `names`, in four bytes, and the rows of each."""

    names: str
    values: bytes
    rows: Bitmaps


@dataclass(frozen=True, slots=True)
class PreparedColumn:
    """A filter by a floor: the different values, the least first, and the rows of each."""

    values: list[float]
    rows: Bitmaps


@dataclass(frozen=True, slots=True)
class PreparedDays:
    """The first and the last day of each row that has a date, as ordinals (1 is 0001-01-01) of four bytes."""

    starts: bytes
    ends: bytes


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """What decides which rows of one kind of record are selected and in which order.

    `ends` says where each record ends in the blob of them, in eight bytes; `by_id` and `by_source` are the rows in other
    orders, in four bytes each. Whole numbers are little-endian.
    """

    ends: bytes
    by_id: bytes
    axes: dict[str, PreparedAxis] = field(default_factory=dict)
    columns: dict[str, PreparedColumn] = field(default_factory=dict)
    days: PreparedDays | None = None
    by_source: bytes | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A whole record but for its blobs: the tables by kind, and the look-ups by what they name.

    `text_ends` and `block_ends` say where the text of each source ends, and what its lines are.
    """

    account: Account
    whole_texts: bool
    tables: dict[str, PreparedTable]
    names: dict[str, PreparedNames]
    text_ends: bytes
    block_ends: bytes


class Naming:
    """The look-ups of a record while it is made ready, each of which several filters may share."""

    def __init__(self) -> None:
        """Begin without any."""
        self._entries: dict[str, dict[Entry, None]] = {}
        self._numbers: dict[str, dict[str, int]] = {}

    def add(self, name: str, entries: Iterable[Entry]) -> None:
        """Put `entries` behind those of the look-up `name`."""
        known = self._entries.setdefault(name, {})
        numbers = self._numbers.setdefault(name, {})
        for entry in entries:
            known[entry] = None
            numbers.setdefault(entry.id, len(numbers))

    def numbers(self, name: str, ids: Iterable[str]) -> bytes:
        """Give the numbers that `ids` have in the look-up `name`, in four bytes each; an id without a name becomes its own."""
        ids = [*ids]
        known = self._numbers.setdefault(name, {})
        self.add(name, (Entry(each, each) for each in ids if each not in known))
        return array("I", (known[each] for each in ids)).tobytes()

    def prepared(self) -> dict[str, PreparedNames]:
        """Give all look-ups."""
        return {name: PreparedNames.of(entries) for name, entries in self._entries.items()}


def prepared_axis(
    naming: Naming, names: str, values: Iterable[Iterable[str]], entries: Iterable[Entry] = ()
) -> PreparedAxis:
    """Prepare a filter; `values` are each row's ids in row order, and `entries` join those of the look-up `names`."""
    rows = rows_by_value(values)
    naming.add(names, entries)
    return PreparedAxis(names, naming.numbers(names, rows), Bitmaps.of(rows.values()))


def prepared_column(values: Iterable[float]) -> PreparedColumn:
    """Prepare a filter by a floor; `values` are one a row, in row order."""
    rows = rows_by_number(values)
    return PreparedColumn([*rows], Bitmaps.of(rows.values()))


def prepared_days(dates: Sequence[Date | None]) -> PreparedDays:
    """Prepare the dates of rows; raise `ValueError` where one follows an undated row."""
    starts, ends = first_and_last_days(dates)
    return PreparedDays(starts.tobytes(), ends.tobytes())


def by_place(records: Sequence[R], place: Callable[[R], tuple[str, int, str]]) -> bytes:
    """Give the rows in the order of their places (source, offset, id)."""
    return array("I", sorted(range(len(records)), key=lambda row: place(records[row]))).tobytes()


def by_id(records: Pieces) -> bytes:
    """Give the rows in the order of their ids; raise `ValueError` where two have the same."""
    return Ids.of(records).by_id
