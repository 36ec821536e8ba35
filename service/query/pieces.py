"""Byte strings that stand one after the other in one blob, which may be a file that is mapped into memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from mmap import mmap

_CLOSING = b"\n"


class Pieces(Sequence[bytes]):
    """Each piece is followed by a line end that is no part of it, so that a blob of JSON can be read as NDJSON."""

    __slots__ = ("_ends", "blob")

    def __init__(self, blob: bytes | mmap, ends: array[int]) -> None:
        """Take the blob and where in it each piece ends (array type Q); raise `ValueError` where the two do not fit."""
        if len(blob) != (ends[-1] + len(_CLOSING) if ends else 0):
            message = f"the pieces end at another place than the {len(blob)} bytes that hold them"
            raise ValueError(message)
        self.blob, self._ends = blob, ends

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Pieces:
        """Put `pieces` into a blob."""
        listed = [*pieces]
        sizes = accumulate(len(piece) + len(_CLOSING) for piece in listed)
        ends = array("Q", (size - len(_CLOSING) for size in sizes))
        return cls(_CLOSING.join([*listed, b""]), ends)

    @property
    def ends(self) -> bytes:
        """Where each piece ends, as whole numbers of eight bytes."""
        return self._ends.tobytes()

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        """Give a piece, or several."""
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        end = self._ends[number]
        start = self._ends[number - 1] + len(_CLOSING) if number % len(self._ends) else 0
        return self.blob[start:end]
