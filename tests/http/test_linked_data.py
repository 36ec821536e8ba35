"""JSON-LD that a processor reads without loss, in terms that schema.org has."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pyld.jsonld import JsonLdError

from tests.corpora import seeds_app
from tests.http.reading_linked import BASE, Linked, LostError

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SCHEMA = "https://schema.org/"
LISTS = ("statements", "events", "sources", "speakers", "topics")
THING = "name url identifier sameAs alternateName description subjectOf"
WORK = (
    "text isPartOf dateCreated datePublished temporal locationCreated about recordedAt creator author publisher inLanguage "
    "isBasedOn headline"
)
PROPERTIES = {
    "ItemList": "numberOfItems itemListElement",
    "Quotation": f"{WORK} spokenByCharacter",
    "NewsArticle": f"{WORK} dateline wordCount",
    "Event": "startDate endDate location attendee about eventStatus keywords",
    "Person": "jobTitle nationality",
    "Organization": "address",
    "Country": "address",
    "Place": "address",
    "PostalAddress": "addressCountry",
    "DefinedTerm": "termCode inDefinedTermSet",
}
"""The properties that schema.org gives each type, as far as they are used here."""

ELSEWHERE = {
    "ItemList": {f"http://www.iana.org/assignments/relation/{name}" for name in ("first", "prev", "next")},
    "DefinedTerm": {"http://www.w3.org/2004/02/skos/core#broader"},
}


def expanded(client: FlaskClient, url: str) -> Linked:
    response = client.get(url, headers={"Accept": "application/ld+json"})
    assert response.status_code == 200, response.text
    return Linked(json.loads(response.data), url)


def one(client: FlaskClient, url: str) -> dict[str, Any]:
    root: dict[str, Any] = expanded(client, url).root
    return root


def value(node: dict[str, Any], name: str) -> Any:
    found = [each.get("@value", each) for each in node.get(f"{SCHEMA}{name}", [])]
    return found[0] if len(found) == 1 else found or None


def check(linked: Linked) -> None:
    for node in linked.nodes:
        if "@type" not in node:
            assert list(node) == ["@id"], "a node that says nothing of its type only refers to another"
            continue
        ((kind),) = (each.removeprefix(SCHEMA) for each in node["@type"])
        known = {f"{SCHEMA}{name}" for name in f"{THING} {PROPERTIES[kind]}".split()}
        assert node.keys() - {"@id", "@type"} <= known | ELSEWHERE.get(kind, set()), kind
        assert all(node.values())


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_records_expand(client: FlaskClient, name: str) -> None:
    listed = expanded(client, f"/v1/{name}?limit=100")
    check(listed)
    (items,) = listed.root[f"{SCHEMA}itemListElement"]
    plain = client.get(f"/v1/{name}?limit=100").get_json()["items"]
    assert [item["@id"] for item in items["@list"]] == [f"{BASE}{item['url']}" for item in plain]
    for item, record in zip(items["@list"], plain, strict=True):
        single = expanded(client, record["url"])
        check(single)
        assert single.root == item


@pytest.mark.parametrize("name", LISTS)
def test_the_seeds_expand(name: str) -> None:
    listed = expanded(seeds_app().test_client(), f"/v1/{name}?limit=100")
    assert len(listed.nodes) > 5
    check(listed)


def test_what_is_linked_is_there(client: FlaskClient) -> None:
    linked = {
        each["@id"].removeprefix(BASE)
        for name in LISTS
        for each in expanded(client, f"/v1/{name}?limit=100").nodes
        if each.get("@id", "").startswith(BASE)
    }
    assert len(linked) > 30
    assert [path for path in sorted(linked) if client.get(path).status_code != 200] == []


def test_a_statement_is_a_quotation(client: FlaskClient) -> None:
    said = one(client, "/v1/statements/bridge-48-82")
    assert said["@type"] == [f"{SCHEMA}Quotation"]
    assert value(said, "text") == "the old bridge would reopen in May"
    speaker = value(said, "spokenByCharacter")
    assert (speaker["@type"], value(speaker, "name")) == ([f"{SCHEMA}Person"], "Ada Example")
    assert value(said, "creator") == {"@id": speaker["@id"]}
    assert value(said, "isPartOf")["@type"] == [f"{SCHEMA}NewsArticle"]
    assert value(said, "dateCreated") == "2014-02-14"
    assert value(value(said, "about"), "name") == "Bridges"
    assert value(said, "recordedAt") == {"@id": f"{BASE}/v1/events/bridge-57-93"}


@pytest.mark.parametrize(
    ("identity", "name", "date"),
    [
        ("bridge-48-82", "dateCreated", "2014-02-14"),
        ("bridge-181-240", "dateCreated", "2014-02"),
        ("market-66-99", "temporal", "2013-03-01/2013-05-31"),
        ("market-174-195", "temporal", "2014-02-27/2014-03-02"),
    ],
)
def test_only_a_date_that_iso_8601_has_is_a_date(
    client: FlaskClient, identity: str, name: str, date: str
) -> None:
    said = one(client, f"/v1/statements/{identity}")
    assert value(said, name) == date
    assert value(said, "temporal" if name == "dateCreated" else "dateCreated") is None


def test_a_date_of_publication_that_is_a_range_says_that_it_is_edtf(client: FlaskClient) -> None:
    (date,) = one(client, "/v1/sources/market day é".replace(" ", "%20"))[f"{SCHEMA}datePublished"]
    assert date == {"@value": "2014-02-27/2014-03-02", "@type": "http://id.loc.gov/datatypes/edtf"}
    assert value(one(client, "/v1/sources/bridge-opening"), "datePublished") == "2014-02-14"
    assert value(one(client, "/v1/sources/quota-dispute"), "datePublished") is None


def test_a_source_is_an_article(client: FlaskClient) -> None:
    article = one(client, "/v1/sources/retold-strike")
    assert value(article, "headline") == "Dockers go back to work"
    assert value(value(article, "publisher"), "name") == "Sample, Retold"
    assert value(value(article, "isBasedOn"), "datePublished") == "2014-02-28"
    assert value(value(one(client, "/v1/sources/bridge-opening"), "author"), "name") == "A. Writer"


def test_an_event_says_when_and_who(client: FlaskClient) -> None:
    fee = one(client, "/v1/events/market-99-120")
    assert (value(fee, "startDate"), value(fee, "endDate")) == ("2014-02-27", "2014-03-02")
    assert [value(each, "name") for each in value(fee, "attendee")] == ["Ada Example", "Bo Sample"]
    month = one(client, "/v1/events/bridge-57-93")
    assert (value(month, "startDate"), value(month, "endDate")) == ("2014-05", "2014-05")
    assert value(one(client, "/v1/events/quota-30-70"), "startDate") is None


def test_only_what_is_planned_is_scheduled(client: FlaskClient) -> None:
    seen = set()
    for item in client.get("/v1/events").get_json()["items"]:
        event = one(client, item["url"])
        planned = {"@id": f"{SCHEMA}EventScheduled"} if item["status"] == "planned" else None
        assert value(event, "eventStatus") == planned
        assert value(event, "keywords") == [item["type"], item["status"]]
        seen.add(item["status"])
    assert seen == {"happened", "planned", "hypothetical"}


@pytest.mark.parametrize(
    ("identity", "kind"),
    [
        ("ada-example", "Person"),
        ("market-day-visitor", "Person"),
        ("engineers", "Organization"),
        ("harbour-council", "Organization"),
        ("norway", "Country"),
    ],
)
def test_speakers_are_what_they_are(client: FlaskClient, identity: str, kind: str) -> None:
    speaker = one(client, f"/v1/speakers/{identity}")
    assert speaker["@type"] == [f"{SCHEMA}{kind}"]
    assert value(speaker, "identifier") == identity


def test_topics_are_terms(client: FlaskClient) -> None:
    topic = one(client, "/v1/topics/quotas")
    assert topic["@type"] == [f"{SCHEMA}DefinedTerm"]
    assert value(topic, "termCode") == "quotas"
    assert topic["http://www.w3.org/2004/02/skos/core#broader"] == [{"@id": f"{BASE}/v1/topics/fishing"}]


@pytest.mark.parametrize("name", LISTS)
def test_compacted_it_is_what_was_served(client: FlaskClient, name: str) -> None:
    document = json.loads(client.get(f"/v1/{name}?limit=100&format=jsonld").data)
    linked = expanded(client, f"/v1/{name}?limit=100&format=jsonld")
    assert linked.compacted.keys() == document.keys()
    for before, after in zip(document["itemListElement"], linked.compacted["itemListElement"], strict=True):
        assert before.keys() == after.keys()


IRI = re.compile(r"<https?://[!#-;=?-\[\]_a-z~]+>", re.ASCII)


@pytest.mark.parametrize("name", LISTS)
def test_as_rdf_every_address_is_one(client: FlaskClient, name: str) -> None:
    quads = expanded(client, f"/v1/{name}?limit=100").quads
    for quad in quads:
        subject, predicate, rest = quad.split(" ", 2)
        assert IRI.fullmatch(predicate)
        assert subject.startswith("_:") or IRI.fullmatch(subject)
        if rest.startswith("<"):
            assert IRI.fullmatch(rest.removesuffix(" ."))
    total = client.get(f"/v1/{name}?limit=100").get_json()["total"]
    assert sum(f"<{SCHEMA}identifier>" in quad and f"/v1/{name}/" in quad for quad in quads) == total


@pytest.mark.parametrize(
    "document",
    [
        {"@id": "v1/topics", "name": "Topics"},
        {"@id": "/v1/topics", "name": None},
        {"@id": "/v1/topics", "@graph": "Topics"},
        {"@id": "/v1/topics", "@title": "Topics"},
        {"@id": "/v1/topics", "date": {"@value": "2014", "@type": "edtf date"}},
        {"@id": "/v1/topics", "sameAs": "https://record.example/Q1 2"},
        {"@id": "/v1/topics", "@context": "https://schema.org/", "name": "Topics"},
    ],
)
def test_what_would_be_lost_is_noticed(document: dict[str, Any]) -> None:
    context = {"@vocab": SCHEMA, "sameAs": {"@type": "@id"}}
    with pytest.raises((LostError, JsonLdError, ValueError)):
        Linked({"@context": context, **document}, "/v1/topics")
