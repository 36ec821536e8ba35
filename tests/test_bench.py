"""The benches run and print what they promise; no time is held to anything."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench import extract, requests, start
from bench.synthetic import Generator
from service.http.options import HttpOptions
from tests.corpora import SEEDS, seeds_app
from tests.sample import app_of
from tests.sample import extract as extract_sample

LINE = '"We will wait," Foreign Minister Ann Lee said in Oslo on Friday.'


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(f"{json.dumps({'text': LINE})}\n" * 2, encoding="utf-8")
    return path


ROWS = (
    *("extraction", "parse", "find_people", "find_events", "find_statements"),
    "reading, times, facts",
)


def test_the_extraction_is_compared_with_bare_spacy(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = articles.with_name("python")
    assert extract.main(["--articles", str(articles), "--rounds", "2", "--peer-python", str(missing)]) == 0
    first, heads, bare, peer, *rows, ratio = capsys.readouterr().out.splitlines()
    assert first.startswith("2 texts, 24 words, rounds: 2,")
    assert heads.split() == ["words/s", "seconds", "of", "spaCy"]
    assert peer == f"textacy: not there, as {missing} is not"
    assert [row[:26].strip() for row in (bare, *rows)] == ["bare spaCy", *ROWS]
    assert all(float(figure) > 0 for row in (bare, *rows[:2]) for figure in row[26:].split())
    assert float(ratio.split()[1]) > 0


FOUND = """
def direct_quotations(parsed):
    if "?" in parsed.text:
        raise ValueError("an odd number of quotation marks")
    yield from [parsed[:2], parsed[2:4]]
"""


def test_the_extraction_is_compared_with_textacy_where_there_is_a_python_with_it(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stand-in is found in its place: it is installed for the bench only."""
    for name, content in {
        "textacy/__init__.py": "",
        "textacy/extract.py": FOUND,
        "textacy-7.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: textacy\nVersion: 7.0\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with articles.open("a", encoding="utf-8") as more:
        more.write(json.dumps({"text": "Who knows?"}))
    arguments = ["--articles", str(articles), "--rounds", "2", "--peer-python", sys.executable]
    assert extract.main(arguments) == 0
    _, _, bare, peer, *rows, told, ratio = capsys.readouterr().out.splitlines()
    assert [row[:26].strip() for row in (bare, peer, *rows)] == ["bare spaCy", "textacy 7.0", *ROWS]
    assert all(float(figure) > 0 for figure in peer[26:].split())
    assert told == "textacy found 4 direct quotations, and gave up 1 of 3 texts"
    assert ratio.startswith("ratio ")


def test_a_python_without_textacy_is_told_of(capfd: pytest.CaptureFixture[str]) -> None:
    quotations = extract.Quotations(Path(sys.executable), [LINE])
    assert quotations.label == f"textacy: not there for {sys.executable}"
    assert quotations.read() == {}
    quotations.close()
    assert "textacy" in capfd.readouterr().err


def test_own_texts_are_read_where_no_others_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extract, "ARTICLES", tmp_path / "missing.jsonl")
    assert len(extract.articles(None)) == len(list(SEEDS.glob("*.txt")))


@pytest.mark.skipif(sys.platform != "linux", reason="the figures come from /proc")
def test_starts_are_timed_cold_and_warm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "article.txt").write_text(LINE, encoding="utf-8")
    assert start.main(["--texts", str(tmp_path), "--rounds", "1"]) == 0
    first, heads, *rows = capsys.readouterr().out.splitlines()
    assert first == "1 texts, rounds: 1"
    assert heads.split() == ["CPU", "s", "clock", "s"]
    figures = {name: float(cpu) for name, cpu, *_ in map(str.split, rows)}
    assert list(figures) == ["cold", "warm", "flask", "loop"]
    assert figures["cold"] > figures["warm"] > figures["flask"] > 0


def test_requests_are_compared_with_a_bare_route() -> None:
    heads, *rows = requests.compare(seeds_app(), rounds=2, calls=2).splitlines()
    assert heads.split() == ["µs", "bare", "µs", "ratio", "from", "to"]
    assert [row[:36].strip() for row in rows] == [case.name for case in requests.cases(seeds_app())]
    assert all(float(figure) > 0 for row in rows for figure in row[36:].split())


def test_a_made_up_record_is_the_same_for_the_same_seed_and_can_be_served() -> None:
    corpus = Generator(200).corpus()
    assert corpus == Generator(200).corpus() != Generator(200, seed=2).corpus()
    assert (len(corpus.statements), len(corpus.sources), len(corpus.events)) == (200, 20, 20)
    for statement in corpus.statements:
        text = corpus.texts[statement.source]
        assert [text.span(span.start, span.end) for span in statement.content] == list(statement.content)
    client = app_of(corpus, extract_sample, HttpOptions()).test_client()
    shown = client.get("/v1/statements?facets=topic,speaker,year&limit=1").get_json()
    assert shown["total"] == 200
    assert shown["facets"]["topic"][0]["count"] > 20
