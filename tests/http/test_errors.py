"""Every error that the description declares, provoked on every operation, in the one shape that all errors have."""

from __future__ import annotations

import gzip
import json
import socket
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast
from urllib.parse import quote

import gunicorn.util  # type: ignore[import-untyped]  # it comes without types
import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]
from gunicorn.workers.base import Worker  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator
from structlog.testing import capture_logs

from service import gunicorn_conf
from service.cli.refusals import write_problem
from service.http.options import HttpOptions
from service.http.problems import KINDS
from service.http.provocations import PROVOCATIONS
from service.http.readiness import READINESS
from tests.contract.test_openapi import closed
from tests.http.described import APP, DESCRIBED, OF_BROWSERS, OPERATIONS, PATHS, Operation, resolved
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from service.http.layer import Layer

    Provoke = Callable[[Operation], tuple[Flask, str, dict[str, Any]]]

PROBLEM: Final = Draft202012Validator(
    closed({"$ref": "#/components/schemas/Problem", "components": DESCRIBED["components"]})
)
FULL: Final = app_of(make_corpus(), extract, HttpOptions(extracts=0))
BROKEN: Final = app_of(make_corpus(), extract)
LOCKED: Final = app_of(make_corpus(), extract, HttpOptions(extract_key="correct-horse-battery"))
DRAINING: Final = app_of(make_corpus(), extract)
DRAINING.extensions[READINESS].drain()


def _broken(**path: str) -> NoReturn:
    raise RuntimeError(path)


BROKEN.view_functions = dict.fromkeys(BROKEN.view_functions, _broken)

PROVOKE: Final[dict[int, Provoke]] = {
    400: lambda asked: (APP, f"{asked.url}?nothing=1", {}),
    401: lambda asked: (LOCKED, asked.url, {}),
    404: lambda asked: (APP, asked.path.replace("{id}", "no such é"), {}),
    406: lambda asked: (APP, asked.url, {"headers": {"Accept": "application/x-nothing"}}),
    412: lambda asked: (APP, asked.url, {"headers": {"If-Match": '"nothing"'}}),
    413: lambda asked: (APP, asked.url, {"data": "a" * 2_001}),
    415: lambda asked: (APP, asked.url, {"content_type": "text/html"}),
    422: lambda asked: (APP, asked.url, {"data": " "}),
    500: lambda asked: (BROKEN, asked.url, {}),
    503: lambda asked: (DRAINING if asked.path == "/readyz" else FULL, asked.url, {}),
}
"""How an operation is brought to answer with a status: the application, the address and what else is sent."""

BY_GUNICORN: Final = {414, 429, 431}
LAYER: Final = cast("Layer", APP.wsgi_app)
UNDESCRIBED: Final = {
    *("Content-Type", "Content-Length", "Connection"),
    *("X-Content-Type-Options", "Referrer-Policy"),  # they guard browsers, and are no part of the API
}
"""Headers that OpenAPI describes otherwise, or that belong to HTTP rather than to the answer."""
DECLARED: Final = tuple(
    (each, int(status))
    for each in OPERATIONS
    for status in each.described["responses"]
    if int(status) >= 400 and int(status) not in BY_GUNICORN
)
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")


@pytest.fixture(autouse=True)
def _unlogged() -> Iterator[None]:
    """Keep the failures that are provoked out of the log, where each would come with its way through the code."""
    with capture_logs():
        yield


def check(response: TestResponse, path: str, *statuses: int) -> Any:
    """Hold an error to what is promised of all of them; give its body."""
    assert response.status_code in statuses, response.text
    body = response.data
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    problem = json.loads(body)
    check_body(problem, response.status_code, path)
    check_headers(dict(response.headers), problem["title"])
    assert int(response.headers["Content-Length"]) == len(response.data)
    return problem


def check_body(problem: Any, status: int, path: str) -> None:
    assert [f"{error.json_path}: {error.message}" for error in PROBLEM.iter_errors(problem)] == []
    assert problem["status"] == status
    assert problem["instance"] == quote(path, safe="/-._~:")
    kind = APP.test_client().get(problem["type"]).get_json()
    assert (kind["url"], kind["status"], kind["title"]) == (problem["type"], status, problem["title"])
    assert "<html" not in json.dumps(problem).lower()
    for fault in problem["errors"]:
        assert fault["detail"] in problem["detail"]


