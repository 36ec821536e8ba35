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

    __slots__ = ("_bounds", "blob")

    def __init__(self, blob: bytes | mmap, ends: array[int]) -> None:
        """Take the blob and where in it each piece with its line end ends (array type Q).

        Raises `ValueError` where the two do not fit.
        """
        if len(blob) != (ends[-1] if ends else 0):
            message = f"the pieces end at another place than the {len(blob)} bytes that hold them"
            raise ValueError(message)
        self.blob = blob
        self._bounds = array("Q", [0]) + ends

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Pieces:
        """Put `pieces` into a blob."""
        listed = [*pieces]
        ends = array("Q", accumulate(len(piece) + 1 for piece in listed))
        return cls(_CLOSING.join([*listed, b""]), ends)

    @property
    def ends(self) -> bytes:
        """Where each piece with its line end ends, as whole numbers of eight bytes."""
        return self._bounds[1:].tobytes()

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        """Give a piece, or several."""
        if isinstance(number, slice):
            return self.several(range(*number.indices(len(self))))
        return self.several((range(len(self))[number],))[0]

    def several(self, numbers: Iterable[int]) -> list[bytes]:
        """Give the pieces with these numbers, none of them negative, in less time than one by one."""
        blob, bounds = self.blob, self._bounds
        return [blob[bounds[number] : bounds[number + 1] - 1] for number in numbers]
