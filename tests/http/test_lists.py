from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.http.options import HttpOptions
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

LISTS = ("statements", "events", "sources", "speakers", "topics")


def get(client: FlaskClient, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return response.get_json()


def ids(client: FlaskClient, url: str) -> list[str]:
    return [item["id"] for item in get(client, url)["items"]]


@pytest.mark.parametrize("name", LISTS)
def test_every_item_is_what_its_own_address_gives(client: FlaskClient, name: str) -> None:
    page = get(client, f"/v1/{name}?limit=100")
    assert page["total"] == len(page["items"]) > 0
    for item in page["items"]:
        assert get(client, item["url"]) == item


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_walk_by_links(client: FlaskClient, name: str, limit: int) -> None:
    right = ids(client, f"/v1/{name}?limit=100")
    page = get(client, f"/v1/{name}?limit={limit}")
    assert "prev" not in page["links"]
    forward = [item["id"] for item in page["items"]]
    while "next" in page["links"]:
        page = get(client, page["links"]["next"])
        forward += [item["id"] for item in page["items"]]
        assert get(client, page["links"]["self"]) == page
    assert forward == right
    backward = [item["id"] for item in page["items"]]
    while "prev" in page["links"]:
        page = get(client, page["links"]["prev"])
        backward[:0] = [item["id"] for item in page["items"]]
    assert backward == right
    assert get(client, page["links"]["first"])["items"] == page["items"]


def test_link_header_says_what_links_say(client: FlaskClient) -> None:
    second = get(client, "/v1/statements?limit=5&topic=economy")["links"]["next"]
    response = client.get(second)
    header = {}
    for link in response.headers["Link"].split(", "):
        target, _, relation = link.partition("; ")
        header[relation.removeprefix('rel="').removesuffix('"')] = target.strip("<>")
    assert header == response.get_json()["links"]
    assert set(header) == {"self", "first", "prev", "next"} - (
        {"next"} if response.get_json()["total"] <= 10 else set()
    )


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("speaker=example", 5),
        ("speaker=ada-example", 4),
        ("speaker=ada-example&speaker=di-probe", 5),
        ("speaker=ada-example,di-probe", 5),
        ("speaker=ada-example,+di-probe", 5),
        ("all_speaker=ada-example,bo-sample", 1),
        ("not_speaker=example", 10),
        ("not_speaker=nobody", 15),
        ("publisher=%22Sample, Retold%22", 3),
        ("publisher=Sample, Retold", 0),
        ("publisher=daily-sample", 7),
        ("topic=economy", 10),
        ("topic=four party talks", 2),
        ("topic=FOUR-PARTY-TALKS", 2),
        ("event=market-99-120", 1),
        ("kind=direct,mixed", 6),
        ("country=norway", 7),
        ("country=NO", 7),
        ("place=Harbourtown", 2),
        ("place=Norway", 1),
        ("via=daily sample", 1),
        ("min_confidence=1", 1),
        ("min_confidence=0", 15),
        ("date=2014-02", 6),
        ("date=2014-02-14,2015-12-01", 6),
        ("date=2013-01/2014", 9),
        ("from=2013&to=2013-12", 2),
        ("from=2015-12", 3),
        ("to=2013", 2),
        ("date=2014-02-29T", None),
        ("source=market day é.txt", 4),
        ("q=bridge", 4),
        ("q=bridge -accord", 3),
        ("speaker=nobody", 0),
        ("speaker=nobody&speaker=di-probe", 1),
    ],
)
def test_filters(client: FlaskClient, query: str, total: int | None) -> None:
    response = client.get(f"/v1/statements?limit=100&{query}")
    if total is None:
        assert response.status_code == 400
    else:
        assert response.get_json()["total"] == total, response.get_json()["query"]


def test_query_says_what_was_understood(client: FlaskClient) -> None:
    page = get(
        client,
        "/v1/statements?speaker=Example&topic=herring quotas&kind=mixed&date=2014-02&from=2013&to=2015-06&min_confidence=0.5",
    )
    assert page["query"] == {
        "speaker": [{"id": "ada-example", "name": "Ada Example"}, {"id": "bo-example", "name": "Bo Example"}],
        "topic": [{"id": "quotas", "name": "Fishing quotas"}],
        "kind": ["mixed"],
        "date": [{"edtf": "2014-02", "start": "2014-02-01", "end": "2014-02-28"}],
        "from": "2013-01-01",
        "to": "2015-06-30",
        "min_confidence": 0.5,
        "sort": "date",
        "limit": 20,
    }


