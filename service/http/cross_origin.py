"""Leave for pages of every other origin to read: the record is public, and no answer depends on who asks.

The headers are those of the CORS protocol in the Fetch standard. They are the same for everybody, so they are written here
and not by a library that looks at each answer, which cost two thirds of what a bare Flask route does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.listing import TOTAL

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_EXPOSED = (
    *("ETag", "Link", TOTAL, "X-Request-ID", "Retry-After", "Allow", "Accept-Post", "Accept-Encoding"),
    "X-Corpus-Version",
    *("WWW-Authenticate", "RateLimit", "RateLimit-Policy"),
    *("Deprecation", "Sunset"),  # none is sent today; see docs/stability.md
)
_DAY = 86_400

ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
    ("X-Content-Type-Options", "nosniff"),  # a text stays text, whatever its author has written into it
    ("Referrer-Policy", "no-referrer"),  # what was searched for is told to no other site
)
"""What goes with every answer."""


def asked_beforehand(environ: WSGIEnvironment) -> bool:
    """Tell whether a browser asks if a script may ask (a preflight)."""
    return environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def permission(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    """Give what a preflight is answered with, whatever the path: only so can a script read the error for a wrong one."""
    allowed = [
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, POST"),
        ("Access-Control-Max-Age", str(_DAY)),
        ("Content-Length", "0"),
    ]
    headers = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
    return [*allowed, ("Access-Control-Allow-Headers", headers)] if headers else allowed
