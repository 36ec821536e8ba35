"""Lists against a slow reading of the same records: what they hold, in which order, on which page, in which format."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.asking import FILTERS, asked, get, pairs_of, walk
from tests.http.readings import Pairs, grouped

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.http.slow import Slow

    Asked = tuple[Callable[[], Slow], str, Pairs]

DATED = ("statements", "events", "sources")
SORTS = st.sampled_from([[], [("sort", "date")], [("sort", "-date")], [("sort", "source")]])


def sorted_by(kind: str, pairs: Pairs, sort: Pairs) -> Pairs:
    """Give the request with an order that can be told without a ranking."""
    if kind not in DATED:
        return [pair for pair in pairs if pair[0] != "q"]
    by_words = any(name == "q" for name, _ in pairs)
    return [*pairs, *(sort or ([("sort", "date")] if by_words else []))]


def ids(items: Any) -> list[str]:
    return [item["id"] for item in items]


def records(client: FlaskClient, url: str) -> list[Any]:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.data.splitlines()]


@settings(max_examples=100)
@given(asked(DATED), SORTS, st.sampled_from([1, 2, 3, 7, 100]))
def test_a_walk_visits_what_is_asked_for_once_and_in_order(drawn: Asked, sort: Pairs, limit: int) -> None:
    record, kind, asked_for = drawn
    slow, pairs = record(), sorted_by(kind, asked_for, sort)
    right = ids(slow.find(kind, pairs))
    pages = walk(slow.client, f"/v1/{kind}?{urlencode([*pairs, ('limit', str(limit))])}")
    assert [each for page in pages for each in ids(page["items"])] == right
    assert [len(page["items"]) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert {page["total"] for page in pages} == {len(right)}


@settings(max_examples=100)
@given(asked(), st.sampled_from([1, 2, 3, 7]))
def test_back_from_the_end_come_the_same_pages(drawn: Asked, limit: int) -> None:
    record, kind, pairs = drawn
    slow = record()
    pages = walk(slow.client, f"/v1/{kind}?{urlencode([*pairs, ('limit', str(limit))])}")
    assert "prev" not in pages[0]["links"]
    for before, after in pairwise(pages):
        back = get(after["links"]["prev"], client=slow.client)
        assert {**back, "links": before["links"]} == before
        assert back["links"].get("next") == before["links"]["next"]
        assert get(after["links"]["self"], client=slow.client) == after
        assert get(after["links"]["first"], client=slow.client) == pages[0]


@settings(max_examples=100)
@given(asked())
def test_a_list_ranked_by_words_has_just_what_has_them(drawn: Asked) -> None:
    record, kind, pairs = drawn
    slow = record()
    found = [
        each for page in walk(slow.client, f"/v1/{kind}?{urlencode(pairs)}") for each in ids(page["items"])
    ]
    right = ids(slow.find(kind, pairs))
    assert sorted(found) == sorted(right)
    assert found == right or any(name == "q" for name, _ in pairs)


@settings(max_examples=100)
@given(asked(), st.sampled_from([1, 3, 100]))
def test_the_link_header_says_what_links_say(drawn: Asked, limit: int) -> None:
    record, kind, pairs = drawn
    response = record().client.get(f"/v1/{kind}?{urlencode([*pairs, ('limit', str(limit))])}")
    header = dict(each.split("; ")[::-1] for each in response.headers["Link"].split(", <"))
    told = {
        relation.removeprefix('rel="').removesuffix('"'): f"<{to.strip('<>')}>"
        for relation, to in header.items()
    }
    assert told == {relation: f"<{to}>" for relation, to in response.get_json()["links"].items()}
    assert int(response.headers["X-Total-Count"]) == response.get_json()["total"]


@settings(max_examples=100)
@given(asked(DATED), asked(DATED))
def test_a_cursor_of_another_query_is_refused(drawn: Asked, other: Asked) -> None:
    (record, kind, pairs), (_, other_kind, other_pairs) = drawn, other
    client = record().client
    following = get(f"/v1/{kind}", [*pairs, ("limit", "1")], client)["links"].get("next")
    if following is None or (kind, grouped(pairs)) == (other_kind, grouped(other_pairs)):
        return
    cursor = ("cursor", dict(pairs_of(following))["cursor"])
    response = client.get(f"/v1/{other_kind}?{urlencode([*other_pairs, cursor])}")
    assert response.status_code == 400, response.text
    (error,) = response.get_json()["errors"]
    assert error["name"] == "cursor"
    assert "belongs to other filters or another sort" in error["detail"]


@settings(max_examples=100)
@given(asked(), SORTS, st.sampled_from([[], [("fields", "url,id")]]))
def test_every_format_has_the_same_records(drawn: Asked, sort: Pairs, fields: Pairs) -> None:
    record, kind, asked_for = drawn
    pairs = [*asked_for, *(sort if kind in DATED else [])]
    client = record().client
    items = [
        each for page in walk(client, f"/v1/{kind}?{urlencode([*pairs, *fields])}") for each in page["items"]
    ]
    assert records(client, f"/v1/{kind}?{urlencode([*pairs, *fields, ('format', 'ndjson')])}") == items
    table = client.get(f"/v1/{kind}?{urlencode([*pairs, *fields, ('format', 'csv')])}").data.decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(table, newline=""))] == ids(items)
    linked = json.loads(
        client.get(f"/v1/{kind}?{urlencode([*pairs, ('format', 'jsonld'), ('limit', '100')])}").data
    )
    assert linked["numberOfItems"] == len(items)
    assert [node["@id"] for node in linked["itemListElement"]] == [item["url"] for item in items[:100]]


@settings(max_examples=100)
@given(asked(DATED, words=False))
def test_the_query_tells_whom_each_name_was_taken_for(drawn: Asked) -> None:
    record, kind, pairs = drawn
    slow = record()
    page = get(f"/v1/{kind}", pairs, slow.client)
    unknown = []
    for name, values in grouped(pairs).items():
        axis = name.removeprefix("all_").removeprefix("not_")
        if axis in FILTERS[kind] and axis not in {"kind", "type", "status"}:
            meant = [slow.resolve(kind, axis, value) for value in values]
            assert {each["id"] for each in page["query"][name]} == set().union(*meant)
            unknown += [(name, value) for value, each in zip(values, meant, strict=True) if not each]
    assert {(hint["param"], hint["value"]) for hint in page.get("hints", ())} == set(unknown)
