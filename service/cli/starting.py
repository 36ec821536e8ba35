"""What is answered while the record is being read: that the process lives, and is not ready."""

from __future__ import annotations

import os
import selectors
import socket
import time
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

from service.cli.raw import told, written
from service.http.cross_origin import ALWAYS
from service.http.endpoint import JSON
from service.http.problems import NOT_READY, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LIVE: Final = b'{"status":"live"}'
_STARTING: Final = Problem(
    NOT_READY,
    "The record is being read. Ask again later; how long it takes depends on the texts, and on what was kept of them.",
    headers={"Retry-After": "1"},
)
_PATIENCE: Final = 0.5
_LONGEST: Final = 8190
_END: Final = b"\r\n\r\n"
_HELD: Final[list[socket.socket]] = []
"""What processes that are forked must not keep open."""


@contextmanager
def answering(listeners: Sequence[socket.socket]) -> Iterator[None]:
    """Answer whoever asks at `listeners`, which do not block, one after the other, until the context is left.

    It is a thread that does so, and processes are forked meanwhile: it takes no lock that these could miss, so it keeps no log,
    and these let go of the listeners.
    """
    reader, writer = os.pipe()
    _HELD.extend(listeners)
    thread = Thread(target=_answer, args=(listeners, reader), daemon=True)
    thread.start()
    try:
        yield
    finally:
        os.close(writer)
        thread.join()
        os.close(reader)
        _HELD.clear()


def _let_go() -> None:
    for listener in _HELD:
        listener.close()
    _HELD.clear()


os.register_at_fork(after_in_child=_let_go)


def _answer(listeners: Sequence[socket.socket], end: int) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(end, selectors.EVENT_READ)
        for listener in listeners:
            selector.register(listener.fileno(), selectors.EVENT_READ, listener)
        while True:
            for key, _ in selector.select():
                if key.data is None:
                    return
                with suppress(OSError):
                    _meet(key.data.accept()[0])


def _meet(client: socket.socket) -> None:
    """Read a request as far as it matters, answer it, and wait a little until the client has hung up."""
    with client:
        client.settimeout(_PATIENCE)
        client.sendall(answer_to(_received(client)))
        client.shutdown(socket.SHUT_WR)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and client.recv(_LONGEST):
            pass


def _received(client: socket.socket) -> bytes:
    until, read = time.monotonic() + _PATIENCE, b""
    while len(read) < _LONGEST and _END not in read and time.monotonic() < until:
        piece = client.recv(_LONGEST)
        if not piece:
            break
        read += piece
    return read


def answer_to(request: bytes) -> bytes:
    """Answer a request by its first line: 200 to a liveness probe, and 503 to everything else."""
    method, _, rest = request.partition(b"\r\n")[0].partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0]
    name = os.urandom(16).hex()
    if path == b"/livez":
        answer = written("200 OK", JSON, _LIVE, name, ALWAYS)
    else:
        answer = told(_STARTING, "/readyz" if path == b"/readyz" else "/", name, ALWAYS)
    return answer.partition(_END)[0] + _END if method == b"HEAD" else answer
