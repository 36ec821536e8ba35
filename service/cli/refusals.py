"""What gunicorn refuses before the application sees it, told as a problem like every other error."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import gunicorn.util  # type: ignore[import-untyped]  # it comes without types

from service.http.cross_origin import ALWAYS
from service.http.layer import REQUEST_ID
from service.http.problems import MEDIA, Problem, body, kind_of

if TYPE_CHECKING:
    from socket import socket

_SHOWN = 200


def install() -> None:
    """Let gunicorn's workers write problems where they would write pages."""
    gunicorn.util.write_error = write_problem


def write_problem(client: socket, status: int, reason: str, message: str) -> None:
    """Answer a request that was not understood; `message` may quote from it. The path is unknown then, and told as "/"."""
    kind = kind_of(status)
    content = body(Problem(kind, f"{reason}: {message[:_SHOWN] or kind.meaning}"), "/")
    head = (
        f"HTTP/1.1 {kind.status} {kind.title}",
        "Connection: close",
        f"Content-Type: {MEDIA}",
        f"Content-Length: {len(content)}",
        "Cache-Control: no-store",
        *(f"{name}: {value}" for name, value in ALWAYS),
        f"{REQUEST_ID}: {uuid.uuid4().hex}",
    )
    gunicorn.util.write_nonblock(client, "\r\n".join((*head, "", "")).encode("ascii") + content)
