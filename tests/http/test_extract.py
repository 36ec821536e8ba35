from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.http.test_problems import check

if TYPE_CHECKING:
    from flask.testing import FlaskClient

TEXT = "“Ein Fisch 🐟 für 5 €,” said a trader."


def post(client: FlaskClient, data: Any, content_type: str | None) -> Any:
    return client.post("/v1/extract", data=data, content_type=content_type)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (TEXT.encode(), "text/plain"),
        (TEXT.encode(), "text/plain; charset=utf-8"),
        (TEXT.encode(), "TEXT/PLAIN; charset=UTF-8"),
        (TEXT.encode("utf-8-sig"), "text/plain; charset=utf-8"),
        (TEXT.encode("utf-16"), "text/plain; charset=utf-16"),
        (TEXT.encode("gb18030"), "text/plain; charset=gb18030"),
    ],
)
def test_plain_text(client: FlaskClient, data: bytes, content_type: str) -> None:
    response = post(client, data, content_type)
    assert response.status_code == 200
    answer = response.get_json()
    assert list(answer) == ["source", "statements", "events"]
    assert (answer["source"]["file"], answer["source"]["url"]) == (None, None)
    (statement,) = answer["statements"]
    assert statement["content"] == [{"start": 0, "end": len(TEXT), "text": TEXT}]
    assert statement["url"] is None
    assert statement["topics"] == [{"id": "talks", "label": "Peace talks"}]
    assert answer["events"][0]["url"] is None
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_another_charset(client: FlaskClient) -> None:
    response = post(client, "‘Café’".encode("cp1252"), "text/plain; charset=windows-1252")
    assert response.get_json()["statements"][0]["text"] == "‘Café’"


def test_json(client: FlaskClient) -> None:
    response = client.post("/v1/extract", json={"text": TEXT, "title": "Fish", "published": "2014-02"})
    source = response.get_json()["source"]
    assert source["title"] == "Fish"
    assert (source["published"]["start"], source["published"]["end"]) == ("2014-02-01", "2014-02-28")
    assert (
        client.post("/v1/extract", json={"text": TEXT, "title": None, "published": None}).status_code == 200
    )


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"text", None),
        (b"text", ""),
        (b"text", "text/html"),
        (b"text", "application/octet-stream"),
        (b"text=a", "application/x-www-form-urlencoded"),
        (b"text", "text/plain; charset=klingon"),
        (b"text", "text/plain; charset=rot13"),
        (b"text", "text/plain; charset=unicode_escape"),
        (b"text", "text/plain; charset=idna"),
        (b'{"text": "a"}', "application/json; charset=latin-1"),
    ],
)
def test_what_is_not_taken(client: FlaskClient, data: bytes, content_type: str | None) -> None:
    check(post(client, data, content_type), 415)


@pytest.mark.parametrize(
    ("data", "content_type", "name"),
    [
        (b"", "text/plain", "text"),
        (b" \n ", "text/plain", "text"),
        (b"\xff\xfe\xfa", "text/plain", "text"),
        (b"a", "text/plain; charset=utf-16", "text"),
        (b"\xe9", "text/plain; charset=ascii", "text"),
        (b"unusable words", "text/plain", "text"),
        (b"", "application/json", "body"),
        (b"{", "application/json", "body"),
        (b"[]", "application/json", "body"),
        (b'"text"', "application/json", "body"),
        (b"null", "application/json", "body"),
        (b'{"text": "\\ud800"}', "application/json", "body"),
        (b"[" * 5000, "application/json", "body"),
        (b"{}", "application/json", "text"),
        (b'{"text": ""}', "application/json", "text"),
        (b'{"text": 5}', "application/json", "text"),
        (b'{"text": null}', "application/json", "text"),
        (b'{"text": "a", "titel": "b"}', "application/json", "titel"),
        (b'{"text": "a", "title": []}', "application/json", "title"),
        (b'{"text": "a", "published": "2014-2"}', "application/json", "published"),
        (b'{"text": "a", "published": 2014}', "application/json", "published"),
    ],
)
def test_what_cannot_be_used(client: FlaskClient, data: bytes, content_type: str, name: str) -> None:
    problem = check(post(client, data, content_type), 422)
    assert [error["name"] for error in problem["errors"]] == [name]
    assert problem["errors"][0]["in"] == "body"


def test_what_the_reader_says_is_passed_on(client: FlaskClient) -> None:
    assert "this is not in English" in check(post(client, b"unusable words", "text/plain"), 422)["detail"]


def test_too_long(client: FlaskClient) -> None:
    assert post(client, ("🐟" * 2_000).encode(), "text/plain").status_code == 200
    assert client.post("/v1/extract", json={"text": "🐟" * 2_000}).status_code == 200
    check(post(client, ("a" * 2_001).encode(), "text/plain"), 413)
    check(client.post("/v1/extract", json={"text": "🐟" * 2_001}), 413)
    check(post(client, b"a" * 200_000, "text/plain"), 413)


def test_nothing_is_kept(client: FlaskClient) -> None:
    before = client.get("/v1/statements").data
    post(client, TEXT.encode(), "text/plain")
    assert client.get("/v1/statements").data == before
    check(client.get("/v1/sources/posted"), 404)
