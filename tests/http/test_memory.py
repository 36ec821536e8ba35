from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from service.http.options import HttpOptions
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus

ASKED = [
    ("GET", "/v1/statements", {}),
    ("HEAD", "/v1/statements?limit=2", {}),
    ("GET", "/v1/statements?q=bridge&facets=topic", {"Accept-Encoding": "gzip"}),
    ("GET", "/v1/statements?limit=1", {"Accept": "application/ld+json"}),
    ("GET", "/v1/statements?format=csv", {}),
    ("GET", "/v1/statements", {"If-None-Match": "*"}),
    ("GET", "/v1/events/quota-30-70?embed=coverage", {"Origin": "https://client.example"}),
    ("GET", "/v1/sources/bridge-opening/text", {}),
    ("GET", "/v1/timeline?by=topic", {}),
    ("GET", "/openapi.json", {}),
    ("GET", "/", {}),
]
FORGOTTEN = [
    ("GET", "/v1/statements?bad=1", {}),
    ("GET", "/v1/statements/nothing", {}),
    ("GET", "/v1/statements", {"Accept": "text/html"}),
    ("GET", "/v1/statements", {"If-Match": '"other"'}),
    ("GET", "/livez", {}),
    ("GET", "/readyz", {}),
    ("OPTIONS", "/v1/statements", {}),
]


def fresh(corpus: Corpus, room: int = 64_000_000) -> FlaskClient:
    return app_of(corpus, extract, HttpOptions(code_version="test", remembered=room)).test_client()


def asked(
    client: FlaskClient, method: str, url: str, sent: dict[str, str]
) -> tuple[bool, str, object, bytes]:
    """Give whether the answer was remembered, its status, its headers but for the request's id, and its body."""
    with capture_logs() as logs:
        response = client.open(url, method=method, headers=sent, buffered=True)
    headers = [(name, value) for name, value in response.headers if name != "X-Request-ID"]
    return logs[-1]["remembered"], response.status, headers, response.data


@pytest.mark.parametrize(("method", "url", "sent"), ASKED)
def test_what_is_remembered_is_what_was_answered(
    corpus: Corpus, method: str, url: str, sent: dict[str, str]
) -> None:
    client = fresh(corpus)
    first, again = asked(client, method, url, sent), asked(client, method, url, sent)
    assert (first[0], again[0]) == (False, True)
    assert first[1:] == again[1:]
    assert first[1:] == asked(fresh(corpus, room=0), method, url, sent)[1:]


@pytest.mark.parametrize(("method", "url", "sent"), FORGOTTEN)
def test_errors_and_probes_are_answered_anew(
    corpus: Corpus, method: str, url: str, sent: dict[str, str]
) -> None:
    client = fresh(corpus)
    assert [asked(client, method, url, sent)[0] for _ in range(3)] == [False] * 3


def test_what_decides_an_answer_keeps_answers_apart(corpus: Corpus) -> None:
    client = fresh(corpus)
    for method, url, sent in ASKED:
        assert not asked(client, method, url, sent)[0]
    tag = client.get("/v1/statements").headers["ETag"]
    assert client.get("/v1/statements", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/v1/statements", headers={"If-None-Match": 'W/"old"'}).status_code == 200


def test_a_request_s_id_is_its_own(corpus: Corpus) -> None:
    client = fresh(corpus)
    ids = [client.get("/v1/statements").headers["X-Request-ID"] for _ in range(3)]
    assert len(set(ids)) == 3


def test_the_room_is_kept_to_and_the_longest_unasked_goes(corpus: Corpus) -> None:
    client = fresh(corpus, room=150_000)
    urls = [f"/v1/topics/bridges?fields=id&pretty={n % 2}{'&format=json' * (n > 1)}" for n in range(4)]
    urls += [f"/v1/topics?limit={n}" for n in range(1, 60)]
    for url in urls:
        asked(client, "GET", url, {})
    assert not asked(client, "GET", urls[0], {})[0]
    assert asked(client, "GET", urls[-1], {})[0]


def test_long_headers_take_room_too(corpus: Corpus) -> None:
    client = fresh(corpus, room=1_000_000)
    urls = [f"/v1/statements?not_speaker={'!' * 3000}{n}&limit=1" for n in range(60)]
    assert sum(len(value) for _, value in client.head(urls[0]).headers) > 1_000_000 / len(urls)
    for url in urls:
        asked(client, "HEAD", url, {})
    assert not asked(client, "HEAD", urls[0], {})[0]


def test_an_answer_too_large_is_not_kept(corpus: Corpus) -> None:
    client = fresh(corpus, room=150_000)
    assert len(client.get("/v1/statements", buffered=True).data) > 100_000 / 16
    assert not asked(client, "GET", "/v1/statements", {})[0]


def test_a_stream_that_was_broken_off_is_not_kept(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.http.renditions._AT_ONCE", 1)  # else so few records come in a single piece
    client = fresh(corpus)
    client.get("/v1/statements?format=ndjson", buffered=False).close()
    assert not asked(client, "GET", "/v1/statements?format=ndjson", {})[0]
    assert asked(client, "GET", "/v1/statements?format=ndjson", {})[0]


def test_what_was_not_asked_for_longest_goes_first(corpus: Corpus) -> None:
    client = fresh(corpus, room=150_000)
    first, *others = (f"/v1/statements?limit=1&min_confidence=0.{number}" for number in range(10, 60))
    asked(client, "GET", first, {})
    for url in others:
        asked(client, "GET", url, {})
        assert asked(client, "GET", first, {})[0]
    assert not asked(client, "GET", others[0], {})[0]