def test_an_unknown_value_is_hinted_at(client: FlaskClient) -> None:
    page = get(client, "/v1/statements?speaker=swedn&speaker=norway")
    assert page["total"] == 1
    assert page["hints"] == [
        {"param": "speaker", "value": "swedn", "near": [{"id": "sweden", "name": "Sweden", "count": 1}]}
    ]
    assert "hints" not in get(client, "/v1/statements?speaker=norway")


def test_a_search_is_ranked_and_highlighted(client: FlaskClient) -> None:
    page = get(client, "/v1/statements?q=quotas")
    assert page["query"]["sort"] == "relevance"
    for item in page["items"]:
        assert item["highlight"]
        for highlight in item["highlight"]:
            value: Any = item
            for step in highlight["field"].split("."):
                value = value[int(step)] if isinstance(value, list) else value[step]
            for mark in highlight["marks"]:
                assert value[mark["start"] : mark["end"]].lower().startswith("quota")
    assert get(client, "/v1/statements?q=quotas&sort=-date")["query"]["sort"] == "-date"
    assert "highlight" not in get(client, "/v1/statements")["items"][0]


def test_a_search_without_a_word_finds_nothing_and_says_so(client: FlaskClient) -> None:
    page = get(client, "/v1/statements?q=!?")
    assert (page["total"], page["hints"]) == (0, [{"param": "q", "value": "!?", "near": []}])


def test_a_cursor_is_bound_to_its_filters_and_sort(client: FlaskClient) -> None:
    cursor = get(client, "/v1/statements?speaker=example&limit=2")["links"]["next"].partition("cursor=")[2]
    assert client.get(f"/v1/statements?speaker=example&limit=3&cursor={cursor}").status_code == 200
    for other in ("speaker=sweden", "speaker=example&sort=-date", "", "speaker=example&q=said"):
        response = client.get(f"/v1/statements?{other}&cursor={cursor}")
        assert response.status_code == 400
        assert response.get_json()["errors"][0]["name"] == "cursor"
    assert client.get(f"/v1/events?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("cursor", ["abc", "_w", "AAAAAAAAAAAA", "x" * 200])
def test_what_is_no_cursor_is_called_so(client: FlaskClient, cursor: str) -> None:
    fault = client.get(f"/v1/events?cursor={cursor}").get_json()["errors"][0]
    assert fault["detail"].startswith(("is no cursor", "belongs to other"))
    assert fault["detail"].startswith("is no cursor") or len(cursor) > 12


def test_links_keep_odd_values(client: FlaskClient) -> None:
    page = get(client, "/v1/statements?not_publisher=%22Sample, Retold%22&not_source=%F0%9F%90%9F%26&limit=3")
    again = get(client, page["links"]["self"])
    assert again == page
    assert get(client, page["links"]["next"])["query"] == page["query"]


def test_relevance_needs_words(client: FlaskClient) -> None:
    assert client.get("/v1/statements?sort=relevance").status_code == 400
    assert client.get("/v1/statements?sort=relevance&q=bridge").status_code == 200


def test_the_same_corpus_gives_the_same_bytes(client: FlaskClient) -> None:
    other = app_of(make_corpus(), extract, HttpOptions(max_text=2_000, code_version="test")).test_client()
    for url in (
        *(f"/v1/{name}" for name in LISTS),
        "/v1/statements?q=the",
        "/v1/statements?format=csv",
        "/v1/events?format=ndjson&embed=coverage,speakers",
        "/v1/sources?format=jsonld",
        "/v1/corpus",
        "/",
        "/openapi.yaml",
    ):
        one, two = client.get(url), other.get(url)
        assert one.data == two.data
        assert one.headers.get("ETag") == two.headers.get("ETag")


@pytest.mark.parametrize(
    ("interval", "plain"),
    [
        ("from=2013-01/2014", "from=2013-01"),
        ("to=2013-01/2014-02", "to=2014-02"),
        ("from=2013/2015&to=2013/2014-02", "from=2013&to=2014-02"),
    ],
)
def test_of_an_interval_from_takes_the_beginning_and_to_the_end(
    client: FlaskClient, interval: str, plain: str
) -> None:
    one, other = (client.get(f"/v1/statements?{query}").get_json() for query in (interval, plain))
    assert one["items"] == other["items"]
    assert one["query"] == other["query"]


def test_a_name_with_a_comma_is_found_without_its_quotation_marks(client: FlaskClient) -> None:
    answer = client.get("/v1/statements?publisher=Sample, Retold&publisher=nobody").get_json()
    assert answer["total"] == 0
    assert [hint["value"] for hint in answer["hints"]] == ["Sample", "Retold", "nobody"]
    answer = client.get("/v1/statements?publisher=Sample, Retold").get_json()
    assert [[near["id"] for near in hint["near"]] for hint in answer["hints"]] == [["sample-retold"]] * 2
