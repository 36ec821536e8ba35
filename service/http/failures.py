"""Every error leaves as a problem: our own, Flask's and those nobody foresaw."""

from __future__ import annotations

import logging
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service.http.problems import INTERNAL, MEDIA, METHOD, NOT_FOUND, TOO_LARGE, Fault, Problem, body, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)


def install(app: Flask, paths: Sequence[str]) -> None:
    """Let `app` answer every error with a problem; `paths` are what an unknown path may have meant."""

    def foreign(error: HTTPException) -> Response:
        return _response(_translated(error, paths))

    app.register_error_handler(Problem, _response)
    app.register_error_handler(HTTPException, foreign)
    app.register_error_handler(Exception, _unforeseen)


def _response(problem: Problem) -> Response:
    instance = quote(request.path, safe="/-._~:", errors="replace")
    response = Response(body(problem, instance), status=problem.kind.status, content_type=MEDIA)
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _unforeseen(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
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
        return Problem(
            TOO_LARGE,
            f"The body has more than {most} bytes, the most that a text within ONRECORD_MAX_TEXT could need.",
        )
    status = error.code or 500
    return Problem(kind_of(status), error.description or kind_of(status).title)


def _no_path(paths: Sequence[str]) -> Problem:
    near = get_close_matches(request.path[:80], paths, n=1)
    detail = f"There is nothing under {request.path[:80]}."
    if near:
        detail = f"{detail} Did you mean {near[0]}?"
    return Problem(NOT_FOUND, detail, (Fault("path", "path", detail, near[0] if near else None),))
