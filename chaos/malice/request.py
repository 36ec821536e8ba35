"""A hostile request, and the plain ones that they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SECRET: Final = b"GET /v1/problems HTTP/1.1\r\nHost: smuggled\r\n\r\n"
"""A request that is hidden behind another."""
TEXT: Final = b"The ferry waits, Mayor Ada Example said on Monday."
"""A text that is as it should be."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A request as bytes, perhaps in `pieces` sent one by one; `most` answers are right at most."""

    kind: str
    pieces: tuple[bytes, ...]
    most: int = 1

    @property
    def method(self) -> str:
        """Give the method, as far as reading the answer goes."""
        return "HEAD" if self.pieces[0].startswith(b"HEAD ") else "GET"


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    """Put a request together."""
    return b"\r\n".join((line, b"Host: localhost", *headers, b"", body))


def get(target: str | bytes, *headers: bytes) -> bytes:
    """Ask for `target`."""
    target = target.encode() if isinstance(target, str) else target
    return request(b"GET " + target + b" HTTP/1.1", *headers)


def post(body: bytes, *headers: bytes, media: bytes = b"application/json", length: bool = True) -> bytes:
    """Post a body; `length` says that its length is told."""
    told = (b"Content-Length: %d" % len(body),) if length else ()
    return request(b"POST /v1/extract HTTP/1.1", b"Content-Type: " + media, *told, *headers, body=body)