def check_headers(headers: dict[str, str], title: str) -> None:
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Request-ID"]
    assert headers["X-Corpus-Version"] == "sample-1"
    assert not headers.keys() & {"ETag", "Location"}
    exposed = set(headers["Access-Control-Expose-Headers"].split(", "))
    (described,) = (
        each for each in map(resolved, DESCRIBED["components"]["responses"].values())
        if each["content"]["application/problem+json"] and each["description"].startswith(f"{title}. ")
    )  # fmt: skip
    assert headers.keys() <= described["headers"].keys() | UNDESCRIBED
    missing = described["headers"].keys() - headers.keys()
    assert missing <= {"Content-Encoding", "Accept-Encoding"} | (
        {"Vary"} if "Connection" in headers else set()
    )
    assert described["headers"].keys() - OF_BROWSERS <= exposed


def provoked(asked: Operation, status: int, **more: Any) -> TestResponse:
    app, url, sent = PROVOKE[status](asked)
    headers = sent.get("headers", {}) | more.pop("headers", {})
    return asked.send(app.test_client(), url, **{**sent, **more, "headers": headers})


def path_of(asked: Operation, status: int) -> str:
    return PROVOKE[status](asked)[1].partition("?")[0]


@pytest.mark.parametrize(("asked", "status"), DECLARED, ids=str)
def test_every_declared_error(asked: Operation, status: int) -> None:
    check(provoked(asked, status), path_of(asked, status), status)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "text/html,application/xhtml+xml,*/*;q=0.1"},
        {"Accept-Encoding": "gzip"},
        {"If-None-Match": "*"},
        {"If-None-Match": 'W/"x", "y"', "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
        {"Range": "bytes=0-1"},
    ],
    ids=str,
)
@pytest.mark.parametrize(("asked", "status"), DECLARED, ids=str)
def test_every_declared_error_whatever_the_headers(
    asked: Operation, status: int, headers: dict[str, str]
) -> None:
    headers = {name: value for name, value in headers.items() if status != 406 or name != "Accept"}
    if asked.path == "/" and "Accept" in headers:  # who asks for the page is told by a page: see tests/page
        return
    first = {status, 406} if "Accept" in headers else {status}  # what is not served as HTML is refused before
    check(provoked(asked, status, headers=headers), path_of(asked, status), *first)


@pytest.mark.parametrize(("asked", "status"), DECLARED, ids=str)
def test_head_on_an_error_is_get_without_the_body(asked: Operation, status: int) -> None:
    if asked.method == "GET":
        got, head = provoked(asked, status), provoked(asked, status, method="HEAD")
        assert (head.status_code, head.data) == (status, b"")
        for response in (got, head):
            response.headers.remove("X-Request-ID")
        assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", METHODS)
def test_every_other_method(path: str, method: str) -> None:
    operation = next(each for each in OPERATIONS if each.path == path)
    taken = {each.method for each in OPERATIONS if each.path == path}
    taken |= {"OPTIONS"} | ({"HEAD"} if "GET" in taken else set())
    if method in taken:
        return
    response = APP.test_client().open(operation.url, method=method, headers={"Origin": "https://a.example"})
    assert set(response.headers["Allow"].split(", ")) == taken
    if method == "HEAD":
        assert (response.status_code, response.data) == (405, b"")
        check_headers(dict(response.headers), KINDS[405].title)
    else:
        check(response, operation.url, 405)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ending", ["/", "//", "/nothing/at/all", ".", ".html", "%2F", "%00"])
def test_paths_beside_every_path(path: str, ending: str) -> None:
    operation = next(each for each in OPERATIONS if each.path == path)
    if path == "/":
        return
    url = operation.url + ending
    accept = "text/html" if path.startswith("/v1/") else "*/*"  # beside the API, who asks for a page gets one
    response = operation.send(APP.test_client(), url, method="GET", headers={"Accept": accept})
    if response.status_code == 406 and "{id}" in path:  # a variable takes any ending but a slash
        return
    problem = check(response, response.request.path, 404)
    if ending in {"/", "//"} and "{id}" not in path:
        assert problem["errors"][0]["did_you_mean"] == path


def test_every_kind_of_error_is_provoked_here() -> None:
    assert {status for _, status in DECLARED} == PROVOKE.keys()
    assert PROVOKE.keys() | {405} | BY_GUNICORN == KINDS.keys()


# what gunicorn refuses before the application sees it ------------------------------------------------------------------


