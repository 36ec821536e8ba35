"""What every answer carries, errors among them: leave for other origins to read, compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask_compress import Compress

if TYPE_CHECKING:
    from typing import Any

_COMPRESSED = (
    "application/json",
    "application/ld+json",
    "application/problem+json",
    "application/x-ndjson",
    "application/yaml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
)


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
    Gzip(app)
