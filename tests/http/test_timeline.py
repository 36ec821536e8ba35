from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.dates import parse_edtf
from service.http.app import make_app
from service.http.options import HttpOptions
from tests.http.asking import CLIENT, Pairs, days, filters, get, records, values
from tests.sample import extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

LENGTHS = {"day": 10, "month": 7, "year": 4}
KINDS = st.sampled_from(["statements", "events"])
ASKED = st.tuples(
    KINDS.flatmap(lambda kind: st.tuples(st.just(kind), filters(kind))), st.sampled_from([*LENGTHS])
)
BY = st.sampled_from(["speaker", "topic", "publisher"])


def asked_of(kind: str, interval: str, pairs: Pairs) -> Any:
    return get("/v1/timeline", [("of", kind), ("interval", interval), *pairs])


def period(record: Any, interval: str) -> str | None:
    """Give the period that all days of a record's date lie in; None where there is no such period."""
    labels = {day.isoformat()[: LENGTHS[interval]] for day in days(record)}
    return labels.pop() if len(labels) == 1 else None


@settings(max_examples=50)
@given(ASKED)
def test_a_timeline_counts_what_the_list_has(asked: tuple[tuple[str, Pairs], str]) -> None:
    (kind, pairs), interval = asked
    found, answer = records(kind, pairs), asked_of(kind, interval, pairs)
    right = Counter(period(record, interval) for record in found if period(record, interval))
    assert {slot["label"]: slot["count"] for slot in answer["items"] if slot["count"]} == right
    assert answer["undated"] == sum(not days(record) for record in found)
    assert answer["total"] == len(found) == get(answer["links"]["list"])["total"]
    assert sum(slot["count"] for slot in answer["items"]) + answer["wider"] + answer["undated"] == len(found)
    for before, after in pairwise(answer["items"]):
        assert dt.date.fromisoformat(after["start"]) == dt.date.fromisoformat(before["end"]) + dt.timedelta(
            days=1
        )
    assert all(slot["count"] for slot in answer["items"][:1] + answer["items"][-1:])
    assert get(answer["links"]["self"]) == answer


@settings(max_examples=50)
@given(ASKED)
def test_the_url_of_a_period_finds_its_records_and_the_wider_ones_around_it(
    asked: tuple[tuple[str, Pairs], str],
) -> None:
    (kind, pairs), interval = asked
    found = records(kind, pairs)
    both = {"date", "from"} <= dict(pairs).keys() or {"date", "to"} <= dict(pairs).keys()
    for slot in asked_of(kind, interval, pairs)["items"][:40]:
        there = get(slot["url"] + "&limit=100")
        ids = {item["id"] for item in there["items"]}
        assert get(slot["url"])["links"]["self"] == slot["url"]
        assert {record.id for record in found if period(record, interval) == slot["label"]} <= ids
        touching = {
            r.id for r in found if any(slot["start"] <= day.isoformat() <= slot["end"] for day in days(r))
        }
        assert ids <= touching if both else ids == touching


@settings(max_examples=50)
@given(ASKED, BY, st.sampled_from([1, 2, 100]))
def test_a_split_counts_each_value_and_the_rest(
    asked: tuple[tuple[str, Pairs], str], by: str, most: int
) -> None:
    (kind, pairs), interval = asked
    found = [record for record in records(kind, pairs) if period(record, interval)]
    facet = "participant" if (kind, by) == ("events", "speaker") else by
    has = {record.id: values(kind, record, facet) for record in found}
    overall = Counter(value for each in has.values() for value in each)
    answer = asked_of(kind, interval, [*pairs, ("by", by), ("facet_limit", str(most))])
    shown = {each["value"] for slot in answer["items"] for each in slot["split"]}
    assert len(shown) == min(most, len(overall))
    assert sum(overall[value] for value in shown) == sum(count for _, count in overall.most_common(most))
    for slot in answer["items"]:
        own = [has[record.id] for record in found if period(record, interval) == slot["label"]]
        right = Counter(value for each in own for value in each & shown)
        assert {each["value"]: each["count"] for each in slot["split"]} == right
        assert slot["other"] == sum(not each & shown for each in own)
        assert slot["split"] == sorted(slot["split"], key=lambda each: (-each["count"], each["label"]))


def test_statements_by_month_unless_said_otherwise() -> None:
    answer = get("/v1/timeline?topic=bridges")
    assert answer == {
        "items": [
            {
                "start": "2014-02-01",
                "end": "2014-02-28",
                "label": "2014-02",
                "count": 3,
                "url": "/v1/statements?topic=bridges&date=2014-02",
            }
        ],
        "total": 3,
        "wider": 0,
        "undated": 0,
        "query": {"of": "statements", "interval": "month", "topic": [{"id": "bridges", "name": "Bridges"}]},
        "links": {"self": "/v1/timeline?topic=bridges", "list": "/v1/statements?topic=bridges"},
    }


