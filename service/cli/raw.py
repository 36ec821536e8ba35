"""Answers written where there is no application to write them: before it is made, and before it sees a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.layer import REQUEST_ID
from service.http.problems import MEDIA, Problem, body

if TYPE_CHECKING:
    from collections.abc import Iterable


def told(problem: Problem, instance: str, request_id: str, always: Iterable[tuple[str, str]]) -> bytes:
    """Write `problem` as an answer to a request for `instance`, after which the connection is closed."""
    headers = (*problem.headers.items(), *always)
    status = f"{problem.kind.status} {problem.kind.title}"
    return written(status, MEDIA, body(problem, instance), request_id, headers)


def written(
    status: str, media: str, content: bytes, request_id: str, headers: Iterable[tuple[str, str]]
) -> bytes:
    """Write an answer with `content`, after which the connection is closed; nothing of it may have a line break."""
    head = (
        f"HTTP/1.1 {status}",
        "Connection: close",
        f"Content-Type: {media}",
        f"Content-Length: {len(content)}",
        "Cache-Control: no-store",
        *(f"{name}: {value}" for name, value in headers),
        f"{REQUEST_ID}: {request_id}",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + content
