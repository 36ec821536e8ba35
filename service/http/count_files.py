"""Files that processes count in, which have all their bytes: a full disk is told when one is made, not by the end of a process.

A file of prometheus_client's own has none until they are written through memory, where there is nobody to tell that the disk
is full but SIGBUS.
"""

from __future__ import annotations

import io
import mmap
import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import structlog
from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

UNREADABLE: Final = (OSError, struct.error, RuntimeError, ValueError, TypeError, LookupError, AttributeError)
"""What reading a file raises that is gone, cut off, or was never one of these."""

_FIRST: Final = 1 << 16
_AROUND: Final = 32
"""The bytes that are kept with a key, at most."""
_USED: Final = struct.Struct("i")

log = structlog.get_logger("onrecord")
_told: set[str] = set()


class WholeFile(MmapedDict):
    """A file that has all its bytes; making it, or room in it, raises `OSError` where there is no room."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base has it
        """Open the file, made if it is not there, with its folder."""
        if not read_mode:
            path = Path(filename)
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
            with path.open("ab") as file:
                if not file.tell():
                    _append(file.fileno(), 0, _FIRST)
        super().__init__(filename, read_mode)  # type: ignore[no-untyped-call]  # the base is untyped

    def _init_value(self, key: str) -> None:
        while self._used + len(key.encode()) + _AROUND > self._capacity:
            self._double()
        super()._init_value(key)  # type: ignore[no-untyped-call]  # as above

    def _double(self) -> None:
        self._f.flush()
        _append(self._f.fileno(), self._capacity, self._capacity)
        self._capacity *= 2
        self._m = mmap.mmap(self._f.fileno(), self._capacity)


class CountFile(WholeFile):
    """A file to count in, or memory of this process alone where there can be none: counts are no reason not to answer.

    What is counted in memory is told by nobody, for whoever is asked would tell another sum.
    """

    _in_memory = False

    def __init__(self, filename: str, read_mode: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base has it
        """Open the file, or take memory."""
        try:
            super().__init__(filename, read_mode)
        except UNREADABLE as error:
            tell_once("counts not shared", filename, error)
            self._in_memory = True
            self._f: Any = io.BytesIO()
            self._capacity, self._used, self._positions = _FIRST, 8, {}
            self._m = mmap.mmap(-1, _FIRST)
            self._m[: _USED.size] = _USED.pack(self._used)

    def _double(self) -> None:
        if not self._in_memory:
            try:
                super()._double()
            except OSError as error:
                tell_once("counts not shared", self._f.name, error)
                self._in_memory = True
            else:
                return
        memory = mmap.mmap(-1, self._capacity * 2)
        memory[: self._capacity] = self._m[:]
        self._m = memory
        self._capacity *= 2


def install() -> None:
    """Let prometheus_client count in files of this kind too."""
    values.MmapedDict = CountFile  # type: ignore[attr-defined]  # there is no other way to have it


def read(file: Path) -> Iterable[tuple[str, float]]:
    """Give the keys of a file and their values; raise one of `UNREADABLE`."""
    return [(key, value) for key, value, *_ in MmapedDict.read_all_values_from_file(str(file))]


def tell_once(event: str, file: Path | str, error: BaseException) -> None:
    """Tell of a file that can't be counted in or read; once, for it is met again with each that is asked."""
    name = Path(file).name
    if name not in _told:
        _told.add(name)
        log.warning(event, file=name, error=f"{type(error).__name__}: {error}")


def _append(file: int, size: int, more: int) -> None:
    """Add so many zeros to a file of this size that is open to be added to, or none."""
    left = more
    try:
        while left:
            left -= os.write(file, bytes(left))
    except OSError:
        os.ftruncate(file, size)
        raise
