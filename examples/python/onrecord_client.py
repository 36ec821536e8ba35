"""A client of Onrecord with httpx: lists page by page, whole lists as a stream, and copies fetched anew only when they changed.

Filters go by the names that the service gives them, several values as a list:
``{"speaker": ["Wang Yi", "kerry"], "from": "2014", "sort": "-date"}``.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Filters = Mapping[str, str | int | float | Sequence[str]]

Record = dict[str, Any]
"""A record; openapi.yaml says what members it has."""


class Hint(TypedDict):
    """A value that nothing is known by, and what may have been meant."""

    param: str
    value: str
    near: list[Record]


class Page(TypedDict):
    """A page of a list."""

    items: list[Record]
    total: int
    query: Record
    links: dict[str, str]
    hints: NotRequired[list[Hint]]
    facets: NotRequired[dict[str, list[Record]]]


class ProblemError(Exception):
    """An error of the service's as it tells it: `problem` is that of RFC 9457, its ``errors`` name what would be right."""

    def __init__(self, problem: Record) -> None:
        """Take the problem."""
        super().__init__(f"{problem['title']}: {problem['detail']}")
        self.problem = problem


class IncompleteError(Exception):
    """An answer that broke off."""


class Onrecord:
    """Asks the service that `http` has as its ``base_url``.

    Every method raises `ProblemError` for what the service refuses and `httpx.HTTPError` where it can't be reached.
    """

    def __init__(self, http: httpx.Client) -> None:
        """Take the HTTP client; it stays the caller's to close."""
        self._http = http

    def pages(self, path: str, filters: Filters | None = None) -> Iterator[Page]:
        """Give the pages of the list at `path` one after the other, as the Link headers lead."""
        response = self._get(path, params=_parameters(filters))
        yield response.json()
        while "next" in response.links:
            response = self._get(response.links["next"]["url"])
            yield response.json()

    def records(self, path: str, filters: Filters | None = None) -> Iterator[Record]:
        """Give every record of a list; a page is fetched when the one before it is used up."""
        for page in self.pages(path, filters):
            yield from page["items"]

    def stream(self, path: str, filters: Filters | None = None) -> Iterator[Record]:
        """Give every record of a list from a single answer; raise `IncompleteError` after the last where some are missing."""
        with self._ndjson(path, filters) as response:
            yield from map(json.loads, _whole_lines(response))

    def keep(self, path: str, filters: Filters | None, copy: Path) -> bool:
        """Bring `copy`, a file of NDJSON, up to date with a list; tell whether anything changed.

        The ETag is kept beside it. Nothing is sent again while the service would answer the same, and `copy` stays as it is
        where an answer breaks off (`IncompleteError`).
        """
        tag, arriving = copy.with_name(f"{copy.name}.etag"), copy.with_name(f"{copy.name}.new")
        known = {"If-None-Match": tag.read_text()} if tag.exists() and copy.exists() else {}
        with self._ndjson(path, filters, known) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return False
            with arriving.open("wb") as file:
                file.writelines(line + b"\n" for line in _whole_lines(response))
            etag = response.headers["ETag"]
        arriving.replace(copy)
        tag.write_text(etag)
        return True

    def _get(self, address: str, **request: Any) -> httpx.Response:
        return _accepted(self._http.get(address, headers={"Accept": "application/json"}, **request))

    @contextmanager
    def _ndjson(
        self, path: str, filters: Filters | None, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        headers = {"Accept": "application/x-ndjson", **(headers or {})}
        with self._http.stream("GET", path, params=_parameters(filters), headers=headers) as response:
            yield _accepted(response)


def _parameters(filters: Filters | None) -> dict[str, Any] | None:
    """Write the values of lists as the service reads them; None for no parameters, so that an address keeps its own."""
    if not filters:
        return None
    single = (str, int, float)
    return {
        name: value if isinstance(value, single) else [*map(_quoted, value)]
        for name, value in filters.items()
    }


def _quoted(value: str) -> str:
    """Put a value into double quotes where a comma would otherwise make two of it."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if {",", '"'} & set(value) else value


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.headers.get("Content-Type") == "application/problem+json":
        response.read()
        raise ProblemError(response.json())
    if response.is_error:
        response.raise_for_status()
    return response


def _whole_lines(response: httpx.Response) -> Iterator[bytes]:
    """Give the lines of an answer; raise `IncompleteError` at its end where it has fewer than it promised."""
    expected, arrived = int(response.headers["X-Total-Count"]), 0
    try:
        for line in _lines(response.iter_bytes()):
            arrived += 1
            yield line
    except httpx.RequestError as error:
        message = f"the answer broke off after {arrived} of {expected} records: {error}"
        raise IncompleteError(message) from error
    if arrived != expected:
        message = f"{arrived} records arrived of {expected}"
        raise IncompleteError(message)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut at line feeds alone, which httpx's own ``iter_lines`` does not: a record may hold other line separators."""
    begun = b""
    for piece in pieces:
        *ended, begun = (begun + piece).split(b"\n")
        yield from ended
