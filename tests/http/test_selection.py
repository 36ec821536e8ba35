"""``fields=``: the members asked for, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.http import schemas
from service.http.app import make_app
from service.http.selection import names, pick, wanted
from tests.sample import extract, make_corpus

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
CLIENT = make_app(make_corpus(), extract).test_client()
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
    response = CLIENT.get(
        f"/v1/{kind}?{ALONG.get(kind, '')}q={WORDS.get(kind, 'the')}&limit=100&fields={name}"
    )
    assert response.status_code == 200, response.text
    shown = response.get_json()["items"]
    assert len(shown) == len(WHOLE[kind]) > 0
    for picked, record in zip(shown, WHOLE[kind], strict=True):
        brought = {"embedded", "blocks"} & record.keys() - {name.partition(".")[0]}
        expected = only(record, name.split(".")) | {member: record[member] for member in brought}
        assert picked == expected


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
        assert fields["schema"]["items"]["enum"] == list(names(KINDS[kind]))


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
