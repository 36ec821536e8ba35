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
from statistics import median
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
"""So many more files may be open at one time than at another: connections come and go."""
_READERS, _POSTERS = 6, 2
_EVERY: Final = 2.0
_WHILE: Final = 15
"""What is usual for a while is the median of so many samples."""
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
        """Give by which share memory has grown since the first minute, where it was highest for a while."""
        return self._most("bytes") / self._at_first("bytes") - 1

    @property
    def more_files(self) -> float:
        """Give how many more files were open since the first minute, where they were most for a while."""
        return self._most("files") - self._at_first("files")

    def _at_first(self, name: str) -> float:
        """Give what was usual at the end of the first minute; processes that read texts come and go."""
        return float(median(getattr(sample, name) for sample in self.first[-_WHILE:]))

    def _most(self, name: str) -> float:
        rest = [getattr(sample, name) for sample in self.rest]
        places = range(max(1, len(rest) - _WHILE + 1))
        return max(float(median(rest[place : place + _WHILE])) for place in places)

    def is_kept(self) -> bool:
        """Tell whether nothing failed and nothing grew."""
        failed = self.readers.failed + self.posters.failed
        return not failed and self.growth <= GROWTH and self.more_files <= FILES

    def lines(self) -> Iterator[str]:
        """Tell of it."""
        last = self.rest[-_WHILE:]
        yield f"{'':12}{'requests':>10}{'failed':>10}{'a second':>10}{'p50 ms':>10}{'p99 ms':>10}"
        for name, tally in (("read", self.readers), ("posted", self.posters)):
            figures = (tally.percentile(50) * 1000, tally.percentile(99) * 1000)
            rate = tally.requests / last[-1].seconds
            yield f"{name:12}{tally.requests:>10,}{tally.failed:>10,}{rate:>10.1f}{figures[0]:>10.1f}{figures[1]:>10.1f}"
        yield f"{'':12}{f'at {self.first[-1].seconds:.0f} s':>10}{'most':>10}{f'at {last[-1].seconds:.0f} s':>10}{'growth':>10}"
        held = (self._at_first("bytes"), self._most("bytes"), median(sample.bytes for sample in last))
        yield f"{'memory, MB':12}{''.join(f'{each / 1e6:>10.1f}' for each in held)}{self.growth:>+10.1%}"
        files = (self._at_first("files"), self._most("files"), median(sample.files for sample in last))
        yield f"{'open files':12}{''.join(f'{each:>10.0f}' for each in files)}{self.more_files:>+10.0f}"


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
        processes = service.processes()
        yield Sample(passed, sum(map(_bytes, processes)), sum(map(_files, processes)))
        time.sleep(_EVERY)


def _bytes(process: int) -> int:
    with suppress(OSError):  # one that reads a text may have ended
        return memory([process]).proportional
    return 0


def _files(process: int) -> int:
    with suppress(OSError):
        return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208 - the numbers are counted, and no more
    return 0


if __name__ == "__main__":
    sys.exit(main())
