"""An answer's headers go out together with its body, or with its first piece where it comes in pieces.

Gunicorn sends one after the other. A worker that dies in between leaves an answer that has begun, which no proxy can ask
another replica for any more; one that has not begun it can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]  # it comes without types

if TYPE_CHECKING:
    from collections.abc import Callable


class _Held:
    """In place of a socket: holds what is sent."""

    __slots__ = ("pieces",)

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self.pieces.append(data)


def install() -> None:
    """Let gunicorn's workers send headers together with what follows."""
    if not hasattr(Response.write, "apart"):
        Response.write = _together(Response.write)


def _together(apart: Callable[[Any, bytes], None]) -> Callable[[Any, bytes], None]:
    def write(response: Any, data: bytes) -> None:
        if response.headers_sent:
            apart(response, data)
            return
        socket, held = response.sock, _Held()
        response.sock = held
        try:
            apart(response, data)
        except BaseException:
            response.headers_sent = False  # nothing was: an error can still be told
            raise
        finally:
            response.sock = socket
        socket.sendall(b"".join(held.pieces))

    write.apart = apart  # type: ignore[attr-defined]  # tells that it is installed
    return write
