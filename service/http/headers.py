"""What every answer carries, errors among them: a request id, leave for other origins to read, compression."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from flask_compress import Compress
from flask_cors import CORS

from service.http.listing import TOTAL

if TYPE_CHECKING:
    from typing import Any

REQUEST_ID = "X-Request-ID"
"""The header that names a request in answers and logs."""

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)
EXPOSED = ("ETag", "Link", TOTAL, REQUEST_ID, "Retry-After", "Allow", "Accept-Post", "Accept-Encoding")
"""The headers that scripts of other origins may read."""

_COMPRESSED = (
    "application/json",
    "application/ld+json",
    "application/problem+json",
    "application/x-ndjson",
    "application/yaml",
    "text/csv",
    "text/plain",
)
_DAY = 86_400


class Gzip(Compress):
    """Compresses with gzip where it is accepted; ``gzip;q=0`` is a refusal."""

    def after_request(self, response: Response | None) -> Any:
        """Leave the response alone where the client refuses gzip."""
        if response is not None and not request.accept_encodings["gzip"]:
            response.vary.add("Accept-Encoding")
            return response
        return super().after_request(response)


def install(app: Flask) -> None:
    """Give every answer of `app` its common headers."""
    app.config.update(
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_ALGORITHM_STREAMING=["gzip"],
        COMPRESS_MIMETYPES=list(_COMPRESSED),
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # decided before, where the ETag is made
    )
    app.before_request(_name_request)
    app.after_request(_echo_name)
    app.after_request(_empty_options)
    Gzip(app)
    CORS(
        app,
        origins="*",
        send_wildcard=True,
        methods=["GET", "HEAD", "OPTIONS", "POST"],
        allow_headers="*",
        expose_headers=list(EXPOSED),
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
