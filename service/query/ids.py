"""Which record has which id, and the names of records that have no name but their id."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, overload

import orjson
from rapidfuzz import fuzz, process

from service.query.names import NEAR_LIMIT, NEAR_SCORE, key

if TYPE_CHECKING:
    from service.query.names import Names
    from service.query.pieces import Pieces

_OPENING = b'{"id":"'
_ESCAPED = re.compile(rb'\{"id":("(?:[^"\\]|\\.)*")')
_AROUND = 50


class Ids(Sequence[str]):
    """The ids of records that are JSON objects, read from their first member, and the way back from an id to its row."""

    __slots__ = ("_records", "_sorted")

    def __init__(self, records: Pieces, by_id: array[int]) -> None:
        """Take the records and their rows in the order of the ids (array type I)."""
        self._records, self._sorted = records, by_id

    @classmethod
    def of(cls, records: Pieces) -> Ids:
        """Find out which row has which id; raise `ValueError` where two rows have the same."""
        unsorted = cls(records, array("I"))
        ids = [*unsorted]
        if len({*ids}) < len(ids):
            message = "two records have the same id"
            raise ValueError(message)
        return cls(records, array("I", sorted(range(len(ids)), key=ids.__getitem__)))

    @property
    def by_id(self) -> bytes:
        """The rows in the order of the ids, as whole numbers of four bytes."""
        return self._sorted.tobytes()

    def __len__(self) -> int:
        """Count the records."""
        return len(self._records)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        """Give the id of a row, or of several."""
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        (record,) = self._records.several((row,))
        written = record[len(_OPENING) : record.find(b'"', len(_OPENING))]
        if record.startswith(_OPENING) and b"\\" not in written:
            return written.decode()
        found = _ESCAPED.match(record)
        if found is None:
            message = f"the record in row {row} does not begin with its id"
            raise ValueError(message)
        identity: str = orjson.loads(found[1])
        return identity

    def get(self, identity: str) -> int | None:
        """Give the row of the record with this id; None where there is none."""
        place = self._place(identity)
        if place == len(self._sorted) or self[self._sorted[place]] != identity:
            return None
        return self._sorted[place]

    def around(self, identity: str) -> list[str]:
        """Give some ids that stand next to `identity`, which need not be among them, when all are sorted."""
        place = self._place(identity)
        return [self[row] for row in self._sorted[max(0, place - _AROUND) : place + _AROUND]]

    def _place(self, identity: str) -> int:
        return bisect_left(self._sorted, identity, key=self.__getitem__)


class OwnNames:
    """The look-up of records that go by their ids alone; the ids begin with the id of a source and a full stop."""

    def __init__(self, ids: Ids, sources: Names) -> None:
        """Take the ids, and the names of the sources."""
        self._ids, self._sources = ids, sources

    def name(self, identity: str) -> str:
        """Give `identity` back; raise `KeyError` where no record has it."""
        if self._ids.get(identity) is None:
            raise KeyError(identity)
        return identity

    def resolve(self, value: str) -> tuple[str, ...]:
        """Give the ids that are spelled as `value` is, but for case, accents and hyphens; () where none is."""
        if self._ids.get(value) is not None:
            return (value,)
        wanted = key(value)
        around = {each for place in self._places(value) for each in self._ids.around(place)}
        return tuple(sorted(each for each in around if key(each) == wanted))

    def near(self, value: str) -> tuple[str, ...]:
        """Give ids that look like `value`, the likest first: of its source, or of one that it may mean."""
        best: dict[str, float] = {}
        for place in self._places(value):
            found = process.extract(
                place, self._ids.around(place), scorer=fuzz.ratio, score_cutoff=NEAR_SCORE, limit=NEAR_LIMIT
            )
            best |= {identity: max(score, best.get(identity, 0)) for identity, score, _ in found}
        return tuple(nsmallest(NEAR_LIMIT, best, key=lambda identity: (-best[identity], identity)))

    def _places(self, value: str) -> list[str]:
        """Give `value`, and what it would be of each source that it may mean."""
        source, _, own = value.rpartition(".")
        return [
            value,
            *(f"{each}.{own}" for each in self._sources.resolve(source) or self._sources.near(source)),
        ]
