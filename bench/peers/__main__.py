"""The command; what it does stands in `bench.peers`."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bench.peers
from bench.page import add_keep, keep
from bench.peers.compare import Effort
from bench.peers.load import wrk
from bench.peers.stage import compare, write_record

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGES: Final = ("datasette", "fastapi", "uvicorn")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; leave by `SystemExit` where something is missing, or servers do not answer alike."""
    args = _arguments(argv)
    _check()
    signal.signal(signal.SIGTERM, _leave)
    effort = Effort(args.rounds, args.seconds, args.connections)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "record"
        write_record(args.statements, args.texts, snapshot)
        figures = compare(snapshot, effort, Path(folder))
    record = f"the texts in {args.texts.name}" if args.texts else f"{args.statements:,} made-up statements"
    shown = f"{record}: {effort}; {figures}"
    sys.stdout.write(f"{shown}\n")
    if args.keep:
        keep("peers", _command(args), shown)
    return 0


def _leave(number: int, _: object) -> None:
    """Leave as for any other error, so that the servers are stopped and what was written is removed."""
    sys.exit(128 + number)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers",
        description=bench.peers.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help="how often each is asked in turns")
    parser.add_argument(
        "--seconds", type=int, default=1, metavar="N", help="how long each is asked in a round"
    )
    parser.add_argument("--connections", type=int, default=8, metavar="N", help="how many ask at once")
    parser.add_argument(
        "--statements", type=int, default=10_000, metavar="N", help="the size of the made-up record"
    )
    parser.add_argument(
        "--texts", type=Path, metavar="FOLDER", help="a folder of texts to serve instead of a made-up record"
    )
    add_keep(parser)
    return parser.parse_args(argv)


def _command(args: argparse.Namespace) -> str:
    """Give the command that makes the table again; of the texts only the folder's name is told."""
    given = f" TEXTS={args.texts.name}" if args.texts else f" STATEMENTS={args.statements}"
    return f"make bench-peers ROUNDS={args.rounds}{given}"


def _check() -> None:
    """Say at once what is missing."""
    if not Path("/proc/self/stat").exists():
        message = "what a server costs is read from /proc, which only Linux has"
        raise SystemExit(message)
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        message = f"not installed here: {', '.join(missing)}; `make bench-peers` installs them beside the service and runs this"
        raise SystemExit(message)
    wrk()


if __name__ == "__main__":
    sys.exit(main())
