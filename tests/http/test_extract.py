from __future__ import annotations

import gzip
import io
from dataclasses import replace
from queue import Queue
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from service.http.options import HttpOptions
from tests.http.test_problems import check
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from service.model import Corpus

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


# content codings ------------------------------------------------------------------------------------------------------


def packed(client: FlaskClient, data: bytes, coding: str) -> Any:
    return client.post(
        "/v1/extract", data=data, content_type="text/plain", headers={"Content-Encoding": coding}
    )


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (gzip.compress(TEXT.encode(), mtime=0), "gzip"),
        (gzip.compress(TEXT.encode(), mtime=0), "X-GZIP"),
        (gzip.compress(TEXT[:5].encode(), mtime=0) + gzip.compress(TEXT[5:].encode(), mtime=0), "gzip"),
        (TEXT.encode(), "identity"),
    ],
)
def test_a_gzipped_text(client: FlaskClient, data: bytes, coding: str) -> None:
    response = packed(client, data, coding)
    assert response.get_json()["statements"][0]["text"] == TEXT


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_another_coding_is_refused_by_name(client: FlaskClient, coding: str) -> None:
    response = packed(client, TEXT.encode(), coding)
    assert repr(coding) in check(response, 415)["detail"]
    assert response.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), gzip.compress(TEXT.encode(), mtime=0)[:-4], gzip.compress(b"a", mtime=0) + b"tail"],
)
def test_what_is_no_whole_gzip(client: FlaskClient, data: bytes) -> None:
    assert "gzip" in check(packed(client, data, "gzip"), 422)["detail"]


def test_a_small_body_that_unpacks_to_a_huge_one(client: FlaskClient) -> None:
    detail = check(packed(client, gzip.compress(b"a" * 5_000_000, mtime=0), "gzip"), 413)["detail"]
    assert "ONRECORD_MAX_TEXT" in detail


def test_a_body_of_very_many_gzips_is_not_read_to_its_end(client: FlaskClient) -> None:
    """Each is twenty bytes; to copy what lies behind every one of them would take minutes."""
    empty = gzip.compress(b"", mtime=0)
    text = gzip.compress(TEXT.encode(), mtime=0)
    assert packed(client, empty * 4_000 + text, "gzip").get_json()["statements"][0]["text"] == TEXT
    client.application.config["MAX_CONTENT_LENGTH"], usual = (
        5_000_000,
        client.application.config["MAX_CONTENT_LENGTH"],
    )
    try:
        assert "more than 10000 parts" in check(packed(client, empty * 200_000, "gzip"), 422)["detail"]
    finally:
        client.application.config["MAX_CONTENT_LENGTH"] = usual


@pytest.mark.parametrize(
    "data",
    [
        b'{"text": ' + b"9" * 50_000 + b"}",
        b'{"text": 1e999}',
        b'{"text": "a", "published": ' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"text": "a", ' + b'"a": 1, ' * 5_000 + b'"b": 2}',
        b'{"text": "a", "published": "' + b"9" * 50_000 + b'"}',
        b'{"text": NaN}',
    ],
)
def test_hostile_json_is_refused_in_few_words(client: FlaskClient, data: bytes) -> None:
    response = post(client, data, "application/json")
    check(response, 422)
    assert len(response.data) < 2_000


# limits ---------------------------------------------------------------------------------------------------------------


def test_a_text_too_long_names_the_setting_and_both_sizes(client: FlaskClient) -> None:
    detail = check(post(client, b"a" * 2_001, "text/plain"), 413)["detail"]
    assert detail == "text: has 2001 characters; at most 2000 are taken (ONRECORD_MAX_TEXT)."
    assert "ONRECORD_MAX_TEXT" in check(post(client, b"a" * 2_000_000, "text/plain"), 413)["detail"]


def test_the_longest_text_is_taken_however_json_writes_it(client: FlaskClient) -> None:
    escaped = '{"text": "' + "\\ud83d\\udc1f" * 2_000 + '"}'
    assert post(client, escaped.encode(), "application/json").status_code == 200


