"""How cost grows with the record: `python -m bench.growth [--sizes N …] [--records FOLDER] [--requests N] [--keep]`.

For each size a record is made by the seeded generator of `bench.synthetic` and kept as a snapshot (in FOLDER, where one that
was made before is used again). A process of its own then reads it and is asked, by WSGI and without a socket, questions that
were never asked before, the kinds of question in turns; answers are not remembered. Speakers and topics are drawn as often as
the record has them, words by Zipf's law too, but for the hundred commonest, which in a language would be its "the" and "of".
The clock counts, and tells p50 and p99.

Then `onrecord serve --workers 2` is started on the snapshot, which gives the seconds and the processor time until /readyz
answers, and asked; the memory is that of its processes after both workers answered (`bench.processes`).
"""

from __future__ import annotations

import argparse
import gc
import os
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
from typing import TYPE_CHECKING, Final, NoReturn, ParamSpec, TypeVar

from bench.memory import Memory, memory
from bench.page import add_keep, keep
from bench.processes import children
from bench.start import GOOD, asked, running
from bench.synthetic import COMMONEST, TOPICS, Zipf, make_record, words
from bench.wsgi import call, environ, unlogged
from service.http.app import make_app
from service.http.options import HttpOptions
from service.logs import set_up_logs
from service.snapshot import is_snapshot, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from service.query.index import Index

