"""Servers as ``onrecord serve`` runs them, over a folder of texts of our own writing, for tests that ask them."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

from tests.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

ARTICLE: Final = "Bridge to reopen\n\nThe bridge is safe, Mayor Ada Example said on Monday.\n\nShe told reporters it would open in May.\n"
PATIENCE: Final = 60.0
_CLOSE: Final = MappingProxyType({"Connection": "close"})
_AS_SYSTEMD: Final = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
"""Hands a socket over as systemd does: as the third file, for the process of the number that is told."""
SCRIPT: Final = "import sys\nfrom service.cli import main\nsys.exit(main())\n"


class _Connection(HTTPConnection):
    def __init__(self, address: Path) -> None:
        super().__init__("localhost")
        self._address = str(address)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self._address)


@dataclass(frozen=True)
class Answer:
    """An answer: its status, its headers in their order, and its body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)


@dataclass
class Running:
    """A server, the `lines` of whose log are read as they are waited for."""

    process: subprocess.Popen[bytes]
    address: Path
    lines: list[dict[str, Any]] = field(default_factory=list)
    _rest: bytes = b""
    _seen: int = 0

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] = _CLOSE
    ) -> Answer:
        """Ask over a connection of its own."""
        connection = _Connection(self.address)
        connection.request(method, path, body, {**headers, **_CLOSE})
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        connection.close()
        return answer

    def send(self, sent: bytes) -> bytes:
        """Send bytes that need not be a request, and give what comes back until the server hangs up."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(str(self.address))
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: client.recv(65_536), b""))

    def count(self, name: str, **labels: str) -> float:
        """Give a metric's value, summed over the labels that are not given."""
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        lines = [
            line for line in self.ask("/metrics").text.splitlines() if line.startswith(f"onrecord_{name}")
        ]
        return sum(float(line.split()[-1]) for line in lines if all(each in line for each in wanted))

    def comes_to(self, value: float, name: str, **labels: str) -> bool:
        """Tell whether a metric comes to `value`: an answer is counted only when it is all written."""
        deadline = time.monotonic() + PATIENCE
        while self.count(name, **labels) != value:
            self._read(0)  # or the log's pipe were full one day, and the server stood still
            if time.monotonic() > deadline:
                return False
        return True

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def until(self, beginning: str) -> dict[str, Any]:
        """Read the log up to the line whose event begins so, and give it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            while self._seen < len(self.lines):
                self._seen += 1
                if self.lines[self._seen - 1]["event"].startswith(beginning):
                    return self.lines[self._seen - 1]
            assert self._read(deadline - time.monotonic()), f"{beginning!r} is not in the log, or not in time"

    def until_so(self, happened: Callable[[], bool], what: str) -> None:
        """Read the log until something has happened."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            self._read(0.05)
            assert time.monotonic() < deadline, f"{what} has not happened, or not in time"

    def _read(self, wait: float) -> bool:
        """Read what the log has, or gets within `wait` seconds; tell whether that is anything."""
        assert self.process.stderr is not None
        stream: IO[bytes] = self.process.stderr
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            if not selector.select(wait):
                return False
        piece = os.read(stream.fileno(), 65_536)
        *whole, self._rest = (self._rest + piece).split(b"\n")
        self.lines += [json.loads(line) for line in whole]
        return bool(piece)


@contextmanager
def running(
    texts: Path,
    cache: Path,
    address: Path,
    *,
    waiting: bool = True,
    kept: socket.socket | None = None,
    **settings: str,
) -> Iterator[Running]:
    """Run a server over `texts` at a socket file, `waiting` until it serves; at the end, if it still runs, stop it.

    Where a socket is `kept` open for it, it serves there instead.
    """
    script = address.with_name(f"run_{address.name}.py")
    script.write_text(SCRIPT, encoding="utf-8")
    others = {name: value for name, value in os.environ.items() if not name.startswith(("ONRECORD_", "PROM"))}
    given = {
        **others,
        "PYTHONPATH": str(ROOT),
        "WEB_CONCURRENCY": "1",
        "ONRECORD_TEXTS": str(texts),
        "ONRECORD_CACHE": str(cache),
        **settings,
    }
    command = [sys.executable, str(script), "serve", "--bind", f"unix:{address}"]
    passed = () if kept is None else (kept.fileno(),)
    if passed:
        command[1:1] = ["-c", _AS_SYSTEMD, *map(str, passed)]
    with subprocess.Popen(  # noqa: S603 - ours
        command, env=given, cwd=address.parent, stderr=subprocess.PIPE, pass_fds=passed
    ) as process:
        server = Running(process, address)
        try:
            if waiting:
                server.until("Listening at")
                server.until("Booting worker")
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGQUIT)
            process.communicate(timeout=PATIENCE)
