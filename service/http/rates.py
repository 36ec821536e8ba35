"""How many requests one client may send, where that is bounded: remembered answers count too.

A browser's preflights do not, which `service.http.layer` answers before; nor do `EXEMPT`, which those who watch ask.

Each process counts for itself, in memory: with several, a client may send as many times as many.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from limits import parse_many
from limits.strategies import FixedWindowRateLimiter

from service.http.layer import OWN
from service.http.problems import MEDIA, TOO_MANY, Problem, body
from service.http.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from limits import RateLimitItem

    Headers = list[tuple[str, str]]

EXEMPT = frozenset({"/livez", "/readyz", "/metrics"})
"""The paths that are not counted: those who watch over the service must not be kept from it."""

_HALF = 64


class Rates:
    """Wraps a WSGI application and answers a 429 to a client that has sent more than it may."""

    def __init__(self, app: WSGIApplication, rates: str, proxies: int = 0) -> None:
        """Wrap `app`; `rates` are written as ``100/minute`` or ``10/second;1000/hour``.

        `proxies` is how many stand in front, each of which adds the address it was asked from to X-Forwarded-For. Raises
        `ValueError` for other rates.
        """
        self._app, self._proxies = app, proxies
        self._items = parse_many(rates)
        self._windows = Windows()
        self._limiter = FixedWindowRateLimiter(self._windows)
        policies = (f'"{_name(each)}";q={each.amount};w={each.get_expiry()}' for each in self._items)
        self._policy = ("RateLimit-Policy", ", ".join(policies))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, with what is left to the client in the headers, or refuse."""
        if OWN in environ or environ.get("PATH_INFO") in EXEMPT:
            return self._app(environ, start_response)
        who = client(environ, self._proxies)
        hits = [self._limiter.hit(each, who) for each in self._items]  # each counts, whichever is used up
        told, longest = self._told(who)
        if not all(hits):
            return _refusal(environ, start_response, told, longest)

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *told], exc_info)

        return self._app(environ, start)

    def _told(self, who: str) -> tuple[Headers, int]:
        """Give the headers, and after how many seconds the client may send again if it may not now."""
        left, longest = [], 1
        for each in self._items:
            window = self._limiter.get_window_stats(each, who)
            seconds = max(1, round(window.reset_time - self._windows.now() + 0.5))
            left.append(f'"{_name(each)}";r={window.remaining};t={seconds}')
            if window.remaining == 0:
                longest = max(longest, seconds)
        return [self._policy, ("RateLimit", ", ".join(left))], longest


def client(environ: WSGIEnvironment, proxies: int) -> str:
    """Tell who asks: an address, of IPv6 the network, for a client has all of that.

    The address that the outermost of so many `proxies` has seen, where all have told theirs; else that of the connection.
    """
    seen = [each.strip() for each in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    address = seen[-proxies] if 0 < proxies <= len(seen) else environ.get("REMOTE_ADDR", "")
    try:
        read = ip_address(address.strip("[]"))
    except ValueError:
        return str(environ.get("REMOTE_ADDR", ""))
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or IPv6Network((int(read), _HALF), strict=False))
    return str(read)


def _name(item: RateLimitItem) -> str:
    return f"{item.multiples}-{item.GRANULARITY.name}"


def _refusal(
    environ: WSGIEnvironment, start_response: StartResponse, told: Headers, seconds: int
) -> Iterable[bytes]:
    detail = f"This client has sent as many requests as it may (ONRECORD_RATE_LIMIT); send the next in {seconds} s."
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    content = body(Problem(TOO_MANY, detail), quote(path, safe="/-._~:"))
    headers = [("Content-Type", MEDIA), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
    start_response("429 Too Many Requests", [*headers, ("Retry-After", str(seconds)), *told])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]
