from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from service import gunicorn_conf
from service.http.assets import assets
from service.http.openapi import ABOUT, document
from service.http.page import Section, rendered

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

HTML, MARKDOWN, PLAIN = (f"text/{kind}; charset=utf-8" for kind in ("html", "markdown", "plain"))
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute))]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return Page(client.get("/docs").text)


@pytest.fixture
def markdown(client: FlaskClient) -> str:
    return client.get("/docs", headers={"Accept": "text/markdown"}).text


def files(page: Page) -> list[str]:
    return [link for link in (*page.all("src"), *page.all("href")) if link.startswith("/files/")]


# the page as an answer ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (BROWSER, HTML),
        ("*/*", HTML),
        ("text/*", HTML),
        ("", HTML),
        ("text/markdown", MARKDOWN),
        ("text/plain", PLAIN),
        ("text/html;q=0.5, text/plain", PLAIN),
    ],
)
def test_page_or_text(client: FlaskClient, accept: str, media: str) -> None:
    response = client.get("/docs", headers={"Accept": accept})
    assert (response.status_code, response.content_type) == (200, media)
    assert "Accept" in response.headers["Vary"]
    assert response.text.startswith("<!doctype html>" if media == HTML else "# Onrecord\n")


@pytest.mark.parametrize(
    ("method", "url", "accept", "status"),
    [
        ("GET", "/docs", "application/json", 406),
        ("GET", "/docs", "text/html;q=0", 406),
        ("GET", "/docs?url=x", BROWSER, 400),
        ("GET", "/docs/", "*/*", 404),
        ("GET", "/docs/index.html", "*/*", 404),
        ("GET", "/docs/swagger-ui.css", "*/*", 404),
        ("GET", "/docs/../secret", "*/*", 404),
        ("GET", "/docs/%2e%2e", "*/*", 404),
        ("POST", "/docs", "*/*", 405),
    ],
)
def test_errors_are_problems(client: FlaskClient, method: str, url: str, accept: str, status: int) -> None:
    response = client.open(url, method=method, headers={"Accept": accept})
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


def test_the_policy_lets_in_nothing_from_elsewhere(client: FlaskClient) -> None:
    written = client.get("/docs").headers["Content-Security-Policy"]
    policy = {name: values for name, *values in (part.split() for part in written.split(";"))}
    assert policy.pop("default-src") == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert {value for values in policy.values() for value in values} == {"'self'", "'none'", "data:"}
    assert [name for name, values in policy.items() if "data:" in values] == ["img-src"]


# offline --------------------------------------------------------------------------------------------------------------


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    links = [*page.all("src"), *page.all("href")]
    assert [link for link in links if not re.match(r"/(?!/)|#|data:,$", link)] == []
    assert not [
        tag for tag, _ in page.elements if tag in {"iframe", "object", "embed", "base", "img", "style"}
    ]
    for asset in assets().values():
        if asset.name.endswith(".css"):
            assert re.findall(rb"url\((?![\"']?data:)|@import", asset.body) == []
    assert not re.search(rb"https?:", next(a.body for a in assets().values() if a.name == "docs.js"))


def test_no_script_or_style_stands_in_the_page(client: FlaskClient, page: Page) -> None:
    scripts = [attrs for tag, attrs in page.elements if tag == "script"]
    assert len(scripts) == 2
    assert all("src" in attrs and "defer" in attrs for attrs in scripts)
    assert not [
        name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "style"
    ]
    assert "</script>" not in re.sub(r'<script defer src="[^"]+"></script>', "", client.get("/docs").text)


def test_every_link_leads_somewhere(client: FlaskClient, page: Page) -> None:
    anchors = page.all("id")
    assert len(anchors) == len(set(anchors))
    for link in {*page.all("src"), *page.all("href")} - {"data:,"}:
        if link.startswith("#"):
            assert link[1:] in anchors
        else:
            assert client.get(link).status_code == 200