class Slow:
    """Reads a text only when it is told to go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = Semaphore(0), Event()

    def __call__(self, text: str, title: str | None, published: str | None) -> Corpus:
        self.begun.release()
        assert self.go_on.wait(20)
        return extract(text, title, published)


def statuses(app: Flask, slow: Slow, posts: int) -> list[int]:
    """Post one text and, while it is being read, `posts` more; give all statuses, those told first, first."""
    told: Queue[int] = Queue()

    def send() -> None:
        response = post(app.test_client(), b"a text", "text/plain")
        if response.status_code != 200:
            check(response, 503)
            assert int(response.headers["Retry-After"]) > 0
            assert "ONRECORD_EXTRACTS" in response.get_json()["detail"]
        told.put(response.status_code)

    threads = [Thread(target=send)]
    threads[0].start()
    assert slow.begun.acquire(timeout=20)
    assert app.test_client().get("/v1/statements").status_code == 200
    for thread in (more := [Thread(target=send) for _ in range(posts)]):
        thread.start()
    first = [told.get(timeout=20)]
    slow.go_on.set()
    for thread in threads + more:
        thread.join(20)
    return first + [told.get_nowait() for _ in range(posts)]


def test_more_posts_than_places_are_sent_away_at_once(corpus: Corpus) -> None:
    slow = Slow()
    app = app_of(corpus, slow, HttpOptions(extracts=2, patience=20))
    assert statuses(app, slow, 2) == [503, 200, 200]
    assert post(app.test_client(), b"a text", "text/plain").status_code == 200


def test_a_post_waits_its_turn_only_so_long(corpus: Corpus) -> None:
    slow = Slow()
    app = app_of(corpus, slow, HttpOptions(extracts=5, patience=0.01))
    assert statuses(app, slow, 1) == [503, 200]


def test_as_many_texts_are_read_at_once_as_there_are_readers(corpus: Corpus) -> None:
    slow = Slow()
    app = app_of(corpus, slow, HttpOptions(extracts=3, readers=2, patience=20))
    threads = [Thread(target=post, args=(app.test_client(), b"a text", "text/plain")) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert [slow.begun.acquire(timeout=20) for _ in range(2)] == [True, True]
    assert not slow.begun.acquire(blocking=False)
    slow.go_on.set()
    for thread in threads:
        thread.join(20)
    assert slow.begun.acquire(blocking=False)


def test_a_refused_text_gives_its_place_back(corpus: Corpus) -> None:
    client = app_of(corpus, extract, HttpOptions(extracts=1, patience=0)).test_client()
    for _ in range(3):
        check(post(client, b"unusable words", "text/plain"), 422)
    assert post(client, TEXT.encode(), "text/plain").status_code == 200


# doubts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("note", "told"), [(None, "It is odd."), ("A draft.", "A draft. It is odd.")])
def test_what_is_doubtful_is_noted(corpus: Corpus, note: str | None, told: str) -> None:
    def doubtful(text: str, title: str | None, published: str | None) -> Corpus:
        read = extract(text, title, published)
        texts = {identity: replace(each, doubts=("It is odd.",)) for identity, each in read.texts.items()}
        return replace(read, texts=texts, sources=tuple(replace(each, note=note) for each in read.sources))

    client = app_of(corpus, doubtful).test_client()
    assert post(client, TEXT.encode(), "text/plain").get_json()["source"]["note"] == told


def test_a_body_whose_chunks_are_broken_is_the_client_s_error(client: FlaskClient) -> None:
    class BadChunkError(Exception):
        """A server's own error."""

    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            del buffer
            message = "Invalid chunk size: b'ZZ'"
            raise BadChunkError(message)

    sent = {"wsgi.input": Broken(), "wsgi.input_terminated": True}
    response = client.post("/v1/extract", content_type="text/plain", environ_overrides=sent)
    problem = check(response, 400)
    assert "chunk" in problem["errors"][0]["detail"]


# the key --------------------------------------------------------------------------------------------------------------

KEY = "correct-horse-battery"


@pytest.fixture
def locked(corpus: Corpus) -> FlaskClient:
    return app_of(corpus, extract, HttpOptions(extract_key=KEY)).test_client()


@pytest.mark.parametrize(
    "headers",
    [{"Authorization": f"Bearer {KEY}"}, {"Authorization": f"bearer  {KEY} "}, {"X-API-Key": KEY}],
)
def test_who_has_the_key_may_post(locked: FlaskClient, headers: dict[str, str]) -> None:
    assert locked.post("/v1/extract", json={"text": TEXT}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": ""},
        {"X-API-Key": KEY[:-1]},
        {"X-API-Key": f"{KEY}x"},
        {"X-API-Key": "ü"},
        {"Authorization": KEY},
        {"Authorization": f"Basic {KEY}"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong-horse-battery"},
    ],
)
def test_who_has_not_gets_a_401_that_tells_no_key(locked: FlaskClient, headers: dict[str, str]) -> None:
    with capture_logs() as logs:
        response = locked.post(
            "/v1/extract", data=b"\xff" * 100_000_000 if not headers else TEXT, headers=headers
        )
    problem = check(response, 401)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="onrecord"'
    assert "Authorization: Bearer" in problem["detail"]
    sent = "".join(headers.values()).removeprefix("Bearer").strip()
    assert not sent or sent not in problem["detail"] + repr(logs)


def test_reading_needs_no_key(locked: FlaskClient) -> None:
    assert locked.get("/v1/statements").status_code == 200
    examples = [each["example"] for each in locked.get("/v1/problems").get_json()["items"]]
    assert {each["answer"]["status"] for each in examples if each} >= {413, 415, 422}
