from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.asking import CLIENT, FACETS, asked, get, pairs_of, without
from tests.http.readings import tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.http.readings import Pairs
    from tests.http.slow import Slow

    Drawn = tuple[tuple[Callable[[], Slow], str, Pairs], list[str], int]

ASKED = asked(FACETS).flatmap(
    lambda drawn: st.tuples(
        st.just(drawn),
        st.lists(st.sampled_from(FACETS[drawn[1]]), min_size=1, max_size=3, unique=True),
        st.sampled_from([1, 3, 10, 100]),
    )
)


def chosen(page: Any, facet: str) -> set[str]:
    """Give the values that `page` was filtered by, as its query has them."""
    if facet in {"year", "month"}:
        length = {"year": 4, "month": 7}[facet]
        edtfs = [date["edtf"] for date in page["query"].get("date", ())]
        return {edtf for edtf in edtfs if len(edtf) == length and edtf[5:] not in {"21", "22", "23", "24"}}
    return {each["id"] if isinstance(each, dict) else each for each in page["query"].get(facet, ())}


@settings(max_examples=100)
@given(ASKED)
def test_a_facet_counts_what_the_list_without_its_own_filter_has(drawn: Drawn) -> None:
    (record, kind, pairs), facets, limit = drawn
    slow = record()
    counted = [("facets", ",".join(facets)), ("facet_limit", str(limit))]
    page = get(f"/v1/{kind}", [*pairs, *counted], slow.client)
    assert list(page["facets"]) == facets
    for facet in facets:
        right = tally(slow.values(kind, each, facet) for each in slow.find(kind, without(pairs, facet)))
        filtered = chosen(page, facet)
        right.update(dict.fromkeys(filtered, 0))
        shown = page["facets"][facet]
        assert [each["count"] for each in shown] == [right[each["value"]] for each in shown]
        assert shown == sorted(shown, key=lambda each: (-each["count"], each["label"], each["value"]))
        assert len({each["value"] for each in shown}) == len(shown) == min(limit, len(right))
        left_out = right.keys() - {each["value"] for each in shown}
        others = [each["count"] for each in shown if each["value"] not in filtered]
        assert not others or not left_out & filtered
        assert not others or max((right[value] for value in left_out), default=0) <= min(others)


@settings(max_examples=100)
@given(ASKED)
def test_the_url_of_a_value_adds_it_or_takes_it_out(drawn: Drawn) -> None:
    (record, kind, pairs), facets, _ = drawn
    slow = record()
    page = get(f"/v1/{kind}", [*pairs, ("facets", ",".join(facets)), ("facet_limit", "3")], slow.client)
    for facet, shown in page["facets"].items():
        before = chosen(page, facet)
        for each in shown:
            there = get(each["url"], client=slow.client)
            assert there["links"]["self"] == each["url"]
            assert chosen(there, facet) == before ^ {each["value"]}
            again = {found["value"]: found["count"] for found in there["facets"][facet]}
            assert again.get(each["value"], each["count"]) == each["count"]
            asked_there = pairs_of(each["url"], without=("facets", "facet_limit"))
            assert there["total"] == len(slow.find(kind, asked_there))
            if without(pairs, facet) == pairs:
                assert there["total"] == each["count"]


@pytest.mark.parametrize("kind", FACETS)
def test_each_list_counts_by_just_these(kind: str) -> None:
    described = get("/openapi.json")["paths"][f"/v1/{kind}"]["get"]["parameters"]
    (facets,) = (each for each in described if each.get("name") == "facets")
    assert facets["schema"]["items"]["enum"] == list(FACETS[kind])


def test_no_facet_asked_no_facet_given() -> None:
    for kind in FACETS:
        assert "facets" not in get(f"/v1/{kind}")
        assert "facet_limit" not in get(f"/v1/{kind}")["query"]


def shown(url: str, facet: str) -> list[tuple[str, int]]:
    return [(each["value"], each["count"]) for each in get(url)["facets"][facet]]


def test_values_come_with_label_count_and_url() -> None:
    page = get("/v1/statements?facets=speaker&facet_limit=2&kind=indirect&limit=5")
    assert page["query"]["facets"] == ["speaker"]
    assert page["query"]["facet_limit"] == 2
    assert page["facets"]["speaker"] == [
        {
            "value": "ada-example",
            "label": "Ada Example",
            "count": 3,
            "url": "/v1/statements?speaker=ada-example&kind=indirect&facets=speaker&facet_limit=2&limit=5",
        },
        {
            "value": "bo-sample",
            "label": "Bo Sample",
            "count": 2,
            "url": "/v1/statements?speaker=bo-sample&kind=indirect&facets=speaker&facet_limit=2&limit=5",
        },
    ]


