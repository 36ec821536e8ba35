"""Every error leaves as a problem: our own, Flask's and those nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service.http.formats import PRETTY, indented
from service.http.layer import ROUTE
from service.http.near import shortened
from service.http.paths import near_path
from service.http.problems import (
    INTERNAL,
    MEDIA,
    METHOD,
    NOT_FOUND,
    TOO_LARGE,
    Fault,
    Problem,
    body,
    faulty,
    kind_of,
)
from service.http.wordless import wordless

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASKED_PRETTY = f"{PRETTY.name}=1".encode()
_log = structlog.get_logger("onrecord")


def install(app: Flask, paths: Sequence[str]) -> None:
    """Let `app` answer every error with a problem; `paths` are those that it serves, as its rules have them."""

    def foreign(error: HTTPException) -> Response:
        return _response(_translated(error, paths))

    app.register_error_handler(Problem, _response)
    app.register_error_handler(HTTPException, foreign)
    app.register_error_handler(Exception, _unforeseen)


def _response(problem: Problem) -> Response:
    instance = quote(request.path, safe="/-._~:", errors="replace")
    content = body(problem, instance)
    if _ASKED_PRETTY in request.query_string.split(b"&"):
        content = indented(content)
    response = Response(content, status=problem.kind.status, content_type=MEDIA)
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _unforeseen(error: Exception) -> Response:
    _log.error("failed", route=request.environ.get(ROUTE), exception=wordless(error))
    return _response(
        Problem(INTERNAL, "Something went wrong here; the log has it under this answer's X-Request-ID.")
    )


def _translated(error: HTTPException, paths: Sequence[str]) -> Problem:
    if isinstance(error, NotFound):
        return _no_path(paths)
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return Problem(METHOD, f"{request.path[:80]} takes {allowed}.", headers={"Allow": allowed})
    if isinstance(error, RequestEntityTooLarge):
        most = current_app.config["MAX_CONTENT_LENGTH"]
        detail = f"has more than {most} bytes, the most that a text within ONRECORD_MAX_TEXT could need."
        return faulty(TOO_LARGE, Fault("body", "body", detail))
    status = error.code or 500
    return Problem(kind_of(status), error.description or kind_of(status).title)


def _no_path(paths: Sequence[str]) -> Problem:
    near = near_path(request.path, paths)
    detail = f"There is nothing under {shortened(request.path)}; {f'did you mean {near}?' if near else '/ lists what there is.'}"
    return Problem(NOT_FOUND, detail, (Fault("path", "path", detail, near),))
