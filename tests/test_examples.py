"""The examples of clients: the Python one over the application itself, the TypeScript one over a running service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
import said
from onrecord_client import IncompleteError, Onrecord, ProblemError

from tests.corpora import ROOT, SEEDS, seeds_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STATEMENTS: Final = "/v1/statements"
WANG: Final = {"speaker": ["wang-yi"], "topic": ["sanctions"]}
TYPESCRIPT: Final = ROOT / "examples" / "typescript"
WIDE: Final = """\
🐟 The 𝒎𝒂𝒓𝒌𝒆𝒕 speaks

Minister Ada Example said on Friday that prices 📈 had doubled 📉 since spring.

“Nobody buys 🐟 anymore,” Example told reporters.
"""

GRANTED: Final = """\
import { Onrecord } from "../src/client.js";
import { Offsets } from "../src/offsets.js";
import type { Item } from "../src/shapes.js";
import type { components } from "./openapi.js";

declare const onrecord: Onrecord;
declare const answer: Response;
declare const source: Item<"sources">;
declare const statement: Item<"statements">;
declare const range: { readonly startOffset: number };
"""


# Python ---------------------------------------------------------------------------------------------------------------


class Watched(httpx.WSGITransport):
    """The way to the application, with a list of what came back."""

    def __init__(self) -> None:
        super().__init__(seeds_app())
        self.statuses: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        self.statuses.append(response.status_code)
        return response


@pytest.fixture
def transport() -> Watched:
    return Watched()


@pytest.fixture
def onrecord(transport: Watched) -> Iterator[Onrecord]:
    with httpx.Client(base_url="http://testserver", transport=transport) as http:
        yield Onrecord(http)


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> Onrecord:
    return Onrecord(httpx.Client(base_url="http://testserver", transport=httpx.MockTransport(answer)))


def listed(**parameters: Any) -> Any:
    return seeds_app().test_client().get(STATEMENTS, query_string=parameters).get_json()


def test_the_links_lead_through_all_pages(onrecord: Onrecord, transport: Watched) -> None:
    everything = listed(limit=100)
    assert list(onrecord.records(STATEMENTS, {"limit": 9})) == everything["items"]
    assert transport.statuses == [200] * -(-everything["total"] // 9)


def test_a_stream_gives_the_same_records_at_once(onrecord: Onrecord, transport: Watched) -> None:
    assert list(onrecord.stream(STATEMENTS, WANG)) == listed(**WANG, limit=100)["items"]
    assert transport.statuses == [200]


def test_a_value_keeps_its_comma(onrecord: Onrecord) -> None:
    (page,) = onrecord.pages(STATEMENTS, {"place": ["Nowhere, D.C."], "speaker": ["kerry", 'the "Hall"']})
    assert {hint["value"] for hint in page["hints"]} == {"Nowhere, D.C.", 'the "Hall"'}
    assert [each["id"] for each in page["query"]["speaker"]] == ["john-kerry"]


def test_an_error_tells_what_would_be_right(onrecord: Onrecord) -> None:
    for ask in (onrecord.pages, onrecord.stream):
        with pytest.raises(ProblemError, match="Request not understood: speeker: ") as refused:
            list(ask(STATEMENTS, {"speeker": "kerry"}))
        assert refused.value.problem["errors"][0]["did_you_mean"] == "speaker"


def test_an_error_of_something_else_is_no_problem() -> None:
    with pytest.raises(httpx.HTTPStatusError):
        list(answering(lambda _: httpx.Response(502, text="no")).records(STATEMENTS))


def test_records_are_cut_at_line_feeds_alone() -> None:
    records = [{"text": "one\u2028two\x85three"}, {"text": "four"}]
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    told = httpx.Response(200, text=lines, headers={"X-Total-Count": "2"})
    assert list(answering(lambda _: told).stream(STATEMENTS)) == records


@pytest.mark.parametrize("arrived", [b"", b'{"id":"a"}\n', b'{"id":"a"}\n{"id":"b"}'])
def test_what_broke_off_is_not_taken_for_the_whole(arrived: bytes, tmp_path: Path) -> None:
    broken = answering(
        lambda _: httpx.Response(200, content=arrived, headers={"X-Total-Count": "2", "ETag": 'W/"2"'})
    )
    with pytest.raises(IncompleteError, match="records arrived of 2"):
        list(broken.stream(STATEMENTS))
    copy = tmp_path / "copy.ndjson"
    copy.write_text("of yesterday\n")
    with pytest.raises(IncompleteError):
        broken.keep(STATEMENTS, None, copy)
    assert copy.read_text() == "of yesterday\n"


def test_a_connection_that_breaks_is_told_as_such() -> None:
    def breaking(_: httpx.Request) -> httpx.Response:
        def pieces() -> Iterator[bytes]:
            yield b'{"id":"a"}\n'
            message = "peer closed connection"
            raise httpx.RemoteProtocolError(message)

        return httpx.Response(200, content=pieces(), headers={"X-Total-Count": "2"})

    with pytest.raises(IncompleteError, match="broke off after 1 of 2"):
        list(answering(breaking).stream(STATEMENTS))


def test_a_copy_is_fetched_anew_only_when_something_changed(
    onrecord: Onrecord, transport: Watched, tmp_path: Path
) -> None:
    copy = tmp_path / "wang.ndjson"
    assert onrecord.keep(STATEMENTS, WANG, copy)
    kept = [json.loads(line) for line in copy.read_text(encoding="utf-8").split("\n")[:-1]]
    assert kept == listed(**WANG, limit=100)["items"]
    assert not onrecord.keep(STATEMENTS, WANG, copy)
    assert onrecord.keep(STATEMENTS, {"speaker": ["wang-yi"]}, copy)
    assert len(copy.read_text(encoding="utf-8").split("\n")) > len(kept)
    copy.unlink()
    assert onrecord.keep(STATEMENTS, {"speaker": ["wang-yi"]}, copy)
    assert transport.statuses == [200, 304, 200, 200]
    assert {path.name for path in tmp_path.iterdir()} == {"wang.ndjson", "wang.ndjson.etag"}


def test_the_program_tells_every_statement(
    transport: Watched, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address = "http://testserver"
    assert said.main([address, "Wang Yi", "sanctions"], transport) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == listed(**WANG)["total"] > 0
    assert all("Wang Yi" in line for line in told)
    assert said.main([address, "Wang Yii", "sanctions"], transport) == 0
    assert capsys.readouterr().out.startswith("no speaker is known as Wang Yii; near it: Wang Yi")
    assert said.main([address, "", "sanctions"], transport) == 1
    assert capsys.readouterr().err.startswith("Request not understood: speaker: ")
    keep = ["--keep", str(tmp_path / "copy"), address, "Wang Yi", "sanctions"]
    assert [said.main(keep, transport), said.main(keep, transport)] == [0, 0]
    assert capsys.readouterr().out == f"{tmp_path / 'copy'} is new\n{tmp_path / 'copy'} is as it was\n"


# TypeScript -----------------------------------------------------------------------------------------------------------


def missing() -> str:
    if shutil.which("npm") is None:
        return "npm is not installed"
    return "" if (TYPESCRIPT / "node_modules").is_dir() else "its packages are not installed; make node"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a service over the seeds and a text with characters of two UTF-16 units."""
    texts = shutil.copytree(SEEDS, tmp_path / "texts")
    (texts / "wide.txt").write_text(WIDE, encoding="utf-8")
    others = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    settings = {**others, "ONRECORD_TEXTS": str(texts)}
    command = [sys.executable, "-m", "tests.serving"]
    with subprocess.Popen(command, cwd=ROOT, env=settings, text=True, stdout=subprocess.PIPE) as server:  # noqa: S603 - ours
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.terminate()


@pytest.fixture
def snippets() -> Iterator[None]:
    """The TypeScript of the examples' page among what is compiled, with what it takes for granted."""
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?ms)^```ts\n(.*?)^```$", page)
    assert len(shown) == 3
    file = TYPESCRIPT / "generated" / "snippets.ts"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join([GRANTED, *shown, "void page;"]), encoding="utf-8")
    yield
    file.unlink()


@pytest.mark.usefixtures("snippets")
@pytest.mark.skipif(bool(missing()), reason=missing() or "nothing is missing")
def test_the_typescript_client_compiles_and_reads_the_service(served: str) -> None:
    def run(*command: str) -> str:
        settings = os.environ | {"ONRECORD_URL": served}
        done = subprocess.run(  # noqa: S603 - the commands below
            command, cwd=TYPESCRIPT, env=settings, capture_output=True, text=True, check=False, timeout=240
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "skipped 0\n" in run("npm", "test", "--silent")
    told = run("node", "build/src/said.js", served, "Wang Yi", "sanctions").splitlines()
    assert told[-1] == f"{listed(**WANG)['total']} statements"
    assert len(told) == listed(**WANG)["total"] + 1