def test_files_have_their_type_and_may_be_kept(client: FlaskClient, page: Page) -> None:
    assert len(files(page)) == 4
    for url in files(page):
        response = client.get(url, headers={"Accept": "text/css,*/*;q=0.1", "Accept-Encoding": "gzip"})
        assert response.content_type == TYPES[url.rpartition(".")[2]]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Content-Encoding"] == "gzip"
        again = client.get(url, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert client.head(url).status_code == 200


def test_the_page_is_asked_for_anew(client: FlaskClient) -> None:
    assert client.get("/docs").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("accept", ["text/html", "text/markdown"])
def test_the_page_is_compressed(client: FlaskClient, accept: str) -> None:
    response = client.get("/docs", headers={"Accept": accept, "Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < 20_000


# what it says ---------------------------------------------------------------------------------------------------------


def test_it_tells_every_operation_and_parameter(app: Flask, page: Page, markdown: str) -> None:
    for path, methods in document(app)["paths"].items():
        for method, operation in methods.items():
            title = f"{method.upper()} {path}"
            assert title in page.text
            section = markdown.partition(f"### {title}\n")[2].partition("\n### ")[0]
            assert f"| {method.upper()} | [`{path}`](#" in markdown
            assert operation["description"].strip() in section
            common = section.partition("[Common parameters](#common-parameters): ")[2]
            for name in (each["name"] for each in resolved(app, operation) if each["in"] == "query"):
                told = f"`{name}`" in common and told_of(
                    name, markdown.partition("\n## Common parameters\n")[2]
                )
                assert told or told_of(name, section), f"{title}: {name}"


def told_of(name: str, table: str) -> bool:
    return re.search(rf"(?m)^\|[^|]*`{name}`[^|]*\| \S", table.partition("\n## ")[0]) is not None


def resolved(app: Flask, operation: dict[str, Any]) -> list[dict[str, Any]]:
    known = document(app)["components"]["parameters"]
    named = (each.get("$ref", "").rpartition("/")[2] for each in operation["parameters"])
    return [known[name] if name else each for name, each in zip(named, operation["parameters"], strict=True)]


def test_it_tells_every_meaning_and_closed_value(app: Flask, page: Page, markdown: str) -> None:
    parameters = document(app)["components"]["parameters"]
    text = " ".join(page.text.split())
    for each in parameters.values():
        if not each["name"].startswith(("all_", "not_")):
            assert " ".join(each["description"].split()) in " ".join(markdown.split())
    for name, each in document(app)["components"]["headers"].items():
        assert f"| `{name}` | {each['description']} |" in markdown
    assert "`direct`, `indirect`, `mixed`" in markdown
    assert "Who said it: an id, a name or an alias." in text
    assert re.search(
        r"(?m)^\| `cue` \| The reporting word or phrase. \| `.start` `.end` `.text` \|$", markdown
    )


def test_it_tells_every_member_of_the_records(app: Flask, markdown: str) -> None:
    for name in ("Statement", "Event", "Source", "Speaker", "Topic"):
        section = markdown.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        for member, shape in document(app)["components"]["schemas"][name]["properties"].items():
            assert f"| `{member}` | {shape['description']} |" in section


@pytest.mark.parametrize(
    ("title", "members"),
    [
        ("Lists", "items total query links.next hints.near.count facets"),
        ("Facets", "value label count url"),
        ("Timeline", "items.split.count items.other wider undated links.list"),
        ("Embedded in statements", "source event speakers"),
        (
            "Embedded in events",
            "coverage.source coverage.around coverage.shared.also_in.id coverage.only_here",
        ),
        ("Corpus", "version rejected.mend doubtful.doubts corrections.not_found.near"),
        ("Extract", "source statements events"),
        ("Problem", "type errors.in errors.did_you_mean near.name"),
    ],
)
def test_it_tells_the_members_of_other_answers(markdown: str, title: str, members: str) -> None:
    section = (
        markdown.partition("\n## Other answers\n")[2].partition(f"\n### {title}\n")[2].partition("\n### ")[0]
    )
    assert [name for name in members.split() if not told_of(name, section)] == []


def test_it_tells_what_is_posted(markdown: str) -> None:
    section = markdown.partition("\n### POST /v1/extract\n")[2].partition("\n### ")[0]
    needed = re.findall(r"(?m)^\| `(\w+)` \| \S.* \| (yes|no) \|$", section)
    assert needed == [("text", "yes"), ("title", "no"), ("published", "no")]
    assert [
        word for word in ("charset", "gzip", "Front matter", "ONRECORD_MAX_TEXT") if word not in section
    ] == []


def test_the_timeline_tells_which_filters_hold_for_one_kind_of_record(app: Flask, markdown: str) -> None:
    section = markdown.partition("\n### GET /v1/timeline\n")[2].partition("\n### ")[0]
    rows = {line.split("`")[1]: line for line in section.splitlines() if line.startswith("| `")}
    assert rows["kind"].endswith(" Only with `of=statements`. |")
    assert rows["participant"].endswith(" Only with `of=events`. |")
    assert rows["source"].endswith(" `all_source` only with `of=events`. |")
    assert "of=" not in rows["topic"]
    told = {
        each["name"]: each["description"]
        for each in resolved(app, document(app)["paths"]["/v1/timeline"]["get"])
    }
    assert told["all_source"].endswith(" Only with `of=events`.")


def test_no_long_meaning_is_told_twice(markdown: str) -> None:
    reference = markdown.partition("\n## Operations\n")[2].partition("\n## Records\n")[0]
    meanings = [line.split(" | ")[-1] for line in reference.splitlines() if line.startswith("| `")]
    long = [meaning for meaning in meanings if len(meaning) > 150 and "brings along" not in meaning]
    assert long
    assert len(long) == len(set(long))


def test_the_navigation_lists_the_operations(page: Page) -> None:
    assert {"#get-v1-statements", "#post-v1-extract", "#common-parameters", "#timeline"} <= set(
        page.all("href")
    )
    navigation = page.text.partition("Operations")[2].partition("Common parameters")[0]
    assert "GET /v1/statements/{id}" in navigation


def test_the_html_tells_a_terminal_of_the_markdown(client: FlaskClient) -> None:
    first, _ = client.get("/docs").text.split("<main>")
    assert first.count("-H 'Accept: text/markdown'") == 2
    assert "localhost" not in first


def test_it_has_the_description_and_the_way_to_it(page: Page, markdown: str) -> None:
    assert ABOUT in markdown
    assert {"/openapi.yaml", "/openapi.json"} <= set(page.all("href"))
    assert "#by-task" in page.all("href")
    assert "noscript" in {tag for tag, _ in page.elements}


def test_the_index_leads_here(client: FlaskClient) -> None:
    assert client.get("/").get_json()["links"]["docs"] == "/docs"


def test_it_tells_the_conventions() -> None:
    words = (
        "all_ not_ double&quotes from= to= -word diplom* cursor facets= wider undated fields= embed= csv ndjson jsonld "
        "If-None-Match 304 problem+json UTF-16 hints"
    )
    assert f"{gunicorn_conf.limit_request_line} bytes" in ABOUT
    assert [word for word in words.split() if word.replace("&", " ") not in ABOUT] == []


def test_markup_in_a_text_stays_text() -> None:
    html = rendered(
        "# <b>\n\n## One & two\n\n### GET /a\n\n<script>x</script>\n\n[a](javascript:x)\n\n| a |\n| - |\n| <i> |\n"
    )
    assert "<script>" not in html.html
    assert "javascript:" not in re.findall(r'href="([^"]*)"', html.html)
    assert '<div class="table">\n<table>' in html.html
    assert html.sections == (Section("one-two", "One & two", (Section("get-a", "GET /a"),)),)


def test_commands_can_be_copied_from_the_page_as_it_is_sent(client: FlaskClient, page: Page) -> None:
    html = client.get("/docs").text
    commands = [
        line for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", ABOUT) for line in block.splitlines()
    ]
    assert len(commands) > 15
    assert [command for command in commands if command not in html or command not in page.text] == []


@pytest.mark.parametrize("code", ["a?b&not_c=1&amp;d&lt", "<i>&", "&#65;&#x41", "a && b", "&c=1"])
def test_code_reads_as_it_was_written(code: str) -> None:
    assert Page(str(rendered(f"```sh\n{code}\n```\n").html)).text == f"{code}\n\n"


# its JavaScript -------------------------------------------------------------------------------------------------------

with_node = pytest.mark.skipif(shutil.which("node") is None, reason="runs JavaScript with node")


def node(script: str) -> Any:
    """Give as data the JSON that `script` writes."""
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True)  # noqa: S607 - whichever node there is
    return json.loads(done.stdout)


@with_node
def test_the_javascript_for_offsets_cuts_what_python_cuts() -> None:
    text = "🌉 The bridge 🌉 reopens, Mayor Ada Example said."
    start = text.index("Mayor")
    end = start + len("Mayor Ada Example")
    (snippet,) = re.findall(r"(?ms)^```js\n(.*?)^```$", ABOUT)
    given = f"const text = {json.dumps(text)}, start = {start}, end = {end};\n"
    shown = "[words, text.slice(unit, unit + words.length), text.slice(start, end)]"
    spread, by_unit, naive = node(f"{given}{snippet}console.log(JSON.stringify({shown}))")
    assert spread == by_unit == text[start:end]
    assert naive != spread


BROWSED = """
const code = { textContent: "curl 'localhost:8000/v1/topics' localhost:8000/livez" };
const classes = {}, started = [];
globalThis.document = {
  querySelectorAll: (selector) => (selector === "pre code" ? [code] : []),
  documentElement: { classList: { toggle: (name, on) => { classes[name] = on; } } },
};
const SwaggerUIBundle = Object.assign((options) => started.push(options), { presets: { apis: "apis" } });
const matchMedia = () => ({ matches: true, addEventListener: () => {} });
globalThis.window = { location: { origin: "https://record.example" }, matchMedia, SwaggerUIBundle };
globalThis.fetch = async (url) => ({ json: async () => ({ "/openapi.json": description })[url] });
"""


def browsed(app: Flask, shown: str) -> Any:
    """Give what `shown` stands for once the page's script has run."""
    (ours,) = (asset.body.decode() for asset in assets().values() if asset.name == "docs.js")
    given = f"const description = {json.dumps(document(app))};\n"
    return node(f"{given}{BROWSED}{ours}setImmediate(() => console.log(JSON.stringify({shown})));")


@with_node
def test_the_script_names_the_host_and_starts_swagger_ui_on_our_description(app: Flask) -> None:
    code, classes, started = browsed(app, "[code.textContent, classes, started]")
    assert code == "curl 'https://record.example/v1/topics' https://record.example/livez"
    assert classes == {"dark-mode": True}
    assert [(each["spec"]["openapi"], each["dom_id"], each["validatorUrl"]) for each in started] == [
        ("3.1.0", "#swagger-ui", "none")
    ]
    assert "url" not in started[0]


@with_node
def test_the_forms_start_empty_and_tell_examples_in_words(app: Flask) -> None:
    ((spec,),) = browsed(app, "[started.map((each) => each.spec)]")
    declared = document(app)
    assert not [each for each in queried(spec) if "example" in each or "default" in each["schema"]]
    for before, after in zip(queried(declared), queried(spec), strict=True):
        assert after["description"].startswith(before["description"])
        if "example" in before:
            told = before["example"] if isinstance(before["example"], list) else [before["example"]]
            assert f"For example: {','.join(map(str, told))}" in after["description"]
    named = {each["name"]: each for each in queried(spec)}
    assert named["interval"]["description"].endswith("Unless given: month")
    assert identities(spec) == identities(declared) != []


def queried(description: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in every_parameter(description) if each.get("in") == "query"]


def identities(description: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in every_parameter(description) if each.get("in") == "path"]


def every_parameter(description: dict[str, Any]) -> list[dict[str, Any]]:
    operations = [each for methods in description["paths"].values() for each in methods.values()]
    inline = [each for operation in operations for each in operation["parameters"]]
    return [*description["components"]["parameters"].values(), *inline]
