"""Bytes out, bytes back: what a server does with requests that no client would send."""

from __future__ import annotations

import http.client
import io
import json
import socket
import time
from typing import TYPE_CHECKING, Final

from chaos.asking import HOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATIENCE: Final = 30.0
"""After so many seconds without an end the server counts as hung."""
PROBLEM: Final = "application/problem+json"
PAGE: Final = "text/html"
_OURS: Final = b'<a href="/">Onrecord</a>'
"""Stands on our own pages only, not on those that gunicorn, Werkzeug and nginx make of errors."""
_MEMBERS: Final = {"type", "title", "status", "detail"}
_HONEST: Final = frozenset({501, 503, 505})
"""Errors of 500 and more that are no fault of the server's."""
_PIECE: Final = 65_536


class HungError(RuntimeError):
    """The server neither answered nor closed the connection."""


def exchanged(
    port: int, pieces: Iterable[bytes], *, pause: float = 0.0, stay: bool = False, address: str = HOST
) -> bytes:
    """Send `pieces`, then no more, and give all that comes back until the server closes; raise `HungError` where it does not.

    With `stay` the client does not tell that no more will come. `address` is the one it has.
    """
    deadline = time.monotonic() + PATIENCE
    with socket.create_connection((HOST, port), PATIENCE, (address, 0)) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            if not stay:
                connection.shutdown(socket.SHUT_WR)
        except TimeoutError:
            raise HungError from None
        except OSError:
            pass  # closed on us; what it said before is still there
        return b"".join(_received(connection, deadline))


def _received(connection: socket.socket, deadline: float) -> Iterator[bytes]:
    connection.settimeout(PATIENCE)
    while True:
        try:
            piece = connection.recv(_PIECE)
        except TimeoutError:
            raise HungError from None
        except OSError:
            return  # reset: closed as well
        if not piece:
            return
        if time.monotonic() > deadline:
            raise HungError
        yield piece


class _Bytes:
    """A socket to read from that has all it will ever have."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def makefile(self, *_: object) -> io.BytesIO:
        return self._stream


class _Open(io.BytesIO):
    """Stays open for the next answer."""

    def close(self) -> None:
        pass


def answers(came: bytes, method: str) -> list[tuple[int, str, bytes]]:
    """Give what came as answers, each with its status, media type and body; raise `ValueError` where it is no row of whole ones."""
    stream = _Open(came)
    found: list[tuple[int, str, bytes]] = []
    while stream.tell() < len(came):
        response = http.client.HTTPResponse(_Bytes(stream), method=method)  # type: ignore[arg-type]  # it reads from it, no more
        try:
            response.begin()
            body = response.read()
        except http.client.RemoteDisconnected:
            return found  # told to go on, and then left alone
        except http.client.HTTPException as error:
            message = f"{type(error).__name__}: {error}"
            raise ValueError(message) from None
        media = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
        found.append((response.status, media, body))
    return found


def wrong(came: bytes, method: str, most: int = 1, *, pages: bool = False) -> str | None:
    """Tell what is wrong with what came back to one request that is not to be understood as more than `most`.

    Right are a closed connection, and whole answers, of which errors are problems, or `pages` of our own where it asks for
    those, and none is the server's own.
    """
    try:
        found = answers(came, method)
    except ValueError as error:
        return f"no whole answer: {error}: {came[:200]!r}"
    if len(found) > most:
        return f"{len(found)} answers, with statuses {[status for status, _, _ in found]}"
    faults = (
        _fault(status, media, body, method)
        for status, media, body in found
        if not (pages and status < 500 and media == PAGE and _OURS in body)
    )
    return next((fault for fault in faults if fault), None)


def _fault(status: int, media: str, body: bytes, method: str) -> str | None:
    if status >= 500 and status not in _HONEST:
        return f"status {status}: {body[:200]!r}"
    if status < 400 or method == "HEAD":
        return None
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if (
        media != PROBLEM
        or not isinstance(told, dict)
        or not told.keys() >= _MEMBERS
        or told["status"] != status
    ):
        return f"status {status} without a problem: {media} {body[:200]!r}"
    return None
