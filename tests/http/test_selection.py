"""``fields=``: the members asked for, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.http import schemas
from service.http.selection import names, pick, wanted
from tests.http.test_problems import check
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

KINDS = {
    "statements": schemas.Statement,
    "events": schemas.Event,
    "sources": schemas.Source,
    "speakers": schemas.Speaker,
    "topics": schemas.Topic,
}
ALONG = {
    "statements": "embed=source,event,speakers&",
    "events": "embed=sources,statements,speakers,coverage&",
    "sources": "embed=blocks&",
}
WORDS = {"topics": "fish*"}
EVERY = [(kind, name) for kind, schema in KINDS.items() for name in names(schema)]
CLIENT = app_of(make_corpus(), extract).test_client()
WHOLE = {
    kind: CLIENT.get(f"/v1/{kind}?{ALONG.get(kind, '')}q={WORDS.get(kind, 'the')}&limit=100").get_json()[
        "items"
    ]
    for kind in KINDS
}


def only(value: Any, way: list[str]) -> Any:
    """Cut a record down to what one dotted name leads to."""
    if not way or value is None:
        return value
    if isinstance(value, list):
        return [only(each, way) for each in value]
    return {way[0]: only(value[way[0]], way[1:])} if way[0] in value else {}


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_documented_name(kind: str, name: str) -> None:
    member, _, inner = name.partition(".")
    brings = {"embedded": inner.partition(".")[0] or "source", "blocks": "blocks"}.get(member)
    if (kind, name) == ("events", "embedded"):
        brings = "sources"
    along = f"embed={brings}&" if brings else ""
    response = CLIENT.get(f"/v1/{kind}?{along}q={WORDS.get(kind, 'the')}&limit=100&fields={name}")
    assert response.status_code == 200, response.text
    shown = response.get_json()["items"]
    assert len(shown) == len(WHOLE[kind]) > 0
    for picked, record in zip(shown, WHOLE[kind], strict=True):
        way = name.split(".") if "." in name or member != "embedded" else ["embedded", str(brings)]
        assert picked == only(record, way)


def test_what_is_embedded_and_not_named_comes_whole() -> None:
    url = "/v1/statements/market-174-195?embed=source,speakers&fields=id"
    source, speakers = (CLIENT.get(url).get_json()["embedded"][each] for each in ("source", "speakers"))
    for fields, embedded in (
        ("embedded.source.title", {"source": {"title": source["title"]}, "speakers": speakers}),
        ("embedded.source", {"source": source, "speakers": speakers}),
        ("embedded", {"source": source, "speakers": speakers}),
        (
            "embedded.source.published.edtf,embedded.speakers.name",
            {
                "source": {"published": {"edtf": source["published"]["edtf"]}},
                "speakers": [{"name": each["name"]} for each in speakers],
            },
        ),
    ):
        answer = CLIENT.get(f"/v1/statements/market-174-195?embed=source,speakers&fields={fields}")
        assert answer.get_json() == {"embedded": embedded}


@pytest.mark.parametrize(
    ("url", "need"),
    [
        ("/v1/statements?fields=highlight", "q"),
        ("/v1/statements?fields=id,highlight.html", "q"),
        ("/v1/statements?fields=embedded", "embed"),
        ("/v1/statements?fields=embedded.source.title", "embed=source"),
        ("/v1/statements?fields=embedded.source&embed=event", "embed=source"),
        ("/v1/events/quota-30-70?fields=embedded.coverage.around.text", "embed=coverage"),
        ("/v1/sources?fields=blocks.role", "embed=blocks"),
        ("/v1/sources?format=ndjson&fields=blocks", "embed=blocks"),
    ],
)
def test_members_that_nothing_brings_along_are_refused(url: str, need: str) -> None:
    problem = check(CLIENT.get(url), 400)
    (fault,) = problem["errors"]
    assert (fault["name"], fault["did_you_mean"]) == ("fields", need)


@pytest.mark.parametrize("kind", KINDS)
def test_the_description_lists_what_is_taken(client: FlaskClient, kind: str) -> None:
    described = client.get("/openapi.json").get_json()
    shared = described["components"]["parameters"]
    for path in (f"/v1/{kind}", f"/v1/{kind}/{{id}}"):
        parameters = described["paths"][path]["get"]["parameters"]
        resolved = [
            shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in parameters
        ]
        (fields,) = (each for each in resolved if each["name"] == "fields")
        found = [each for each in names(KINDS[kind]) if "{" not in path or not each.startswith("highlight")]
        assert fields["schema"]["items"]["enum"] == found


def test_several_members_together(client: FlaskClient) -> None:
    url = "/v1/statements/market-174-195?fields=date.edtf,id,speakers.name&fields=speakers.id,date.start"
    answer = client.get(url).get_json()
    assert answer == {
        "id": "market-174-195",
        "speakers": [
            {"id": "ada-example", "name": "Ada Example"},
            {"id": "bo-sample", "name": "Bo Sample"},
        ],
        "date": {"edtf": "2014-02-27/2014-03-02", "start": "2014-02-27"},
    }


def test_a_member_and_a_part_of_it_is_the_whole_of_it() -> None:
    record = {"a": {"b": 1, "c": 2}, "d": None, "e": [{"f": 1}, None]}
    assert pick(record, wanted(["a.b", "a"])) == {"a": {"b": 1, "c": 2}}
    assert pick(record, wanted(["a", "a.b"])) == {"a": {"b": 1, "c": 2}}
    assert pick(record, wanted(["e.f", "d.x"])) == {"d": None, "e": [{"f": 1}, None]}


def test_links_keep_the_members(client: FlaskClient) -> None:
    page = client.get("/v1/statements?fields=id,text&limit=4").get_json()
    assert page["query"]["fields"] == ["id", "text"]
    after = client.get(page["links"]["next"]).get_json()
    assert all(list(item) == ["id", "text"] for item in after["items"])


def test_a_cursor_holds_whatever_members_are_asked_for(client: FlaskClient) -> None:
    link = client.get("/v1/statements?limit=4").get_json()["links"]["next"]
    plain = client.get(link).get_json()["items"]
    picked = client.get(f"{link}&fields=id&embed=source&pretty=1&format=json").get_json()["items"]
    assert [each["id"] for each in picked] == [each["id"] for each in plain]


@pytest.mark.parametrize("path", ["/v1/corpus", "/v1/sources/bridge-opening/text", "/livez", "/v1/problems"])
def test_where_nothing_is_picked_it_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?fields=id").status_code == 400
