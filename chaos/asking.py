"""One client: asks over a connection that it keeps, and takes an answer for one only where it is there as a whole."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST: Final = "127.0.0.1"
FAILURES: Final = (OSError, http.client.HTTPException)
"""What asking raises where there is no whole, well-formed answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, and the seconds that it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def told(self) -> tuple[int, str | None, str | None, bytes]:
        """Give what decides whether it is the answer that was promised."""
        return self.status, self.headers.get("etag"), self.headers.get("x-corpus-version"), self.body


class Client:
    """Asks what listens at a port of this machine."""

    def __init__(self, port: int, patience: float = 10.0) -> None:
        """Take the port; an answer that takes longer than `patience` seconds between two of its pieces is none."""
        self._connection = http.client.HTTPConnection(HOST, port, timeout=patience)

    def ask(self, question: Question, **headers: str) -> Answer:
        """Give the answer; raise one of `FAILURES` where there is none. `headers` go along, with hyphens for ``_``."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        begun = time.perf_counter()
        try:
            self._connection.request(
                question.method, question.path, question.body, {**question.headers, **sent}
            )
            with self._connection.getresponse() as response:
                body = response.read()
        except FAILURES:
            self.close()
            raise
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, body, time.perf_counter() - begun)

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        self._connection.close()


def asked(port: int, path: str, patience: float = 10.0, **headers: str) -> Answer:
    """Give the answer to a GET of `path` over a connection of its own; raise one of `FAILURES` where there is none."""
    return answered(port, Question(path), patience, **headers)


def answered(port: int, question: Question, patience: float = 60.0, **headers: str) -> Answer:
    """Give the answer to a question over a connection of its own; raise one of `FAILURES` where there is none."""
    client = Client(port, patience)
    try:
        return client.ask(question, **headers)
    finally:
        client.close()


def is_ready(port: int) -> bool:
    """Tell whether /readyz answers 200."""
    try:
        return asked(port, "/readyz").status == 200
    except FAILURES:
        return False
