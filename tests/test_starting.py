"""What is answered before there is an application."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from service.cli.starting import answer_to, answering
from service.http.problems import NOT_READY
from tests.servers import PATIENCE, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        bound.listen()
        bound.setblocking(False)  # noqa: FBT003 - so it is called
        yield bound


def ask(listener: socket.socket, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(PATIENCE)
        client.connect(listener.getsockname())
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65_536), b""))


@pytest.mark.parametrize(
    ("sent", "status", "instance"),
    [
        (b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", 503, "/readyz"),
        (b"GET /readyz?pretty=1 HTTP/1.1\r\nHost: a\r\n\r\n", 503, "/readyz"),
        (b"GET /v1/statements HTTP/1.1\r\nHost: a\r\n\r\n", 503, "/"),
        (b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\nabc", 503, "/"),
        (b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n", 200, None),
        (b"\x00\xff\r\n\r\n", 503, "/"),
        (b"", 503, "/"),
    ],
)
def test_the_process_lives_and_is_not_ready(
    listener: socket.socket, sent: bytes, status: int, instance: str | None
) -> None:
    with answering([listener]):
        head, _, body = ask(listener, sent).partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert first.startswith(f"HTTP/1.1 {status} ")
    assert int(headers["Content-Length"]) == len(body)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert len(headers["X-Request-ID"]) == 32
    told = json.loads(body)
    if status == 200:
        assert told == {"status": "live"}
        return
    assert (told["type"], told["instance"]) == (NOT_READY.uri, instance)
    assert "being read" in told["detail"]
    assert (headers["Retry-After"], headers["Cache-Control"]) == ("1", "no-store")


def test_head_has_no_body() -> None:
    whole, head = (answer_to(method + b" /readyz HTTP/1.1\r\n\r\n") for method in (b"GET", b"HEAD"))
    assert head.endswith(b"\r\n\r\n")
    assert head.split(b"X-Request-ID")[0] == whole.split(b"X-Request-ID")[0]


def test_who_comes_later_waits_for_the_application(listener: socket.socket) -> None:
    with answering([listener]):
        assert ask(listener, b"GET /livez HTTP/1.1\r\n\r\n")
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(listener.getsockname())
        listener.accept()[0].close()


def test_a_client_that_hangs_does_not_keep_others_waiting(listener: socket.socket) -> None:
    with answering([listener]), socket.socket(socket.AF_UNIX) as hanging:
        hanging.connect(listener.getsockname())
        assert ask(listener, b"GET /livez HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_from_the_first_moment_a_server_is_either_not_ready_or_ready(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bridge.txt").write_text("Bridge\n\nThe bridge is safe, Ada Example said.\n", encoding="utf-8")
    address = tmp_path / "socket"
    with running(texts, tmp_path / "cache", address, waiting=False) as server:
        server.until("read")  # the texts, which are parsed next
        statuses = [server.ask("/readyz").status]
        while statuses[-1] == 503 and len(statuses) < 100_000:
            statuses.append(server.ask("/readyz").status)
    assert statuses[0] == 503
    assert statuses[-1] == 200


def test_a_server_that_can_t_start_leaves_no_socket(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    address = tmp_path / "socket"
    with running(tmp_path, tmp_path / "cache", address, waiting=False, ONRECORD_STRICT="true") as server:
        assert server.process.wait(PATIENCE) == 2
    assert not address.exists()


def test_what_is_forked_meanwhile_does_not_keep_the_address(listener: socket.socket) -> None:
    with answering([listener]):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.write(writer, b"yes" if listener.fileno() < 0 else b"no")
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(reader, 3) == b"yes"
        for end in (reader, writer):
            os.close(end)
    child = os.fork()
    if not child:
        os._exit(0 if listener.fileno() >= 0 else 1)
    assert os.waitpid(child, 0)[1] == 0
