"""Leave for pages of every other origin to read: the record is public, and no answer depends on who asks.

The headers are those of the CORS protocol in the Fetch standard. They are the same for everybody, so they are written here
and not by a library that looks at each answer, which cost two thirds of what a bare Flask route does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.listing import TOTAL

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_EXPOSED = ("ETag", "Link", TOTAL, "X-Request-ID", "Retry-After", "Allow", "Accept-Post", "Accept-Encoding")
_DAY = 86_400

ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
"""What goes with every answer."""


def permission(environ: WSGIEnvironment) -> tuple[tuple[str, str], ...]:
    """Give what goes with the answer beside that where a browser asks beforehand (a preflight), else nothing."""
    if environ["REQUEST_METHOD"] != "OPTIONS" or "HTTP_ACCESS_CONTROL_REQUEST_METHOD" not in environ:
        return ()
    headers = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
    return (
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, POST"),
        ("Access-Control-Max-Age", str(_DAY)),
        *((("Access-Control-Allow-Headers", headers),) if headers else ()),
    )
