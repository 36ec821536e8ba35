"""The pages for people in a browser, as a reader uses them."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

import axe_playwright_python  # type: ignore[import-untyped]  # it comes without types
import pytest
from playwright.sync_api import expect

from service.model import Named, RetoldFrom
from tests.corpora import seeds_app
from tests.page.browsing import browser, needs_browser, served
from tests.page.odd import SOURCE, odd_corpus
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from service.model import Corpus

pytestmark = [needs_browser, pytest.mark.enable_socket]

AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
TEXT = "OSLO, March 3 2015 — The old bridge will be mended this year, Mayor Ada Example said on Monday.\n"
TOLD = "OSLO, March 3 2015 — “We will mend the bridge,” Mayor Ada Example told reporters on Monday.\n"
EVIL = '<script>window.evil = 1</script><img src=x onerror="window.evil = 2">'
TURNED = "\u202eecnetnes a"
"""Turns what follows round, up to the end of what isolates it."""
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
    marked = page.locator(".text .piece.content.shown")
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


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    with served(app_of(odd_corpus(), extract)) as address:
        yield f"{address}/sources/{quote(SOURCE, safe='')}"


def test_what_belongs_together_lights_up_whatever_its_name(page: Page, odd: str) -> None:
    page.goto(odd)
    page.locator(".text .piece.content").first.click()
    shown = page.locator(".abouts > li.shown")
    expect(shown).to_have_count(1)
    expect(page.locator(".abouts > li:target")).to_have_count(1)
    expect(page.locator(".text .piece.content.shown").first).to_have_text("prices 📈 had doubled since ")
    shown.get_by_role("link", name="in the text").click()
    expect(page.locator(".anchor:target")).to_have_count(1)
    expect(page.locator(".text .piece.content.shown").first).to_have_text("prices 📈 had doubled since ")


SELECTED = """([block, from, to]) => {
    const walker = document.createTreeWalker(document.querySelectorAll(".block")[block], NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const place = (words, end) => {
        const node = nodes.find((each) => each.data.includes(words));
        return [node, node.data.indexOf(words) + (end ? words.length : 0)];
    };
    getSelection().setBaseAndExtent(...place(from, false), ...place(to, true));
}"""
PASSAGE = "() => [...CSS.highlights.get('passage')].map(String).join('')"


def test_a_passage_is_counted_in_code_points_and_over_line_ends_as_they_stand(page: Page, odd: str) -> None:
    text = page.request.get(odd.replace("/sources/", "/v1/sources/") + "/text").text()
    assert "\r\n" in text
    assert "🐟" in text
    for first, last in (("Nobody", "Nobody"), ("🐟 anymore", "🐟 anymore"), ("prices 📈", "market fee")):
        page.goto(odd)
        page.evaluate(SELECTED, [1, first, last])
        link = page.locator("[data-passage] a")
        expect(link).to_be_visible()
        start, end = (int(each) for each in str(link.get_attribute("href")).removeprefix("#char=").split(","))
        assert text[start:end].startswith(first)
        assert text[start:end].endswith(last)
        link.click()
        assert page.evaluate(PASSAGE) == text[start:end]


def test_a_passage_may_begin_in_one_paragraph_and_end_in_another(page: Page) -> None:
    page.goto("/sources/003_0a30fb234150b5a7")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-text]'))")
    link = page.locator("[data-passage] a")
    expect(link).to_be_visible()
    link.click()
    whole = "".join(page.locator(".block").all_text_contents())
    assert "".join(page.evaluate(PASSAGE).split()) == "".join(whole.split())


@pytest.mark.parametrize("ending", ["#%zz", "#char=5", "#char=9,3", "#char=99999999,999999999", "#nothing"])
def test_an_address_that_leads_nowhere_in_a_text_still_shows_it(page: Page, ending: str) -> None:
    page.goto(f"/sources/003_0a30fb234150b5a7{ending}")
    page.locator(".block.body").nth(1).evaluate("block => getSelection().selectAllChildren(block)")
    expect(page.locator("[data-passage] a")).to_be_visible()


def test_only_what_stands_for_the_server_is_replaced_in_a_request(page: Page, address: str) -> None:
    page.goto("/?q=HOST+it%27s")
    page.get_by_text(re.compile("^The requests? to the API")).click()
    expect(page.locator(".request code").nth(1)).to_have_text(
        f"curl '{address}/v1/statements?q=HOST%20it%27s'"
    )


def test_a_drawing_over_the_timeline_that_is_broken_off_asks_for_nothing(page: Page) -> None:
    page.goto("/")
    box = page.locator("svg[data-brush]").bounding_box()
    assert box
    high = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 10, high)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, high)
    expect(page.locator("svg[data-brush] .drawn").first).to_be_attached()
    page.evaluate(
        "document.querySelector('svg[data-brush]').dispatchEvent(new PointerEvent('pointercancel', {bubbles: true}))"
    )
    expect(page.locator("svg[data-brush] .drawn")).to_have_count(0)
    page.mouse.up()
    page.mouse.move(box["x"] + 10, high)
    page.mouse.down(button="right")
    page.mouse.move(box["x"] + 100, high)
    expect(page.locator("svg[data-brush] .drawn")).to_have_count(0)
    page.mouse.up(button="right")
    assert "from=" not in page.url


def test_requests_can_be_copied(page: Page, address: str) -> None:
    page.goto("/?speaker=kerry")
    page.get_by_text(re.compile("^The requests? to the API")).click()
    expect(page.locator(".request code").nth(1)).to_have_text(f"curl '{address}/v1/statements?speaker=kerry'")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".request button").first.click()
    expect(page.locator(".request button").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/v1/statements?speaker=kerry"


def reached(page: Page, selector: str) -> None:
    """Go on with the tabulator until what has the focus fits a selector."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"  # seen to have the focus
            return
    pytest.fail(f"{selector} is not reached")


def test_it_is_gone_through_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    reached(page, "#q")
    page.keyboard.type("missile")
    reached(page, "[name=from]")
    page.keyboard.type("2013")
    reached(page, "[name=to]")
    page.keyboard.type("2016")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=missile*")
    expect(page.locator(".statement mark").first).to_have_text(re.compile("missile", re.IGNORECASE))
    reached(page, ".facet a")
    page.keyboard.press("Enter")
    page.wait_for_url("**speaker=*")
    reached(page, "svg a")  # a period of the timeline
    page.keyboard.press("Enter")
    page.wait_for_url("**date=*")
    reached(page, ".timeline summary")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline details[open]")).to_have_count(1)
    reached(page, ".statement a[href^='/speakers/']")
    reached(page, ".statement a[href^='/sources/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*")
    reached(page, ".piece.content")
    page.keyboard.press("Enter")
    about = page.locator(".abouts > li:target")
    expect(about).to_be_in_viewport()
    reached(page, ".abouts > li:target a")  # what was asked for is the next


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


VIOLATIONS = """async () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    return (await axe.run()).violations.map(({id, nodes}) => [id, nodes.map((node) => node.html)]);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, address: str, odd: str, scheme: str) -> None:
    context = chromium.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    pages = (
        "/",
        "/?q=missile&speaker=kerry",
        "/?speaker=nobody",
        "/sources/003_0a30fb234150b5a7",
        "/speakers/wang-yi",
        odd,
        "/?limit=0&from=soon",
        "/speakers/wang-yu",
    )
    for there in (*pages, *some_events(page), "/nowhere", "/try"):
        page.goto(there)
        page.evaluate(AXE)
        assert not page.evaluate(VIOLATIONS), there
    page.get_by_label(re.compile("An English news article")).fill(TOLD)
    page.get_by_role("button", name="Read it").click()
    page.locator(".text .piece.content").first.click()
    page.evaluate(AXE)
    assert page.locator(".text .piece.event:not(.speaker, .cue)").first.text_content() == " "
    assert not page.evaluate(VIOLATIONS)
    context.close()


def test_on_paper_nothing_is_cut_off(page: Page) -> None:
    page.set_viewport_size({"width": 1300, "height": 800})
    page.goto("/sources/003_0a30fb234150b5a7")
    page.emulate_media(media="print")
    cut = "each => each.scrollHeight > each.clientHeight && getComputedStyle(each).overflowY !== 'visible'"
    assert page.locator("aside").evaluate("each => each.scrollHeight") > 800
    assert not page.locator("aside").evaluate(cut)


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize("there", ["/", "/sources/003_0a30fb234150b5a7", "/speakers/wang-yi", "/try"])
def test_nothing_moves_while_the_page_loads(page: Page, there: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(there)
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


NOT_ISOLATED = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const turned = walker.currentNode.data.includes("\u202e");
        if (turned && !walker.currentNode.parentElement.closest("[dir=auto], bdi, code")) {
            found.push(walker.currentNode.parentElement.outerHTML);
        }
    }
    return found;
}"""


def hostile() -> Corpus:
    """A record whose texts and names would run, turn round or widen a page, were they not shown as text."""
    corpus = make_corpus()
    speakers = tuple(replace(each, name=f"{EVIL} {each.name}") for each in corpus.speakers)
    sources = tuple(
        replace(
            each,
            title=f"{EVIL}{TURNED}{LONG}",
            authors=(f"{EVIL}{TURNED}",),
            dateline=TURNED,
            note=f"{EVIL}{TURNED}{LONG}",
            retold_from=RetoldFrom(f"{EVIL}{TURNED}", f"{EVIL}{TURNED}{LONG}", (TURNED,), TURNED),
        )
        for each in corpus.sources
    )
    statements = tuple(
        replace(
            each,
            text=f"{EVIL}{TURNED}{LONG}",
            speakers=tuple(
                replace(party, name=f"{EVIL}{TURNED}{party.name}", role=f"{EVIL}{TURNED}{LONG}")
                for party in each.speakers
            ),
            place=f"{EVIL}{TURNED}",
            addressee=f"{EVIL}{TURNED}",
            via=(Named("daily-sample", f"{EVIL}{TURNED}"),),
            corrected=f"{EVIL}{TURNED}",
        )
        for each in corpus.statements
    )
    events = tuple(
        replace(each, title=f"{EVIL}{TURNED}{LONG}", place=f"{TURNED}{LONG}") for each in corpus.events
    )
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
        turned = f"/?speaker={TURNED}&not_speaker={TURNED}&place={TURNED}&q={TURNED}"
        for each in ("/", "/?q=script", *there, turned, f"/?speaker={EVIL}", f"/{EVIL}", f"/?{EVIL}=1"):
            page.goto(each)
            assert page.evaluate("window.evil") is None, each
            assert page.locator("main script, main img").count() == 0, each
            assert page.evaluate("document.documentElement.scrollWidth") <= 800, each
            assert not page.evaluate(NOT_ISOLATED), each
        page.goto("/")
        assert EVIL in page.locator(".statement").first.inner_text()
        context.close()
