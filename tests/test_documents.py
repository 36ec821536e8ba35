"""The documents whose commands are run: what they show is what the service answers."""

from __future__ import annotations

import csv
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from service.http.openapi import ABOUT
from tests import readme
from tests.corpora import seeds_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("curl")), reason="the documents' commands need bash and curl"
)

TASKS = (
    "What did Wang say on sanctions?",
    "What was said about THAAD, and by whom?",
    "How did the papers tell a meeting?",
    "Draw a timeline",
    "A table of a year",
    "Page through everything",
    "A filter panel",
    "What does an error mean?",
    "Keep a copy in sync",
    "What does a text of my own say?",
    "Offsets in JavaScript",
)


@pytest.fixture
def asked() -> Iterator[readme.Shell]:
    with readme.shell(seeds_app()) as shell:
        yield shell


@pytest.mark.parametrize("document", readme.DOCUMENTS, ids=lambda path: path.name)
def test_what_is_shown_is_what_is_answered(document: Path, asked: readme.Shell) -> None:
    text = document.read_text(encoding="utf-8")
    assert len(readme.examples(text)) > 5
    assert text == readme.refreshed(text, asked), "run: .venv/bin/python -m tests.readme"


def test_the_tour_goes_by_tasks() -> None:
    text = readme.TOUR.read_text(encoding="utf-8")
    assert [task for task in TASKS if f"\n## {task}\n" not in text] == []
    assert any("304 NOT MODIFIED" in each.shown for each in readme.examples(text))


@pytest.mark.parametrize(
    ("command", "shown", "answered"),
    [
        ("curl localhost/livez", '{"status": "asleep"}\n', '{"status": "live"}\n'),
        ("curl localhost/readyz", '{"status": "asleep", …}\n', '{"status": "ready", …}\n'),
        ("curl localhost/livez", "", ""),
        (
            "curl localhost/v1/topics?fields=id",
            '{"items": [{"id": "nothing"}, …], …}\n',
            '{"items": [{"id": "abortion"}, …], …}\n',
        ),
        (
            "curl -i 'localhost/v1/statements?limit=0'",
            'HTTP/1.1 400 OK\nX-Nothing: 1\nContent-Type: …\n\n{"status": 200, …}\n',
            'HTTP/1.1 400 BAD REQUEST\n…\nContent-Type: …\n\n{"status": 400, …}\n',
        ),
        ("curl -I localhost/livez", "HTTP/1.1 20…\nAllow: x\n", "HTTP/1.1 20…\n…\n"),
        ("printf '%s\\n' a b c d | tail -3", "a\nx…\n…\n", "b\nc\n…\n"),
        ("printf '%s\\n' 'a [1]' b", "a […]\n", "a […]\nb\n"),
    ],
)
def test_an_answer_that_changed_is_seen(asked: readme.Shell, command: str, shown: str, answered: str) -> None:
    assert readme.anew(readme.Example(command, shown), asked) == answered


@pytest.mark.parametrize(
    "example",
    [
        readme.Example("curl localhost/nowhere", ""),
        readme.Example("false | cat", ""),
        readme.Example("curl localhost/livez", '{"type": "/v1/problems/not-found", …}\n'),
    ],
)
def test_a_command_that_fails_or_should_have_is_seen(asked: readme.Shell, example: readme.Example) -> None:
    with pytest.raises(AssertionError):
        readme.anew(example, asked)


def test_commands_share_a_folder(asked: readme.Shell) -> None:
    asked.run("curl -o live.json localhost/livez")
    assert asked.run("cat live.json") == '{"status":"live"}'


def test_blocks_without_curl_are_left_alone() -> None:
    block = "```console\n$ {}\nout\n$ other \\\n  two\n```\n"
    assert readme.examples(block.format("rm -r folder")) == []
    (first, second) = readme.examples(block.format("curl x"))
    assert first == readme.Example("curl x\n", "out\n")
    assert second == readme.Example("other \\\n  two\n", "")


# the page at /docs ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """What the commands of the description answer, by themselves."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", ABOUT)
    given = {}
    with readme.shell(seeds_app()) as shell:
        shell.run("printf 'The harbour will stay open, Mayor Ada Example said.' > article.txt")
        for command in "".join(blocks).splitlines():
            given[command] = shell.run(command, refused="speeker" in command)
            for file in re.findall(r"-o (\S+)", command):
                given[command] += shell.run(f"cat {file}")
    return given


def about(answers: dict[str, str], *words: str) -> list[str]:
    """Give the answers to the commands that have all the words."""
    found = [answer for command, answer in answers.items() if all(word in command for word in words)]
    assert found, words
    return found


def test_wang_on_sanctions(answers: dict[str, str]) -> None:
    whole, brief = about(answers, "speaker=wang-yi", "topic=sanctions")
    found = json.loads(whole)
    assert found["total"] == len(found["items"]) > 1
    assert {"wang-yi"} <= {each["id"] for item in found["items"] for each in item["speakers"]}
    assert len(list(csv.reader(brief.splitlines()))) == found["total"] + 1


def test_thaad_and_by_whom(answers: dict[str, str]) -> None:
    whole, brief, counted = about(answers, "topic=thaad")
    assert json.loads(whole)["total"] > 1
    assert "John Kerry" in brief
    assert (
        sum(each["count"] for each in json.loads(counted)["facets"]["speaker"]) >= json.loads(whole)["total"]
    )


def test_a_table_of_2014(answers: dict[str, str]) -> None:
    for table in about(answers, "-2014.csv"):
        rows = list(csv.DictReader(table.splitlines()))
        assert rows
        assert all(row["date.start"] <= "2014-12-31" and row["date.end"] >= "2014-01-01" for row in rows)


def test_the_timeline_by_month(answers: dict[str, str]) -> None:
    for drawn in map(json.loads, about(answers, "/v1/timeline?", "interval=month")):
        counts = [each["count"] for each in drawn["items"]]
        assert sum(counts) + drawn["wider"] + drawn["undated"] == drawn["total"] > 0


def test_how_each_paper_told_the_meeting(answers: dict[str, str]) -> None:
    brief, whole = (json.loads(told)["items"][0] for told in about(answers, "type=meeting", "embed=coverage"))
    assert len(whole["embedded"]["coverage"]) > 1
    assert all(each["mentions"] for each in whole["embedded"]["coverage"])
    for told, found in zip(brief["embedded"]["coverage"], whole["embedded"]["coverage"], strict=True):
        assert told["source"] == {"title": found["source"]["title"]}
        assert [each["text"] for each in told["around"]] == [each["text"] for each in found["around"]]
    assert len(json.dumps(brief)) < len(json.dumps(whole)) / 5


def test_a_copy_in_sync(answers: dict[str, str]) -> None:
    (kept,) = about(answers, "--etag-compare")
    (first,) = (
        answer
        for command, answer in answers.items()
        if "--etag-save" in command and "--etag-compare" not in command
    )
    assert kept == f"304\n{first}"
    assert len(first.splitlines()) > 20


def test_a_text_of_ones_own(answers: dict[str, str]) -> None:
    for found in map(json.loads, about(answers, "/v1/extract")):
        assert [speaker["name"] for each in found["statements"] for speaker in each["speakers"]] == [
            "Ada Example"
        ]


def test_what_else_is_asked_finds_something(answers: dict[str, str]) -> None:
    for command in ("/v1/speakers?", "/v1/topics?", "/v1/sources?", "-G "):
        assert all(json.loads(each)["total"] > 0 for each in about(answers, command))