def refused(sent: bytes) -> tuple[int, dict[str, str], Any]:
    """Let gunicorn's parser read `sent` with this service's limits, and its worker answer."""
    config = Config()
    for name in ("limit_request_line", "limit_request_fields", "limit_request_field_size"):
        config.set(name, getattr(gunicorn_conf, name))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker = SimpleNamespace(log=SimpleNamespace(warning=print), cfg=config)
        try:
            next(RequestParser(config, iter([sent]), ("127.0.0.1", 1)))
        except Exception as error:  # noqa: BLE001 - whatever the worker would be told
            Worker.handle_error(worker, None, theirs, ("127.0.0.1", 1), error)
        theirs.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: ours.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert int(headers["Content-Length"]) == len(body)
    return int(first.split()[1]), headers, json.loads(body)


@pytest.mark.parametrize("asked", OPERATIONS, ids=str)
def test_what_gunicorn_refuses_of_every_operation(monkeypatch: pytest.MonkeyPatch, asked: Operation) -> None:
    monkeypatch.setattr(gunicorn.util, "write_error", partial(write_problem, LAYER))
    line, long = f"{asked.method} {quote(asked.url, safe='/%')}", "a" * 9_000
    for sent, status in (
        (f"{line}?q={long} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (f"{line} HTTP/1.1\r\nHost: a\r\nCookie: {long}\r\n\r\n", 431),
    ):
        told, headers, problem = refused(sent.encode("ascii"))
        assert told == status
        check_body(problem, status, "/")
        check_headers(headers, problem["title"])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 9_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(99)) + b"\r\n", 431),
        (b"GET / / HTTP/1.1\r\n\r\n", 400),
        (b"nothing\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: odd\r\n\r\n", 400),
    ],
)
def test_what_gunicorn_refuses(monkeypatch: pytest.MonkeyPatch, sent: bytes, status: int) -> None:
    monkeypatch.setattr(gunicorn.util, "write_error", partial(write_problem, LAYER))
    with capture_logs() as logs:
        told, headers, problem = refused(sent)
    assert told == status
    check_body(problem, status, "/")
    check_headers(headers, problem["title"])
    assert [(line["request_id"], line["status"]) for line in logs] == [(headers["X-Request-ID"], status)]


@pytest.mark.parametrize(
    ("sent", "where", "limit"),
    [
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n", "query", gunicorn_conf.limit_request_line),
        (
            b"GET / HTTP/1.1\r\nX-A: " + b"a" * 9_000 + b"\r\n\r\n",
            "header",
            gunicorn_conf.limit_request_field_size,
        ),
    ],
)
def test_what_is_too_long_is_told_with_the_limit(
    monkeypatch: pytest.MonkeyPatch, sent: bytes, where: str, limit: int
) -> None:
    monkeypatch.setattr(gunicorn.util, "write_error", partial(write_problem, LAYER))
    _, _, problem = refused(sent)
    (fault,) = problem["errors"]
    assert fault["in"] == where
    assert f"{limit} bytes" in fault["detail"]
    assert fault["detail"] in problem["detail"]


# what a type leads to --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", PROVOCATIONS)
def test_the_example_of_a_kind_is_what_its_request_is_answered_with(slug: str) -> None:
    client = APP.test_client()
    example = client.get(f"/v1/problems/{slug}").get_json()["example"]
    request, answer = example["request"], example["answer"]
    length = request["headers"].get("Content-Length")
    response = client.open(
        request["path"],
        method=request["method"],
        headers=request["headers"],
        data=request["body"],
        environ_overrides={"CONTENT_LENGTH": length} if length else None,
    )
    assert (response.status_code, response.get_json()) == (answer["status"], answer["body"])
    assert {name: response.headers[name] for name in answer["headers"]} == answer["headers"]
    assert answer["body"]["type"] == f"/v1/problems/{slug}"
    for media in ("text/plain", "text/markdown"):
        told = client.get(f"/v1/problems/{slug}", headers={"Accept": media})
        assert told.mimetype == media
        assert f"    {request['method']} {request['path']} HTTP/1.1\n" in told.text
        assert f'      "instance": "{answer["body"]["instance"]}",\n' in told.text


def test_kinds_without_an_example_are_those_that_no_single_request_gives() -> None:
    items = APP.test_client().get("/v1/problems").get_json()["items"]
    assert {each["status"] for each in items if each["example"] is None} == {401, 422, 500, 503, *BY_GUNICORN}
