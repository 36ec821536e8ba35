"""What a start costs: `python -m bench.start [--texts PATH] [--rounds N]`.

`onrecord serve` is started until /readyz answers 200, with no parsed texts at hand (cold) and with all of them kept (warm),
in turns. Counted is the processor time of the server and all its processes up to then, and the time on the clock; both
are medians. A busy machine counts more of the first too, since its cores share what they have: beside them stands what
importing Flask and gunicorn took in the same rounds, which any such service pays, and a loop of Python, so that runs can be
told apart.
"""

from __future__ import annotations

import argparse
import compileall
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.page import add_keep, keep
from bench.processes import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
SERVE: Final = (sys.executable, "-c", "import sys; from service.cli import main; sys.exit(main())", "serve")
GOOD: Final = b"HTTP/1.0 200 "
PATIENCE: Final = 120.0
PAUSE: Final = 0.02
PEER: Final = "import flask, gunicorn.app.wsgiapp, gunicorn.workers.gthread"
LOOPS: Final = 1_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--texts", type=Path, default=ROOT / "seeds", help="what ONRECORD_TEXTS is to name (default: seeds)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="starts of each kind (default: 5)")
    add_keep(parser)
    args = parser.parse_args(argv)
    table = "\n".join(compare(args.texts, args.rounds))
    sys.stdout.write(f"{table}\n")
    if args.keep:
        keep("start", "make bench-start", table)
    return 0


def compare(texts: Path, rounds: int) -> Iterator[str]:
    """Start `rounds` times each way, in turns, and give the lines of the table."""
    compileall.compile_dir(ROOT / "service", quiet=1)  # as `make serve` does, and the image
    rows: dict[str, list[tuple[float, ...]]] = {"cold": [], "warm": [], "flask": [], "loop": []}
    with tempfile.TemporaryDirectory() as folder:
        kept, bind = Path(folder) / "kept", Path(folder) / "socket"
        start(texts, kept, bind)
        for _ in range(rounds):
            rows["cold"].append(start(texts, None, bind))
            rows["warm"].append(start(texts, kept, bind))
            rows["flask"].append((imports(),))
            rows["loop"].append((loop(),))
    named = f"{len(list(texts.glob('*.txt')))} texts" if texts.is_dir() else texts.name
    yield f"{named}, rounds: {rounds}"
    yield f"{'':8}{'CPU s':>8}{'clock s':>9}"
    for name, figures in rows.items():
        cpu, *clock = (median(column) for column in zip(*figures, strict=True))
        yield f"{name:8}{cpu:8.2f}{''.join(f'{each:9.2f}' for each in clock)}"


@dataclass(frozen=True, slots=True)
class Ready:
    """A server that answers: its process, the processor time until it did, and the time on the clock, in seconds."""

    process: int
    processor: float
    clock: float


def start(texts: Path, cache: Path | None, bind: Path) -> tuple[float, float]:
    """Start the server, wait until it is ready, stop it; give the processor time until then, and the time, in seconds."""
    with running(texts, cache, bind) as server:
        return server.processor, server.clock


@contextmanager
def running(texts: Path, cache: Path | None, bind: Path, *options: str) -> Iterator[Ready]:
    """Let a server run for a while, which is ready by then."""
    given = {
        "ONRECORD_TEXTS": str(texts.resolve()),
        "ONRECORD_CACHE": str(cache or ""),
        "WEB_CONCURRENCY": "1",
        "PYTHONPATH": str(ROOT),
    }
    begun = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 - our own code
        (*SERVE, "--bind", f"unix:{bind}", *options),
        env={**os.environ, **given},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not asked(bind, "/readyz").startswith(GOOD):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                message = "the server did not start; run `onrecord serve` to see why"
                raise SystemExit(message)
            time.sleep(PAUSE)
        yield Ready(server.pid, cpu_seconds(server.pid), time.perf_counter() - begun)
    finally:
        server.terminate()
        server.wait()


def imports() -> float:
    """Give the processor time of a Python that imports Flask and gunicorn and does nothing else, in seconds."""
    begun = os.times()
    subprocess.run((sys.executable, "-c", PEER), check=True)  # noqa: S603 - our own code
    ended = os.times()
    return ended.children_user + ended.children_system - begun.children_user - begun.children_system


def loop() -> float:
    """Give the processor time of a fixed amount of work in Python, in seconds."""
    begun, total = time.process_time(), 0
    for number in range(LOOPS):
        total += number * number
    return time.process_time() - begun


def asked(bind: Path, path: str) -> bytes:
    """Give the whole answer to a GET of `path`; nothing where there is none."""
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(bind))
            asking.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            return b"".join(iter(lambda: asking.recv(65_536), b""))
        except OSError:
            return b""


if __name__ == "__main__":
    sys.exit(main())
