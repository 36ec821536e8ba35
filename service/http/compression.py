"""Compression of answers: which content coding a client gets (RFC 9110, 12.5.3), and at what cost."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import request
from flask_compress import Compress
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask, Response

CODINGS = ("zstd", "br", "gzip")
"""The content codings that answers come in; of those that a client likes alike it gets the first."""

IDENTITY = "identity"
"""The name of no coding."""

_VARIES = "Accept-Encoding"
_MEDIA = (
    "application/javascript",
    "application/json",
    "application/ld+json",
    "application/problem+json",
    "application/x-ndjson",
    "application/yaml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
)
# Brotli's and zstd's levels make pages of 20 records and more no larger than gzip's does, in about half of its time.
_SETTINGS: Mapping[str, Any] = {
    "COMPRESS_ALGORITHM": list(CODINGS),
    "COMPRESS_ALGORITHM_STREAMING": list(CODINGS),
    "COMPRESS_MIMETYPES": list(_MEDIA),
    "COMPRESS_LEVEL": 6,
    "COMPRESS_BR_LEVEL": 4,
    "COMPRESS_BR_WINDOW": 18,  # of 256 kB: brotli holds streams back until it has filled a good part of it
    "COMPRESS_ZSTD_LEVEL": 6,
    "COMPRESS_MIN_SIZE": 500,
    "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": False,  # decided before, where the ETag is made
    "COMPRESS_REGISTER": False,  # the application calls it
}


@lru_cache(maxsize=1024)
def coding_for(accepted: str) -> str:
    """Give the coding of `CODINGS` that a client gets whose Accept-Encoding is `accepted`, else "identity".

    A coding that is not named goes by ``*``; ``q=0`` is a refusal. Of what is liked alike a coding goes before none. Where
    everything is refused, no coding too, none is what remains.
    """
    named = {name.lower().removeprefix("x-"): quality for name, quality in parse_accept_header(accepted)}
    otherwise = named.get("*", 0)
    best = max(CODINGS, key=lambda coding: named.get(coding, otherwise))
    liking = named.get(best, otherwise)
    return best if liking > 0 and liking >= named.get(IDENTITY, 0) else IDENTITY


class Compression(Compress):
    """Compresses what is long enough, errors and streams among it, in the coding that `coding_for` gives."""

    def __init__(self, app: Flask) -> None:
        """Compress the answers of `app` as is right for this service."""
        app.config.update(_SETTINGS)
        super().__init__(app)

    def after_request(self, response: Response | None) -> Response:
        """Compress `response` where there is something to compress; say that it varies by Accept-Encoding."""
        coding = coding_for(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        if response is not None and coding == IDENTITY:
            if _VARIES not in response.headers.get("Vary", ""):
                response.vary.add(_VARIES)
            return response
        request.environ["HTTP_ACCEPT_ENCODING"] = coding
        if response is None or response.status_code < 400:
            return _timeless(super().after_request(response))
        status, response.status = response.status, "200 OK"  # the base class leaves errors alone
        response = super().after_request(response)
        response.status = status
        return _timeless(response)


def _timeless(response: Response) -> Response:
    """Take the hour out of what was gzipped as a whole (RFC 1952, 2.3), so that the same answer is the same bytes."""
    if response.is_sequence and response.headers.get("Content-Encoding") == "gzip":
        body = response.get_data()
        response.response = [body[:4] + bytes(4) + body[8:]]
    return response
