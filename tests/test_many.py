"""Many texts: files with a text a line, URLs and clusters give the record that a folder of files gives."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from structlog.testing import capture_logs

from service.cli import main
from service.equipment import LoadError
from service.load import Loader
from service.settings import TABLE
from service.vocabulary import OWN
from tests.corpora import SEEDS, loaded, loader
from tests.readme import README

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from service.model import Corpus

PIPELINE: Final = next(setting.default for setting in TABLE if setting.variable == "ONRECORD_PIPELINE")
ARTICLE: Final = "Bridge to reopen\n\nThe bridge is safe, Mayor Ada Example said on Monday.\n"


def write(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The seeds, a line each."""
    files = sorted(SEEDS.glob("*.txt"))
    lines = ({"id": file.stem, "text": file.read_bytes().decode()} for file in files)
    return write(tmp_path / "seeds.jsonl.gz", lines)


def nameless(corpus: Corpus) -> Corpus:
    """Give a record without the names of the files, and without its version, which goes by them too."""
    texts = {name: replace(text, file=None) for name, text in corpus.texts.items()}
    return replace(
        corpus,
        version="",
        texts=texts,
        sources=tuple(replace(source, file=None) for source in corpus.sources),
    )


# lines ----------------------------------------------------------------------------------------------------------------


def test_lines_give_the_record_that_files_of_the_same_texts_give(seeds: Path) -> None:
    record = loader().load(loader().read([seeds])).corpus
    assert nameless(record) == nameless(loaded(SEEDS).corpus)
    assert [source.file for source in record.sources] == [
        f"seeds.jsonl.gz:{number}" for number in range(1, 6)
    ]


def test_what_stands_beside_a_text_is_the_source_s(tmp_path: Path) -> None:
    beside = {"title": "A bridge", "publisher": "voice of america", "published": "2016-01-30"}
    path = write(tmp_path / "news.jsonl", [{"id": "bridge", "text": ARTICLE, **beside}])
    corpus = loader().load(loader().read([path])).corpus
    (source,), (statement,) = corpus.sources, corpus.statements
    assert (source.id, source.file, source.title) == ("bridge", "news.jsonl:1", "A bridge")
    assert source.publisher is not None
    assert (source.publisher.id, source.publisher.basis) == ("voice-of-america", "stated")
    assert source.published is not None
    assert (source.published.edtf, source.published.basis) == ("2016-01-30", "stated")
    assert statement.date is not None
    assert statement.date.edtf == "2016-01-25"
    assert corpus.texts["bridge"].decoded == ARTICLE


def test_a_text_that_two_publish_is_two_sources_and_one_that_is_repeated_is_one(tmp_path: Path) -> None:
    lines = [
        {"id": "one", "text": ARTICLE, "publisher": "One"},
        {"id": "two", "text": ARTICLE, "publisher": "Two"},
        {"id": "one", "text": "Another text."},
        {"id": "three", "text": ARTICLE, "publisher": " One "},
        {"id": "four", "text": ARTICLE},
        {"id": "bridge", "text": "A third text."},
    ]
    path = write(tmp_path / "news.jsonl", lines)
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    found = loader().read([path, tmp_path])
    assert [text.id for text in found.texts] == ["one", "two", "four", "bridge"]
    told = {one.file: one.reason for one in found.rejected if not one.aside}
    assert told == {
        "news.jsonl:3": "it has the same name as another text, news.jsonl:1",
        "news.jsonl:4": "it has the same text, title, publisher and date as another text, news.jsonl:1",
        "bridge.txt": "it has the same bytes as another text, news.jsonl:5",
    }


