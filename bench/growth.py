"""How cost grows with the record: `python -m bench.growth [--sizes N …] [--records FOLDER] [--requests N] [--keep]`.

For each size a record is made by the seeded generator of `bench.synthetic` and kept as a snapshot (in FOLDER, where one that
was made before is used again). A process of its own then reads it and is asked, by WSGI and without a socket, questions that
were never asked before: filters and a page of 20, the same with three facets, two words ranked, the last pages of an order,
a timeline; answers are not remembered. Speakers and topics are drawn as often as the record has them; words by Zipf's law too,
but for the hundred commonest, which in a language would be its "the" and "of". The clock counts, not processor time: p50 and
p99 of all requests.

Then `onrecord serve --workers 2` is started on it: the seconds and the processor time until /readyz answers, and what memory
the processes hold after both workers answered questions. `anonymous` is memory of the one process that is no file's, less
that at the smallest size, divided by the statements: what the indexes take. `PSS` counts shared pages in shares.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from bench.requests import call, environ
from bench.synthetic import Generator, Zipf, word
from service.http.app import make_app
from service.http.library import prepared_for
from service.http.options import HttpOptions
from service.snapshot import is_snapshot, read_snapshot, write_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Flask

    from service.query.index import Index

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
REQUESTS: Final = 400
CASES: Final = ("filters and page", "three facets", "two words", "last page", "timeline")
_COMMONEST, _WORDS = 100, 20_000
_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs: seconds of each request by case, seconds to read the snapshot, bytes of anonymous memory."""

    statements: int
    seconds: dict[str, list[float]]
    reading: float
    anonymous: int


def make_record(statements: int, folder: Path) -> None:
    """Keep a record of so many statements in `folder`."""
    gc.disable()  # nothing of it is garbage
    write_snapshot(folder, *prepared_for(Generator(statements).corpus(), HttpOptions()))


def measure(folder: Path, requests: int) -> Cost:
    """Read the record in `folder` and ask it `requests` questions of each case, the cases in turns."""
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the log, until this process ends
    started = time.perf_counter()
    index = read_snapshot(folder)
    reading = time.perf_counter() - started
    gc.collect()
    gc.freeze()  # as the server does before it forks
    anonymous = memory(os.getpid())["Anonymous"]
    app = make_app(index, _unasked, HttpOptions(remembered=0))
    asking = Asking(index)
    seconds: dict[str, list[float]] = defaultdict(list)
    for number in range(requests + requests // 10):
        for case in CASES:
            path, query = asking.question(case)
            asked = environ(path, query, {})
            begun = time.perf_counter()
            call(app.wsgi_app, asked)
            if number >= requests // 10:  # the first ones only warm up
                seconds[case].append(time.perf_counter() - begun)
    return Cost(len(index.statements.records), dict(seconds), reading, anonymous)


class Asking:
    """Makes up questions to a record."""

    def __init__(self, index: Index, seed: int = 1) -> None:
        """Draw what there is in `index`."""
        self._luck = Random(seed)  # noqa: S311 - nothing secret depends on it
        self._speakers = Zipf(self._luck, sorted(index.speakers.ids, key=self._common(index)))
        self._topics = Zipf(self._luck, [f"topic-{number}" for number in range(40)])
        self._words = Zipf(self._luck, [word(number) for number in range(_COMMONEST, _WORDS)])
        self._days = count(1)

    @staticmethod
    def _common(index: Index) -> Callable[[str], int]:
        return lambda speaker: -index.statements.axes["speaker"].count(speaker)

    def question(self, case: str) -> tuple[str, str]:
        """Give a path and a query that were not asked before."""
        (speaker,), (topic,) = self._speakers.some(1), self._topics.some(1)
        year = self._luck.randrange(2010, 2018)
        day = next(self._days)
        filters = f"speaker={speaker}&topic={topic}&from={year}-{day % 12 + 1:02}-{day % 28 + 1:02}&limit=20"
        match case:
            case "filters and page":
                return "/v1/statements", filters
            case "three facets":
                return "/v1/statements", f"topic={topic}&from={year}&facets=speaker,publisher,year&facet_limit={day % 100 + 1}"
            case "two words":
                one, other = self._words.some(2)
                return "/v1/statements", f"q={one}+{other}&limit=20"
            case "last page":
                return "/v1/statements", f"sort=-date&topic={topic}&to={year}-{day % 12 + 1:02}&limit={day % 100 + 1}"
            case _:
                return "/v1/timeline", f"topic={topic}&from={year}&interval=month&facet_limit={day % 100 + 1}&by=publisher"


def _unasked(text: str, title: str | None, published: str | None) -> object:
    raise NotImplementedError((text, title, published))


def memory(process: int) -> dict[str, int]:
    """Give what the system says of a process's memory, in bytes by the system's names."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
