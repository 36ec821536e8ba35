"""Full load for minutes: `python -m chaos.soak [--minutes N]`.

Two workers are asked for more than they can give, pages and searches that were never asked for before among them, while texts
are posted to be read. Every few seconds the memory of all processes of the service is measured, each page that several of them
share counted in shares (PSS), and their open files are counted. Once the first minute is over, in which workers fill what
they keep, memory may grow by a twentieth, and the files not at all. 1 where it does, or anything failed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.memory import memory
from bench.page import add_keep, keep
from chaos.asking import Question
from chaos.load import Load, promised
from chaos.page import PAGE
from chaos.stage import EXTRACTION, READS, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chaos.load import Tally
    from chaos.servers import Service

MINUTE: Final = 60.0
GROWTH: Final = 0.05
FILES: Final = 8
"""So many more files may be open at one moment than at another: connections come and go."""
_READERS, _POSTERS = 6, 2
_EVERY: Final = 2.0
_BUSY: Final = 503
"""As good an answer to a posted text as any, when as many are being read as may be."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the service held after so many seconds."""

    seconds: float
    bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak has shown: the loads of readers and of posters, and samples of the first minute and of the rest."""

    readers: Tally
    posters: Tally
    first: Sequence[Sample]
    rest: Sequence[Sample]

    @property
    def growth(self) -> float:
        """Give by which share memory has grown from the end of the first minute to its highest since."""
        return max(sample.bytes for sample in self.rest) / self.first[-1].bytes - 1

    @property
    def more_files(self) -> int:
        """Give how many more files were open after the first minute than ever in it."""
        return max(sample.files for sample in self.rest) - max(sample.files for sample in self.first)

    def is_kept(self) -> bool:
        """Tell whether nothing failed and nothing grew."""
        failed = self.readers.failed + self.posters.failed
        return not failed and self.growth <= GROWTH and self.more_files <= FILES

    def lines(self) -> Iterator[str]:
        """Tell of it."""
        first, last = self.first[-1], self.rest[-1]
        highest = max(sample.bytes for sample in self.rest)
        yield f"{'':12}{'requests':>10}{'failed':>8}{'a second':>10}{'p50 ms':>8}{'p99 ms':>8}"
        for name, tally in (("read", self.readers), ("posted", self.posters)):
            figures = (tally.percentile(50) * 1000, tally.percentile(99) * 1000)
            rate = tally.requests / last.seconds
            yield f"{name:12}{tally.requests:>10,}{tally.failed:>8,}{rate:>10.0f}{figures[0]:>8.1f}{figures[1]:>8.1f}"
        yield f"{'':12}{'at ' + format(first.seconds, '.0f') + ' s':>10}{'highest':>10}{'at ' + format(last.seconds, '.0f') + ' s':>10}"
        megabytes = "".join(f"{each / 1e6:>10.1f}" for each in (first.bytes, highest, last.bytes))
        yield f"{'memory, MB':12}{megabytes}  {self.growth:+.1%} at most"
        files = (first.files, max(sample.files for sample in self.rest), last.files)
        yield f"{'open files':12}{''.join(f'{each:>10}' for each in files)}  {self.more_files:+d} at most"


def main(argv: Sequence[str] | None = None) -> int:
    """Print what came of it; 1 where something failed or grew."""
    parser = argparse.ArgumentParser(
        prog="python -m chaos.soak", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--minutes", type=float, default=10.0, metavar="N", help="for how long (default: 10)")
    add_keep(parser, PAGE)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(Stage(Path(folder)), args.minutes * MINUTE)
    shown = "\n".join(soaked.lines())
    sys.stdout.write(f"{shown}\n")
    for failure in (*soaked.readers.failures, *soaked.posters.failures):
        sys.stderr.write(f"{failure}\n")
    if args.keep:
        keep("soak", f"make soak MINUTES={args.minutes:g}", shown, PAGE)
    return 0 if soaked.is_kept() else 1


def soak(stage: Stage, seconds: float, first: float = MINUTE) -> Soaked:
    """Ask for so many seconds, of which the `first` are those in which memory may grow."""
    with stage.served(workers=2) as service:
        questions = (*READS, *_many())
        expected = {**promised(service.port, questions), **promised(service.port, [EXTRACTION])}
        readers = Load(service.port, questions, expected, clients=_READERS, patience=30)
        posters = Load(service.port, [EXTRACTION], expected, clients=_POSTERS, patience=90, also=[_BUSY])
        with readers, posters:
            samples = [*_samples(service, seconds)]
    begun = [sample for sample in samples if sample.seconds <= first]
    return Soaked(readers.tally, posters.tally, begun, samples[len(begun) :])


def _many() -> Iterator[Question]:
    """Ask for so many pages that no worker can keep the answers to all."""
    for limit, year in product(range(1, 31), range(2000, 2016)):
        yield Question(f"/v1/statements?limit={limit}&to={year}&facets=topic")


def _samples(service: Service, seconds: float) -> Iterator[Sample]:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        yield Sample(passed, memory(service.processes()).proportional, sum(map(_files, service.processes())))
        time.sleep(_EVERY)


def _files(process: int) -> int:
    with suppress(OSError):
        return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208 - the numbers are counted, and no more
    return 0


if __name__ == "__main__":
    sys.exit(main())
