"""A listening socket that outlives the service, as systemd keeps one: nobody who asks notices that it is started anew."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from itertools import groupby
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import pytest

from service.cli.serve import _is_handed_over
from tests.corpora import folder_of
from tests.servers import ARTICLE, PATIENCE, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers import Running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")

CLIENTS: Final = 4
ENOUGH: Final = 40
_ASKED: Final = b"GET /v1/sources HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

Address = str | tuple[str, int]


@dataclass
class Tally:
    """Which source the clients were told of, each time; each asks again as soon as it has its answer."""

    told: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)
    clients: list[Thread] = field(default_factory=list)

    def has_more(self) -> Callable[[], bool]:
        """Tell whether `ENOUGH` answers came from now on, or one failed."""
        wanted = len(self.told) + ENOUGH
        return lambda: len(self.told) >= wanted or bool(self.failed)

    def is_over(self) -> bool:
        """Tell whether each client that was to ask no more has its last answer."""
        return not any(client.is_alive() for client in self.clients)


def ask(address: Address) -> str:
    """Ask over a connection of its own; give the id of the one source, raise `OSError` or `HTTPException` for no answer."""
    with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as client:
        client.settimeout(PATIENCE)
        client.connect(address)
        client.sendall(_ASKED)
        response = HTTPResponse(client)
        response.begin()
        body = response.read()
    if response.status != HTTPStatus.OK:
        raise HTTPException(response.status)
    found: str = json.loads(body)["items"][0]["id"]
    return found


@contextmanager
def asking(address: Address) -> Iterator[Tally]:
    """Have clients ask all the time, until the context is left or they fail."""
    tally = Tally()

    def go_on() -> None:
        while not (tally.ended.is_set() or tally.failed):
            try:
                tally.told.append(ask(address))
            except (OSError, HTTPException) as error:
                tally.failed.append(repr(error))

    tally.clients += [Thread(target=go_on, daemon=True) for _ in range(CLIENTS)]
    for client in tally.clients:
        client.start()
    try:
        yield tally
    finally:
        tally.ended.set()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return folder_of(ARTICLE, tmp_path / "texts")


@pytest.fixture(params=["unix", "tcp"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    if request.param == "tcp":
        with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
            yield listening
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "kept"))
            listening.listen(2048)
            yield listening


def end(server: Running) -> None:
    server.signal(signal.SIGTERM)
    server.until("Shutting down")
    assert server.process.wait(PATIENCE) == 0


@pytest.mark.enable_socket
def test_no_request_is_lost_by_a_restart_over_a_socket_that_is_kept(
    listener: socket.socket, texts: Path, cache: Path, tmp_path: Path
) -> None:
    """Each start has another text to serve, or rather the same under another name: what was found in it is kept."""
    names = ["bridge", "dam", "bridge"]
    with asking(listener.getsockname()) as tally:
        for number, name in enumerate(names):
            next(texts.iterdir()).rename(texts / f"{name}.txt")
            with running(texts, cache, tmp_path / f"run-{number}", kept=listener) as server:
                server.until_so(tally.has_more(), f"that {ENOUGH} requests more are answered")
                if number == len(names) - 1:
                    tally.ended.set()
                    server.until_so(tally.is_over, "that everybody has an answer")
                end(server)
    assert tally.failed == []
    assert len(tally.told) >= len(names) * ENOUGH
    assert [name for name, _ in groupby(tally.told)] == names


def test_without_the_socket_requests_are_refused_meanwhile(texts: Path, cache: Path, tmp_path: Path) -> None:
    address = tmp_path / "socket"
    with running(texts, cache, address) as server, asking(str(address)) as tally:
        server.until_so(tally.has_more(), f"that {ENOUGH} requests are answered")
        assert tally.failed == []
        end(server)
        server.until_so(tally.is_over, "that a client has failed, and the others have noticed")
    assert tally.failed


@pytest.mark.enable_socket
def test_who_asked_in_vain_and_went_is_no_trouble(
    listener: socket.socket, texts: Path, cache: Path, tmp_path: Path
) -> None:
    """Probes have a patience of their own: they hang up before the service is there, some of them without a word."""
    for sent in (b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /rea", b""):
        for _ in range(20):
            with socket.socket(listener.family) as probe:
                probe.connect(listener.getsockname())
                probe.sendall(sent)
    with running(texts, cache, tmp_path / "run", kept=listener) as server:
        assert ask(listener.getsockname()) == "bridge"
        end(server)
    assert {line["event"] for line in server.lines if line["level"] != "info"} == {"doubtful"}


@pytest.mark.enable_socket
def test_who_comes_after_a_kill_is_answered_by_the_next(
    listener: socket.socket, texts: Path, cache: Path, tmp_path: Path
) -> None:
    with running(texts, cache, tmp_path / "killed", kept=listener) as server:
        for process in (server.process.pid, *workers(server)):
            os.kill(process, signal.SIGKILL)
        server.process.wait(PATIENCE)
    with (
        asking(listener.getsockname()) as tally,
        running(texts, cache, tmp_path / "new", kept=listener) as server,
    ):
        tally.ended.set()
        server.until_so(tally.is_over, "that everybody has an answer")
    assert (tally.failed, len(tally.told)) == ([], CLIENTS)


def workers(server: Running) -> list[int]:
    master = server.process.pid
    return [
        int(each)
        for each in Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    ]


@pytest.mark.parametrize(
    ("variables", "handed_over"),
    [
        ({}, False),
        ({"LISTEN_FDS": "1", "LISTEN_PID": "{self}"}, True),
        ({"LISTEN_FDS": "0", "LISTEN_PID": "{self}"}, False),
        ({"LISTEN_FDS": "1", "LISTEN_PID": "1"}, False),
        ({"LISTEN_FDS": "1"}, False),
        ({"GUNICORN_FD": "5"}, True),
    ],
)
def test_a_socket_counts_only_where_it_is_meant_for_this_process(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, handed_over: bool
) -> None:
    for name in ("LISTEN_FDS", "LISTEN_PID", "GUNICORN_FD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(self=os.getpid()))
    assert _is_handed_over() is handed_over
