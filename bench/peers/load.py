"""Asking a server for a while, by wrk."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.processes import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers.servers import Server

_SCRIPT: Final = Path(__file__).with_name("paths.lua")
_DRAIN: Final = 1
"""The seconds that wrk waits at the end for what is still on its way."""

_LONGER: Final = 30


@dataclass(frozen=True, slots=True)
class Figures:
    """What a request cost the server, in seconds of processor time, and how many were answered in a second."""

    cost: float
    rate: float


def wrk() -> str:
    """Give the path of wrk; leave by `SystemExit` where it is missing."""
    found = shutil.which("wrk")
    if found is None:
        message = "wrk is needed, which asks the servers: install it, say by apt-get install wrk"
        raise SystemExit(message)
    return found


def asked(server: Server, paths: Sequence[str], seconds: int, connections: int) -> Figures:
    """Ask `server` for `paths`, over and over only where it is one path; give what it cost.

    Raises `ValueError` where any answer was an error, or several paths were not enough for the time.
    """
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        before = cpu_seconds(server.process)
        told = _run(server.address, file.name, seconds, connections)
        cost = cpu_seconds(server.process) - before
    done, failed = told["requests"], told["failed"]
    if failed or not done or 1 < len(paths) < done:
        message = f"{server.name}: {done} requests, {failed} of them in vain, for {len(paths)} questions"
        raise ValueError(message)
    return Figures(cost / done, done / seconds)


def _run(address: str, file: str, seconds: int, connections: int) -> dict[str, int]:
    command = (wrk(), "--threads=1", f"--connections={connections}", f"--duration={seconds + _DRAIN}s")
    ran = subprocess.run(  # noqa: S603 - wrk, with arguments of our own
        (*command, f"--script={_SCRIPT}", address, "--", file, str(seconds)),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + _LONGER,
    )
    told: dict[str, int] = json.loads(ran.stdout.splitlines()[-1])
    return told
