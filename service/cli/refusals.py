"""What gunicorn refuses before the application sees it, told as a problem like every other error."""

from __future__ import annotations

import time
import uuid
from functools import partial
from typing import TYPE_CHECKING

import gunicorn.util  # type: ignore[import-untyped]  # it comes without types
import structlog

from service import gunicorn_conf
from service.cli.raw import told
from service.http.layer import OTHER
from service.http.problems import (
    HEADERS_TOO_LARGE,
    INVALID,
    KINDS,
    URI_TOO_LONG,
    Fault,
    Problem,
    faulty,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from socket import socket

    from service.http.layer import Layer

_SHOWN = 200

log = structlog.get_logger("onrecord.request")
_LIMITS: Mapping[int, Problem] = {
    URI_TOO_LONG.status: faulty(
        URI_TOO_LONG,
        Fault(
            "query",
            "request line",
            f"is longer than {gunicorn_conf.limit_request_line} bytes: method, path, query and HTTP version together have no "
            "more room; ask with fewer or shorter values, in several requests.",
        ),
    ),
    HEADERS_TOO_LARGE.status: faulty(
        HEADERS_TOO_LARGE,
        Fault(
            "header",
            "headers",
            f"are more than {gunicorn_conf.limit_request_fields}, or one is longer than "
            f"{gunicorn_conf.limit_request_field_size} bytes, name and all; leave out what is not needed, cookies above all.",
        ),
    ),
}


def install(layer: Layer) -> None:
    """Let gunicorn's workers write problems where they would write pages, told and counted as `layer` does with answers."""
    gunicorn.util.write_error = partial(write_problem, layer)


def write_problem(layer: Layer, client: socket, status: int, reason: str, message: str) -> None:
    """Answer a request that was not understood; `message` may quote from it. The path is unknown then, and told as "/"."""
    begun = time.perf_counter()
    kind = KINDS.get(
        status, INVALID
    )  # whatever status gunicorn gives: what it can't read is the client's to mend
    problem = _LIMITS.get(status) or Problem(kind, f"{reason}: {message[:_SHOWN] or kind.meaning}")
    name = uuid.uuid4().hex
    log.info("refused", request_id=name, status=kind.status, reason=reason)
    gunicorn.util.write_nonblock(client, told(problem, "/", name, layer.always))
    if layer.count is not None:
        layer.count(None, OTHER, kind.status, None, time.perf_counter() - begun)
