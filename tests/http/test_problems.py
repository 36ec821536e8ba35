"""Every way to go wrong ends in a problem of the one shape."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
import structlog
from flask import abort
from structlog.testing import capture_logs

from service.http.problems import EVERY_KIND, KINDS
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from service.model import Corpus


def check(response: TestResponse, status: int) -> Any:
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Request-ID"]
    problem = response.get_json()
    assert (
        {"type", "title", "status", "detail", "instance", "errors"}
        <= problem.keys()
        <= {
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "errors",
            "near",
        }
    )
    assert problem["status"] == status
    assert problem["type"] in {kind.uri for kind in EVERY_KIND if kind.status == status}
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"].startswith("/")
    for error in problem["errors"]:
        assert list(error) == ["in", "name", "detail", "did_you_mean"]
        assert error["in"] in {"query", "path", "header", "body"}
    return problem


def paths(app: Flask) -> list[str]:
    return [endpoint.path.replace("<identity>", "nothing") for endpoint in app.extensions["onrecord"]]


def test_unknown_parameters_on_every_path(app: Flask, client: FlaskClient) -> None:
    for endpoint in app.extensions["onrecord"]:
        url = endpoint.path.replace("<identity>", "nothing")
        problem = check(client.open(f"{url}?nothing=1", method=endpoint.method), 400)
        assert problem["errors"][0]["name"] == "nothing"


def test_unknown_ids_on_every_path(app: Flask, client: FlaskClient) -> None:
    for url in paths(app):
        if "nothing" in url:
            check(client.get(url), 404)
            check(client.get(url.replace("nothing", "%00")), 404)
            check(client.get(url.replace("nothing", "%F0%9F%90%9F" * 100)), 404)
            check(client.get(url.replace("nothing", "%FF")), 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "TRACE"])
def test_other_methods_on_every_path(app: Flask, client: FlaskClient, method: str) -> None:
    taken = defaultdict(set)
    for endpoint in app.extensions["onrecord"]:
        taken[endpoint.path].add(endpoint.method)
    for path, methods in taken.items():
        if method not in methods:
            response = client.open(path.replace("<identity>", "nothing"), method=method)
            check(response, 405)
            assert methods <= {*response.headers["Allow"].split(", ")}


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/statement", "/v1/statements"),
        ("/v1/statements/", "/v1/statements"),
        ("//v1//events", "/v1/events"),
        ("/openapi.yml", "/openapi.yaml"),
        ("/wholly/elsewhere", None),
        ("/v1/..%2F..%2Fetc/passwd", None),
    ],
)
def test_unknown_paths(client: FlaskClient, path: str, meant: str | None) -> None:
    problem = check(client.get("/", environ_overrides={"PATH_INFO": unquote(path)}), 404)
    if meant is not None:
        assert problem["errors"][0]["did_you_mean"] == meant


def test_an_unknown_id_is_answered_with_near_ones(client: FlaskClient) -> None:
    problem = check(client.get("/v1/speakers/ada-exampel"), 404)
    assert problem["errors"][0]["did_you_mean"] == "ada-example"
    assert problem["near"][0] == {"id": "ada-example", "name": "Ada Example"}
    named = check(client.get("/v1/speakers/the%20mayor"), 404)
    assert named["errors"][0]["did_you_mean"] == "bo-sample"
    assert check(client.get("/v1/topics/quota"), 404)["near"][0]["id"] == "quotas"


@pytest.mark.parametrize(
    ("query", "name", "meant"),
    [
        ("speeker=x", "speeker", "speaker"),
        ("Speaker=x", "Speaker", "speaker"),
        ("min-confidence=1", "min-confidence", "min_confidence"),
        ("participant=x", "participant", None),
        ("facets=topics", "facets", "topic"),
        ("facets=Topic", "facets", "topic"),
        ("facets=place", "facets", None),
        ("facets=participant", "facets", None),
        ("facets=topic,,year", "facets", None),
        ("facets=", "facets", None),
        ("facet=topic", "facet", "facets"),
        ("facets=topic&facet_limit=0", "facet_limit", None),
        ("facets=topic&facet_limit=101", "facet_limit", None),
        ("facets=topic&facet_limit=5&facet_limit=5", "facet_limit", None),
        ("interval=month", "interval", None),
        ("fields=ids", "fields", "id"),
        ("fields=", "fields", None),
        ("fields=speaker.name", "fields", "speakers.name"),
        ("fields=source.publisher.nam", "fields", "source.publisher.name"),
        ("fields=id,Text", "fields", "text"),
        ("fields=nothing-like-it", "fields", None),
        ("fields=context&format=jsonld", "fields", None),
        ("fields=selector&format=csv", "fields", None),
        ("embed=blocks", "embed", None),
        ("embed=sources", "embed", "source"),
        ("embed=source&format=csv", "embed", None),
        ("embed=source&format=jsonld", "embed", None),
        ("pretty=true", "pretty", None),
        ("pretty=1&pretty=1", "pretty", None),
        ("pretty=1&format=ndjson", "pretty", None),
        ("pretty=0&format=csv", "pretty", None),
        ("format=xml", "format", None),
        ("format=CSV", "format", "csv"),
        ("format=json,csv", "format", None),
        ("format=csv&limit=5", "limit", None),
        ("format=ndjson&limit=100", "limit", None),
        ("format=ndjson&cursor=AAAA", "cursor", None),
        ("format=ndjson&facets=topic", "facets", None),
        ("format=csv&facets=topic", "facets", None),
        ("format=jsonld&facets=topic", "facets", None),
        ("format=jsonld&facet_limit=5", "facet_limit", None),
        ("=x", "", None),
        ("limit=5&limit=5", "limit", None),
        ("q=a&q=b", "q", None),
        ("sort=date&sort=date", "sort", None),
        ("from=2013&from=2014", "from", None),
        ("limit=0", "limit", None),
        ("limit=101", "limit", None),
        ("limit=-1", "limit", None),
        ("limit=1_0", "limit", None),
        ("limit=+7", "limit", None),
        ("limit=%207%20", "limit", None),
        ("limit=%D9%A7", "limit", None),
        ("limit=007", "limit", None),
        ("limit=1.0", "limit", None),
        ("limit=1e1", "limit", None),
        ("limit=99999999999999999999", "limit", None),
        ("limit=", "limit", None),
        ("limit", "limit", None),
        ("min_confidence=1.1", "min_confidence", None),
        ("min_confidence=nan", "min_confidence", None),
        ("min_confidence=inf", "min_confidence", None),
        ("min_confidence=1_0", "min_confidence", None),
        ("min_confidence=.5", "min_confidence", None),
        ("kind=Direct", "kind", "direct"),
        ("kind=spoken", "kind", None),
        ("kind=direct,spoken", "kind", None),
        ("sort=dates", "sort", "date"),
        ("sort=date,source", "sort", None),
        ("date=2014-02-30", "date", None),
        ("date=2013-02-29", "date", None),
        ("date=2014-2", "date", None),
        ("date=20140214", "date", None),
        ("date=14.02.2014", "date", None),
        ("date=2014-13", "date", None),
        ("date=0000", "date", None),
        ("date=2015/2014", "date", None),
        ("date=2014/..", "date", None),
        ("date=2014-02-14T10:00", "date", None),
        ("date=%D9%A2%D9%A0%D9%A1%D9%A4", "date", None),
        ("date=2014,nothing", "date", None),
        ("from=2014&to=2013", "from", None),
        ("from=2014-02-14&to=2014-02-13", "from", None),
        ("cursor=nothing", "cursor", None),
        ("cursor=%F0%9F%90%9F", "cursor", None),
        ("cursor=", "cursor", None),
        ("cursor=AAAAAAAAAAAA", "cursor", None),
        ("speaker=", "speaker", None),
        ("speaker=,,", "speaker", None),
        ("speaker=%22%22", "speaker", None),
        ("speaker=ada,,bo", "speaker", None),
        ("speaker=ada,", "speaker", None),
        ("speaker=%22ada%22,", "speaker", None),
        ("speaker=ada&speaker=", "speaker", None),
        ("not_topic=,quotas", "not_topic", None),
        ("kind=direct,", "kind", None),
        ("date=2014,,2015", "date", None),
        ("speaker", "speaker", None),
        ("q=", "q", None),
        (f"q={'a' * 1001}", "q", None),
        (f"q={'a' * 10_000}", "q", None),
        ("speaker=%FF", "speaker", None),
        ("q=100%", "q", "100%25"),
        ("q=%zz", "q", "%25zz"),
        ("q=%ED%A0%80", "q", None),
        ("%FF=1", "%FF", None),
    ],
)
def test_bad_parameters(client: FlaskClient, query: str, name: str, meant: str | None) -> None:
    problem = check(client.get(f"/v1/statements?{query}"), 400)
    (error,) = problem["errors"]
    assert (error["in"], error["name"]) == ("query", name)
    assert meant is None or error["did_you_mean"] == meant
    assert len(problem["detail"]) < 500


def test_everything_wrong_is_told_at_once(client: FlaskClient) -> None:
    problem = check(client.get("/v1/statements?speeker=a&limit=x&date=y&kind=z"), 400)
    assert {error["name"] for error in problem["errors"]} == {"speeker", "limit", "date", "kind"}


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%00bridge",
        "speaker=%00",
        "q=" + "%22" * 300,
        "q=" + "-" * 900,
        "q=" + "(" * 900,
        "q=" + "*" * 900,
        "q=" + "a*+" * 8,
        "q=title:x AND (y OR",
        "q=%F0%9F%90%9F",
        "speaker=%22",
        "speaker=%22unclosed",
        "speaker=" + "x" * 5_000,
        "topic=" + ",".join("abcdefgh" * 20),
        "date=2014&&&",
        "&",
        "from=0001&to=9999",
        "date=9999-12-31",
        "min_confidence=1e-400",
    ],
)
def test_odd_queries_are_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/v1/statements?{query}").status_code == 200


def test_a_parameter_of_a_later_time_is_not_taken_for_granted(client: FlaskClient) -> None:
    for path in ("speakers", "topics"):
        check(client.get(f"/v1/{path}?sort=date"), 400)


def test_an_unforeseen_failure_is_a_problem_and_logged(corpus: Corpus) -> None:
    def broken(text: str, title: str | None, published: str | None) -> Corpus:
        raise RuntimeError(text, title, published)

    client = app_of(make_corpus(), broken).test_client()
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as told:
        response = client.post("/v1/extract", data="secret words", content_type="text/plain")
    problem = check(response, 500)
    assert "secret" not in response.text
    assert problem["instance"] == "/v1/extract"
    (line,) = told
    assert line["exception"].endswith("RuntimeError")
    assert "in broken\n" in line["exception"]
    assert "secret" not in str(told)
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert (line["log_level"], line["route"]) == ("error", "/v1/extract")
    assert corpus.version


# what a problem's type leads to ---------------------------------------------------------------------------------------


def test_every_type_leads_to_its_meaning(client: FlaskClient) -> None:
    listed = client.get("/v1/problems").get_json()
    assert {each["url"] for each in listed["items"]} == {kind.uri for kind in EVERY_KIND}
    assert listed["total"] == len(EVERY_KIND)
    for each in listed["items"]:
        assert each["url"].startswith("/v1/problems/")
        assert client.get(each["url"]).get_json() == each
        assert each["meaning"]
        assert each["mend"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json, text/plain", "application/json"),
        ("text/plain", "text/plain"),
        ("text/*", "text/plain"),
        ("text/plain, application/json;q=0.5", "text/plain"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/problems", "/v1/problems/invalid-request"])
def test_a_type_is_explained_in_the_media_type_asked_for(
    client: FlaskClient, path: str, accept: str | None, media: str
) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert response.mimetype == media
    assert KINDS[400].mend in response.text


def test_a_type_is_no_page(client: FlaskClient) -> None:
    check(client.get("/v1/problems/invalid-request", headers={"Accept": "text/html"}), 406)
    check(client.get("/v1/problems/nothing"), 404)


@pytest.mark.parametrize(("status", "told"), [(418, 400), (409, 400), (501, 500), (503, 503)])
def test_an_error_of_flask_that_has_no_kind_of_its_own(corpus: Corpus, status: int, told: int) -> None:
    app = app_of(corpus, extract)
    app.add_url_rule("/broken", "broken", lambda: abort(status))
    check(app.test_client().get("/broken"), told)
