"""Flask, as far as this service needs it: what every request would pay for and none uses is left out.

There are no sessions, no asynchronous views, and nothing that depends on the host that was asked. The rest is Flask's: its
routes, contexts, signals and error handlers, and whatever is registered to run before or after requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from flask.signals import request_finished, request_started, request_tearing_down

from service.http.compression import IDENTITY, Compression, coding_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask.sessions import SessionMixin
    from flask.typing import ResponseReturnValue

    Direct = Callable[[WSGIEnvironment], Response]
    """Answers a request of which it is given the environment."""


_FLASK_S_OWN = {"HTTP_UPGRADE", "werkzeug.debug.preserve_context"}
"""What a request has that is refused as a WebSocket, or whose contexts a test wants to look at."""


class _NoSessions(SessionInterface):
    """Opens the same session for everybody: one that holds nothing and is never saved."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        del app, request
        return self._none


class Application(Flask):
    """A Flask application in which what needs nothing of Flask is answered without its contexts, signals and sessions.

    Everything else is Flask's: other paths, the answers to errors, and all requests as soon as anything is registered to run
    before, after or at the end of them.
    """

    session_interface = _NoSessions()

    def __init__(self, name: str, **options: Any) -> None:
        """Take the name and the options of a Flask application."""
        super().__init__(name, **options)
        self._compression = Compression(self)
        self._direct: dict[tuple[str, str], tuple[str, Callable[..., Any], Direct]] = {}

    def answer_directly(self, path: str, endpoint: str, answer: Direct) -> None:
        """Let GET and HEAD of exactly `path` be answered by `answer`, which does as the view of `endpoint` would.

        It does so for as long as this is the view that the endpoint has now.
        """
        view = self.view_functions[endpoint]
        self._direct |= {(path, method): (endpoint, view, answer) for method in ("GET", "HEAD")}

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: directly, or as Flask does."""
        known = self._direct.get((environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]))
        if known is None or not _FLASK_S_OWN.isdisjoint(environ) or self._hooked():
            return super().wsgi_app(environ, start_response)
        endpoint, view, answer = known
        if self.view_functions[endpoint] is not view:
            return super().wsgi_app(environ, start_response)
        try:
            response = answer(environ)
        except Exception as error:  # noqa: BLE001 - it is Flask that knows how each is answered
            with self.request_context(environ):
                response = self.finalize_request(self.handle_user_exception(error))
        else:
            if coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")) != IDENTITY:
                with self.request_context(environ):
                    response = self.process_response(response)
        return response(environ, start_response)

    def make_default_options_response(self) -> Response:
        """Answer OPTIONS: without a body there is no media type either; methods stand in the same order every time."""
        response = super().make_default_options_response()
        response.headers.pop("Content-Type", None)
        response.headers["Allow"] = ", ".join(sorted(response.allow))
        return response

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give `func` as it is: nothing here is asynchronous."""
        return func

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Run what is registered to run before requests, where anything is."""
        return super().preprocess_request() if self._hooked() else None

    def process_response(self, response: Response) -> Response:
        """Run what is registered to run after requests, and compress what comes of it."""
        return self._compression.after_request(super().process_response(response))

    def do_teardown_request(self, *exc: BaseException | None) -> None:
        """Run what is registered to run at the end of requests, where anything is."""
        if self._hooked():
            super().do_teardown_request(*exc)

    def _hooked(self) -> bool:
        return bool(
            self.before_request_funcs
            or self.after_request_funcs
            or self.url_value_preprocessors
            or self.teardown_request_funcs
            or self.teardown_appcontext_funcs
            or request_started.receivers
            or request_finished.receivers
            or request_tearing_down.receivers
        )
