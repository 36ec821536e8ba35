"""Flask, as far as this service needs it: what every request would pay for and none uses is left out.

There are no sessions, no asynchronous views, and nothing that depends on the host that was asked. The rest is Flask's: its
routes, contexts, signals and error handlers, and whatever is registered to run before or after requests.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from flask.signals import request_tearing_down
from werkzeug.routing import MapAdapter

from service.http.compression import Compression

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.sessions import SessionMixin
    from flask.typing import ResponseReturnValue
    from werkzeug.routing import Rule


class _NoSessions(SessionInterface):
    """Opens the same session for everybody: one that holds nothing and is never saved."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        del app, request
        return self._none


class _Found(MapAdapter):
    """Stands in for the routes bound to a request where its route is known already."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.map, "", "/", "", "http", rule.rule, "GET")
        self._rule = rule

    def match(self, *_: Any, **__: Any) -> tuple[Rule, dict[str, Any]]:
        return self._rule, {}


class Application(Flask):
    """A Flask application whose own cost is about half of Flask's."""

    session_interface = _NoSessions()

    def __init__(self, name: str, **options: Any) -> None:
        """Take the name and the options of a Flask application."""
        super().__init__(name, **options)
        self._compression = Compression(self)

    def make_default_options_response(self) -> Response:
        """Answer OPTIONS: without a body there is no media type either; methods stand in the same order every time."""
        response = super().make_default_options_response()
        response.headers.pop("Content-Type", None)
        response.headers["Allow"] = ", ".join(sorted(response.allow))
        return response

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Find the route of a path without variables by a single look; bind the routes as Flask does for any other."""
        if request is None or "HTTP_UPGRADE" in request.environ:
            return super().create_url_adapter(request)
        asked = request.environ.get("PATH_INFO"), request.environ["REQUEST_METHOD"]
        return self._fixed.get(asked) or super().create_url_adapter(request)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give `func` as it is: nothing here is asynchronous."""
        return func

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Run what is registered to run before requests, where anything is."""
        return super().preprocess_request() if self._hooked() else None

    def process_response(self, response: Response) -> Response:
        """Run what is registered to run after requests, where anything is, and compress what comes of it."""
        return self._compression.after_request(
            super().process_response(response) if self._hooked() else response
        )

    def do_teardown_request(self, *exc: BaseException | None) -> None:
        """Run what is registered to run at the end of requests, where anything is."""
        if self._hooked() or self.teardown_request_funcs or request_tearing_down.receivers:
            super().do_teardown_request(*exc)

    def _hooked(self) -> bool:
        return bool(self.before_request_funcs or self.after_request_funcs or self.url_value_preprocessors)

    @cached_property
    def _fixed(self) -> Mapping[tuple[str | None, str], MapAdapter]:
        """The routes of paths without variables by path and method, as they are when the first request comes."""
        self.url_map.update()
        return {
            (rule.rule, method): _Found(rule)
            for rule in reversed(list(self.url_map.iter_rules()))
            if not (rule.arguments or rule.redirect_to or rule.websocket)
            for method in (rule.methods or set())
            - {"OPTIONS"}  # whose answer is made of all the routes of a path
        }
