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
from service.http.options import HttpOptions
from tests.http.asking import CLIENT, asked, get, pairs_of
from tests.http.readings import LENGTHS, dates, days, ends, overlap, period, tally
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.http.readings import Pairs
    from tests.http.slow import Slow

    Drawn = tuple[tuple[Callable[[], Slow], str, Pairs], str]

ASKED = st.tuples(asked(["statements", "events"]), st.sampled_from(sorted(LENGTHS)))
BY = st.sampled_from(["speaker", "topic", "publisher"])


def timeline(slow: Slow, kind: str, interval: str, pairs: Pairs) -> Any:
    return get("/v1/timeline", [("of", kind), ("interval", interval), *pairs], slow.client)


@settings(max_examples=50)
@given(ASKED)
def test_a_timeline_counts_what_the_list_has(drawn: Drawn) -> None:
    (record, kind, pairs), interval = drawn
    slow = record()
    found, answer = slow.find(kind, pairs), timeline(slow, kind, interval, pairs)
    right = Counter(label for each in found if (label := period(each, interval)))
    assert {slot["label"]: slot["count"] for slot in answer["items"] if slot["count"]} == right
    assert answer["undated"] == sum(not days(each) for each in found)
    assert answer["wider"] == sum(bool(days(each)) and period(each, interval) is None for each in found)
    assert answer["total"] == len(found) == get(answer["links"]["list"], client=slow.client)["total"]
    assert sum(slot["count"] for slot in answer["items"]) + answer["wider"] + answer["undated"] == len(found)
    for before, after in pairwise(answer["items"]):
        assert dt.date.fromisoformat(after["start"]) == dt.date.fromisoformat(before["end"]) + dt.timedelta(
            days=1
        )
    for slot in answer["items"]:
        assert ends(slot["label"]) == (
            dt.date.fromisoformat(slot["start"]),
            dt.date.fromisoformat(slot["end"]),
        )
    assert all(slot["count"] for slot in answer["items"][:1] + answer["items"][-1:])
    assert get(answer["links"]["self"], client=slow.client) == answer


@settings(max_examples=50)
@given(ASKED)
def test_the_url_of_a_period_finds_its_records_and_the_wider_ones_around_it(drawn: Drawn) -> None:
    (record, kind, pairs), interval = drawn
    slow = record()
    found = slow.find(kind, pairs)
    both = {"date", "from"} <= dict(pairs).keys() or {"date", "to"} <= dict(pairs).keys()
    for slot in timeline(slow, kind, interval, pairs)["items"][:40]:
        there = get(slot["url"] + "&limit=100", client=slow.client)
        ids = {item["id"] for item in there["items"]}
        assert there["total"] == len(slow.find(kind, pairs_of(slot["url"]))) == len(ids)
        assert get(slot["url"], client=slow.client)["links"]["self"] == slot["url"]
        assert {each["id"] for each in found if period(each, interval) == slot["label"]} <= ids
        touching = {each["id"] for each in found if overlap(dates(each), *ends(slot["label"]))}
        assert ids <= touching if both else ids == touching


@settings(max_examples=50)
@given(ASKED, BY, st.sampled_from([1, 2, 100]))
def test_a_split_counts_each_value_and_the_rest(drawn: Drawn, by: str, most: int) -> None:
    (record, kind, pairs), interval = drawn
    slow = record()
    found = [each for each in slow.find(kind, pairs) if period(each, interval)]
    facet = "participant" if (kind, by) == ("events", "speaker") else by
    has = {each["id"]: slow.values(kind, each, facet) for each in found}
    overall = tally(has.values())
    answer = timeline(slow, kind, interval, [*pairs, ("by", by), ("facet_limit", str(most))])
    shown = {each["value"] for slot in answer["items"] for each in slot["split"]}
    assert len(shown) == min(most, len(overall))
    assert sum(overall[value] for value in shown) == sum(count for _, count in overall.most_common(most))
    for slot in answer["items"]:
        own = [has[each["id"]] for each in found if period(each, interval) == slot["label"]]
        assert {each["value"]: each["count"] for each in slot["split"]} == tally(each & shown for each in own)
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
    return app_of(longer, extract, HttpOptions(code_version="test")).test_client()


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
