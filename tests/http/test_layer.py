from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog
from flask import Flask
from structlog.testing import capture_logs

from service.http.layer import Layer
from service.http.options import HttpOptions
from tests.sample import app_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from service.model import Corpus


@pytest.mark.parametrize(
    ("method", "url", "route", "status"),
    [
        ("GET", "/v1/statements?limit=1", "/v1/statements", 200),
        ("HEAD", "/v1/statements", "/v1/statements", 200),
        ("GET", "/v1/events/quota-30-70", "/v1/events/<identity>", 200),
        ("GET", "/v1/events/nothing", "/v1/events/<identity>", 404),
        ("GET", "/v1/statements?bad=1", "/v1/statements", 400),
        ("GET", "/nowhere\nlevel=error", None, 404),
        ("POST", "/v1/statements", None, 405),
        ("BREW", "/v1/statements", None, 405),
        ("GET", "/livez", "/livez", 200),
    ],
)
def test_each_request_has_one_line(
    client: FlaskClient, method: str, url: str, route: str | None, status: int
) -> None:
    with capture_logs() as logs:
        response = client.open(url, method=method, headers={"X-Request-ID": "abc-1"}, buffered=True)
    (line,) = [each for each in logs if each["event"] == "request"]
    assert line.pop("milliseconds") >= 0
    del line["remembered"]
    assert line == {
        "event": "request",
        "log_level": "info",
        "request_id": "abc-1",
        "method": method if method != "BREW" else "other",
        "route": route,
        "status": status,
        "bytes": len(response.data),
    }


def test_what_is_logged_in_between_has_the_request_s_id(corpus: Corpus) -> None:
    def failing(*_: object) -> Corpus:
        structlog.get_logger().warning("reading")
        raise RuntimeError

    client = app_of(corpus, failing, HttpOptions()).test_client()
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        response = client.post(
            "/v1/extract", json={"text": "A text."}, headers={"X-Request-ID": "abc-2"}, buffered=True
        )
    assert response.status_code == 500
    assert [(each["event"], each["request_id"]) for each in logs] == [
        ("reading", "abc-2"),
        ("failed", "abc-2"),
        ("request", "abc-2"),
    ]
    assert structlog.contextvars.get_contextvars() == {}


def test_a_stream_that_is_broken_off_is_told_as_far_as_it_went() -> None:
    app = Flask("streaming")

    @app.get("/")
    def stream() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    app.wsgi_app = Layer(app.wsgi_app)  # type: ignore[method-assign]  # Flask's way
    with capture_logs() as logs:
        response = app.test_client().get("/", buffered=False)
        assert next(response.iter_encoded()) == b"one"
        response.close()
    assert [each["bytes"] for each in logs] == [3]


def test_an_application_that_fails_leaves_no_id_behind() -> None:
    def failing(*_: object) -> list[bytes]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Layer(failing)({"REQUEST_METHOD": "GET"}, lambda *_: lambda _: None)
    assert structlog.contextvars.get_contextvars() == {}
