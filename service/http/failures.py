"""Every error leaves as a problem: our own, Flask's and those nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson
import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service.http.endpoint import HTML
from service.http.formats import PRETTY, indented, preferred
from service.http.layer import ROUTE
from service.http.near import shortened
from service.http.paths import near_path
from service.http.people.addresses import EXPLORER, explorer
from service.http.people.asking import without
from service.http.people.rendering import page
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
    from collections.abc import Container, Sequence

    from service.http.endpoint import Endpoint
    from service.model import Account

_API = "v1"
_ASKED_PRETTY = f"{PRETTY.name}=1".encode()
_log = structlog.get_logger("onrecord")


def install(app: Flask, endpoints: Sequence[Endpoint], account: Account) -> None:
    """Let `app`, which serves `endpoints`, answer every error with a problem: a page, with what `account` tells of the record, where a page was asked for."""
    paths = [endpoint.path for endpoint in endpoints]
    pages = {endpoint.path for endpoint in endpoints if HTML in endpoint.media and not endpoint.described}

    def told(problem: Problem) -> Response:
        return _page(problem, account) if _wants_page(pages) else _response(problem)

    def foreign(error: HTTPException) -> Response:
        return told(_translated(error, paths))

    def unforeseen(error: Exception) -> Response:
        _log.error("failed", route=request.environ.get(ROUTE), exception=wordless(error))
        return told(
            Problem(INTERNAL, "Something went wrong here; the log has it under this answer's X-Request-ID.")
        )

    app.register_error_handler(Problem, told)
    app.register_error_handler(HTTPException, foreign)
    app.register_error_handler(Exception, unforeseen)


def _wants_page(pages: Container[str]) -> bool:
    """Tell whether a person asks: for a page, or for what there is nothing under, the API's own paths apart."""
    rule = request.url_rule
    fits = request.path.split("/")[1:2] != [_API] if rule is None else rule.rule in pages
    return fits and preferred((MEDIA, HTML), request.headers.get("Accept", "")) == HTML


def _page(problem: Problem, account: Account) -> Response:
    members = orjson.loads(body(problem, _instance()))
    kind = request.path.split("/")[1] if request.url_rule is not None else ""
    mended = _mended(problem) if request.path == EXPLORER else None
    reply = page(
        "problem", here="", about=account, problem=members, kind=kind, form=g.get("form"), mended=mended
    )
    response = Response(reply.body, status=problem.kind.status, content_type=reply.media)
    response.headers.extend(reply.headers)
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _mended(problem: Problem) -> str | None:
    """Give the page that was asked for without the parameters that were not understood; None where nothing is left."""
    query = request.query_string.decode("latin-1")
    kept = without(query, [each.name for each in problem.faults])
    return explorer(kept) if kept and kept != query else None


def _instance() -> str:
    return quote(request.path, safe="/-._~:", errors="replace")


def _response(problem: Problem) -> Response:
    content = body(problem, _instance())
    if _ASKED_PRETTY in request.query_string.split(b"&"):
        content = indented(content)
    response = Response(content, status=problem.kind.status, content_type=MEDIA)
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


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
