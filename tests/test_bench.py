"""The benches run and print what they promise; no time is held to anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench import extract
from tests.corpora import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LINE = '"We will wait," Foreign Minister Ann Lee said in Oslo on Friday.'


def test_the_extraction_is_compared_with_bare_spacy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text(f"{json.dumps({'text': LINE})}\n" * 2, encoding="utf-8")
    assert extract.main(["--articles", str(articles), "--rounds", "2"]) == 0
    first, heads, *rows, ratio = capsys.readouterr().out.splitlines()
    assert first.startswith("2 texts, 24 words, rounds: 2,")
    assert heads.split() == ["words/s", "seconds", "of", "spaCy"]
    assert [row[:26].strip() for row in rows] == [
        *("bare spaCy", "extraction", "parse", "find_people", "find_events", "find_statements"),
        "reading, times, facts",
    ]
    assert all(float(figure) > 0 for row in rows[:3] for figure in row[26:].split())
    assert float(ratio.split()[1]) > 0


def test_own_texts_are_read_where_no_others_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extract, "ARTICLES", tmp_path / "missing.jsonl")
    assert len(extract.articles(None)) == len(list(SEEDS.glob("*.txt")))
