"""Every documented parameter does something wherever it is documented, and every other is refused everywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.http.described import APP, OPERATIONS, Operation
from tests.http.test_errors import check

if TYPE_CHECKING:
    from collections.abc import Iterable

REQUESTS: Final[dict[str, tuple[str, ...]]] = {
    "speaker": ("speaker=ada-example",),
    "participant": ("participant=norway",),
    "topic": ("topic=quotas",),
    "source": ("source=bridge-opening",),
    "publisher": ("publisher=market-post",),
    "author": ("author=A. Writer",),
    "event": ("event=quota-150-190",),
    "kind": ("kind=mixed",),
    "type": ("type=talks",),
    "status": ("status=planned",),
    "country": ("country=SE",),
    "place": ("place=Stockholm",),
    "via": ("via=daily-sample",),
    "all_speaker": ("all_speaker=ada-example,bo-sample",),
    "all_participant": ("all_participant=norway,sweden",),
    "all_topic": ("all_topic=quotas,talks",),
    "all_source": ("all_source=bridge-opening,retold-strike",),
    "all_publisher": ("all_publisher=daily-sample,sample-retold",),
    "all_author": ("all_author=A. Writer,Réné Autor",),
    "all_event": ("all_event=quota-150-190",),
    "all_country": ("all_country=NO,SE",),
    "all_via": ("all_via=daily-sample,cy-muster",),
    "date": ("date=2014-02",),
    "from": ("from=2015",),
    "to": ("to=2013",),
    "min_confidence": ("min_confidence=0.9",),
    "q": ("q=bridge", "q=fish", "q=sample"),
    "sort": ("sort=-date",),
    "facets": ("facets=year",),
    "facet_limit": (
        "facets=topic&facet_limit=1",
        "facets=publisher&facet_limit=1",
        "by=topic&facet_limit=1",
    ),
    "limit": ("limit=1",),
    "cursor": ("cursor={next}",),
    "fields": ("fields=id",),
    "embed": ("embed=source", "embed=coverage", "embed=blocks"),
    "format": ("format=jsonld",),
    "pretty": ("pretty=1",),
    "of": ("of=events",),
    "interval": ("interval=year",),
    "by": ("by=topic",),
}
"""By parameter, requests of which one at least has another answer without it; what `not_` leaves out, its filter finds."""

EVERY: Final = tuple((asked, name) for asked in OPERATIONS for name in sorted(asked.names))
KNOWN: Final = frozenset(name for _, name in EVERY)
ECHOED: Final = ("query", "links", "url", "@id")


def requests(asked: Operation, name: str) -> Iterable[list[str]]:
    """Give query strings with the parameter, in pieces."""
    plain = name.removeprefix("not_")
    for query in REQUESTS[plain]:
        written = f"not_{query}" if name != plain else query
        if "{next}" in written:
            page = asked.send(APP.test_client(), f"{asked.url}?limit=1").get_json()
            written = page["links"]["next"].rpartition("?")[2]
        yield written.split("&")
        if "of" in asked.names - {name}:
            yield ["of=events", *written.split("&")]


def answered(asked: Operation, pieces: Iterable[str]) -> Any:
    """Give what the answer to a query says beyond the query itself; None where it is refused."""
    query = "&".join(pieces)
    response = asked.send(APP.test_client(), f"{asked.url}?{query}" if query else asked.url)
    if response.status_code != 200:
        return None
    said = without_echo(response.get_json()) if response.is_json else response.text
    return response.headers["Content-Type"], response.text.count("\n"), said


def without_echo(value: Any) -> Any:
    if isinstance(value, list):
        return [without_echo(each) for each in value]
    if isinstance(value, dict):
        return {name: without_echo(each) for name, each in value.items() if name not in ECHOED}
    return value


@pytest.mark.parametrize(("asked", "name"), EVERY, ids=str)
def test_every_documented_parameter_does_something(asked: Operation, name: str) -> None:
    tried = [
        (answered(asked, pieces), answered(asked, [piece for piece in pieces if not is_of(piece, name)]))
        for pieces in requests(asked, name)
    ]
    assert any(given is not None and without is not None and given != without for given, without in tried)


def is_of(piece: str, name: str) -> bool:
    return piece.partition("=")[0] == name


def test_requests_are_those_of_documented_parameters() -> None:
    assert REQUESTS.keys() <= KNOWN


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("asked", OPERATIONS, ids=str)
def test_every_other_parameter_is_refused(asked: Operation, method: str) -> None:
    if method not in {asked.method, "HEAD" if asked.method == "GET" else ""}:
        return
    for name in (*sorted(KNOWN - asked.names), "nothing", "Limit", "id", "callback", "é", "_"):
        for query in (f"{name}=1", f"pretty=0&{name}"):
            response = asked.send(APP.test_client(), f"{asked.url}?{query}", method=method)
            assert response.status_code == 400
            if method == "HEAD":
                assert response.data == b""
            else:
                faults = {error["name"]: error for error in response.get_json()["errors"]}
                assert faults[name]["did_you_mean"] in {None, *asked.names}


def values(parameter: dict[str, Any]) -> tuple[str, ...]:
    schema = parameter["schema"]
    return tuple(schema.get("items", schema).get("enum", ()))


CLOSED: Final = tuple(
    (asked, each["name"], values(each)) for asked in OPERATIONS for each in asked.parameters if values(each)
)


def beside(asked: Operation, name: str) -> str:
    """Give what a closed parameter needs beside it, so that each of its values makes sense."""
    if name == "fields":
        embed = next((each for each in asked.parameters if each["name"] == "embed"), None)
        words = "q=the&" if "q" in asked.names else ""
        return f"embed={','.join(values(embed))}&{words}" if embed else words
    needed = {"sort": "q=the&", "type": "of=events&", "status": "of=events&"}.get(
        name.removeprefix("not_"), ""
    )
    return needed if needed.partition("=")[0] in asked.names else ""


def told(value: object) -> str:
    """Name an operation or a parameter in a test's id; its values are too many."""
    return "" if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("asked", "name", "listed"), CLOSED, ids=told)
