"""What processes hold in memory, as Linux counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KILO = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that some processes hold together, each page that several of them share counted in shares.

    `proportional` is all of it (PSS); of that `anonymous` belongs to no file, and the pages of `files` can be dropped and
    read again.
    """

    proportional: int
    anonymous: int
    files: int


def memory(processes: Iterable[int]) -> Memory:
    """Add up what the processes with these numbers hold."""
    lines = [line for process in processes for line in _told(process)]

    def added(name: str) -> int:
        return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * _KILO

    return Memory(added("Pss"), added("Pss_Anon"), added("Pss_File"))


def _told(process: int) -> list[str]:
    return Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
