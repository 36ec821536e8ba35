"""The service and nginx as processes of their own on this machine: started, waited for, signalled, stopped whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.processes import children
from chaos.asking import FAILURES, HOST, asked, is_ready
from chaos.waiting import PATIENCE, ChaosError, MissingError, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
ONRECORD: Final = Path(sys.executable).with_name("onrecord")
NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION: Final = ROOT / "deploy" / "nginx.conf"
_FOREGROUND: Final = "daemon off;" if os.geteuid() else "daemon off; user root;"
"""Started by root, nginx would work as nobody, who may not write into folders that are root's alone."""
_ATTEMPTS: Final = 20
_FAREWELL: Final = 40.0
_RETRIES: Final = re.compile(r"(?m)^( *)proxy_next_upstream .*;$")


def free_port() -> int:
    """Give a port of this machine that nothing listens at."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class Process:
    """A program in a group of its own, whose output goes to a file."""

    def __init__(
        self, command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start it."""
        self.log = log
        with log.open("ab") as told:
            self._process = subprocess.Popen(  # noqa: S603 - our own code and nginx, with arguments of our own
                [*map(str, command)],
                env={**os.environ, **(environment or {})},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                start_new_session=True,
            )
        self.pid = self._process.pid

    def runs(self) -> bool:
        """Tell whether it has not ended."""
        return self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send it, and none of its children, a signal."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it and all of its group, from one moment to the next."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Let it end in peace, for as long as that may take; what is left of its group is killed."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL)
        self.kill()

    def told(self) -> str:
        """Give its output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


class Service(Process):
    """``onrecord serve`` at a port; `port` 0 finds a free one."""

    def __init__(
        self,
        environment: Mapping[str, str],
        log: Path,
        port: int = 0,
        options: Sequence[str] = (),
        through: Sequence[str | Path] = (),
    ) -> None:
        """Start it, `through` another program where one is given."""
        self.port = port or free_port()
        self.environment = environment
        command = (*through, sys.executable, ONRECORD, "serve", "--bind", f"{HOST}:{self.port}", *options)
        super().__init__(command, log, {"PYTHONPATH": str(ROOT), **environment})

    def wait(self, patience: float = PATIENCE) -> Service:
        """Wait until it is ready, and give it back; raise `ChaosError` where it ends instead, or takes too long."""
        wait_until(lambda: not self.runs() or is_ready(self.port), "the service was ready", patience)
        wanted = int(self.environment.get("WEB_CONCURRENCY", "1"))
        wait_until(lambda: not self.runs() or len(self.workers()) >= wanted, "all workers were there")
        if not self.runs():
            message = f"the service did not start: {self.told()[-2000:]}"
            raise ChaosError(message)
        return self

    def workers(self) -> list[int]:
        """Give the processes that answer."""
        own = (path.read_text().split() for path in Path(f"/proc/{self.pid}/task").glob("*/children"))
        return sorted(int(child) for found in own for child in found)

    def processes(self) -> list[int]:
        """Give all of its processes, as they are at one moment."""
        for _ in range(_ATTEMPTS):
            with suppress(OSError):  # one of them ended as it was looked at
                return [self.pid, *children(self.pid)]
        return [self.pid]


def proxied(port: int, replicas: Sequence[int], folder: Path) -> str:
    """Give deploy/nginx.conf for replicas at ports of this machine; nothing but addresses and folders is changed.

    Raises `ValueError` where the file has changed too much.
    """
    text = CONFIGURATION.read_text("utf-8")
    changes = {
        "listen 8080 ": f"listen {HOST}:{port} ",
        "/tmp/": f"{folder}/",  # noqa: S108 - where a container has room
        "/dev/stdout": f"{folder}/access.log",
        **{f"172.30.71.1{number}:8000": f"{HOST}:{each}" for number, each in enumerate(replicas, 1)},
    }
    return replaced(text, changes)


def replaced(configuration: str, changes: Mapping[str, str]) -> str:
    """Put other words in place of some of deploy/nginx.conf; raise `ValueError` where these are not there."""
    for old, new in changes.items():
        if old not in configuration:
            message = f"deploy/nginx.conf has no {old!r}"
            raise ValueError(message)
        configuration = configuration.replace(old, new)
    return configuration


def without_retries(configuration: str) -> str:
    """Let a replica that fails be the client's to see."""
    return _RETRIES.sub(r"\1proxy_next_upstream off;", configuration)


class Proxy(Process):
    """Nginx in front of three replicas."""

    def __init__(
        self, replicas: Sequence[int], folder: Path, change: Callable[[str], str] | None = None
    ) -> None:
        """Start it with files of its own in `folder`, its configuration changed for a control.

        Raises `MissingError` where there is no nginx.
        """
        if NGINX is None:
            message = "nginx is needed: install it, say by apt-get install nginx-light"
            raise MissingError(message)
        self.port = free_port()
        self.access = folder / "access.log"
        folder.mkdir()
        path = folder / "nginx.conf"
        configuration = proxied(self.port, replicas, folder)
        path.write_text(change(configuration) if change else configuration, "utf-8")
        super().__init__((NGINX, "-e", "stderr", "-g", _FOREGROUND, "-c", path), folder / "log")

    def wait(self) -> Proxy:
        """Wait until it answers, and give it back; raise `ChaosError` where it ends instead."""
        wait_until(lambda: not self.runs() or self._answers(), "nginx answered")
        if not self.runs():
            message = f"nginx did not start: {self.told()[-2000:]}"
            raise ChaosError(message)
        return self

    def _answers(self) -> bool:
        try:
            return asked(self.port, "/proxy/livez").status == 200
        except FAILURES:
            return False


@contextmanager
def ending(*processes: Process) -> Iterator[None]:
    """Kill the processes that are left at the end."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()
