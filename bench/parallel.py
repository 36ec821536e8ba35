"""How much quicker several processes parse many texts: `python -m bench.parallel [--texts N] [--rounds N] [--keep]`.

The same texts are parsed by one process, by two on this machine, and by one and two workers of a dask cluster on this machine,
in turns; nothing is kept, so that nothing is found parsed. The vocabulary and the pipeline are loaded before. The texts are
those of `seeds/` again and again, each with a line of its own. What comes out is compared: it must be the same everywhere.

Ratios are to one process in the same round, medians over the rounds: of the time on the clock, which on a busy machine shows
less than there is to gain, and of the processor time of all processes, which shows what the handing over costs.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from structlog.testing import capture_logs

from bench.page import add_keep, keep
from service.equipment import recipe
from service.settings import TABLE
from service.store.cluster import Cluster
from service.store.parsing import parse
from service.texts.read import read_bytes
from service.vocabulary import OWN, read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from service.model import Text
    from service.store.cluster import Recipe
    from service.store.parsing import Parsed

ROOT: Final = Path(__file__).resolve().parent.parent
PIPELINE: Final = next(setting.default for setting in TABLE if setting.variable == "ONRECORD_PIPELINE")
ALONE: Final = "1 process"
ROOMY: Final = {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "33554432"}
"""Lets workers keep memory between texts, as the README has it; dask's own settings have them give it back at once."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to parse texts, and what tells the processor time of all its processes so far."""

    parse: Callable[[Sequence[Text]], Parsed]
    seconds: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way took for all texts in one round, in seconds."""

    clock: float
    processor: float


def made_up(number: int) -> tuple[Text, ...]:
    """Give so many texts, no two of them alike."""
    furniture = read_vocabulary().furniture
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    texts = []
    for index in range(number):
        seed = seeds[index % len(seeds)]
        data = seed.read_bytes() + f"\n\nThis is copy {index}.\n".encode()
        texts.append(read_bytes(data, f"{seed.stem}-{index}", f"{index}.txt", furniture))
    return tuple(texts)


@contextmanager
def _ways(made: Recipe) -> Iterator[dict[str, Way]]:
    """Give the ways to parse by their names."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

    extractor = made.extractor()
    with ExitStack() as stack:
        ways: dict[str, Way] = {}
        for count, name in ((1, ALONE), (2, "2 processes")):
            work = partial(parse, make_extractor=lambda: extractor, processes=count)
            ways[name] = Way(work, _own_seconds)
        for count, name in ((1, "dask, 1 worker"), (2, "dask, 2 workers")):
            cluster = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0", env=ROOMY)
            client = stack.enter_context(Client(stack.enter_context(cluster)))
            there = Cluster(cluster.scheduler_address, made)
            work = partial(parse, make_extractor=made.extractor, cluster=there)
            ways[name] = Way(work, partial(_seconds, client))
        yield ways


def _own_seconds() -> float:
    """Give the processor time of this process and of those of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _seconds(client: Any) -> float:
    there: dict[str, float] = client.run(time.process_time)
    return time.process_time() + sum(there.values())


def compare(texts: Sequence[Text], made: Recipe, rounds: int) -> str:
    """Parse `texts` in all ways `rounds` times in turns, after once for warming up, and give the table.

    Raises `AssertionError` where one way gives something else than another.
    """
    taken: dict[str, list[Cost]] = {}
    with _ways(made) as ways, capture_logs():
        found = {name: way.parse(texts).extracted for name, way in ways.items()}
        if any(found[name] != found[ALONE] for name in found):
            message = "not every way gives the same"
            raise AssertionError(message)
        for _ in range(rounds):
            for name, way in ways.items():
                taken.setdefault(name, []).append(_cost(way, texts))
    words = sum(one.facts.words for one in found[ALONE])
    return "\n".join(
        (
            f"{len(texts)} texts, {words} words, rounds: {rounds}",
            f"{'':18}{'words/s':>9}{'speed-up':>10}{'from':>7}{'to':>7}{'processor':>11}",
            *(_row(name, taken, words) for name in taken),
        )
    )


def _cost(way: Way, texts: Sequence[Text]) -> Cost:
    used, begun = way.seconds(), time.perf_counter()
    way.parse(texts)
    clock = time.perf_counter() - begun
    return Cost(clock, way.seconds() - used)


def _row(name: str, taken: Mapping[str, Sequence[Cost]], words: int) -> str:
    pairs = list(zip(taken[ALONE], taken[name], strict=True))
    ups = [alone.clock / one.clock for alone, one in pairs]
    processor = median(one.processor / alone.processor for alone, one in pairs)
    rate = words / median(one.clock for one in taken[name])
    return f"{name:18}{rate:9.0f}{median(ups):10.2f}{min(ups):7.2f}{max(ups):7.2f}{processor:11.2f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=100, help="how many texts (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each way (default: %(default)s)")
    add_keep(parser)
    args = parser.parse_args(argv)
    table = compare(made_up(args.texts), recipe(OWN, PIPELINE), args.rounds)
    sys.stdout.write(f"{table}\n")
    if args.keep:
        keep("parallel", "make bench-parallel", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
