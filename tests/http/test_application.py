"""What is answered directly is what Flask answers, and whatever is registered with Flask is heeded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from flask import Flask, Response, request, request_finished

from service.http.application import Application
from service.http.options import HttpOptions
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from service.model import Corpus

ASKED: Final = [
    ("GET", "/v1/statements?limit=2&facets=topic", {}),
    ("GET", "/v1/statements?q=bridge&pretty=1", {}),
    ("HEAD", "/v1/statements", {}),
    ("GET", "/v1/statements", {"Accept-Encoding": "br"}),
    ("GET", "/v1/statements", {"If-None-Match": "*"}),
    ("GET", "/v1/statements", {"If-Match": '"other"'}),
    ("GET", "/v1/statements", {"Accept": "text/html"}),
    ("GET", "/v1/statements?bad=1", {"Accept-Encoding": "gzip"}),
    ("GET", "/v1/statements?format=ndjson", {"Accept-Encoding": "zstd"}),
    ("GET", "/v1/statements", {"Connection": "upgrade", "Upgrade": "websocket"}),
    ("POST", "/v1/statements", {}),
    ("OPTIONS", "/v1/statements", {}),
    ("GET", "/v1/timeline?by=topic", {}),
    ("GET", "/v1/timeline?interval=day&date=0001/9999", {}),
    ("GET", "/v1/events?cursor=none", {}),
    ("GET", "/v1/topics", {}),
]


def made(corpus: Corpus) -> Flask:
    return app_of(corpus, extract, HttpOptions(code_version="test", remembered=0))


@pytest.mark.parametrize(("method", "url", "sent"), ASKED)
def test_a_direct_answer_is_the_one_that_flask_gives(
    corpus: Corpus, method: str, url: str, sent: dict[str, str]
) -> None:
    direct, flask_s_own = made(corpus), made(corpus)
    seen: list[str] = []
    flask_s_own.before_request(lambda: seen.append(request.path))
    answers = [
        app.test_client().open(url, method=method, headers={"X-Request-ID": "same", **sent}, buffered=True)
        for app in (direct, flask_s_own)
    ]
    assert seen
    assert [(each.status, list(each.headers)) for each in answers[:1]] == [
        (each.status, list(each.headers)) for each in answers[1:]
    ]
    assert answers[0].data == answers[1].data


def test_what_is_registered_runs(corpus: Corpus) -> None:
    app = made(corpus)
    app.after_request(_marked)
    assert app.test_client().get("/v1/statements").headers["X-Marked"] == "yes"


def test_signals_are_sent_to_whoever_listens(corpus: Corpus) -> None:
    app, heard = made(corpus), []

    def hear(sender: Flask, response: Response) -> None:
        heard.append((sender, response.status_code))

    with request_finished.connected_to(hear, app):
        app.test_client().get("/v1/statements")
    assert heard == [(app, 200)]


def test_a_test_sees_the_request(corpus: Corpus) -> None:
    with made(corpus).test_client() as client:
        client.get("/v1/statements?limit=1")
        assert request.args["limit"] == "1"


def test_what_fails_is_answered_by_the_error_handlers() -> None:
    def failing(environ: WSGIEnvironment) -> Response:
        raise RuntimeError(environ["PATH_INFO"])

    app = Application("failing")
    app.add_url_rule("/fails", "fails", lambda: "never asked")
    app.answer_directly("/fails", "fails", failing)
    app.register_error_handler(RuntimeError, lambda error: (f"{error} failed", 500))
    answer = app.test_client().get("/fails")
    assert (answer.status_code, answer.text) == (500, "/fails failed")


def test_a_view_that_was_replaced_is_asked(corpus: Corpus) -> None:
    app = made(corpus)
    app.view_functions["list_statements"] = lambda: "another"
    assert app.test_client().get("/v1/statements").text == "another"


def _marked(response: Response) -> Response:
    response.headers["X-Marked"] = "yes"
    return response
