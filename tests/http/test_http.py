"""HTTP as the RFCs have it, on every operation in every format: conditions, HEAD, OPTIONS, caching, other origins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from service.http.options import HttpOptions
from tests.http.described import APP, OF_BROWSERS, OPERATIONS, ORIGIN, PATHS, Operation
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

ANSWERS: Final = tuple(
    (asked, media)
    for asked in OPERATIONS
    for media in asked.described["responses"]["200"].get("content", {"*/*": {}})
)
GOT: Final = tuple(each for each in ANSWERS if each[0].method == "GET")
LASTING: Final = tuple(each for each in GOT if "304" in each[0].described["responses"])
KEPT: Final = ("Cache-Control", "ETag", "Vary")
"""What a 304 has as the 200 would have it (RFC 9110, 15.4.5)."""

OF_A_BODY: Final = ("Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding")
NEW_EACH_TIME: Final = ("X-Request-ID",)


def ask(asked: Operation, media: str, method: str | None = None, **headers: str) -> TestResponse:
    """Ask for an answer in the media type `media`."""
    accept = {"Accept": media.partition(";")[0]}
    return asked.send(
        APP.test_client(), asked.url, method=method or asked.method, headers={**accept, **headers}
    )


def told(response: TestResponse, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: value for name, value in response.headers.items() if name not in NEW_EACH_TIME + without}


@pytest.mark.parametrize(("asked", "media"), ANSWERS, ids=str)
def test_every_answer_is_of_its_type_and_open_to_other_origins(asked: Operation, media: str) -> None:
    response = ask(asked, media, **{"X-Request-ID": "asked-1"})
    assert response.status_code == 200
    assert response.mimetype == media.partition(";")[0]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Request-ID"] == "asked-1"
    exposed = set(response.headers["Access-Control-Expose-Headers"].split(", "))
    described = asked.described["responses"]["200"]["headers"].keys()
    assert described - OF_BROWSERS <= exposed
    assert described <= {*response.headers.keys(), "Link", "Content-Encoding"}
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("asked", "media"), GOT, ids=str)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_head_is_get_without_the_body(asked: Operation, media: str, coding: str) -> None:
    got = ask(asked, media, "GET", **{"Accept-Encoding": coding})
    head = ask(asked, media, "HEAD", **{"Accept-Encoding": coding})
    assert head.data == b""
    assert head.status_code == got.status_code
    assert told(head) == told(got)
    if "Content-Length" in got.headers:
        assert int(got.headers["Content-Length"]) == len(got.data)


@pytest.mark.parametrize(("asked", "media"), LASTING, ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_condition_that_holds_spares_the_body(
    asked: Operation, media: str, method: str, coding: str
) -> None:
    got = ask(asked, media, "GET", **{"Accept-Encoding": coding})
    tag = got.headers["ETag"]
    assert tag.startswith('W/"')
    strong = tag.removeprefix("W/")
    for given in (tag, strong, f'"a", {tag}', f'{strong}, W/"b"', f"  {tag}  ,", "*"):
        since = {"If-None-Match": given, "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
        again = ask(asked, media, method, **{"Accept-Encoding": coding}, **since)
        assert (again.status_code, again.data) == (304, b"")
        assert {name: again.headers[name] for name in KEPT} == {name: got.headers[name] for name in KEPT}
        assert not {name for name in OF_A_BODY if name in again.headers}
        assert again.headers["X-Request-ID"]
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in again.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(("asked", "media"), LASTING, ids=str)
@pytest.mark.parametrize("given", ['"other"', 'W/"other", "more"', "nonsense", '"', "W/*", "", ","])
def test_a_condition_that_does_not_hold_gives_the_answer(asked: Operation, media: str, given: str) -> None:
    assert ask(asked, media, **{"If-None-Match": given}).status_code == 200


@pytest.mark.parametrize(("asked", "media"), LASTING, ids=str)
def test_caches_must_ask_and_tell_representations_apart(asked: Operation, media: str) -> None:
    response = ask(asked, media)
    assert response.headers["Cache-Control"] == "no-cache"
    assert {"Accept", "Accept-Encoding"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    others = [other for each, other in LASTING if each == asked and other != media]
    assert response.headers["ETag"] not in {ask(asked, other).headers["ETag"] for other in others}


@pytest.mark.parametrize("asked", [each for each in OPERATIONS if (each, "*/*") not in LASTING], ids=str)
def test_what_does_not_last_is_not_kept(asked: Operation) -> None:
    if "304" not in asked.described["responses"]:
        response = ask(asked, "*/*", **{"If-None-Match": "*"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_options_tells_the_methods_and_nothing_else(path: str) -> None:
    operations = [each for each in OPERATIONS if each.path == path]
    taken = {each.method for each in operations} | {"OPTIONS"}
    response = APP.test_client().options(operations[0].url, headers=ORIGIN)
    assert (response.status_code, response.data) == (200, b"")
    assert set(response.headers["Allow"].split(", ")) == taken | ({"HEAD"} if "GET" in taken else set())
    assert "Content-Type" not in response.headers
    assert response.headers["X-Request-ID"]


@pytest.mark.parametrize("path", PATHS)
def test_a_preflight_is_let_through(path: str) -> None:
    for each in (each for each in OPERATIONS if each.path == path):
        wanted = {
            "Access-Control-Request-Method": each.method,
            "Access-Control-Request-Headers": "Content-Type, If-None-Match, X-Request-ID",
        }
        response = APP.test_client().options(each.url, headers=ORIGIN | wanted)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert each.method in response.headers["Access-Control-Allow-Methods"].split(", ")
        allowed = response.headers["Access-Control-Allow-Headers"].split(", ")
        assert {"Content-Type", "If-None-Match", "X-Request-ID"} <= set(allowed)


def test_a_posted_text_goes_by_no_condition_and_is_not_kept() -> None:
    response = APP.test_client().post(
        "/v1/extract", data="It is safe.", content_type="text/plain", headers={"If-None-Match": "*"}
    )
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("asked", "media"), LASTING, ids=str)
def test_if_match_takes_the_weak_tag_of_today_for_another(asked: Operation, media: str) -> None:
    tag = ask(asked, media).headers["ETag"]
    assert ask(asked, media, **{"If-Match": tag}).status_code == 412
    assert ask(asked, media, **{"If-Match": f'"a", {tag}', "If-None-Match": tag}).status_code == 412
    assert ask(asked, media, **{"If-Match": "*"}).status_code == 200
    assert ask(asked, media, **{"If-Match": "*", "If-None-Match": tag}).status_code == 304


def test_what_a_setting_decides_has_a_tag_of_its_own() -> None:
    tags = {
        app_of(make_corpus(), extract, HttpOptions(max_text=most))
        .test_client()
        .get("/v1/problems")
        .headers["ETag"]
        for most in (1_000, 2_000)
    }
    assert len(tags) == 2
