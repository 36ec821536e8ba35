"""The seeds and their references: what must hold of them before anything is measured by them."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = sorted((ROOT / "seeds").glob("*.txt"))
REFERENCES: Final = sorted((ROOT / "tests" / "gold").glob("*.json"))
ORIGINALS: Final = ROOT.parent / "shared" / "seeds"

QUOTED: Final = re.compile(r"(‘‘|[“\"])([^“”\"\n]*?)(’’|[”\"])")
WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
RUN: Final = 9
MISMATCHED: Final = {"002_a8bb08326f89219e.txt": 1}
"""Quotes that open straight and close curly on purpose, as real pages have them."""

each_reference = pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
each_seed = pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)


def decoded(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def split_front(text: str) -> tuple[dict[str, Any], int]:
    """Give the front matter and the offset at which the article begins."""
    end = text.index("\n---", 3)
    return yaml.safe_load(text[3:end]), text.index("\n", end + 1) + 1


def referenced(path: Path) -> tuple[dict[str, Any], str]:
    reference = json.loads(path.read_text(encoding="utf-8"))
    return reference, decoded(ROOT / "seeds" / reference["file"])


def within(inner: list[int], outer: list[int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_every_seed_has_its_reference() -> None:
    assert [path.stem for path in SEEDS] == [path.stem for path in REFERENCES]
    assert len(SEEDS) == 5


@each_reference
def test_reference_was_made_for_these_bytes(path: Path) -> None:
    reference, _ = referenced(path)
    seed = ROOT / "seeds" / reference["file"]
    assert seed.stem == path.stem
    assert hashlib.sha256(seed.read_bytes()).hexdigest() == reference["sha256"]


@each_reference
def test_spans_lie_in_the_article_and_start_and_end_in_words(path: Path) -> None:
    reference, text = referenced(path)
    _, begin = split_front(text)
    spans = reference["boilerplate"] + reference["captions"]
    for statement in reference["statements"]:
        spans += statement["content"] + statement["quotes"] + (statement["alternative_content"] or [])
        spans += [statement["span"]] + ([statement["cue"]] if statement["cue"] else [])
    spans += [mention for event in reference["events"] for mention in event["mentions"]]
    for start, end in spans:
        assert begin <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert "\n" not in text[start:end]


@each_reference
def test_content_is_ordered_and_apart_from_its_cue(path: Path) -> None:
    reference, _ = referenced(path)
    for statement in reference["statements"]:
        content, cue = statement["content"], statement["cue"]
        assert all(left[1] < right[0] for left, right in pairwise(content))
        assert all(within(piece, statement["span"]) for piece in content)
        assert all(
            within(piece, statement["span"])
            for piece in statement["alternative_content"] or statement["content"]
        )
        if cue is None:
            assert statement["kind"] == "direct"
        else:
            assert within(cue, statement["span"])
            assert all(cue[1] <= piece[0] or piece[1] <= cue[0] for piece in content)


@each_reference
def test_quotes_stand_between_marks_inside_content_as_the_kind_says(path: Path) -> None:
    reference, text = referenced(path)
    for statement in reference["statements"]:
        quotes, content = statement["quotes"], statement["content"]
        for start, end in quotes:
            assert any(within([start, end], piece) for piece in content)
            assert text[start - 1] in '“"‘'
            assert text[end] in '”"’'
        expected = {
            "direct": quotes == content,
            "mixed": quotes not in ([], content),
            "indirect": quotes == [],
        }
        assert expected[statement["kind"]], statement["id"]


@each_reference
def test_what_is_required_is_allowed(path: Path) -> None:
    reference, _ = referenced(path)
    statements, events = reference["statements"], reference["events"]
    ids = [entry["id"] for entry in statements + events]
    assert len(set(ids)) == len(ids)
    for statement in statements:
        assert statement["speakers"]
        assert set(statement["via"]) <= set(statement["via_allowed"])
        assert set(statement["topics"]["required"]) <= set(statement["topics"]["allowed"])
    for event in events:
        assert set(event["participants"]["required"]) <= set(event["participants"]["allowed"])
        assert event["mentions"]
        assert all(end - start <= 400 for start, end in event["mentions"])
    assert all(
        date["start"] <= date["end"] for entry in statements + events for date in entry["dates_accepted"]
    )


@each_reference
def test_source_is_what_the_front_matter_states(path: Path) -> None:
    reference, text = referenced(path)
    front, begin = split_front(text)
    source = reference["source"]
    assert (front["title"], front["publisher"]) == (source["title"], source["publisher"])
    assert front["publisher"] == "Onrecord"
    assert str(front["published"]) == source["published"]["date"]
    assert source["authors"] == []
    assert source["title"] in text[begin:].splitlines()


@each_seed
def test_names_the_article_that_it_retells(path: Path) -> None:
    front, _ = split_front(decoded(path))
    retold = front["retold_from"]
    assert set(retold) == {"publisher", "title", "authors", "published"}
    assert retold["publisher"] not in (None, front["publisher"])
    assert retold["title"] not in (None, front["title"])
    assert isinstance(retold["authors"], list)
    assert retold["published"] == front["published"]


@each_seed
def test_quotation_marks_balance_but_where_meant_not_to(path: Path) -> None:
    text = decoded(path)
    _, begin = split_front(text)
    pairs = {("“", "”"), ('"', '"'), ("‘‘", "’’")}
    mismatched = 0
    for line in text[begin:].splitlines():
        found = QUOTED.findall(line)
        assert len(re.findall(r"‘‘|’’|[“”\"]", line)) == 2 * len(found), line
        mismatched += sum((opening, closing) not in pairs for opening, _, closing in found)
    assert mismatched == MISMATCHED.get(path.name, 0)


@each_reference
def test_every_quoted_stretch_belongs_to_a_statement(path: Path) -> None:
    reference, text = referenced(path)
    _, begin = split_front(text)
    quoted = {match.span(2) for match in QUOTED.finditer(text, begin)}
    assert quoted == {tuple(quote) for statement in reference["statements"] for quote in statement["quotes"]}


def test_one_seed_has_crlf_line_ends_and_git_leaves_them_alone() -> None:
    ends = [set(re.findall(r"\r\n|\r|\n", decoded(path))) for path in SEEDS]
    assert ends.count({"\r\n"}) == 1
    assert ends.count({"\n"}) == 4
    assert "seeds/*.txt -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


@each_seed
def test_shares_no_run_of_words_with_the_original(path: Path) -> None:
    if not (ORIGINALS / path.name).is_file():
        pytest.skip("the original articles are not kept with the project and were not found beside it")
    text, original = decoded(path), decoded(ORIGINALS / path.name)
    title = split_front(text)[0]["retold_from"]["title"]
    assert title in original
    own = QUOTED.sub("\n", text).replace(title, "\n")
    assert not set().union(*map(runs, own.split("\n"))) & runs(original)