def test_the_same_text_with_something_else_beside_it_is_kept_beside_the_other(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news.jsonl",
        [{"id": name, "text": ARTICLE, "publisher": name} for name in ("One", "Two")]
        + [{"id": "Three", "text": ARTICLE}],
    )
    records = []
    for missing in (3, 0):
        own = Loader(OWN, PIPELINE, max_file=10_000, cache=tmp_path / "kept")
        with capture_logs() as logs:
            records.append(own.load(own.read([path]), processes=1))
        (kept,) = [line for line in logs if line["event"] == "kept"]
        assert kept["missing"] == missing
    assert records[0].corpus == records[1].corpus
    assert [source.publisher and source.publisher.name for source in records[1].corpus.sources] == [
        "One",
        None,
        "Two",
    ]


def test_lines_are_checked_one_by_one_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(
        tmp_path / "news.jsonl", [{"id": "a", "text": ARTICLE}, {"id": "b", "text": ARTICLE, "date": "2016"}]
    )
    monkeypatch.setenv("ONRECORD_TEXTS", str(path))
    monkeypatch.setattr("service.cli.reading.make_loader", lambda *_, **_beside: loader())
    assert main(["check"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("news.jsonl:1\n")
    assert "\nnews.jsonl:2\n  rejected    it has unknown members: `date`\n" in shown
    assert "leave them out; known are id, text, title, published, publisher" in shown


def test_the_lines_that_the_readme_shows_are_read(tmp_path: Path) -> None:
    section = README.read_text(encoding="utf-8").partition("## Many texts\n")[2].partition("\n## ")[0]
    shown = section.partition("```json\n")[2].partition("```")[0]
    path = tmp_path / "news.jsonl"
    path.write_text(shown, encoding="utf-8")
    found = loader().read([path])
    assert [text.id for text in found.texts] == ["bridge", "dam"]
    assert [text.front is None for text in found.texts] == [False, True]
    assert found.rejected == ()


# URLs -----------------------------------------------------------------------------------------------------------------


def test_urls_give_the_record_that_paths_give(seeds: Path) -> None:
    pytest.importorskip("fsspec", reason="texts by URL need the extra onrecord[dask]")
    assert loader().read([SEEDS.as_uri()]).texts == loader().read([SEEDS]).texts
    assert loader().read([seeds.as_uri()]) == loader().read([seeds])


def test_a_url_that_cannot_be_read_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.cli.reading.make_loader", lambda *_, **_beside: loader())
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["parse", "s3://bucket/news.jsonl"]) == 2
    assert "onrecord: s3://bucket/news.jsonl: texts by URL" in capsys.readouterr().err


# clusters -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    distributed = pytest.importorskip(
        "distributed", reason="parsing on a cluster needs the extra onrecord[dask]"
    )
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
        yield started.scheduler_address


@pytest.mark.enable_socket
def test_a_cluster_gives_the_same_bytes(scheduler: str, tmp_path: Path) -> None:
    own = Loader(OWN, PIPELINE, max_file=10_000_000, cache=tmp_path, scheduler=scheduler)
    texts = own.read([SEEDS])
    record = own.load(texts)
    assert record.corpus == loaded(SEEDS).corpus
    assert record.extracted == loaded(SEEDS).extracted
    here = Loader(OWN, PIPELINE, max_file=10_000_000, cache=tmp_path / "here")
    here.load(texts, processes=1)
    entries = {path.name: path.read_bytes() for path in tmp_path.glob("*/*.parsed")}
    assert entries == {path.name: path.read_bytes() for path in (tmp_path / "here").glob("*/*.parsed")}
    assert len(entries) == 5


@pytest.mark.enable_socket
def test_an_unreachable_scheduler_is_told_of_with_what_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="parsing on a cluster needs the extra onrecord[dask]")
    monkeypatch.setattr("service.store.cluster._CONNECTING", 0.2)
    assert main(["parse", str(SEEDS), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    told = capsys.readouterr().err
    assert "onrecord: no scheduler answers at tcp://127.0.0.1:1 (" in told
    assert "with ONRECORD_CACHE the next start would only do the rest" in told
    own = Loader(OWN, PIPELINE, max_file=10_000_000, cache=tmp_path, scheduler="tcp://127.0.0.1:1")
    with pytest.raises(LoadError, match="what was parsed is kept"):
        own.load(own.read([SEEDS]))
