from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from service.http.options import HttpOptions
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus

LASTING = (
    "/v1/statements",
    "/v1/statements?q=bridge",
    "/v1/events/quota-30-70",
    "/v1/sources/bridge-opening/text",
    "/v1/corpus",
    "/",
    "/openapi.yaml",
    "/openapi.json",
    "/docs",
)


@pytest.mark.parametrize("url", LASTING)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("given", ["{weak}", "{strong}", '"other", {weak}', 'W/"x", {strong}, "y"', "*"])
def test_if_none_match_gives_304(client: FlaskClient, url: str, method: str, given: str) -> None:
    weak = client.get(url).headers["ETag"]
    assert weak.startswith('W/"')
    header = given.format(weak=weak, strong=weak.removeprefix("W/"))
    response = client.open(url, method=method, headers={"If-None-Match": header})
    assert response.status_code == 304
    assert response.data == b""
    assert response.headers["ETag"] == weak
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("given", ['"other"', 'W/"other"', "", "nonsense", '"'])
def test_another_etag_gives_the_answer(client: FlaskClient, given: str) -> None:
    assert client.get("/v1/statements", headers={"If-None-Match": given}).status_code == 200


def test_if_match_that_fails_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/v1/statements", headers={"If-Match": '"other"'})
    assert response.status_code == 412
    assert response.mimetype == "application/problem+json"


def test_the_etag_follows_query_corpus_and_code(client: FlaskClient, corpus: Corpus) -> None:
    def tag(of: FlaskClient, url: str = "/v1/statements") -> str:
        return of.get(url).headers["ETag"]

    options = HttpOptions(max_text=2_000, code_version="test")
    renewed = app_of(replace(corpus, version="sample-2"), extract, options).test_client()
    recoded = app_of(corpus, extract, replace(options, code_version="test-2")).test_client()
    tags = [
        tag(client),
        tag(renewed),
        tag(recoded),
        tag(client, "/v1/statements?limit=3"),
        tag(client, "/v1/events"),
    ]
    assert len(set(tags)) == len(tags)
    assert tag(client, "/v1/statements?kind=direct&speaker=example") == tag(
        client, "/v1/statements?speaker=example&kind=direct"
    )


def test_errors_have_no_etag(client: FlaskClient) -> None:
    for url in ("/v1/nothing", "/v1/statements/nothing", "/v1/statements?nothing=1"):
        response = client.get(url, headers={"If-None-Match": "*"})
        assert response.status_code in {400, 404}
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


def test_caches_must_ask(client: FlaskClient) -> None:
    assert client.get("/v1/statements").headers["Cache-Control"] == "no-cache"
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", [*LASTING, "/livez", "/readyz", "/nowhere"])
def test_head_is_get_without_the_body(client: FlaskClient, url: str) -> None:
    got, head = client.get(url), client.head(url)
    assert head.data == b""
    assert head.status_code == got.status_code
    differing = {"X-Request-ID"}
    assert {k: v for k, v in head.headers if k not in differing} == {
        k: v for k, v in got.headers if k not in differing
    }