def test_nothing_found_is_an_empty_timeline_with_hints() -> None:
    answer = get("/v1/timeline?by=topic&speaker=swedn")
    assert (answer["items"], answer["total"], answer["wider"], answer["undated"]) == ([], 0, 0, 0)
    assert answer["hints"][0]["near"][0]["id"] == "sweden"
    assert answer["query"]["facet_limit"] == 10


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("interval=year", "/v1/statements?date=2014"),
        ("interval=year&from=2014-02&to=2014", "/v1/statements?date=2014&from=2014-02"),
        ("interval=year&from=2013&to=2014-02", "/v1/statements?date=2014&to=2014-02"),
        ("interval=year&date=2014", "/v1/statements?date=2014&from=2014-01-01&to=2014-12-31"),
        (
            "interval=year&date=2014&from=2014-02&to=2015",
            "/v1/statements?date=2014&from=2014-02-01&to=2014-12-31",
        ),
        (
            "interval=day&q=%22over%22&facet_limit=3&by=topic",
            "/v1/statements?date=2014-02-28&q=%22over%22",
        ),
        (
            "of=events&interval=year&not_type=talks,threat",
            "/v1/events?not_type=talks&not_type=threat&date=2014",
        ),
    ],
)
def test_urls(query: str, url: str) -> None:
    assert url in [slot["url"] for slot in get(f"/v1/timeline?{query}")["items"]]


@pytest.mark.parametrize(
    ("query", "name", "meant"),
    [
        ("of=event", "of", "events"),
        ("of=sources", "of", None),
        ("interval=months", "interval", "month"),
        ("interval=week", "interval", None),
        ("interval=day&interval=month", "interval", None),
        ("by=topics", "by", "topic"),
        ("by=kind", "by", None),
        ("by=topic,speaker", "by", None),
        ("participant=ada-example", "participant", None),
        ("of=statements&not_status=planned", "not_status", None),
        ("of=events&kind=direct", "kind", None),
        ("of=events&min_confidence=0.5", "min_confidence", None),
        ("of=events&all_speaker=ada-example", "all_speaker", None),
        ("all_source=a", "all_source", None),
        ("sort=date", "sort", None),
        ("limit=5", "limit", None),
        ("cursor=x", "cursor", None),
        ("facets=topic", "facets", None),
        ("from=2015&to=2014", "from", None),
    ],
)
def test_what_is_refused(query: str, name: str, meant: str | None) -> None:
    response = CLIENT.get(f"/v1/timeline?{query}")
    assert response.status_code == 400
    (error,) = response.get_json()["errors"]
    assert error["name"] == name
    if meant is not None:
        assert error["did_you_mean"] == meant


def test_a_filter_of_the_other_kind_is_refused_with_what_has_it() -> None:
    (error,) = CLIENT.get("/v1/timeline?participant=x").get_json()["errors"]
    assert "of=events" in error["detail"]
    both = CLIENT.get("/v1/timeline?of=events&speaker=x&via=y").get_json()["errors"]
    assert [error["name"] for error in both] == ["speaker", "via"]
    assert all("of=statements" in error["detail"] for error in both)


@pytest.fixture(scope="module")
def long() -> FlaskClient:
    """A client of a record that reaches from 1600 to 2015."""
    corpus = make_corpus()
    first = replace(corpus.statements[0], date=parse_edtf("1600-01-01"))
    longer = replace(corpus, statements=(first, *corpus.statements[1:]))
    return make_app(longer, extract, HttpOptions(code_version="test")).test_client()


def test_too_many_periods_are_refused_with_the_mend(long: FlaskClient) -> None:
    response = long.get("/v1/timeline?interval=day")
    assert response.status_code == 400
    (error,) = response.get_json()["errors"]
    assert (error["name"], error["did_you_mean"]) == ("interval", "month")
    assert "from 1600-01-01 to 2015-12-01" in error["detail"]
    assert len(long.get("/v1/timeline?interval=month").get_json()["items"]) == (2015 - 1600) * 12 + 12
    assert long.get("/v1/timeline?interval=day&from=2013").status_code == 200


def test_timelines_are_conditional_and_take_head() -> None:
    tag = CLIENT.get("/v1/timeline").headers["ETag"]
    assert CLIENT.get("/v1/timeline", headers={"If-None-Match": tag}).status_code == 304
    assert CLIENT.head("/v1/timeline").headers["ETag"] == tag
    assert CLIENT.get(f"/v1/timeline?{urlencode({'by': 'topic'})}").headers["ETag"] != tag


def test_the_index_links_to_it() -> None:
    assert get("/")["links"]["timeline"] == "/v1/timeline"
