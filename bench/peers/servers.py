"""Servers as processes of their own: started on this machine alone, waited for, stopped whatever happens."""

from __future__ import annotations

import http.client
import os
import shlex
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 120.0
_HOST: Final = "127.0.0.1"
_PAUSE: Final = 0.05
_FAREWELL: Final = 10.0


@dataclass(frozen=True, slots=True)
class Program:
    """How a server is started: the arguments to Python, in which ``{host}`` and ``{port}`` stand for its address."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its name, the id of its first process, its port."""

    name: str
    process: int
    port: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{_HOST}:{self.port}"

    def get(self, path: str) -> bytes:
        """Give the body of the answer to `path`; raise `OSError` where there is none, `ValueError` where it is no 200."""
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            message = f"{self.name}: {answer.status} for {path}: {body[:200]!r}"
            raise ValueError(message)
        return body


@contextmanager
def running(program: Program) -> Iterator[Server]:
    """Run `program` until the block is left, from when it takes connections; leave by `SystemExit` where it does not."""
    port = _free_port()
    command = (sys.executable, *(each.format(host=_HOST, port=port) for each in program.arguments))
    given = {**os.environ, "WEB_CONCURRENCY": "1", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(  # noqa: S603 - our own code and what the locks install
        command, env=given, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        if not _comes_up(process, port):
            message = (
                f"{program.name} did not start; what it says of it is not seen here: {shlex.join(command)}"
            )
            raise SystemExit(message)
        yield Server(program.name, process.pid, port)
    finally:
        _stop(process)


def _comes_up(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until it answers, and tell whether it does."""
    begun = time.perf_counter()
    while not _answers(port):
        if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
            return False
        time.sleep(_PAUSE)
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    """Tell whether it answers, and not that it is still starting."""
    connection = http.client.HTTPConnection(_HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status != HTTPStatus.SERVICE_UNAVAILABLE
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
