"""The pages for people in a browser, as a reader uses them."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import axe_playwright_python  # type: ignore[import-untyped]  # it comes without types
import pytest
from playwright.sync_api import expect

from tests.corpora import seeds_app
from tests.page.browsing import browser, needs_browser, served
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from service.model import Corpus

pytestmark = [needs_browser, pytest.mark.enable_socket]

AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
TEXT = "OSLO, March 3 2015 — The old bridge will be mended this year, Mayor Ada Example said on Monday.\n"
EVIL = '<script>window.evil = 1</script><img src=x onerror="window.evil = 2">'
TURNED = "\u202eecnetnes a\u202c"
LONG = "Donaudampfschifffahrt" * 40


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seeds_app()) as address:
        yield address


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    yield page
    assert not wrong


def first_statement(page: Page) -> str:
    return page.locator(".statement .said, .statement blockquote").first.inner_text()


def test_a_reader_finds_what_wang_yi_said_on_sanctions(page: Page, chromium: Browser, address: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile(r"^Wang Yi \d+$")).click()
    page.get_by_role("link", name=re.compile(r"^Sanctions \d+$")).click()
    expect(page.get_by_role("status")).to_contain_text("3 statements")
    said = first_statement(page)
    other = chromium.new_context(base_url=address)  # shared with somebody else
    again = other.new_page()
    again.goto(page.url)
    assert first_statement(again) == said
    other.close()
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("10 statements")


def test_the_timeline_is_brushed(page: Page) -> None:
    page.goto("/")
    bars = page.locator("svg[data-brush] a")
    chosen = [
        n for n in range(bars.count()) if (bars.nth(n).get_attribute("data-start") or "").startswith("2014")
    ]
    first, last = (bars.nth(n).bounding_box() for n in (chosen[0], chosen[-1]))
    assert first
    assert last
    high = first["y"] + first["height"] / 2
    page.mouse.move(first["x"] + first["width"] / 2, high)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, high, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=2014-*")
    expect(page.get_by_role("status")).to_contain_text("39 statements")
    dates = page.locator(".statement .facts > time").evaluate_all(
        "times => times.map((each) => each.dateTime)"
    )
    assert dates
    assert all(date.startswith("2014") for date in dates)
    page.locator("svg[data-brush] a.chosen").first.click()
    page.wait_for_url(re.compile(r"[?&]date=2014"))


def test_a_statement_is_seen_in_its_source(page: Page) -> None:
    page.goto("/?speaker=wang-yi&topic=sanctions")
    said = first_statement(page).strip("“”")
    page.locator(".statement .facts a").first.click()
    page.wait_for_url("**/sources/*")
    marked = page.locator(".piece.content.shown")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()) in said.replace(" … ", "") or said in "".join(
        marked.all_inner_texts()
    )
    expect(page.locator(".abouts > li.shown")).to_be_in_viewport(ratio=1)
    expect(page.locator(".abouts > li.shown")).to_contain_text("Wang Yi")
    marked.first.click()
    expect(page.locator(".abouts > li:target")).to_contain_text("Wang Yi")


def test_a_passage_has_an_address(page: Page) -> None:
    page.goto("/sources/003_0a30fb234150b5a7")
    page.locator(".block.body").nth(1).evaluate("block => getSelection().selectAllChildren(block)")
    link = page.locator("[data-passage] a")
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url("**#char=*")
    shown = "() => [...CSS.highlights.get('passage')].map(String).join('')"
    assert page.evaluate(shown) == page.locator(".block.body").nth(1).inner_text()


def test_requests_can_be_copied(page: Page, address: str) -> None:
    page.goto("/?speaker=kerry")
    page.get_by_text("The request to the API that gives this").click()
    expect(page.locator(".request code").nth(1)).to_have_text(f"curl '{address}/v1/statements?speaker=kerry'")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".request button").first.click()
    expect(page.locator(".request button").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/v1/statements?speaker=kerry"


def test_it_is_gone_through_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#q").focus()
    page.keyboard.type("missile")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=missile")
    expect(page.locator(".statement mark").first).to_have_text(re.compile("missile", re.IGNORECASE))
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert any(each and each.startswith("/speakers/") for each in reached)
    assert any(each and each.startswith("/sources/") for each in reached)


def test_it_works_without_javascript_on_a_phone(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Words").fill("sanctions")
    page.get_by_label("From").fill("2016")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("statements")
    page.get_by_role("link", name=re.compile(r"^Wang Yi \d+$")).click()
    page.locator("svg.timeline a, .timeline svg a").first.click()
    for there in ("/", "/sources/003_0a30fb234150b5a7", "/speakers/wang-yi"):
        page.goto(there)
        wide = page.locator("body").bounding_box()
        assert wide
        assert wide["width"] <= 360
    context.close()


def test_on_a_phone_statements_are_not_far_below_what_narrows_them_down(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    box = page.locator(".statement").first.bounding_box()
    assert box
    assert box["y"] < 2 * 740
    choice = page.locator(".facet a", has_text="Wang Yi")
    expect(choice).to_be_hidden()
    page.get_by_text("Narrow down").click()
    choice.click()
    expect(page.get_by_role("status")).to_contain_text("10 statements, speaker Wang Yi")
    page.set_viewport_size({"width": 1400, "height": 740})
    expect(choice).to_be_visible()
    expect(page.get_by_text("Narrow down")).to_be_hidden()


def test_a_word_of_a_table_is_not_broken_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/speakers/john-kerry")
    lines = page.get_by_role("rowheader", name="Security", exact=True).evaluate(
        """cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getClientRects().length;
        }"""
    )
    assert lines == 1


def test_a_text_is_pasted_and_read(page: Page) -> None:
    page.goto("/try")
    page.get_by_label(re.compile("An English news article")).fill(TEXT)
    page.evaluate(
        "addEventListener('submit', () => (window.name = document.querySelector('.try button').textContent))"
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".text .piece.speaker")).to_have_text("Mayor Ada Example")
    assert page.evaluate("window.name") == "Reading…"
    expect(page.get_by_role("button", name="Read it")).to_be_enabled()
    expect(page.locator(".text .piece.date")).to_have_text("Monday")
    page.locator(".text .piece.content").first.click()
    expect(page.locator(".abouts > li:target")).to_contain_text("2 March 2015")


@pytest.mark.parametrize("width", [360, 1400])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for there in ("/", "/sources/003_0a30fb234150b5a7", "/speakers/wang-yi", *some_events(page)):
        page.goto(there)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, there


def some_events(page: Page) -> list[str]:
    listed = page.request.get("/v1/events?limit=3").json()
    return [each["url"].removeprefix("/v1") for each in listed["items"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, address: str, scheme: str) -> None:
    context = chromium.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    pages = (
        "/",
        "/?q=missile&speaker=kerry",
        "/?speaker=nobody",
        "/sources/003_0a30fb234150b5a7",
        "/speakers/wang-yi",
    )
    for there in (*pages, *some_events(page), "/nowhere"):
        page.goto(there)
        page.evaluate(AXE)
        found = page.evaluate(
            "async () => (await axe.run()).violations.map(({id, nodes}) => [id, nodes.map(n => n.html)])"
        )
        assert not found, there
    context.close()


def test_nothing_moves_while_the_page_loads(page: Page) -> None:
    page.goto("/")
    moved = page.evaluate(
        """() => new Promise((done) => {
            let sum = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
            }).observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })"""
    )
    assert moved == 0


def hostile() -> Corpus:
    """A record whose texts and names would run, turn round or widen a page, were they not shown as text."""
    corpus = make_corpus()
    speakers = tuple(replace(each, name=f"{EVIL} {each.name}") for each in corpus.speakers)
    sources = tuple(replace(each, title=f"{EVIL}{TURNED}{LONG}") for each in corpus.sources)
    statements = tuple(
        replace(
            each,
            text=f"{EVIL}{TURNED}{LONG}",
            speakers=tuple(replace(party, name=f"{EVIL}{party.name}", role=EVIL) for party in each.speakers),
        )
        for each in corpus.statements
    )
    events = tuple(replace(each, title=f"{EVIL}{LONG}") for each in corpus.events)
    return replace(corpus, speakers=speakers, sources=sources, statements=statements, events=events)


def test_hostile_texts_and_names_are_text(chromium: Browser) -> None:
    app = app_of(hostile(), extract)
    listed = app.test_client()
    kinds = ("sources", "events", "speakers")
    there = [
        each["url"].removeprefix("/v1")
        for kind in kinds
        for each in listed.get(f"/v1/{kind}?limit=3").get_json()["items"]
    ]
    with served(app) as address:
        context = chromium.new_context(base_url=address, viewport={"width": 800, "height": 800})
        page = context.new_page()
        for each in ("/", "/?q=script", *there, f"/?speaker={EVIL}", f"/{EVIL}", f"/?{EVIL}=1"):
            page.goto(each)
            assert page.evaluate("window.evil") is None, each
            assert page.locator("main script, main img").count() == 0, each
            assert page.evaluate("document.documentElement.scrollWidth") <= 800, each
        page.goto("/")
        assert EVIL in page.locator(".statement").first.inner_text()
        context.close()
