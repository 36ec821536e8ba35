"""What several processes have counted, in files that outlive each of them: told as one, and tidied up after the dead.

A file for each process and kind of metric is prometheus_client's way. What a process that ended has counted is added to one
file for all of those, so that a service whose workers are renewed for months keeps a few files, and none of its counts is lost.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prometheus_client import Metric

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder, as prometheus_client has it."""

_ADDED_UP: Final = ("counter", "histogram", "histogram_answers")
_TURN: Final = "turn"


class SharedCounts(Collector):
    """Tells what all processes that count in a folder have counted."""

    def __init__(self, folder: str) -> None:
        """Take the folder."""
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Give the metrics in the order of their names."""
        with _turn(self._folder, fcntl.LOCK_SH):
            told: Iterable[Metric] = MultiProcessCollector(None, self._folder).collect()
        return sorted(told, key=lambda metric: metric.name)


def retire(process: int) -> None:
    """Let what a process counted that has ended be kept with what others counted before it; its gauges go.

    Nothing is to be done where nothing is shared.
    """
    folder = os.environ.get(FOLDER)
    if not folder or not Path(folder).is_dir():
        return
    with _turn(folder, fcntl.LOCK_EX):
        mark_process_dead(process, folder)
        for kind in _ADDED_UP:
            counted = Path(folder) / f"{kind}_{process}.db"
            if counted.exists():
                _add(counted, Path(folder) / f"{kind}_ended.db")
                counted.unlink()


def _add(counted: Path, to: Path) -> None:
    total: Any = MmapedDict(str(to))
    try:
        for key, value, *_ in MmapedDict.read_all_values_from_file(str(counted)):
            total.write_value(key, total.read_value(key)[0] + value, 0.0)
    finally:
        total.close()


@contextmanager
def _turn(folder: str, how: int) -> Iterator[None]:
    """Keep those who read all files and whoever adds some up out of each other's way."""
    with (Path(folder) / _TURN).open("a") as file:
        fcntl.flock(file, how)
        yield
