"""``embed=``: what records bring along, and an event as each of its sources tells it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from service.dates import parse_edtf
from service.http.options import HttpOptions
from tests.corpora import seeds_app
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus


def get(client: FlaskClient, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return response.get_json()


def by_id(client: FlaskClient, kind: str) -> dict[str, Any]:
    return {item["id"]: item for item in get(client, f"/v1/{kind}?limit=100")["items"]}


def test_statements_bring_their_source_event_and_speakers(client: FlaskClient) -> None:
    sources, events, speakers = (by_id(client, kind) for kind in ("sources", "events", "speakers"))
    items = get(client, "/v1/statements?embed=source,event,speakers&limit=100")["items"]
    assert {item["event"] for item in items} > {None}
    for item in items:
        assert item["embedded"] == {
            "source": sources[item["source"]["id"]],
            "event": events.get(item["event"]),
            "speakers": [speakers[each["id"]] for each in item["speakers"]],
        }
        single = get(client, f"{item['url']}?embed=source,event,speakers")
        assert single == item
        assert {k: v for k, v in item.items() if k != "embedded"} == get(client, item["url"])


def test_only_what_is_asked_for_comes_along(client: FlaskClient) -> None:
    for item in get(client, "/v1/statements?embed=event")["items"]:
        assert list(item["embedded"]) == ["event"]
    assert "embedded" not in get(client, "/v1/statements")["items"][0]
    assert "embedded" in get(client, "/v1/statements?embed=event&fields=id")["items"][0]


def test_events_bring_their_records(client: FlaskClient) -> None:
    sources, statements, speakers = (by_id(client, kind) for kind in ("sources", "statements", "speakers"))
    for item in get(client, "/v1/events?embed=sources,statements,speakers")["items"]:
        along = item["embedded"]
        assert along["sources"] == [sources[each] for each in item["sources"]]
        assert along["statements"] == [statements[each] for each in item["statements"]]
        there = [each["id"] for each in item["participants"]]
        spoke = [each["id"] for said in along["statements"] for each in said["speakers"]]
        assert along["speakers"] == [speakers[each] for each in dict.fromkeys(there + spoke)]


def test_sources_bring_their_blocks(client: FlaskClient, corpus: Corpus) -> None:
    for record in corpus.sources:
        item = get(client, f"/v1/sources/{record.id}?embed=blocks")
        assert item["blocks"] == [{"role": b.role, "start": b.start, "end": b.end} for b in record.blocks]
    assert "blocks" not in get(client, "/v1/sources/quota-dispute")


@pytest.fixture(scope="module")
def told_twice() -> FlaskClient:
    """The record in which two sources tell of the accord on the market fee, and report some of the same words."""
    corpus = make_corpus()
    fee, accord = "market-174-195", "retold-121-146"
    (event,) = (each for each in corpus.events if each.id == "market-99-120")
    fish = next(each.id for each in corpus.statements if each.text.startswith("Nobody buys"))
    twins = {fish: (accord,), accord: (fish,), fee: ()}
    statements = tuple(replace(each, also_in=twins.get(each.id, ())) for each in corpus.statements)
    told = replace(event, statements=(fish, accord))
    events = tuple(told if each.id == event.id else each for each in corpus.events)
    return app_of(replace(corpus, statements=statements, events=events), extract).test_client()


def test_coverage_tells_source_by_source(told_twice: FlaskClient) -> None:
    statements = by_id(told_twice, "statements")
    event = get(told_twice, "/v1/events/market-99-120?embed=coverage")
    market, strike = event["embedded"]["coverage"]
    fee, (fish, accord) = "market-174-195", event["statements"]
    assert market["source"] == statements[fish]["source"]
    assert strike["source"] == statements[accord]["source"]
    assert [market["mentions"], strike["mentions"]] == [[event["mentions"][0]], [event["mentions"][1]]]
    assert market["statements"] == [statements[fish]]
    assert market["around"] == [statements[fee]]
    assert (strike["statements"], strike["around"]) == ([statements[accord]], [])
    assert market["shared"] == [{"id": fish, "also_in": [{"id": accord, "source": "retold-strike"}]}]
    assert strike["shared"] == [{"id": accord, "also_in": [{"id": fish, "source": "market day é"}]}]
    assert [market["only_here"], strike["only_here"]] == [[fee], []]


def test_coverage_of_the_seeds_adds_up() -> None:
    client = seeds_app().test_client()
    told = 0
    for item in get(client, "/v1/events?embed=coverage&limit=100")["items"]:
        coverage = item["embedded"]["coverage"]
        outlets = [outlet["source"]["id"] for outlet in coverage]
        assert outlets[: len(item["sources"])] == item["sources"]
        assert sorted(m["start"] for o in coverage for m in o["mentions"]) == sorted(
            m["start"] for m in item["mentions"]
        )
        assert sorted(s["id"] for o in coverage for s in o["statements"]) == sorted(item["statements"])
        for outlet in coverage:
            reported = outlet["statements"] + outlet["around"]
            ids = [each["id"] for each in reported]
            assert len(ids) == len(set(ids))
            assert {each["source"]["id"] for each in reported} <= {outlet["source"]["id"]}
            assert {each["id"] for each in outlet["shared"]} | set(outlet["only_here"]) == set(ids)
            assert all(_said_on_its_days(each, item) for each in outlet["around"])
            told += len(outlets) > 1 and bool(reported)
    assert told >= 2


def _said_on_its_days(said: Any, event: Any) -> bool:
    there = {each["id"] for each in event["participants"]}
    countries = {each["country"] for each in event["participants"] if each["type"] == "country"}
    by_them = any(each["id"] in there or each["country"] in countries for each in said["speakers"])
    inside = event["date"]["start"] <= said["date"]["start"] <= said["date"]["end"] <= event["date"]["end"]
    return by_them and inside and said["id"] not in event["statements"]


def test_people_of_a_country_that_took_part_are_heard(corpus: Corpus) -> None:
    (event,) = (each for each in corpus.events if each.id == "quota-150-190")
    talks = replace(event, date=parse_edtf("2015-11/2015-12"), statements=())
    events = tuple(talks if each.id == event.id else each for each in corpus.events)
    client = app_of(replace(corpus, events=events), extract).test_client()
    (outlet,) = get(client, f"/v1/events/{event.id}?embed=coverage")["embedded"]["coverage"]
    heard = [[each["id"] for each in said["speakers"]] for said in outlet["around"]]
    assert heard == [["sweden"], ["harbour-council"]]


def test_what_comes_along_gives_no_text_away(corpus: Corpus) -> None:
    client = app_of(corpus, extract, HttpOptions(serve_text=False)).test_client()
    for item in get(client, "/v1/events?embed=coverage,statements&limit=100")["items"]:
        said = [*item["embedded"]["statements"]]
        said += [each for outlet in item["embedded"]["coverage"] for each in outlet["statements"]]
        for each in said:
            assert (each["context"]["start"], each["context"]["end"]) == (
                each["content"][0]["start"],
                each["content"][-1]["end"],
            )


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("/v1/statements?embed=sources", "source"),
        ("/v1/events?embed=source", "sources"),
        ("/v1/events?embed=coverage,blocks", None),
        ("/v1/sources?embed=text", None),
        ("/v1/statements/quota-33-75?embed=coverage", None),
    ],
)
def test_what_does_not_come_along_is_refused(client: FlaskClient, url: str, near: str | None) -> None:
    (error,) = client.get(url).get_json()["errors"]
    assert error["name"] == "embed"
    assert near is None or error["did_you_mean"] == near


@pytest.mark.parametrize("kind", ["speakers", "topics"])
def test_terms_bring_nothing(client: FlaskClient, kind: str) -> None:
    (error,) = client.get(f"/v1/{kind}?embed=source").get_json()["errors"]
    assert error["detail"].startswith("there is no such parameter here")
