"""Answers that were given before are given again without asking the application.

The record never changes while a process runs, so an answer holds for as long as the process does.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from service.http.layer import REMEMBERED, ROUTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

DECISIVE = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_UPGRADE",
)
"""What of a request decides its answer: of the headers those that answers vary by, and the conditions."""

_ABSENT = ("",) * len(DECISIVE)
_METHODS = frozenset({"GET", "HEAD"})
_STATUSES = ("200 ", "304 ")
_LARGEST_SHARE = 16
_BESIDE = 2_500
"""About how many bytes an entry takes beside the texts of its body, its key and its headers."""

Key = tuple[str, ...]
Headers = list[tuple[str, str]]


class Entry(NamedTuple):
    """An answer as the application gave it."""

    status: str
    headers: Headers
    pieces: tuple[bytes, ...]
    route: str | None
    size: int


class Memory:
    """Wraps a WSGI application and remembers of its answers those that are lasting, which is to say: have an ETag.

    What it gives again is, byte for byte, what the application answered to a request with the same `DECISIVE` parts. A
    stream goes out as it comes; an answer of more than a sixteenth of the room, or one that was broken off, is not kept.
    """

    def __init__(self, app: WSGIApplication, room: int) -> None:
        """Wrap `app`; `room` is how many bytes the answers may take together, in each process. 0 remembers nothing."""
        self._app = app
        self._room, self._taken = room, 0
        self._largest = room // _LARGEST_SHARE
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Give the answer that is remembered, else the application's."""
        if environ["REQUEST_METHOD"] not in _METHODS:
            return self._app(environ, start_response)
        key = tuple(map(environ.get, DECISIVE, _ABSENT))
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
        if entry is None:
            return self._asked(key, environ, start_response)
        environ[ROUTE], environ[REMEMBERED] = entry.route, True
        start_response(entry.status, entry.headers.copy())
        return entry.pieces

    def _asked(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            told.append((status, headers.copy()))
            return start_response(status, headers, exc_info)

        body = self._app(environ, start)
        status, headers = told[-1]
        if not status.startswith(_STATUSES) or "ETag" not in dict(headers):
            return body
        environ[REMEMBERED] = False
        size = _BESIDE + sum(map(len, chain(key, *headers)))

        def keep(pieces: list[bytes], size: int) -> None:
            if size <= self._largest:
                self._keep(key, Entry(status, headers, tuple(pieces), environ.get(ROUTE), size))

        if isinstance(body, list):
            keep(body, size + sum(map(len, body)))
            return body
        return self._gathered(body, size, keep)

    def _gathered(
        self, body: Iterable[bytes], size: int, keep: Callable[[list[bytes], int], None]
    ) -> Iterator[bytes]:
        """Hand the pieces of `body` on, and let them be kept once they are all there; `size` is what they take beside their bytes."""
        pieces = []
        try:
            for piece in body:
                size += len(piece)
                if size <= self._largest:
                    pieces.append(piece)
                yield piece
            keep(pieces, size)
        finally:
            if hasattr(body, "close"):
                body.close()

    def _keep(self, key: Key, entry: Entry) -> None:
        """Keep an answer, and let those go that were not asked for for the longest time until there is room for it."""
        with self._lock:
            former = self._entries.pop(key, None)
            self._taken += entry.size - (former.size if former else 0)
            self._entries[key] = entry
            while self._taken > self._room:
                self._taken -= self._entries.popitem(last=False)[1].size
