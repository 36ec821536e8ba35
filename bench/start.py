"""What a start costs: `python -m bench.start [--texts FOLDER] [--rounds N]`.

`onrecord serve` is started until /readyz answers 200, with no parsed texts at hand (cold) and with all of them kept (warm),
in turns. Counted is the processor time of the server and all its processes up to then, and the time on the clock; both
are medians. A busy machine counts more of the first too, since its cores share what they have: beside them stands what a
loop of Python took in the same rounds, so that runs can be told apart.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.page import add_keep, keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
SERVE: Final = (sys.executable, "-c", "import sys; from service.cli import main; sys.exit(main())", "serve")
ASKED: Final = b"GET /readyz HTTP/1.0\r\n\r\n"
PATIENCE: Final = 120.0
PAUSE: Final = 0.02
LOOPS: Final = 1_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--texts", type=Path, default=ROOT / "seeds", help="the folder of texts (default: seeds)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="starts of each kind (default: 5)")
    add_keep(parser)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        kept, bind = Path(folder) / "kept", Path(folder) / "socket"
        start(args.texts, kept, bind)
        rows: dict[str, list[tuple[float, float]]] = {"cold": [], "warm": []}
        loops = []
        for _ in range(args.rounds):
            rows["cold"].append(start(args.texts, None, bind))
            rows["warm"].append(start(args.texts, kept, bind))
            loops.append(loop())
    lines = [
        f"{len(list(args.texts.glob('*.txt')))} texts, rounds: {args.rounds}",
        f"{'':8}{'CPU s':>8}{'clock s':>9}",
    ]
    for name, figures in rows.items():
        cpu, clock = (median(column) for column in zip(*figures, strict=True))
        lines.append(f"{name:8}{cpu:8.2f}{clock:9.2f}")
    table = "\n".join((*lines, f"{'loop':8}{median(loops):8.2f}"))
    sys.stdout.write(f"{table}\n")
    if args.keep:
        keep("start", "make bench-start", table)
    return 0


def start(texts: Path, cache: Path | None, bind: Path) -> tuple[float, float]:
    """Start the server, wait until it is ready, stop it; give the processor time until then, and the time, in seconds."""
    given = {
        "ONRECORD_TEXTS": str(texts.resolve()),
        "ONRECORD_CACHE": str(cache or ""),
        "PYTHONPATH": str(ROOT),
    }
    begun = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 - our own code
        (*SERVE, "--bind", f"unix:{bind}"), env={**os.environ, **given}, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        while not _is_ready(bind):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                message = "the server did not start; run `onrecord serve` to see why"
                raise SystemExit(message)
            time.sleep(PAUSE)
        return sum(map(_seconds, (server.pid, *_children(server.pid)))), time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()


def loop() -> float:
    """Give the processor time of a fixed amount of work in Python, in seconds."""
    begun, total = time.process_time(), 0
    for number in range(LOOPS):
        total += number * number
    return time.process_time() - begun


def _is_ready(bind: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(bind))
            asking.sendall(ASKED)
            return b" 200 " in asking.recv(64)
        except OSError:
            return False


def _children(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from _children(child)


def _seconds(process: int) -> float:
    """Give the processor time of a process and of those of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
