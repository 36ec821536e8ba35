"""Answers that were given before are given again without asking the application.

The record never changes while a process runs, so an answer holds for as long as the process does.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from cachetools import LRUCache

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
        self._largest = room // _LARGEST_SHARE
        self._entries: LRUCache[Key, Entry] = LRUCache(room, getsizeof=attrgetter("size"))
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Give the answer that is remembered, else the application's."""
        if environ["REQUEST_METHOD"] not in _METHODS:
            return self._app(environ, start_response)
        key = tuple(map(environ.get, DECISIVE, _ABSENT))
        with self._lock:
            entry = self._entries.get(key)
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
        return self._kept(key, status, headers, environ, body)

    def _kept(
        self, key: Key, status: str, headers: Headers, environ: WSGIEnvironment, body: Iterable[bytes]
    ) -> Iterator[bytes]:
        """Hand the pieces of `body` on, and remember them once they are all there and are not too many."""
        pieces, size = [], _BESIDE + sum(map(len, chain(key, *headers)))
        try:
            for piece in body:
                size += len(piece)
                if size <= self._largest:
                    pieces.append(piece)
                yield piece
            if size <= self._largest:
                entry = Entry(status, headers, tuple(pieces), environ.get(ROUTE), size)
                with self._lock:
                    self._entries[key] = entry
        finally:
            if hasattr(body, "close"):
                body.close()
