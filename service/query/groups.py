"""Many short lists in two long ones, as plain data: a million objects less to keep in memory."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIZE = array("I").itemsize


@dataclass(frozen=True, slots=True)
class Groups:
    """Lists of whole numbers. `numbers` are those of all lists, in four bytes each, `ends` says where each list ends."""

    numbers: bytes
    ends: bytes

    @classmethod
    def of(cls, lists: Iterable[Iterable[int]]) -> Groups:
        """Put `lists` together."""
        listed = [array("I", each) for each in lists]
        return cls(
            b"".join(each.tobytes() for each in listed), array("I", accumulate(map(len, listed))).tobytes()
        )

    def __getitem__(self, number: int) -> array[int]:
        """Give one of the lists."""
        ends = memoryview(self.ends).cast("I")
        start = ends[number - 1] if number else 0
        return array("I", self.numbers[start * _SIZE : ends[number] * _SIZE])

    def __iter__(self) -> Iterator[array[int]]:
        """Give the lists one after the other."""
        numbers = array("I", self.numbers)
        start = 0
        for end in array("I", self.ends):
            yield numbers[start:end]
            start = end


@dataclass(frozen=True, slots=True)
class Bitmaps:
    """Sets of rows. `written` are roaring bitmaps in the format that is portable, `ends` says where each ends, in four bytes.

    https://github.com/RoaringBitmap/RoaringFormatSpec
    """

    written: bytes
    ends: bytes

    @classmethod
    def of(cls, bitmaps: Iterable[BitMap]) -> Bitmaps:
        """Write `bitmaps`."""
        pieces = [each.serialize() for each in bitmaps]
        return cls(b"".join(pieces), array("I", accumulate(map(len, pieces))).tobytes())

    def __iter__(self) -> Iterator[BitMap]:
        """Read them one after the other."""
        start = 0
        for end in array("I", self.ends):
            yield BitMap.deserialize(self.written[start:end])
            start = end