P = ParamSpec("P")
R = TypeVar("R")

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
REQUESTS: Final = 300
WARMING: Final = 30
SERVED: Final = 400
MEGABYTE: Final = 1e6


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs: seconds of each request by kind, of reading the snapshot, and what it then holds in memory."""

    statements: int
    seconds: Mapping[str, list[float]]
    reading: float
    memory: Memory


class Asking:
    """Makes up questions to a record, each of which was never asked before."""

    def __init__(self, index: Index, seed: int = 1) -> None:
        """Draw what there is in `index`."""
        self._luck = Random(seed)  # noqa: S311 - nothing secret depends on it
        axis = index.statements.axes["speaker"]
        self._speakers = Zipf(self._luck, sorted(index.speakers.ids, key=axis.count, reverse=True))
        self._topics = Zipf(self._luck, TOPICS)
        self._words = Zipf(self._luck, words()[COMMONEST:])
        self._number = count(1)
        self.kinds: Mapping[str, Callable[[int], tuple[str, str]]] = {
            "filters and page": self._page,
            "three facets": self._facets,
            "two words": self._search,
            "newest first": self._newest,
            "timeline": self._timeline,
        }

    def turn(self) -> Iterator[tuple[str, str, str]]:
        """Give a question of each kind: the kind, the path and the query."""
        number = next(self._number)
        for kind, question in self.kinds.items():
            yield kind, *question(number)

    def _page(self, number: int) -> tuple[str, str]:
        (speaker,) = self._speakers.some(1)
        return "/v1/statements", f"speaker={speaker}&{self._about(number)}&limit=20"

    def _facets(self, number: int) -> tuple[str, str]:
        return "/v1/statements", f"{self._about(number)}&facets=speaker,publisher,year"

    def _search(self, number: int) -> tuple[str, str]:
        one, other = self._words.some(2)
        return "/v1/statements", f"q={one}+{other}+-{number}&limit=20"

    def _newest(self, number: int) -> tuple[str, str]:
        return "/v1/statements", f"{self._about(number)}&sort=-date"

    def _timeline(self, number: int) -> tuple[str, str]:
        return "/v1/timeline", self._about(number)

    def _about(self, number: int) -> str:
        (topic,) = self._topics.some(1)
        year, month, day = 2010 + number // 336 % 10, number // 28 % 12 + 1, number % 28 + 1
        return f"topic={topic}&from={year}-{month:02}-{day:02}"


def measure(folder: Path, requests: int) -> Cost:
    """Read the record in `folder` and ask it `requests` questions of each kind, the kinds in turns."""
    set_up_logs()
    started = time.perf_counter()
    index = read_snapshot(folder)
    reading = time.perf_counter() - started
    gc.collect()
    gc.freeze()  # as the server does before it forks
    held = memory([os.getpid()])
    app = make_app(index, _unasked, HttpOptions(remembered=0))
    asking, seconds = Asking(index), defaultdict[str, list[float]](list)
    with unlogged():
        for number in range(WARMING + requests):
            for kind, path, query in asking.turn():
                asked = environ(path, query)
                begun = time.perf_counter()
                call(app.wsgi_app, asked)
                if number >= WARMING:
                    seconds[kind].append(time.perf_counter() - begun)
    return Cost(len(index.statements.records), dict(seconds), reading, held)


@dataclass(frozen=True, slots=True)
class Served:
    """What a server with two workers cost until it was ready, in seconds, and what all its processes hold once it was asked."""

    clock: float
    processor: float
    memory: Memory


def serve(folder: Path) -> Served:
    """Serve the record in `folder` and ask it a while."""
    with tempfile.TemporaryDirectory() as place:
        bind = Path(place) / "socket"
        with running(folder, None, bind, "--workers", "2") as server:
            for number in range(SERVED):
                day = f"20{10 + number % 10}-01-{number % 28 + 1:02}"
                if not asked(bind, f"/v1/statements?topic={TOPICS[number % 9]}&from={day}").startswith(GOOD):
                    message = f"the server of {folder} does not answer"
                    raise SystemExit(message)
            held = memory([server.process, *children(server.process)])
            return Served(server.clock, server.processor, held)


def _unasked(text: str, title: str | None, published: str | None) -> NoReturn:
    raise NotImplementedError((text, title, published))


def grown(sizes: Sequence[int], records: Path, requests: int) -> str:
    """Make, read, ask and serve a record of each size; give the table."""
    costs, served = [], []
    for size in sizes:
        folder = records / str(size)
        if not is_snapshot(folder):
            _apart(make_record, size, folder)
        costs.append(_apart(measure, folder, requests))
        served.append(serve(folder))
    least = costs[0]
    lines = [f"{'statements':34}" + "".join(f"{cost.statements:12,}" for cost in costs)]
    for kind in least.seconds:
        shown = [(median(c.seconds[kind]), quantiles(c.seconds[kind], n=100)[-1]) for c in costs]
        lines.append(f"{f'{kind}, p50 ms':34}" + "".join(f"{p50 * 1e3:12.2f}" for p50, _ in shown))
        lines.append(f"{f'{kind}, p99 ms':34}" + "".join(f"{p99 * 1e3:12.2f}" for _, p99 in shown))
    lines.append(f"{'reading the snapshot, s':34}" + "".join(f"{cost.reading:12.2f}" for cost in costs))
    lines.append(f"{'serve until ready, s':34}" + "".join(f"{one.clock:12.2f}" for one in served))
    lines.append(f"{'serve until ready, CPU s':34}" + "".join(f"{one.processor:12.2f}" for one in served))
    more = [(c.memory.anonymous - least.memory.anonymous, c.statements - least.statements) for c in costs]
    bytes_each = [f"{taken / count:12.0f}" if count else f"{'-':>12}" for taken, count in more]
    lines.append(f"{'indexes, bytes a statement':34}" + "".join(bytes_each))
    for name, told in (("proportional", "PSS"), ("anonymous", "anonymous of it"), ("files", "files of it")):
        held = (getattr(one.memory, name) / MEGABYTE for one in served)
        lines.append(f"{f'two workers, {told}, MB':34}" + "".join(f"{each:12.0f}" for each in held))
    return "\n".join(lines)


def _apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` in a process of its own, which leaves no memory behind."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and keep it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="statements")
    parser.add_argument("--records", type=Path, metavar="FOLDER", help="where the records are kept")
    parser.add_argument("--requests", type=int, default=REQUESTS, metavar="N", help="of each kind")
    add_keep(parser)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as made:
        table = grown(args.sizes, args.records or Path(made), args.requests)
    sys.stdout.write(f"{table}\n")
    if args.keep:
        keep("growth", "make bench-growth", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
