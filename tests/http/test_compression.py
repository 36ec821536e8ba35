"""The content coding of answers: which one a client gets, and that it changes nothing else."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import brotli
import pytest
from flask_compress.compat import compression as modern
from hypothesis import given
from hypothesis import strategies as st

from service.http.compression import CODINGS, coding_for
from service.http.formats import MEDIA
from tests.corpora import seeds_app
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": modern.zstd.decompress,
    "identity": bytes,
}
LONG = "/v1/statements"
ERROR = "/v1/statements?" + "&".join(f"unknown_{number}=1" for number in range(20))

each_coding = pytest.mark.parametrize("coding", CODINGS)
each_answer = pytest.mark.parametrize("url", [LONG, ERROR, "/v1/events?format=csv&q=the", "/openapi.yaml"])


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=0.8, br;q=0.7, zstd;q=0.6", "gzip"),
        ("gzip; q=0.5 , br ; q=0.7", "br"),
        ("*", "zstd"),
        ("*;q=0.1", "zstd"),
        ("zstd;q=0, *", "br"),
        ("zstd;q=0.2, *;q=0.5", "br"),
        ("gzip, *;q=0", "gzip"),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0, *", "zstd"),
        ("", "identity"),
        ("identity", "identity"),
        ("identity, *;q=0", "identity"),
        ("identity, gzip;q=0.9", "identity"),
        ("gzip;q=0", "identity"),
        ("br;q=0", "identity"),
        ("br;q=0, gzip;q=0.0", "identity"),
        ("deflate, compress", "identity"),
        ("*;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("gzip;q=2", "identity"),
        ("nonsense; =", "identity"),
    ],
)
def test_the_client_chooses(client: FlaskClient, accepted: str, coding: str) -> None:
    response = client.get(LONG, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding", "identity") == coding
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
    assert UNPACK[coding](response.data) == client.get(LONG).data


NAMES = st.sampled_from([*CODINGS, "identity", "*", "deflate"])
QUALITIES = st.integers(0, 10).map(lambda tenths: tenths / 10)


@given(st.dictionaries(NAMES, QUALITIES))
def test_nothing_is_liked_better_than_what_is_given(qualities: dict[str, float]) -> None:
    header = ", ".join(f"{name};q={quality}" for name, quality in qualities.items())
    given_coding = coding_for(header)
    liked = {coding: qualities.get(coding, qualities.get("*", 0)) for coding in CODINGS}
    if given_coding == "identity":
        assert all(each == 0 or each < qualities.get("identity", 0) for each in liked.values())
    else:
        assert liked[given_coding] == max(*liked.values(), qualities.get("identity", 0)) > 0


def test_without_the_header_nothing_is_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get(LONG).headers


@each_answer
@each_coding
def test_a_compressed_answer_says_the_same(client: FlaskClient, url: str, coding: str) -> None:
    plain, packed = client.get(url), client.get(url, headers={"Accept-Encoding": coding})
    assert packed.status == plain.status
    assert packed.headers["Content-Encoding"] == coding
    assert UNPACK[coding](packed.data) == plain.data
    assert packed.content_length == len(packed.data) < len(plain.data)
    left_out = {"X-Request-ID", "Content-Length", "Content-Encoding"}
    assert {k: v for k, v in packed.headers if k not in left_out} == {
        k: v for k, v in plain.headers if k not in left_out
    }


@pytest.mark.parametrize("media", MEDIA.values())
@each_coding
def test_every_format_is_compressed(client: FlaskClient, media: str, coding: str) -> None:
    plain = client.get(LONG, headers={"Accept": media})
    packed = client.get(LONG, headers={"Accept": media, "Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert UNPACK[coding](packed.data) == plain.data


@pytest.mark.parametrize("known", CODINGS)
@pytest.mark.parametrize("asked", [*CODINGS, "identity"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_etag_holds_across_codings(client: FlaskClient, known: str, asked: str, method: str) -> None:
    tag = client.get(LONG, headers={"Accept-Encoding": known}).headers["ETag"]
    assert tag.startswith('W/"')
    headers = {"Accept-Encoding": asked, "If-None-Match": tag}
    again = client.open(LONG, method=method, headers=headers)
    assert (again.status_code, again.headers["ETag"], again.data) == (304, tag, b"")
    assert {"Accept", "Accept-Encoding"} <= set(again.headers["Vary"].split(", "))
    assert "Content-Encoding" not in again.headers


@each_answer
@each_coding
def test_head_is_get_without_the_body(client: FlaskClient, url: str, coding: str) -> None:
    got, head = (
        client.open(url, method=each, headers={"Accept-Encoding": coding}) for each in ("GET", "HEAD")
    )
    assert (head.status_code, head.data) == (got.status_code, b"")
    assert {k: v for k, v in head.headers if k != "X-Request-ID"} == {
        k: v for k, v in got.headers if k != "X-Request-ID"
    }


@pytest.mark.parametrize(
    "url",
    [
        "/livez",
        "/nowhere",
        "/v1/topics/economy?fields=id",
        "/v1/events?q=nothing-of-the-sort&format=ndjson",
        "/v1/events?fields=id&format=csv",
        "/v1/events?fields=id&format=ndjson",
    ],
)
def test_what_is_small_is_left_alone(client: FlaskClient, url: str) -> None:
    response = client.get(url, headers={"Accept-Encoding": "zstd, br, gzip"})
    assert response.content_length == len(response.data) < 500
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["Vary"]


@each_coding
@pytest.mark.parametrize("kind", ["ndjson", "csv"])
def test_a_stream_is_compressed_piece_by_piece(kind: str, coding: str) -> None:
    corpus = make_corpus()
    topics = tuple(
        replace(
            corpus.topics[0],
            id=f"topic-{number}",
            definition="".join(hashlib.sha512(f"{number} {part}".encode()).hexdigest() for part in range(5)),
        )
        for number in range(1_001)
    )
    client = app_of(replace(corpus, topics=topics), extract).test_client()
    url = f"/v1/topics?format={kind}"
    packed = client.get(url, headers={"Accept-Encoding": coding}, buffered=False)
    assert "Content-Length" not in packed.headers
    pieces = list(packed.iter_encoded())
    assert len(pieces) > 1
    assert UNPACK[coding](b"".join(pieces)) == client.get(url).data


@each_coding
def test_a_posted_text_gets_a_compressed_answer(client: FlaskClient, coding: str) -> None:
    answer = client.post(
        "/v1/extract", data="Ada said so.", content_type="text/plain", headers={"Accept-Encoding": coding}
    )
    assert answer.headers["Content-Encoding"] == coding
    assert UNPACK[coding](answer.data).startswith(b'{"source":')


@pytest.mark.parametrize("coding", ["br", "zstd"])
@pytest.mark.parametrize("query", ["", "?limit=100", "?format=ndjson", "?format=csv"])
def test_newer_codings_make_answers_no_longer(query: str, coding: str) -> None:
    client = seeds_app().test_client()
    newer, older = (client.get(LONG + query, headers={"Accept-Encoding": each}) for each in (coding, "gzip"))
    assert len(newer.data) < len(older.data)
