"""What every answer carries, errors among them: a request id, leave for other origins to read, compression."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, g, request
from flask_cors import CORS

from service.http import compression
from service.http.listing import TOTAL

REQUEST_ID = "X-Request-ID"
"""The header that names a request in answers and logs."""

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)
_EXPOSED = ("ETag", "Link", TOTAL, REQUEST_ID, "Retry-After", "Allow", "Accept-Post", "Accept-Encoding")
_DAY = 86_400


def install(app: Flask) -> None:
    """Give every answer of `app` its common headers."""
    app.before_request(_name_request)
    app.after_request(_echo_name)
    app.after_request(_empty_options)
    compression.install(app)
    CORS(
        app,
        origins="*",
        send_wildcard=True,
        methods=["GET", "HEAD", "OPTIONS", "POST"],
        allow_headers="*",
        expose_headers=list(_EXPOSED),
        max_age=_DAY,
    )


def _name_request() -> None:
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex


def _empty_options(response: Response) -> Response:
    """Answers to OPTIONS have no body, and so no media type either."""
    if request.method == "OPTIONS" and not response.is_streamed and not response.get_data():
        response.headers.pop("Content-Type", None)
    return response


def _echo_name(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    return response
