"""Answers, counted at what two additions cost: in memory, or in a file that outlives the process.

A histogram of prometheus_client's counts the same in three microseconds, and in six where several processes count, which is a
quarter of what it takes to give an answer again. The file is one of its own, so that it reads it like all others.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from prometheus_client.core import Metric
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence

    Labels = tuple[str, ...]
    Observe = Callable[[float], None]

NAME: Final = "onrecord_answers"
"""What answers are counted as: a histogram of seconds by `LABELS`."""

LABELS: Final = ("route", "method", "status", "remembered")

_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_BUCKETS: Final = tuple(map(floatToGoString, (*_BOUNDS, float("inf"))))
_BYTES: Final = 8
"""Of a number; the file keeps all of them in places that are multiples of this."""


class AnswerCounts(Collector):
    """Counts answers by their labels, and tells those that it counted in memory."""

    def __init__(self, folder: str | None) -> None:
        """Take the folder of the files in which several processes count; None counts in memory."""
        self._folder = folder
        self._file: MmapedDict | None = None
        self._lock = Lock()
        self._kept: dict[Labels, list[float]] = {}

    def observer(self, labels: Labels) -> Observe:
        """Give what counts an answer with these `labels` by its seconds, for as long as the process does not fork."""
        with self._lock:
            if self._folder is not None:
                return _observer(*self._filed(labels), self._lock)
            numbers = self._kept.setdefault(labels, [0.0] * (len(_BUCKETS) + 1))
            return _observer(numbers, range(len(numbers)), self._lock)

    def forget(self) -> None:
        """Let go of the file, which is the parent's after a fork; what was given to count with goes on counting there."""
        if self._file is not None:
            self._file._f.close()  # noqa: SLF001 - all but what is mapped, which goes with those who count in it
            self._file = None

    def collect(self) -> Iterator[Metric]:
        """Give the histogram of what was counted in memory."""
        metric = Metric(NAME, "Answers.", "histogram")
        for labels, (*counts, seconds) in list(self._kept.items()):
            named, below = dict(zip(LABELS, labels, strict=True)), 0.0
            for bound, count in zip(_BUCKETS, counts, strict=True):
                below += count
                metric.add_sample(f"{NAME}_bucket", {**named, "le": bound}, below)
            metric.add_sample(f"{NAME}_count", named, below)
            metric.add_sample(f"{NAME}_sum", named, seconds)
        yield metric

    def _filed(self, labels: Labels) -> tuple[MutableSequence[float], Sequence[int]]:
        """Give the numbers of this process's file, and where those for `labels` stand among them."""
        if self._file is None:
            self._file = MmapedDict(str(Path(self._folder or "") / f"histogram_answers_{os.getpid()}.db"))
        keys = list(_keys(labels))
        for key in keys:
            self._file.read_value(key)  # makes room for it, for which the file may be mapped anew
        numbers: MutableSequence[float] = memoryview(self._file._m).cast("d")  # type: ignore[assignment]  # noqa: SLF001 - there is no other way to it
        return numbers, [self._file._positions[key] // _BYTES for key in keys]  # noqa: SLF001 - as above


def _keys(labels: Labels) -> Iterable[str]:
    for bound in _BUCKETS:
        yield mmap_key(NAME, f"{NAME}_bucket", [*LABELS, "le"], [*labels, bound], "Answers.")
    yield mmap_key(NAME, f"{NAME}_sum", [*LABELS], [*labels], "Answers.")


def _observer(numbers: MutableSequence[float], places: Sequence[int], lock: Lock) -> Observe:
    *buckets, total = places

    def observe(seconds: float) -> None:
        bucket = buckets[bisect_left(_BOUNDS, seconds)]
        with lock:
            numbers[bucket] += 1.0
            numbers[total] += seconds

    return observe
