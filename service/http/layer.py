"""Around the application: an id for every request, the headers of every answer, a line in the log and a count."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

from structlog.contextvars import bind_contextvars, unbind_contextvars

from service.http import cross_origin
from service.logs import tell_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Count = Callable[[str | None, str, int, bool | None, float], object]
    """Counts an answer by its route, method, status and whether it was remembered, with the seconds it took."""

REQUEST_ID = "X-Request-ID"
"""The header that names a request in answers and logs."""

ROUTE = "onrecord.route"
"""Where the environment of a request says which route answered it: its template, not the path that was asked for."""

CORPUS_VERSION = "X-Corpus-Version"
"""The header that tells which record an answer was made from."""

REMEMBERED = "onrecord.remembered"
"""Where it says whether the answer was given before, True or False; absent where it is of a kind that is not kept."""

OWN = "onrecord.own"
"""Where it says that the service asks itself: nobody is to be told, and nothing counted."""

_SENT_ID = "HTTP_X_REQUEST_ID"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
OTHER = "other"
"""How logs and metrics call every method that the service does not know."""

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)


class Layer:
    """Wraps a WSGI application.

    Every answer carries the headers `always`, beside those that let other origins read it. The id is the one sent in `REQUEST_ID`, where it is safe to write down, else a new one. While the application works,
    whatever it logs carries the id too.
    """

    def __init__(
        self, app: WSGIApplication, always: Iterable[tuple[str, str]] = (), count: Count | None = None
    ) -> None:
        """Wrap `app`; `count` is called at the end of every answer. Both can be read again."""
        self._app, self.count = app, count
        self.always = (*cross_origin.ALWAYS, *always)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as the application does, with the id in the headers."""
        if OWN in environ:
            return self._app(environ, start_response)
        sent = environ.get(_SENT_ID, "")
        name = sent if sent and _SAFE_ID.fullmatch(sent) else os.urandom(16).hex()
        line = _Line(name, environ, self.count)

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            line.status = int(status[:3])
            told = [*headers, (REQUEST_ID, name), *self.always]
            return start_response(status, told, exc_info)

        if cross_origin.asked_beforehand(environ):
            start("200 OK", cross_origin.permission(environ))
            return _Told((), line)
        bind_contextvars(request_id=name)
        try:
            body = self._app(environ, start)
        except BaseException:
            unbind_contextvars("request_id")
            raise
        return _Told(body, line)


class _Line:
    """What the log says of a request: of what the client wrote only a safe id and a method that the service knows."""

    __slots__ = ("_begun", "_count", "_environ", "_name", "bytes", "status")

    def __init__(self, name: str, environ: WSGIEnvironment, count: Count | None) -> None:
        self.status = 0
        self.bytes = 0
        self._name, self._environ, self._count = name, environ, count
        self._begun = time.perf_counter()

    def write(self) -> None:
        seconds = time.perf_counter() - self._begun
        method, route = self._environ["REQUEST_METHOD"], self._environ.get(ROUTE)
        if method not in _METHODS:
            method = OTHER
        remembered = self._environ.get(REMEMBERED)
        tell_request(
            {
                "request_id": self._name,
                "method": method,
                "route": route,
                "status": self.status,
                "milliseconds": round(seconds * 1000, 3),
                "bytes": self.bytes,
                "remembered": bool(remembered),
            }
        )
        if self._count is not None:
            self._count(route, method, self.status, remembered, seconds)


class _Told:
    """The body of an answer, which writes the line when the server is done with it: whole, or broken off."""

    __slots__ = ("_body", "_line")

    def __init__(self, body: Iterable[bytes], line: _Line) -> None:
        self._body, self._line = body, line

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._line.bytes += len(piece)
            yield piece

    def close(self) -> None:
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._line.write()
            unbind_contextvars("request_id")
