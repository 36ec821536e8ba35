"""What is counted, as one process tells it; several are looked at in tests/test_serve.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from service.http.answer_counts import AnswerCounts
from service.http.counted import Told
from service.http.metrics import METRICS, OUTCOMES
from service.http.options import HttpOptions
from service.http.problems import BUSY, INVALID, Problem
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
OPENMETRICS = {"Accept": "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2"}


def fresh(**options: Any) -> FlaskClient:
    return app_of(make_corpus(), extract, HttpOptions(code_version="test", **options)).test_client()


def told(client: FlaskClient) -> Samples:
    families = text_string_to_metric_families(client.get("/metrics", buffered=True).text)
    return {
        (each.name, frozenset(each.labels.items())): each.value
        for family in families
        for each in family.samples
    }


def value(client: FlaskClient, name: str, **labels: str) -> float | None:
    return told(client).get((f"onrecord_{name}", frozenset(labels.items())))


@pytest.mark.parametrize(
    ("method", "url", "route", "told_method", "status"),
    [
        ("GET", "/v1/statements?limit=1", "/v1/statements", "GET", "200"),
        ("HEAD", "/v1/statements", "/v1/statements", "HEAD", "200"),
        ("GET", "/v1/events/quota-30-70", "/v1/events/<identity>", "GET", "200"),
        ("GET", "/v1/events/nothing", "/v1/events/<identity>", "GET", "404"),
        ("GET", "/nowhere\nonrecord_requests_total 9", "unknown", "GET", "404"),
        ("BREW", "/v1/statements", "unknown", "other", "405"),
        ("GET", "/livez", "/livez", "GET", "200"),
    ],
)
def test_requests_are_counted_by_route_method_and_status(
    method: str, url: str, route: str, told_method: str, status: str
) -> None:
    client = fresh()
    for _ in range(3):
        client.open(url, method=method, buffered=True)
    labels = {"route": route, "method": told_method}
    assert value(client, "requests_total", **labels, status=status) == 3
    assert value(client, "request_seconds_count", **labels) == 3
    assert value(client, "request_seconds_bucket", **labels, le="+Inf") == 3
    seconds = value(client, "request_seconds_sum", **labels)
    assert seconds is not None
    assert 0 < seconds < 60


def test_a_preflight_is_counted() -> None:
    client = fresh()
    client.options("/v1/statements", headers={"Access-Control-Request-Method": "GET"}, buffered=True)
    assert value(client, "requests_total", route="unknown", method="OPTIONS", status="200") == 1


def test_what_the_service_asks_itself_is_not_counted() -> None:
    client = fresh()
    assert client.get("/v1/problems", buffered=True).status_code == 200
    counted = {name for name in told(client) if name[0] == "onrecord_requests_total"}
    assert len(counted) == 1


def test_answers_from_memory_are_told_from_others_that_may_be_kept() -> None:
    client = fresh()
    for url in (
        "/v1/statements",
        "/v1/statements",
        "/v1/statements",
        "/v1/events",
        "/livez",
        "/v1/events?bad=1",
    ):
        client.get(url, buffered=True)
    assert value(client, "answers_remembered_total", result="hit") == 2
    assert value(client, "answers_remembered_total", result="miss") == 2


def test_the_record_is_told_of(corpus: Corpus) -> None:
    client = fresh(parse_seconds=1.5)
    assert value(client, "records", kind="statements") == len(corpus.statements)
    assert value(client, "records", kind="events") == len(corpus.events)
    assert value(client, "corpus_info", version=corpus.version, code="test") == 1
    assert value(client, "parse_seconds") == 1.5
    assert value(client, "rejected_texts") == sum(not one.aside for one in corpus.rejected)
    assert value(client, "workers") == 1
    assert value(fresh(), "parse_seconds") is None


def test_what_was_never_counted_is_told_as_nothing() -> None:
    client = fresh()
    for outcome in OUTCOMES:
        assert value(client, "extractions_total", outcome=outcome) == 0
    for result in ("hit", "miss"):
        assert value(client, "answers_remembered_total", result=result) == 0


@pytest.mark.parametrize(
    ("body", "outcome", "measured"),
    [("“It is safe,” said a trader.", "read", 1), (" ", "refused", 0), ("a" * 3_000, "refused", 0)],
)
def test_posted_texts_are_counted_by_what_became_of_them(body: str, outcome: str, measured: int) -> None:
    client = fresh(max_text=2_000)
    client.post("/v1/extract", data=body, content_type="text/plain", buffered=True)
    assert value(client, "extractions_total", outcome=outcome) == 1
    assert value(client, "extraction_seconds_count") == measured


def test_a_busy_service_and_a_failure_are_outcomes_too() -> None:
    client = fresh(extracts=0)
    assert client.post("/v1/extract", data="A text.", content_type="text/plain").status_code == 503
    metrics = client.application.extensions[METRICS]
    with pytest.raises(RuntimeError), metrics.extracting():
        raise RuntimeError
    assert value(client, "extractions_total", outcome="busy") == 1
    assert value(client, "extractions_total", outcome="failed") == 1
    assert value(client, "extraction_seconds_count") == 1
    for kind, outcome in ((INVALID, "refused"), (BUSY, "busy")):
        with pytest.raises(Problem), metrics.extracting():
            raise Problem(kind, "")
        assert value(client, "extractions_total", outcome=outcome)


def test_two_applications_count_for_themselves() -> None:
    one, other = fresh(), fresh()
    one.get("/v1/topics", buffered=True)
    labels = {"route": "/v1/topics", "method": "GET", "status": "200"}
    assert value(one, "requests_total", **labels) == 1
    assert value(other, "requests_total", **labels) is None


def test_openmetrics_where_it_is_asked_for() -> None:
    client = fresh()
    client.get("/livez", buffered=True)
    plain, open_ = client.get("/metrics"), client.get("/metrics", headers=OPENMETRICS)
    assert plain.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert open_.content_type == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    read = (
        openmetrics.text_string_to_metric_families(open_.text),
        text_string_to_metric_families(plain.text),
    )
    names = [{each.name for family in families for each in family.samples} for families in read]
    assert names[1] <= names[0]
    assert {"onrecord_requests_total", "onrecord_corpus_info"} <= names[1]
    assert "_created" not in plain.text + open_.text
    for answer in (plain, open_):
        assert answer.headers["Cache-Control"] == "no-store"


@given(st.lists(st.floats(0, 20), max_size=20))
def test_every_answer_falls_into_its_buckets(seconds: list[float]) -> None:
    counts = AnswerCounts(None)
    for each in seconds:
        counts.observer(("/v1/topics", "GET", "200", "never"))(each)
    (metric,) = (each for each in Told(counts).collect() if each.name == "onrecord_request_seconds")
    buckets = {each.labels["le"]: each.value for each in metric.samples if "le" in each.labels}
    assert buckets == {bound: sum(each <= float(bound) for each in seconds) for bound in buckets}
    assert bool(buckets) == bool(seconds)
    assert all(each.value == sum(seconds) for each in metric.samples if each.name.endswith("_sum"))
