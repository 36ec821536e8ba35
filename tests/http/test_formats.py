"""Each format of each list, and how a request comes by it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from service.http.formats import MEDIA, Format, preferred
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

LISTS = ("statements", "events", "sources", "speakers", "topics")
WHOLE = ("ndjson", "csv")
CLIENT = app_of(make_corpus(), extract).test_client()

each_list = pytest.mark.parametrize("name", LISTS)
each_format = pytest.mark.parametrize("kind", list(Format))
each_whole = pytest.mark.parametrize("kind", WHOLE)


def walked(client: FlaskClient, url: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    waiting: str | None = url
    while waiting:
        response = client.get(waiting)
        assert response.status_code == 200, response.text
        items += response.get_json()["items"]
        waiting = response.get_json()["links"].get("next")
    return items


def records(response: TestResponse) -> list[Any]:
    assert response.status_code == 200, response.text
    assert response.text == "" or response.text.endswith("\n")
    return [json.loads(line) for line in response.data.split(b"\n") if line]


def rows(response: TestResponse) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.data.decode(), newline=""), strict=True))


# each format of each list ---------------------------------------------------------------------------------------------


@each_list
@each_format
def test_by_format_and_by_accept_is_the_same(client: FlaskClient, name: str, kind: Format) -> None:
    named = client.get(f"/v1/{name}?format={kind}", headers={"Accept": "application/xml"})
    accepted = client.get(f"/v1/{name}", headers={"Accept": MEDIA[kind].partition(";")[0]})
    for response in (named, accepted):
        assert response.status_code == 200, response.text
        assert response.headers["Content-Type"] == MEDIA[kind]
        assert int(response.headers["X-Total-Count"]) == len(walked(client, f"/v1/{name}"))
        assert {"Accept", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
        assert "X-Total-Count" in response.headers["Access-Control-Expose-Headers"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["X-Request-ID"]
    if kind in WHOLE:
        assert named.data == accepted.data


@each_list
def test_ndjson_is_every_record_of_every_page(client: FlaskClient, name: str) -> None:
    response = client.get(f"/v1/{name}?format=ndjson")
    assert records(response) == walked(client, f"/v1/{name}?limit=3")
    assert response.content_length == len(response.data)


@each_list
def test_csv_has_a_row_for_every_record(client: FlaskClient, name: str) -> None:
    table = rows(client.get(f"/v1/{name}?format=csv"))
    assert [row["id"] for row in table] == [item["id"] for item in walked(client, f"/v1/{name}")]
    assert all(None not in row and None not in row.values() for row in table)


@each_list
def test_json_ld_comes_in_pages(client: FlaskClient, name: str) -> None:
    plain = client.get(f"/v1/{name}?limit=3").get_json()
    response = client.get(f"/v1/{name}?limit=3&format=jsonld")
    linked = json.loads(response.data)
    assert linked["@type"] == "ItemList"
    assert linked["numberOfItems"] == plain["total"]
    assert [node["@id"] for node in linked["itemListElement"]] == [item["url"] for item in plain["items"]]
    assert f'<{linked["next"]}>; rel="next"' in response.headers["Link"]
    after = json.loads(client.get(linked["next"]).data)
    assert after["@id"] == linked["next"]
    assert "prev" in after


def test_many_records_come_in_pieces() -> None:
    corpus = make_corpus()
    first = corpus.topics[0]
    topics = tuple(replace(first, id=f"topic-{number:04}") for number in range(1_001))
    client = app_of(replace(corpus, topics=topics), extract).test_client()
    for kind in WHOLE:
        response = client.get(f"/v1/topics?format={kind}", buffered=False)
        pieces = list(response.iter_encoded())
        assert len(pieces) == 6
        assert b"".join(pieces).count(b"\n") == 1_001 + (kind == "csv")


@each_list
def test_nothing_found(client: FlaskClient, name: str) -> None:
    empty = client.get(f"/v1/{name}?q=nothing-of-the-sort&format=ndjson")
    assert (empty.status_code, empty.data) == (200, b"")
    assert empty.headers["X-Total-Count"] == "0"
    table = client.get(f"/v1/{name}?q=nothing-of-the-sort&format=csv")
    assert table.data == client.get(f"/v1/{name}?format=csv").data.split(b"\r\n")[0] + b"\r\n"
    linked = json.loads(client.get(f"/v1/{name}?q=nothing-of-the-sort&format=jsonld").data)
    assert linked["itemListElement"] == []


# single records -------------------------------------------------------------------------------------------------------


@each_list
def test_a_record_by_itself(client: FlaskClient, name: str) -> None:
    url = client.get(f"/v1/{name}").get_json()["items"][0]["url"]
    linked = client.get(url, headers={"Accept": "application/ld+json"})
    assert linked.headers["Content-Type"] == "application/ld+json"
    assert json.loads(linked.data)["@id"] == url
    refused = client.get(f"{url}?format=csv").get_json()
    assert (refused["status"], refused["errors"][0]["name"]) == (400, "format")
    assert client.get(url, headers={"Accept": "text/csv"}).status_code == 406


# which format ---------------------------------------------------------------------------------------------------------

OFFERED = tuple(MEDIA.values())


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", Format.JSON),
        ("", Format.JSON),
        ("application/*", Format.JSON),
        ("text/*", Format.CSV),
        ("TEXT/CSV", Format.CSV),
        ("text/csv;charset=utf-8", Format.CSV),
        ("text/csv;header=present;q=0.5", Format.CSV),
        ("application/json;q=0.5, text/csv", Format.CSV),
        ("application/json;q=0.5, text/csv;q=0.4", Format.JSON),
        ("text/csv, application/json", Format.JSON),
        ("text/csv;q=0.9, */*;q=0.1", Format.CSV),
        ("application/json;q=0, */*", Format.NDJSON),
        ("application/*;q=0.2, application/ld+json;q=0.3, text/*;q=0.1", Format.JSONLD),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', Format.JSONLD),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format.JSON),
        ("text/html", None),
        ("application/json;q=0", None),
        ("nonsense", None),
    ],
)
def test_accept_chooses(accept: str, chosen: Format | None) -> None:
    expected = None if chosen is None else MEDIA[chosen]
    assert preferred(OFFERED, accept) == expected


def test_what_is_served_is_named(client: FlaskClient) -> None:
    problem = client.get("/v1/topics", headers={"Accept": "text/html"})
    assert problem.status_code == 406
    for media in OFFERED:
        assert media.partition(";")[0] in problem.get_json()["detail"]
    (error,) = client.get("/v1/topics?format=xml").get_json()["errors"]
    assert error["detail"] == "'xml' is none of json, ndjson, csv, jsonld."


@each_whole
@pytest.mark.parametrize("name", ["limit=5", "cursor=AAAA"])
def test_whole_results_have_no_pages(client: FlaskClient, kind: str, name: str) -> None:
    for response in (
        client.get(f"/v1/events?{name}&format={kind}"),
        client.get(f"/v1/events?{name}", headers={"Accept": MEDIA[Format(kind)]}),
    ):
        assert response.status_code == 400
        (error,) = response.get_json()["errors"]
        assert error["name"] == name.partition("=")[0]
        assert error["detail"] == f"does not go with {kind}, which gives the whole result; leave it out."


# conditions, HEAD, compression ----------------------------------------------------------------------------------------


def test_every_format_has_its_etag(client: FlaskClient) -> None:
    tags = {client.get("/v1/events", headers={"Accept": media}).headers["ETag"] for media in OFFERED}
    assert len(tags) == len(OFFERED)


@each_format
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_known_is_not_sent_again(client: FlaskClient, kind: Format, method: str) -> None:
    accept = {"Accept": MEDIA[kind]}
    tag = client.get("/v1/statements", headers=accept).headers["ETag"]
    known = client.open("/v1/statements", method=method, headers={**accept, "If-None-Match": tag})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", tag)
    other = client.open("/v1/events", method=method, headers={**accept, "If-None-Match": tag})
    assert other.status_code == 200


@each_format
@pytest.mark.parametrize("accepted", ["gzip", "br", "zstd", "identity"])
@pytest.mark.parametrize("query", ["", "&q=the", "&fields=id"])
def test_head_is_get_without_the_body(client: FlaskClient, kind: Format, accepted: str, query: str) -> None:
    url = f"/v1/statements?format={kind}{query}"
    if kind is Format.JSONLD and "fields" in query:
        return
    headers = {"Accept-Encoding": accepted}
    got, head = (client.open(url, method=method, headers=headers) for method in ("GET", "HEAD"))
    assert (head.status_code, head.data) == (200, b"")
    assert {k: v for k, v in head.headers if k != "X-Request-ID"} == {
        k: v for k, v in got.headers if k != "X-Request-ID"
    }


# pretty ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "/v1/statements?q=the",
        "/v1/events?format=jsonld",
        "/v1/events/quota-30-70",
        "/v1/topics/quotas?format=jsonld",
        "/v1/corpus",
        "/",
    ],
)
def test_pretty_is_indented_and_says_the_same(client: FlaskClient, url: str) -> None:
    def members(asked: str) -> Any:
        response = client.get(f"{url}{'&' if '?' in url else '?'}pretty={asked}")
        return response.text, {k: v for k, v in json.loads(response.data).items() if k in plain}

    plain = {
        k: v
        for k, v in json.loads(client.get(url).data).items()
        if k not in {"links", "query", "@id", "first", "prev", "next"}
    }
    indented, same = members("1")
    assert indented.startswith("{\n  ")
    assert indented.endswith("\n}\n")
    assert same == plain
    compact, same = members("0")
    assert "\n" not in compact
    assert same == plain
