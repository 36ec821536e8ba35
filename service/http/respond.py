"""From replies to responses: media type, ETag, conditions, links and caching, decided in this one place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Request, Response
from werkzeug.datastructures import Headers

from service.http.formats import indented
from service.http.problems import PRECONDITION, Fault, faulty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIEnvironment

    from service.http.arguments import Arguments
    from service.http.endpoint import Endpoint, Reply


_CONDITIONS = {
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
}
"""What makes a request conditional, as WSGI names it."""


class _Written(Headers):
    """Headers that were written here, of which none has a line break and none comes twice."""

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        """Take the headers without looking at each."""
        self._list = headers

    def to_wsgi_list(self) -> list[tuple[str, str]]:
        """Give the headers; not to be changed."""
        return self._list


class Whole(Response):
    """A response whose body and headers are there as a whole, and go out as they are where nothing has changed them."""

    def __init__(self, body: bytes, headers: list[tuple[str, str]]) -> None:
        """Take the body and the headers, a Content-Type among them."""
        # What the base class comes to as well, in a third of its time.
        self.headers = _Written([*headers, ("Content-Length", str(len(body)))])
        self.response = [body]
        self.direct_passthrough = False
        self._status, self._status_code = "200 OK", 200
        self._on_close = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send it as it is, unless it turned out to be no 200, or a stream, or is to have no body."""
        body = self.response
        if self._status_code != 200 or environ["REQUEST_METHOD"] != "GET" or not isinstance(body, list):
            return super().__call__(environ, start_response)
        start_response(self._status, self.headers.to_wsgi_list())
        return body


class Stream(Response):
    """A response that is written piece by piece, and never gathered to find out how long it is."""

    implicit_sequence_conversion = False


def respond(
    environ: WSGIEnvironment, endpoint: Endpoint, reply: Reply, arguments: Arguments, edition: str
) -> Response:
    """Make the response to the request in `environ` for `reply`; `edition` stands for the corpus, the code and the settings that decide answers.

    A lasting answer gets a weak ETag, since compression may change its bytes but not what it says; If-None-Match and
    If-Match are honoured.
    """
    headers = [("Content-Type", reply.media), *reply.headers.items()]
    if reply.links:
        headers.append(("Link", _links(reply.links)))
    if not endpoint.lasting:
        return _response(reply, arguments, [*headers, ("Cache-Control", "no-store")])
    path = Request(environ, populate_request=False).path if endpoint.identity else endpoint.path
    decisive = f"{edition}\0{path}\0{arguments.canonical}\0{reply.media}\0"
    tag = hashlib.sha256(decisive.encode()).hexdigest()[:32]
    headers += [("Vary", "Accept, Accept-Encoding"), ("ETag", f'W/"{tag}"')]
    if "Cache-Control" not in reply.headers:
        headers.append(("Cache-Control", "no-cache"))
    response = _response(reply, arguments, headers)
    if not _CONDITIONS.isdisjoint(environ):
        _check_if_match(Request(environ, populate_request=False))
        response.make_conditional({**environ, "HTTP_IF_MATCH": ""})
        response.headers.pop("Date", None)  # the server's to set, and it would set a second one
    return response


def _check_if_match(asked: Request) -> None:
    """Raise the 412 `Problem` for any tag: If-Match compares strongly, and the tags here are weak (RFC 9110, 13.1.1)."""
    if asked.if_match and not asked.if_match.star_tag:
        detail = (
            "compares tags strongly, and the tags here are weak, so that no tag ever matches; leave it out."
        )
        raise faulty(PRECONDITION, Fault("header", "If-Match", detail))


def _response(reply: Reply, arguments: Arguments, headers: list[tuple[str, str]]) -> Response:
    if reply.stream is not None:
        length = [] if reply.length is None else [("Content-Length", str(reply.length))]
        return Stream(reply.stream, headers=[*headers, *length])
    body = reply.body
    if "pretty" in arguments.given and arguments.text("pretty") == "1":
        body = indented(body)
    return Whole(body, headers)


def _links(links: Mapping[str, str]) -> str:
    return ", ".join([f'<{target}>; rel="{relation}"' for relation, target in links.items()])
