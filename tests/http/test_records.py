"""The shapes of the records, and that every span is where it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sample import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

MEMBERS = {
    "statements": "id url kind text content quotes speakers mention cue addressee date date_expression place topics via "
    "confidence also_in event source context selector corrected",
    "events": "id url type plover title date date_expression dates_differ status place participants topics mentions "
    "sources statements",
    "sources": "id url file title publisher authors published dateline language words sha256 retold_from note counts",
    "speakers": "id url name type role country aliases same_as counts",
    "topics": "id url label definition alt_labels broader counts",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_members(client: FlaskClient, name: str) -> None:
    for item in client.get(f"/v1/{name}?limit=100").get_json()["items"]:
        assert list(item) == MEMBERS[name].split()


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for member in value.values():
            yield from spans(member)
    elif isinstance(value, list):
        for member in value:
            yield from spans(member)


@pytest.mark.parametrize("name", ["statements", "events", "sources"])
def test_every_span_is_in_the_text_as_served(client: FlaskClient, name: str) -> None:
    texts = {
        s["id"]: client.get(f"{s['url']}/text").text for s in client.get("/v1/sources").get_json()["items"]
    }
    checked = 0
    for item in client.get(f"/v1/{name}?limit=100").get_json()["items"]:
        if name == "events":
            pairs = [(mention["source"], mention) for mention in item["mentions"]]
        else:
            pairs = [
                (item["source"]["id"] if name == "statements" else item["id"], span) for span in spans(item)
            ]
        for source, span in pairs:
            assert texts[source][span["start"] : span["end"]] == span["text"]
            checked += 1
    assert checked >= (2 if name == "sources" else 6)


def test_a_statement(client: FlaskClient) -> None:
    (item,) = client.get("/v1/statements?q=%22open it on time%22").get_json()["items"]
    del item["highlight"], item["context"], item["selector"]
    text = WRITTEN["bridge-opening"]
    start = text.index("We shall")
    assert item == {
        "id": f"bridge-{start}-{start + 25}",
        "url": f"/v1/statements/bridge-{start}-{start + 25}",
        "kind": "direct",
        "text": "We shall open it on time,",
        "content": [{"start": start, "end": start + 25, "text": "We shall open it on time,"}],
        "quotes": [{"start": start, "end": start + 25, "text": "We shall open it on time,"}],
        "speakers": [
            {
                "id": "ada-example",
                "name": "Ada Example",
                "type": "person",
                "role": "minister",
                "country": "NO",
            }
        ],
        "mention": None,
        "cue": {"start": text.index("told"), "end": text.index("told") + 4, "text": "told"},
        "addressee": "reporters",
        "date": {
            "edtf": "2014-02-14",
            "start": "2014-02-14",
            "end": "2014-02-14",
            "precision": "day",
            "basis": "relative",
            "expression": None,
        },
        "date_expression": None,
        "place": "Harbourtown, Norway",
        "topics": [{"id": "bridges", "label": "Bridges"}],
        "via": [],
        "confidence": 0.9,
        "also_in": [],
        "event": None,
        "source": {
            "id": "bridge-opening",
            "title": "Old bridge to reopen",
            "publisher": {"id": "daily-sample", "name": "Daily Sample"},
            "published": {
                "edtf": "2014-02-14",
                "start": "2014-02-14",
                "end": "2014-02-14",
                "precision": "day",
                "basis": "stated",
                "expression": None,
            },
            "retold_from": None,
        },
        "corrected": {"reason": "the speaker was misread"},
    }


def test_a_source(client: FlaskClient) -> None:
    item = client.get("/v1/sources/retold-strike").get_json()
    assert item["retold_from"] == {
        "publisher": "Daily Sample",
        "title": "Dockers return",
        "authors": ["B. Writer"],
        "published": "2014-02-28",
    }
    assert item["published"]["evidence"] == []
    market = client.get("/v1/sources/market%20day%20%C3%A9").get_json()
    assert market["url"] == "/v1/sources/market%20day%20%C3%A9"
    assert market["publisher"]["evidence"]["text"] == "market"
    assert [span["text"] for span in market["published"]["evidence"]] == ["since spring"]


def test_a_text_is_served_as_it_was_decoded(client: FlaskClient) -> None:
    response = client.get("/v1/sources/market%20day%20%C3%A9/text")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.data.decode() == WRITTEN["market day é"]


def test_the_corpus_says_what_is_wrong(client: FlaskClient) -> None:
    assert client.get("/v1/corpus").get_json() == {
        "version": "sample-1",
        "extractor": "by hand",
        "counts": {"statements": 15, "events": 6, "sources": 4, "speakers": 11, "topics": 7},
        "vocabularies": {"actors.yaml": "1" * 64, "topics.yaml": "0" * 64},
        "rejected": [
            {"file": "empty.txt", "reason": "the file is empty", "mend": "put a text into it or take it away"}
        ],
        "left_aside": [],
        "doubtful": [
            {"source": "market day é", "doubts": ["the encoding was guessed: UTF-8 without certainty"]}
        ],
        "corrections": {"applied": 0, "withdrawn": 0, "not_found": [], "doubtful": []},
    }


def test_the_index_links_to_what_answers(client: FlaskClient) -> None:
    links = client.get("/").get_json()["links"]
    for name, target in links.items():
        method = client.post if name == "extract" else client.get
        assert method(target).status_code in {200, 415}


def test_probes(client: FlaskClient) -> None:
    assert client.get("/livez").get_json() == {"status": "live"}
    ready = client.get("/readyz").get_json()
    assert (ready["status"], ready["version"], ready["parse_seconds"]) == ("ready", "sample-1", None)
    assert ready["counts"]["statements"] == 15
