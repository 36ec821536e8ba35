from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.http.described import APP, OPERATIONS, Operation, resolved

if TYPE_CHECKING:
    from flask.testing import FlaskClient

GUARDING: Final = {"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"}
"""What guards the page at /docs in a browser, and is no part of the API."""
ANSWERS = ("/v1/statements", "/v1/statements?bad=1", "/v1/statements/nothing", "/nowhere", "/livez")


@pytest.mark.parametrize("url", ANSWERS)
def test_every_origin_may_read(client: FlaskClient, url: str) -> None:
    headers = client.get(url, headers={"Origin": "https://client.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "X-Request-ID"} <= set(headers["Access-Control-Expose-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize("url", [*ANSWERS, "/docs", "/openapi.yaml", "/v1/sources/bridge-opening/text"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "BREW"])
def test_browsers_guess_no_type_and_tell_no_other_site(client: FlaskClient, url: str, method: str) -> None:
    response = client.open(url, method=method, headers={"Accept": "text/html;q=0.9,*/*"})
    assert response.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert response.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert (response.mimetype == "text/html") == ("Content-Security-Policy" in response.headers)


def test_preflight(client: FlaskClient) -> None:
    asked = {
        "Origin": "https://client.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "X-Request-ID",
    }
    response = client.options("/v1/statements", headers=asked)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "X-Request-ID" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("url", ["/v1/nothing", "/v1/statements/", "/docs/none.css"])
def test_a_script_may_read_the_error_for_a_wrong_path(client: FlaskClient, url: str) -> None:
    asked = {"Origin": "https://client.example", "Access-Control-Request-Method": "GET"}
    asked |= {"Access-Control-Request-Headers": "if-none-match"}
    response = client.options(url, headers=asked)
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Access-Control-Allow-Headers"] == "if-none-match"
    assert client.get(url).headers["Access-Control-Allow-Origin"] == "*"


def test_preflight_of_a_posted_text(client: FlaskClient) -> None:
    asked = {
        "Origin": "https://client.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "Content-Type",
    }
    response = client.options("/v1/extract", headers=asked)
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


@pytest.mark.parametrize(
    ("url", "methods"),
    [
        ("/v1/statements", {"GET", "HEAD", "OPTIONS"}),
        ("/v1/extract", {"POST", "OPTIONS"}),
        ("/", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_options(client: FlaskClient, url: str, methods: set[str]) -> None:
    response = client.options(url)
    assert response.status_code == 200
    assert set(response.headers["Allow"].split(", ")) == methods
    assert "Content-Type" not in response.headers
    assert response.data == b""


@pytest.mark.parametrize("given", ["abc-123", "a" * 128, "A.b_c:d-0"])
@pytest.mark.parametrize("url", ANSWERS)
def test_a_safe_request_id_is_echoed(client: FlaskClient, url: str, given: str) -> None:
    assert client.get(url, headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "a" * 129, "<script>", "a b", "é", "a;b"])
def test_an_unsafe_request_id_is_replaced(client: FlaskClient, given: str) -> None:
    made = client.get("/v1/statements", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert made != given
    assert made.isalnum()
    assert made != client.get("/v1/statements").headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("nonsense", 406),
    ],
)
def test_accept(client: FlaskClient, accept: str, status: int) -> None:
    response = client.get("/v1/statements", headers={"Accept": accept})
    assert response.status_code == status
    assert response.mimetype == ("application/json" if status == 200 else "application/problem+json")


def test_a_text_is_not_json(client: FlaskClient) -> None:
    url = "/v1/sources/bridge-opening/text"
    assert client.get(url, headers={"Accept": "text/plain"}).status_code == 200
    assert client.get(url, headers={"Accept": "application/json"}).status_code == 406


# as the description has them ------------------------------------------------------------------------------------------


def taken(asked: Operation) -> set[str]:
    return {each["name"] for each in map(resolved, asked.described["parameters"]) if each["in"] == "header"}


def described(asked: Operation, status: int) -> set[str]:
    return set(resolved(asked.described["responses"][str(status)])["headers"])


@pytest.mark.parametrize("asked", OPERATIONS, ids=str)
def test_the_headers_of_answers_are_those_described(asked: Operation) -> None:
    queries = ["", *(f"?format={each}" for each in ("csv", "ndjson", "jsonld") if "cursor" in asked.names)]
    for query in queries:
        plain = asked.send(APP.test_client(), asked.url + query, headers={"Accept-Encoding": "identity"})
        packed = asked.send(APP.test_client(), asked.url + query, headers={"Accept-Encoding": "gzip"})
        assert (plain.status_code, packed.status_code) == (200, 200)
        sent = set(packed.headers.keys()) - GUARDING - {"Content-Type", "Content-Length"}
        assert set(plain.headers.keys()) - GUARDING - {"Content-Type", "Content-Length"} <= sent
        assert sent <= described(asked, 200)
        sometimes = {"Link"} if query in {"?format=csv", "?format=ndjson"} else set()
        short = {"Content-Encoding"} if len(plain.data) < 500 else set()
        assert described(asked, 200) - sent == sometimes | short


@pytest.mark.parametrize("asked", OPERATIONS, ids=str)
def test_the_headers_of_requests_are_those_heeded(asked: Operation) -> None:
    def status(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = asked.send(APP.test_client(), asked.url, headers=named)
        if response.status_code == 304:
            assert set(response.headers.keys()) - GUARDING == described(asked, 304)
        return response.status_code

    heeded = {"X-Request-ID"}
    if status(If_None_Match="*") == 304:
        heeded.add("If-None-Match")
    if status(If_Match='"x"') == 412:
        heeded.add("If-Match")
    assert status(If_Match="*") == 200
    assert taken(asked) == heeded
    named = asked.send(APP.test_client(), asked.url, headers={"X-Request-ID": "monday-42"})
    assert named.headers["X-Request-ID"] == "monday-42"
    if "If-Match" in heeded:
        assert status(If_None_Match=named.headers["ETag"]) == 304
        assert status(If_Match=named.headers["ETag"]) == 412
