"""What processes have cost, as Linux counts it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def cpu_seconds(process: int) -> float:
    """Give the processor time, user's and system's, of a process and all that come from it, also those that have ended."""
    return sum(map(_seconds, (process, *children(process))))


def children(process: int) -> Iterator[int]:
    """Give the numbers of all processes that come from `process`."""
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from children(child)


def _seconds(process: int) -> float:
    """Give the processor time of a process and of those of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