def test_every_value_of_a_closed_list_is_taken(asked: Operation, name: str, listed: tuple[str, ...]) -> None:
    for value in listed:
        response = asked.send(APP.test_client(), f"{asked.url}?{beside(asked, name)}{name}={value}")
        assert response.status_code == 200, response.text


@pytest.mark.parametrize(("asked", "name", "listed"), CLOSED, ids=told)
def test_values_like_those_of_a_closed_list_are_told(
    asked: Operation, name: str, listed: tuple[str, ...]
) -> None:
    for value in listed[:: 1 + len(listed) // 40]:
        for written in {value.upper(), value.title(), value.replace("-", "_"), f"{value}x"} - {value}:
            if not value.isdigit():  # of 0 and 1, neither is like anything
                answer = asked.send(APP.test_client(), f"{asked.url}?{name}={written}")
                (error,) = answer.get_json()["errors"]
                assert (error["name"], error["did_you_mean"]) == (name, value)


@pytest.mark.parametrize(
    ("query", "name", "told", "meant"),
    [
        ("limit=0", "limit", "from 1 to 100", "1"),
        ("limit=101", "limit", "from 1 to 100", "100"),
        ("limit=-5", "limit", "from 1 to 100", "1"),
        ("limit=007", "limit", "from 1 to 100", "7"),
        ("limit=abc", "limit", "'abc' is no whole number from 1 to 100", None),
        ("limit=1.5", "limit", "'1.5' is no whole number from 1 to 100", None),
        ("limit=", "limit", "has no value", None),
        ("limit=%00", "limit", "whole number", None),
        ("min_confidence=.5", "min_confidence", "from 0 to 1", "0.5"),
        ("min_confidence=0,5", "min_confidence", "from 0 to 1", "0.5"),
        ("min_confidence=high", "min_confidence", "from 0 to 1", None),
        ("pretty=true", "pretty", "none of 0, 1", "1"),
        ("pretty=No", "pretty", "none of 0, 1", "0"),
        ("pretty=maybe", "pretty", "none of 0, 1", None),
        ("kind=", "kind", "name one of direct, indirect, mixed,", None),
        ("format=", "format", "name one of json, ndjson, csv, jsonld,", None),
        ("cursor=", "cursor", "has no value", None),
        ("from=", "from", "has no value", None),
        ("q=", "q", "say what to search for", None),
        ("speaker=", "speaker", "has no value", None),
        ("date=2017-3", "date", "is written 2017-03 here", "2017-03"),
        ("from=March%202014", "from", "is written 2014-03 here", "2014-03"),
        ("to=02/14/2014", "to", "is written 2014-02-14 here", "2014-02-14"),
        ("date=02/03/2014", "date", "as 2014-03-02 or as 2014-02-03; write which", None),
        ("date=March%2014,%202014", "date", "'March 14, 2014' is written 2014-03-14 here", "2014-03-14"),
        ("date=2014,March%202013", "date", "'March 2013' is written 2013-03 here", "2013-03"),
        ("date=2014-02-30", "date", "its days run from 01 to 28", None),
        ("date=yesterday", "date", "write 2014, 2014-02, 2014-02-14", None),
        ("date=2014%00", "date", "is no date", None),
        ("from=2014&to=2013", "from", "lies after to=2013; give the earlier date as from", None),
        ("q=100%", "q", "write %25", "100%25"),
        ("%zz=1", "%zz", "write %25", "%25zz"),
        ("q=%FF", "q", "UTF-8", None),
        (f"q={'a' * 2_000}%", "q", "write %25", None),
        ("facet_limit=5", "facet_limit", "add facets or leave facet_limit out", None),
        ("facet_limit=5&facets=topic&facets=nothing", "facets", "none of", None),
        ("sort=relevance", "sort", "needs q", None),
        ("speeker=x", "speeker", "did you mean speaker?", "speaker"),
        ("LIMIT=5", "LIMIT", "did you mean limit?", "limit"),
        ("xyzzy=1", "xyzzy", "the path takes speaker, topic,", None),
        ("speaker=a,,b", "speaker", "'a,,b' has an empty value between its commas", None),
    ],
)
def test_what_is_wrong_and_what_would_be_right(query: str, name: str, told: str, meant: str | None) -> None:
    response = APP.test_client().get(f"/v1/statements?{query}", headers={"Origin": "https://a.example"})
    problem = check(response, "/v1/statements", 400)
    (error,) = problem["errors"]
    assert (error["in"], error["name"], error["did_you_mean"]) == ("query", name, meant)
    assert told in error["detail"]


def test_the_cursor_of_another_query_is_called_so() -> None:
    client = APP.test_client()
    cursor = client.get("/v1/statements?limit=1").get_json()["links"]["next"].rpartition("=")[2]
    for query in ("kind=direct", "sort=-date", "q=the"):
        told = client.get(f"/v1/statements?{query}&cursor={cursor}").get_json()["errors"]
        assert told[0]["name"] == "cursor"
        assert "belongs to other filters or another sort; ask again without cursor" in told[0]["detail"]


def test_many_unknown_parameters_do_not_blow_up_the_answer() -> None:
    names = "&".join(f"unknown{number}=1" for number in range(500))
    answer = APP.test_client().get(f"/v1/statements?{names}")
    assert len(answer.get_json()["errors"]) == 500
    misspelt = "&".join(f"speeker{number}=1" for number in range(50))
    errors = APP.test_client().get(f"/v1/statements?{misspelt}").get_json()["errors"]
    assert [each["did_you_mean"] for each in errors] == ["speaker"] * 20 + [None] * 30
    assert len(answer.data) < 200_000


@pytest.mark.parametrize(
    ("data", "content_type", "name", "told", "meant"),
    [
        (b'{"txt": "a"}', "application/json", "txt", "takes text, title and published", "text"),
        (b'{"text": "a", "Published": "2014"}', "application/json", "Published", "takes text", "published"),
        (b'{"text": "a", "published": "March 2014"}', "application/json", "published", "2014-03", "2014-03"),
        (b'{"text": 5}', "application/json", "text", "quotation marks", None),
        (b'{"title": "a"}', "application/json", "text", "is missing", None),
        (b"", "text/plain", "text", "send the text", None),
    ],
)
def test_what_is_wrong_with_a_body(
    data: bytes, content_type: str, name: str, told: str, meant: str | None
) -> None:
    answer = APP.test_client().post("/v1/extract", data=data, content_type=content_type)
    assert answer.status_code == 422
    (error,) = [each for each in answer.get_json()["errors"] if each["name"] == name]
    assert told in error["detail"]
    assert (error["in"], error["did_you_mean"]) == ("body", meant)


@pytest.mark.parametrize(
    ("sent", "name", "meant"),
    [
        ({"content_type": "text/html"}, "Content-Type", "text/plain"),
        ({"content_type": "application/jsn"}, "Content-Type", "application/json"),
        ({"content_type": "text/plain; charset=utf8mb4"}, "Content-Type", "text/plain; charset=utf-8"),
        ({"headers": {"Content-Encoding": "br"}, "content_type": "text/plain"}, "Content-Encoding", "gzip"),
    ],
)
def test_what_is_wrong_with_the_headers_of_a_body(sent: dict[str, Any], name: str, meant: str) -> None:
    answer = APP.test_client().post("/v1/extract", data=b"a", **sent)
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["in"]) == (415, "header")
    assert (error["name"], error["did_you_mean"]) == (name, meant)


@pytest.mark.parametrize("asked", [each for each in OPERATIONS if "pretty" in each.names], ids=str)
def test_pretty_answers_are_the_same_and_indented(asked: Operation) -> None:
    client = APP.test_client()
    plain = asked.send(client, asked.url).data
    indented = asked.send(client, f"{asked.url}?pretty=1").data
    assert indented.startswith(b"{\n  ")
    assert len(json.loads(plain)) == len(json.loads(indented))
    wrong = asked.send(client, f"{asked.url}?pretty=1&nothing=1").data
    assert wrong.startswith(b'{\n  "type"')


def test_pretty_is_refused_where_nothing_is_indented() -> None:
    for accept in ("text/plain", "text/markdown"):
        answer = APP.test_client().get("/v1/problems?pretty=1", headers={"Accept": accept})
        assert [each["name"] for each in answer.get_json()["errors"]] == ["pretty"]