@pytest.mark.parametrize(
    ("query", "facet", "right"),
    [
        ("speaker=sweden", "speaker", ("ada-example", 4)),
        ("all_speaker=ada-example,bo-sample", "speaker", ("ada-example", 4)),
        ("not_speaker=ada-example", "speaker", ("ada-example", 4)),
        ("kind=direct", "speaker", ("cy-muster", 1)),
        ("min_confidence=1", "speaker", ("bo-example", 1)),
        ("q=strike", "speaker", ("dockers-union", 1)),
        ("topic=bridges", "topic", ("economy", 10)),
        ("", "publisher", ("daily-sample", 7)),
        ("date=2014-02-14", "month", ("2014-02", 6)),
        ("from=2015", "year", ("2014", 8)),
        ("to=2013", "year", ("2014", 8)),
    ],
)
def test_counts(query: str, facet: str, right: tuple[str, int]) -> None:
    assert right in shown(f"/v1/statements?{query}&facets={facet}&facet_limit=100", facet)


@pytest.mark.parametrize(
    ("query", "facet", "value", "after"),
    [
        ("speaker=sweden", "speaker", "norway", "speaker=sweden&speaker=norway"),
        ("speaker=sweden,norway", "speaker", "norway", "speaker=sweden"),
        ("speaker=Example", "speaker", "ada-example", "speaker=bo-example"),
        ("not_speaker=norway,sweden", "speaker", "norway", "speaker=norway&not_speaker=sweden"),
        ("not_speaker=example", "speaker", "ada-example", "speaker=ada-example&not_speaker=bo-example"),
        ("all_topic=quotas", "topic", "talks", "topic=talks&all_topic=quotas"),
        ("", "source", "market day é", "source=market%20day%20%C3%A9"),
        ("publisher=%22Sample, Retold%22", "publisher", "sample-retold", ""),
        ("date=2014", "year", "2014", ""),
        ("date=2014", "month", "2014-02", "date=2014&date=2014-02"),
        ("date=2014-02,2015", "month", "2014-02", "date=2015"),
        ("from=2014&to=2015", "year", "2013", "date=2013"),
        ("from=2014&date=2014", "year", "2014", "from=2014"),
        ("limit=1&cursor=CURSOR", "kind", "direct", "kind=direct&limit=1"),
    ],
)
def test_urls(query: str, facet: str, value: str, after: str) -> None:
    if "CURSOR" in query:
        following = get("/v1/statements?limit=1")["links"]["next"]
        query = query.replace("CURSOR", following.partition("cursor=")[2])
    page = get(f"/v1/statements?{query}&facets={facet}&facet_limit=100")
    (url,) = (each["url"] for each in page["facets"][facet] if each["value"] == value)
    assert split(url) == {*after.split("&"), f"facets={facet}", "facet_limit=100"} - {""}


def split(url: str) -> set[str]:
    path, _, query = url.partition("?")
    assert path == "/v1/statements"
    return set(query.split("&"))


def test_urls_keep_the_shape_asked_for() -> None:
    page = get("/v1/statements?fields=id,text&embed=source&pretty=1&facets=kind&limit=1")
    for each in page["facets"]["kind"]:
        there = get(each["url"])
        assert there["links"]["self"] == each["url"]
        assert there["items"][0].keys() == page["items"][0].keys() == {"id", "text", "embedded"}


def test_a_value_filtered_by_is_shown_even_where_no_record_has_it() -> None:
    url = "/v1/statements?speaker=sweden&kind=direct&facets=speaker&facet_limit=1"
    assert shown(url, "speaker") == [("sweden", 0)]
    assert shown("/v1/statements?date=1999&facets=year&facet_limit=1", "year") == [("1999", 0)]
    assert shown("/v1/statements?speaker=nobody&facets=speaker&facet_limit=1", "speaker") == [
        ("ada-example", 4)
    ]


def test_a_facet_asked_for_twice_is_given_once() -> None:
    page = get("/v1/statements?facets=kind,kind&facets=kind")
    assert page["query"]["facets"] == ["kind"]
    assert list(page["facets"]) == ["kind"]


def test_a_cursor_holds_with_and_without_facets() -> None:
    following = get("/v1/statements?limit=2&facets=kind")["links"]["next"]
    cursor = following.partition("cursor=")[2]
    plain, counted = get(f"/v1/statements?limit=2&cursor={cursor}"), get(following)
    assert plain["items"] == counted["items"]
    assert "facets" not in plain
    assert counted["facets"]["kind"][0]["count"] == 9


@pytest.mark.parametrize("name", ["speakers", "topics"])
def test_lists_without_filters_have_no_facets(name: str) -> None:
    assert CLIENT.get(f"/v1/{name}?facets=topic").status_code == 400
