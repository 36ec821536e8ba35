"""docs/accuracy.md is what its command writes, and the command counts as it says; the articles here are our own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from bench import accuracy
from bench.accuracy import PAGE, Figures, articles_table, measure, records_table, written, wrong_examples
from bench.matching import same_name
from tests.corpora import GOLD, SEEDS, loader

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = (
    "“The dam is safe again,” Anna Lee told the council on Monday.\n\n"
    "Paul Stone said that the road to the valley would stay closed for a year.\n\n"
    "The farmers hope that the rain will stop before the harvest.\n"
)


def annotation(words: str, kind: str, speaker: str, *, speech: bool = True) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "content": [[start, start + len(words)]],
        "kind": kind,
        "speaker_text": speaker,
        "cue_text": "said",
        "speech": speech,
    }


QUOTED: Final = annotation("The dam is safe again", "direct", "Lee")
TOLD: Final = annotation("the road to the valley would stay closed for a year", "indirect", "Paul Stone")
CUT: Final = annotation("the road to the valley", "indirect", "Paul Stone")
MISSING: Final = annotation("the rain will stop before the harvest", "mixed", "The farmers")
HOPED: Final = annotation("the rain will stop before the harvest", "indirect", "The farmers", speech=False)
ROAD: Final = annotation(
    "the road to the valley would stay closed for a year", "indirect", "Stone", speech=False
)


def figures(*annotations: dict[str, Any]) -> Figures:
    return measure([{"id": "a", "text": TEXT, "statements": list(annotations)}], loader())


@pytest.mark.parametrize(
    ("annotations", "kind", "expected"),
    [
        ([QUOTED, TOLD], "all", (2, 100, 100, 100)),
        ([QUOTED, TOLD], "direct", (1, 100, 100, 100)),
        ([QUOTED, TOLD], "mixed", (0, 0, 0, 0)),
        ([QUOTED, CUT], "all", (2, 50, 50, 50)),
        ([QUOTED, TOLD, MISSING], "all", (3, 100, 200 / 3, 80)),
        ([QUOTED, TOLD, HOPED], "all", (2, 100, 100, 100)),
        ([QUOTED, ROAD], "all", (1, 100, 100, 100)),
        ([QUOTED], "all", (1, 50, 100, 200 / 3)),
        ([], "all", (0, 0, 0, 0)),
    ],
)
def test_statements_are_found_by_the_words_they_share(
    annotations: list[dict[str, Any]], kind: str, expected: tuple[float, ...]
) -> None:
    assert figures(*annotations).of(kind) == pytest.approx(expected)


def test_whether_the_speaker_is_named() -> None:
    assert figures(QUOTED, TOLD).speakers == 100
    assert figures(QUOTED, TOLD | {"speaker_text": "Anna Lee"}).speakers == 50


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Lee", "Lee", True),
        ("Lee’s", "Mrs. Lee", True),
        ("he", "He", True),
        ("the farmers", "farmers", True),
        ("Anna Lee", "Anna Stone", False),
        ("President Lee", "President Stone", False),
        ("he", "Lee", False),
        (None, "Lee", False),
    ],
)
def test_names_are_the_same_by_their_last_words(one: str | None, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same


def test_the_halves_by_confidence() -> None:
    low, high = figures(QUOTED, CUT).halves
    assert (low, high) == (100, 0)
    assert Figures().halves == (0, 0)


def block(name: str) -> str:
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: begin -->\n\n", f"\n\n<!-- {name}: end -->"
    return page[page.index(begin) + len(begin) : page.index(end)]


def shape(text: str) -> str:
    return re.sub(r"[\d–.]+", "0", text)


def test_the_page_tells_what_is_known_to_be_wrong() -> None:
    assert block("wrong") == "\n".join(wrong_examples()), "run: .venv/bin/python -m bench.accuracy"


def test_the_page_has_the_tables_that_the_command_writes() -> None:
    two = measure([{"id": "a", "text": TEXT, "statements": [QUOTED, TOLD]}] * 2, loader())
    assert shape(block("articles")) == shape("\n".join(articles_table(two)))
    both = dict.fromkeys(accuracy.RECORDS, (SEEDS, GOLD))
    assert shape(block("records")) == shape("\n".join(records_table(both, loader())))


def test_the_command_writes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, articles = tmp_path / "accuracy.md", tmp_path / "articles.jsonl"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    article = {"id": "a", "text": TEXT, "statements": [QUOTED, TOLD]}
    articles.write_text(json.dumps(article) + "\n", encoding="utf-8")
    monkeypatch.setattr(accuracy, "PAGE", page)
    monkeypatch.setattr(accuracy, "RECORDS", {"elsewhere": (tmp_path / "gone", tmp_path / "gone")})
    monkeypatch.setattr(accuracy, "Loader", lambda *_, **__: loader())
    assert accuracy.main(["--articles", str(articles)]) == 0
    assert page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8"), "one's own are only printed"
    assert "| all | 2 | 100.0 |" in capsys.readouterr().out
    articles.write_text((json.dumps(article) + "\n") * 2, encoding="utf-8")
    monkeypatch.setattr(accuracy, "ARTICLES", articles)
    assert accuracy.main([]) == 0
    now, before = page.read_text(encoding="utf-8"), PAGE.read_text(encoding="utf-8")
    assert "on 2 articles:" in now
    assert "| all | 4 | 100.0 | 100.0 | 100.0 |" in now
    assert shape(now) == shape(before)
    assert block("records") in now
    told = capsys.readouterr()
    assert "| all | 4 |" in told.out
    assert "whole records stays as it is" in told.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        ('{"id": "x"\n', "line 1: write one article a line"),
        ('{"id": "x"}\n', "needs a text"),
    ],
)
def test_a_file_without_articles_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, told: str
) -> None:
    path = tmp_path / "articles.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        accuracy.main(["--articles", str(path)])
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_a_page_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="one pair of markers for wrong; it has sections none"):
        written("# A page\n", {"wrong": ["a line"]})
