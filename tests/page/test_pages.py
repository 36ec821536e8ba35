"""The pages for people over HTTP, as a browser without JavaScript gets them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest

from service.dates import parse_edtf
from service.http.endpoint import HTML
from service.http.options import HttpOptions
from service.http.people.wording import date_explained
from tests.corpora import seeds_app
from tests.page.html import PEOPLE, Read, read
from tests.page.odd import SOURCE, odd_corpus
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus


@pytest.fixture(scope="module")
def seeds() -> FlaskClient:
    return seeds_app().test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> Read:
    answer = client.get(address, headers=PEOPLE)
    assert answer.status_code == status, address
    assert answer.content_type == HTML
    return read(answer.text)


def at(answer: Any, path: str) -> Any:
    """Follow a path such as ``facets.topic.value=thaad.count`` into an answer; ``length`` counts what is there."""
    steps = path.split(".")
    while steps:
        step = steps.pop(0)
        if step == "length":
            answer = len(answer)
        elif isinstance(answer, list) and step.isdigit():
            answer = answer[int(step)]
        elif isinstance(answer, list):
            name, value = step.split("=")
            while not any(each[name] == value for each in answer):
                value += f".{steps.pop(0)}"  # a value with a full stop in it
            (answer,) = [each for each in answer if each[name] == value]
        else:
            answer = answer[step]
    return answer


SHOWN = [
    "/",
    "/?speaker=wang-yi&topic=sanctions",
    "/?q=missile+test&from=2013&to=2014-06",
    "/?publisher=voice-of-america&kind=direct,mixed&sort=-date&limit=5",
    "/?date=2014&not_speaker=kerry",
    "/?speaker=nobody-at-all",
    "/speakers/wang-yi",
    "/speakers/john-kerry",
]


@pytest.mark.parametrize("address", SHOWN)
def test_a_page_shows_no_figure_that_the_api_does_not_give(seeds: FlaskClient, address: str) -> None:
    shown = page(seeds, address)
    assert shown.figures
    for figure in shown.figures:
        answer = seeds.get(figure.address)
        assert answer.status_code == 200, figure
        assert str(at(answer.get_json(), figure.path)) == figure.shown, figure


@pytest.mark.parametrize("address", [*SHOWN, "/speakers/xi-jinping"])
def test_the_bars_of_a_timeline_are_labelled_with_the_figures_of_the_api(
    seeds: FlaskClient, address: str
) -> None:
    answer = seeds.get(address, headers=PEOPLE)
    drawn = re.findall(r'aria-label="([\d-]+): (\d+) statements?, (\d+) events?"', answer.text)
    titles = re.findall(r"<title>([\d-]+): (\d+) statements?, (\d+) events?</title>", answer.text)
    assert drawn == titles
    asked = {
        html.unescape(each) for each in re.findall(r"<code>HOST(/v1/timeline\?[^<]*)</code>", answer.text)
    }
    counts: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for each in asked:
        if "by=" not in each:
            items = seeds.get(each).get_json()["items"]
            counts["of=events" in each] |= {one["label"]: one["count"] for one in items}
    assert bool(drawn) == bool(counts[False])
    for label, statements, events in drawn:
        assert int(statements) == counts[False].get(label, 0)
        assert int(events) == counts[True].get(label, 0)
    assert {label for label, *_ in drawn} >= counts[False].keys()


def test_every_record_has_a_page_and_its_figures_are_those_of_the_api(seeds: FlaskClient) -> None:
    for kind in ("sources", "events", "speakers"):
        for record in seeds.get(f"/v1/{kind}?limit=100").get_json()["items"]:
            shown = page(seeds, record["url"].removeprefix("/v1"))
            for figure in shown.figures:
                assert str(at(seeds.get(figure.address).get_json(), figure.path)) == figure.shown, figure


def test_a_speaker_s_page_counts_what_was_said_by_topic_and_year(seeds: FlaskClient) -> None:
    shown = page(seeds, "/speakers/john-kerry")
    counted = [each for each in shown.figures if ".split." in each.path]
    address = "/v1/timeline?interval=year&by=topic&speaker=john-kerry&facet_limit=8"
    assert {each.address for each in counted} == {address}
    items = seeds.get(address).get_json()["items"]
    assert len(counted) == sum(len(each["split"]) for each in items) > 20
    for each in items:
        for one in each["split"]:
            leads = f"/?speaker=john-kerry&topic={one['value']}&date={each['label']}"
            assert leads in shown.links
            assert seeds.get(f"/v1/statements{leads[1:]}").get_json()["total"] == one["count"]


def test_a_speaker_s_page_leads_to_the_events(seeds: FlaskClient) -> None:
    for who in ("john-kerry", "jang-song-thaek"):
        listed = seeds.get(f"/v1/events?participant={who}&limit=100").get_json()
        shown = page(seeds, f"/speakers/{who}")
        led_to = [link for link in shown.links if link.startswith("/events/")]
        assert {f"/events/{each['id']}" for each in listed["items"]} <= {*led_to}
        assert listed["total"] == seeds.get(f"/v1/speakers/{who}").get_json()["counts"]["events"] > 0
    assert "Execution of Jang Song Thaek December 2013 · happened · in 2 sources" in shown.text
    assert "Events with" not in page(seeds, "/speakers/reuters").text


def test_who_passes_words_on_has_them_on_the_page(seeds: FlaskClient) -> None:
    total = seeds.get("/v1/statements?via=reuters").get_json()["total"]
    shown = page(seeds, "/speakers/reuters")
    assert f"0 statements, 0 events, {total} statements of others passed on" in shown.text
    assert "/?via=reuters" in shown.links
    assert "Over time" not in shown.text
    assert "/?via=reuters" in page(seeds, "/?via=reuters").links
    assert "passed on" not in page(seeds, "/speakers/wang-yi").text


@pytest.fixture(scope="module")
def odd() -> FlaskClient:
    return app_of(odd_corpus(), extract).test_client()


@pytest.mark.parametrize("served", ["seeds", "odd"])
def test_every_link_leads_somewhere(request: pytest.FixtureRequest, served: str) -> None:
    client: FlaskClient = request.getfixturevalue(served)
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < 400:
        address = waiting.pop()
        answer = client.get(address, headers=PEOPLE)
        assert answer.status_code == 200, address
        if address.startswith(("/v1", "/docs", "/openapi")):
            continue
        shown = read(answer.text)
        assert len(shown.ids) == len(set(shown.ids)), address
        for link in shown.links:
            there, _, anchor = link.partition("#")
            if not there:
                assert not anchor or unquote(anchor) in shown.ids, (address, link)
            elif there not in seen:
                seen.add(there)
                waiting.append(there)


def test_a_source_may_have_any_name(odd: FlaskClient) -> None:
    shown = page(odd, f"/sources/{quote(SOURCE, safe='')}")
    listed = odd.get("/v1/statements?limit=100").get_json()["items"]
    own = [each for each in listed if each["source"]["id"] == SOURCE]
    assert len(own) == 4
    assert {each["id"] for each in own} | {f"about-{each['id']}" for each in own} <= {*shown.ids}
    (leads,) = [link for link in shown.links if link.startswith("/?source=")]
    assert page(odd, leads).text.count("4 statements, source") == 1
    (found,) = [each for each in page(odd, leads).figures if each.path == "total"]
    assert odd.get(found.address).get_json()["total"] == 4


def test_a_statement_comes_with_the_word_that_says_how_it_was_said(seeds: FlaskClient) -> None:
    listed = seeds.get("/v1/statements?topic=sanctions").get_json()["items"]
    assert {"has denounced", "said"} <= {each["cue"]["text"] for each in listed if each["cue"]}
    for there in ("/?topic=sanctions", f"/sources/{listed[0]['source']['id']}"):
        shown = page(seeds, there).text
        for each in listed:
            cue = f" {each['cue']['text']}" if each["cue"] else ""
            role = f" {each['speakers'][-1]['role']}" if each["speakers"][-1]["role"] else ""
            said = f"“{each['text']}”" if each["kind"] == "direct" else each["text"]
            assert f"{each['speakers'][-1]['name']}{role}{cue} {said}" in shown, there


def test_a_statement_links_to_its_place_in_the_text(seeds: FlaskClient) -> None:
    for each in seeds.get("/v1/statements?limit=100").get_json()["items"]:
        source = f"/sources/{each['source']['id']}"
        assert each["id"] in page(seeds, source).ids


def test_the_text_is_shown_whole_but_for_its_front_matter(seeds: FlaskClient) -> None:
    for record in seeds.get("/v1/sources?embed=blocks").get_json()["items"]:
        text = seeds.get(f"{record['url']}/text").get_data(as_text=True)
        shown = page(seeds, f"/sources/{record['id']}").text
        for block in record["blocks"]:
            assert " ".join(text[block["start"] : block["end"]].split()) in shown


def test_the_colours_are_explained_before_the_text(seeds: FlaskClient) -> None:
    record = seeds.get("/v1/sources/000_78a0a6744c81342f?embed=blocks").get_json()
    first = next(each for each in record["blocks"] if each["role"] == "body")
    text = seeds.get(f"{record['url']}/text").get_data(as_text=True)
    shown = page(seeds, "/sources/000_78a0a6744c81342f").text
    explained = shown.index("how it was said")
    assert explained < shown.index(" ".join(text[first["start"] : first["end"]].split()))


@pytest.mark.parametrize(
    ("basis", "words", "told"),
    [
        ("document", None, "30 January 2016, the article’s own date, as no day is told"),
        (
            "relative",
            "Saturday",
            "“Saturday” → 30 January 2016, reckoned from 31 January 2016, the date of the article",
        ),
        ("stated", "Jan. 30", "30 January 2016, as it is printed"),
        ("inferred", None, "30 January 2016, worked out from what else is told"),
    ],
)
def test_a_date_is_explained(basis: str, words: str | None, told: str) -> None:
    date = {
        "start": "2016-01-30",
        "end": "2016-01-30",
        "precision": "day",
        "basis": basis,
        "expression": words,
    }
    published = {**date, "start": "2016-01-31", "end": "2016-01-31"}
    assert date_explained(date, published) == told
    assert date_explained(None, published) == ""


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        (PEOPLE["Accept"], True),
        ("text/html", True),
        ("*/*", False),
        ("", False),
        ("application/json", False),
        ("application/json,text/html;q=0.9", False),
    ],
)
def test_who_asks_for_html_gets_the_page_and_all_others_the_links(
    client: FlaskClient, accept: str, *, is_page: bool
) -> None:
    answer = client.get("/", headers={"Accept": accept} if accept else {})
    assert answer.content_type == (HTML if is_page else "application/json")
    assert "Accept" in answer.headers["Vary"]


def test_the_api_is_never_html(client: FlaskClient) -> None:
    for address, status in (("/v1/statements", 406), ("/v1/nothing", 404), ("/v1", 404), ("/v1/", 404)):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_empty_fields_of_a_form_ask_for_nothing(client: FlaskClient) -> None:
    bare = client.get("/?speaker=ada", headers=PEOPLE)
    sent = client.get("/?speaker=ada&q=&from=&to=", headers=PEOPLE)
    assert (bare.status_code, sent.status_code) == (200, 200)
    assert bare.data == sent.data


def test_the_form_carries_every_other_filter_along(client: FlaskClient) -> None:
    shown = page(client, "/?speaker=ada&speaker=bo&kind=direct&q=bridge&sort=date&cursor=")
    carried = [
        (a["name"], a["value"]) for tag, a in shown.tags if tag == "input" and a.get("type") == "hidden"
    ]
    assert carried == [("speaker", "ada"), ("speaker", "bo"), ("kind", "direct"), ("sort", "date")]


def test_the_form_carries_no_order_along_that_only_words_have(client: FlaskClient) -> None:
    shown = page(client, "/?q=bridge&sort=relevance&kind=direct")
    carried = [a["name"] for tag, a in shown.tags if tag == "input" and a.get("type") == "hidden"]
    assert carried == ["kind"]


def test_what_was_meant_takes_the_place_of_what_was_not_understood(client: FlaskClient) -> None:
    shown = page(client, "/?speaker=bo&not_speaker=ada+exampel&kind=direct")
    assert "/?speaker=bo&kind=direct&not_speaker=ada-example" in shown.links


def test_every_page_says_that_a_program_made_the_record(client: FlaskClient) -> None:
    version = client.get("/v1/corpus").get_json()["version"]
    for address, status in (
        ("/", 200),
        ("/try", 200),
        ("/sources/bridge-opening", 200),
        ("/events/market-99-120", 200),
        ("/speakers/ada-example", 200),
        ("/nowhere", 404),
        ("/sources/nowhere", 404),
        ("/?limit=0", 400),
    ):
        shown = page(client, address, status)
        assert "extracted from texts by a program" in shown.text, address
        assert f"Version {version} of the record" in shown.text, address
    answer = client.post("/try", data={"text": "unusable"}, headers=PEOPLE)
    assert f"Version {version} of the record" in read(answer.text).text


def test_every_view_has_all_the_requests_that_give_it(seeds: FlaskClient) -> None:
    source = "003_0a30fb234150b5a7"
    for address, requests in (
        (
            f"/sources/{source}",
            [
                f"/v1/sources/{source}?embed=blocks",
                f"/v1/sources/{source}/text",
                f"/v1/statements?source={source}&limit=100",
                f"/v1/events?source={source}&limit=100",
            ],
        ),
        (
            "/speakers/wang-yi",
            [
                "/v1/speakers/wang-yi",
                "/v1/statements?speaker=wang-yi&sort=-date&facets=topic&facets=publisher&facets=year&facet_limit=12",
                "/v1/events?participant=wang-yi&sort=-date&limit=100",
                "/v1/statements?via=wang-yi&limit=1",
                "/v1/timeline?interval=month&speaker=wang-yi",
                "/v1/timeline?of=events&interval=month&participant=wang-yi",
                "/v1/timeline?interval=year&by=topic&speaker=wang-yi&facet_limit=8",
                "/v1/statements?speaker=wang-yi&fields=speakers&limit=100",
            ],
        ),
    ):
        shown = page(seeds, address)
        assert sorted(re.findall(r"curl 'HOST([^']*)'", shown.text)) == sorted(requests)
        for each in requests:
            assert seeds.get(each).status_code == 200, each
            for line in (
                f"HOST{each}",
                f"curl 'HOST{each}'",
                f'fetch("HOST{each}")',
                f'httpx.get("HOST{each}")',
            ):
                assert line in shown.text, line
        assert {each.address for each in shown.figures} <= {
            *requests,
            f"/v1/sources/{source}",
            *(each.address for each in shown.figures if each.address.startswith("/v1/statements/")),
        }


def test_what_is_asked_for_is_said_where_the_statements_begin(seeds: FlaskClient) -> None:
    for asked, told, title in (
        (
            "speaker=wang&topic=sanctions",
            "3 statements, speaker Wang Yi (without), topic Sanctions (without).",
            "Wang Yi, Sanctions: 3 statements",
        ),
        (
            "from=2013&to=2013-06",
            "19 statements, from 2013 (without), to 2013-06 (without).",
            "from 2013, to 2013-06: 19 statements",
        ),
        (
            "q=penalties&kind=indirect",
            "1 statement, kind indirect (without), words penalties (without).",
            "indirect, penalties: 1 statement",
        ),
        (
            "speaker=nobody-at-all",
            "0 statements, speaker nobody-at-all (without).",
            "nobody-at-all: 0 statements",
        ),
    ):
        shown = page(seeds, f"/?{asked}&sort=date&limit=5")
        assert told in shown.text
        assert f"{title} — Onrecord" in shown.text
    assert "/?speaker=wang&sort=-date" in page(seeds, "/?speaker=wang&topic=sanctions&sort=-date").links


def test_what_is_shown_can_be_had_as_a_table(seeds: FlaskClient) -> None:
    first = page(seeds, "/?date=2014&limit=5")
    (more,) = {link for link in first.links if "cursor=" in link}
    for address in ("/?date=2014&limit=5", more):
        (table,) = [link for link in page(seeds, address).links if "format=csv" in link]
        assert table == "/v1/statements?date=2014&format=csv"
    answer = seeds.get("/v1/statements?date=2014&format=csv")
    assert answer.headers["X-Total-Count"] == "39"
    assert not any("format=csv" in link for link in page(seeds, "/?speaker=nobody-at-all").links)


def test_errors_are_pages_that_say_what_the_json_says(client: FlaskClient) -> None:
    for address, asked, status in (
        ("/?limit=0", "/v1/statements?limit=0", 400),
        ("/speakers/ada-exampel", "/v1/speakers/ada-exampel", 404),
    ):
        told = client.get(asked).get_json()
        shown = page(client, address, status)
        assert told["detail"] in shown.text
        assert told["title"] in shown.text
    assert "There is nothing under /nowhere" in page(client, "/nowhere", 404).text
    assert client.get("/nowhere").content_type == "application/problem+json"
    assert any(link == "/speakers/ada-example" for link in page(client, "/speakers/ada-exampel", 404).links)


def test_an_error_is_told_once_and_leads_on(client: FlaskClient) -> None:
    for address, told, leads in (
        ("/?speaker=ada&from=nonsense&sort=-date", "'nonsense' is no date", "/?speaker=ada&sort=-date"),
        ("/?frm=2014&q=bridge", "there is no such parameter here; did you mean from?", "/?q=bridge"),
        ("/speaker/ada-example", "There is nothing under /speaker/ada-example", "/speakers/ada-example"),
    ):
        shown = page(client, address, 404 if address.startswith("/speaker") else 400)
        assert shown.text.count(told) == 1
        assert leads in shown.links
        assert client.get(leads, headers=PEOPLE).status_code == 200
    assert page(client, "/?from=nonsense", 400).links == page(client, "/nowhere", 404).links
    several = page(client, "/?frm=2014&limit=0", 400).text
    assert "frm: there is no such" in several
    assert "limit: " in several


def test_pages_run_no_script_but_their_own(client: FlaskClient) -> None:
    for address in ("/", "/sources/bridge-opening", "/nowhere"):
        answer = client.get(address, headers=PEOPLE)
        rules = dict(
            part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == "'self'"
        for tag, attributes in read(answer.text).tags:
            assert "style" not in attributes
            assert not any(name.startswith("on") for name in attributes)
            if tag == "script":
                assert str(attributes["src"]).startswith("/files/")
                assert client.get(str(attributes["src"])).status_code == 200


def test_what_texts_say_is_text_on_a_page(client: FlaskClient) -> None:
    shown = client.get("/sources/market%20day%20%C3%A9", headers=PEOPLE).text
    assert "<b>chips</b>" not in shown
    assert "&lt;b&gt;chips&lt;/b&gt;" in shown


def test_where_texts_are_not_served_the_record_is_shown_without(corpus: Corpus) -> None:
    client = app_of(corpus, extract, HttpOptions(serve_text=False)).test_client()
    shown = page(client, "/sources/bridge-opening").text
    assert "The text itself is not served here." in shown
    requests = re.findall(r"curl 'HOST([^']*)'", shown)
    assert len(requests) == 3
    assert all(client.get(each).status_code == 200 for each in requests)


def test_the_first_page_is_small(seeds: FlaskClient) -> None:
    size = 0
    answer = seeds.get("/", headers={**PEOPLE, "Accept-Encoding": "gzip"})
    size += len(answer.data)
    for address in re.findall(r'"(/files/[^"]+)"', seeds.get("/", headers=PEOPLE).text):
        size += len(seeds.get(address, headers={"Accept-Encoding": "gzip"}).data)
    assert size < 100_000


WRITTEN = "OSLO, March 3 2015 — “We will mend the bridge,” Mayor Ada Example said.\r\n\r\nShe promised <b>new</b> rails.\r\n"


def test_a_text_of_ones_own_is_read_and_marked(seeds: FlaskClient) -> None:
    assert "nothing of it is kept" in page(seeds, "/try").text
    answer = seeds.post("/try", data={"text": WRITTEN}, headers=PEOPLE)
    assert (answer.status_code, answer.content_type) == (200, HTML)
    assert answer.headers["Cache-Control"] == "no-store"
    extracted = seeds.post("/v1/extract", json={"text": WRITTEN}).get_json()
    shown = read(answer.text)
    assert f"{len(extracted['statements'])} statements" in shown.text
    for each in extracted["statements"]:
        assert {each["id"], f"about-{each['id']}"} <= {*shown.ids}
    assert "<b>new</b>" not in answer.text
    assert "Ada Example Mayor said" in shown.text
    assert not any(link.startswith("/speakers/") for link in shown.links)  # the record need not have them
    assert "“We will mend the bridge,” Mayor Ada Example said. She promised <b>new</b> rails." in shown.text


@pytest.mark.parametrize(("text", "status"), [("", 422), (" ", 422), ("x" * 1_000_001, 413)])
def test_a_text_that_is_not_read_is_told_of_by_a_page(seeds: FlaskClient, text: str, status: int) -> None:
    answer = seeds.post("/try", data={"text": text}, headers=PEOPLE)
    assert (answer.status_code, answer.content_type) == (status, HTML)
    told = seeds.post("/v1/extract", data=text, content_type="text/plain").get_json()
    assert told["title"] in read(answer.text).text
    assert f"The text was not read {told['detail']} An English" in read(answer.text).text
    assert f"{text} Published, where" in read(answer.text).text or not text.strip()


def test_a_text_of_ones_own_may_be_dated(seeds: FlaskClient) -> None:
    text = "The bridge is safe, Mayor Ada Example said on Friday."
    shown = read(seeds.post("/try", data={"text": text, "published": "2015-03-03"}, headers=PEOPLE).text)
    assert "“Friday” → 27 February 2015, reckoned from 3 March 2015, the date of the article" in shown.text
    wrong = seeds.post("/try", data={"text": text, "published": "soon"}, headers=PEOPLE)
    assert wrong.status_code == 422
    told = seeds.post("/v1/extract", json={"text": text, "published": "soon"}).get_json()
    assert told["errors"][0]["detail"] in read(wrong.text).text
    assert 'value="soon"' in wrong.text


def test_a_statement_tells_what_its_date_rests_on(seeds: FlaskClient) -> None:
    listed = seeds.get("/v1/statements?limit=100").get_json()["items"]
    shown = page(seeds, "/?limit=100").text
    seen = {each["date"]["basis"] for each in listed if each["date"]}
    assert seen >= {"relative", "document"}
    for each in listed:
        if each["date"] and each["date"]["basis"] == "relative":
            assert f"(“{each['date']['expression']}”) · {each['kind']}" in shown
    assert "(the article’s date) · " in shown


def test_who_is_not_among_those_listed_can_be_named(seeds: FlaskClient) -> None:
    def fields(address: str) -> list[str | None]:
        shown = page(seeds, address).tags
        return [a["name"] for tag, a in shown if tag == "input" and a.get("type") != "hidden"]

    counted = seeds.get("/v1/statements?facets=speaker,topic,publisher,kind&facet_limit=100").get_json()
    counted = counted["facets"]
    many = [name for name, values in counted.items() if len(values) > 12]
    assert fields("/") == ["q", *many, "from", "to"]
    assert "speaker" in many
    assert fields("/?q=penalties") == ["q", "from", "to"]
    named = "/?q=&speaker=Dempsey&topic=&from=&to="
    total = seeds.get("/v1/statements?speaker=dempsey").get_json()["total"]
    assert f"{total} statement" in page(seeds, named).text


def test_an_event_is_told_outlet_by_outlet(seeds: FlaskClient) -> None:
    by_title = {each["title"]: each for each in seeds.get("/v1/events?limit=100").get_json()["items"]}
    met = by_title["Wang Yi and John Kerry: press conference in Beijing"]
    shown = page(seeds, f"/events/{met['id']}")
    assert "press conference · happened · 27 January 2016" in shown.text
    assert "Who took part" in shown.text
    assert "Said at it Wang Yi Foreign Minister told “Sanctions are not an end in themselves" in shown.text
    assert "Said on the same days by those involved" in shown.text
    source = seeds.get(f"/v1/sources/{met['sources'][0]}").get_json()
    assert shown.text.count(source["title"]) == 1
    assert f"/events/{met['id']}" not in shown.links
    planned = page(seeds, f"/events/{by_title['Planned visit: Martin Dempsey']['id']}").text
    possible = page(seeds, f"/events/{by_title['Possible deployment: United States']['id']}").text
    assert "Who is to take part Martin Dempsey" in planned
    assert "Who would take part United States" in possible


def test_one_is_not_counted_in_the_plural(seeds: FlaskClient) -> None:
    told = "The bridge is made of steel, the mayor said.\n"
    read_one = read(seeds.post("/try", data={"text": told}, headers=PEOPLE).text)
    assert "1 statement, 0 events" in read_one.text
    for there in ("/", "/speakers/jang-song-thaek", "/sources/000_78a0a6744c81342f"):
        assert not re.search(r"\b1 (statements|events)\b", page(seeds, there).text)


def test_where_a_key_is_asked_for_the_form_asks_for_it(corpus: Corpus) -> None:
    client = app_of(corpus, extract, HttpOptions(extract_key="s3cret")).test_client()
    assert any(a.get("name") == "key" for tag, a in page(client, "/try").tags if tag == "input")
    refused = client.post("/try", data={"text": WRITTEN}, headers=PEOPLE)
    assert refused.status_code == 401
    assert WRITTEN.replace("<", "&lt;").replace(">", "&gt;") in refused.text
    assert "s3cret" not in client.post("/try", data={"text": " ", "key": "s3cret"}, headers=PEOPLE).text
    assert client.post("/try", data={"text": WRITTEN, "key": "s3cret"}, headers=PEOPLE).status_code == 200


def test_the_form_is_kept_only_while_the_server_asks_for_the_same(corpus: Corpus) -> None:
    tags = {
        app_of(corpus, extract, HttpOptions(extract_key=key))
        .test_client()
        .get("/try", headers=PEOPLE)
        .headers["ETag"]
        for key in (None, "s3cret")
    }
    assert len(tags) == 2


def test_a_timeline_of_centuries_is_drawn_by_year_or_not_at_all(corpus: Corpus) -> None:
    for edtf, is_drawn in (("1914-07", True), ("0900-05", False)):
        first, *others = corpus.events
        events = (replace(first, date=parse_edtf(edtf)), *others)
        client = app_of(replace(corpus, events=events), extract).test_client()
        shown = page(client, "/")
        assert ("statements by year" in shown.text) == is_drawn
        assert any(tag == "svg" for tag, _ in shown.tags) == is_drawn
