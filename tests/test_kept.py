"""The application from a snapshot, and from a cache that holds the finished record."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

import service.record
from service import create_app
from service.cli import main, reading
from service.equipment import LoadError
from service.load import make_loader
from service.record import KEPT
from service.settings import read_settings
from service.snapshot import is_snapshot
from tests.corpora import ROOT, SEEDS, folder_of, loader

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from service.settings import Settings

ARTICLE: Final = (
    "OSLO, March 3 — The old bridge will be mended this year, Mayor Ada Example said on Monday.\n"
)
PAGES: Final = (
    "/v1/statements?q=bridge&facets=speaker",
    "/v1/events",
    "/v1/sources?embed=blocks",
    "/v1/sources/bridge/text",
    "/v1/speakers",
    "/v1/corpus",
)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return folder_of(ARTICLE, tmp_path / "texts")


@pytest.fixture
def settings(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(service.record, "make_loader", lambda _, **_beside: loader())
    monkeypatch.setattr(reading, "make_loader", lambda _, **_beside: loader())
    monkeypatch.setenv("ONRECORD_TEXTS", str(texts))
    return replace(read_settings(), cache=tmp_path / "cache")


def pages(client: FlaskClient) -> list[bytes]:
    return [client.get(page).data for page in PAGES]


def records(settings: Settings) -> list[Path]:
    assert settings.cache is not None
    return sorted(path for path in (settings.cache / "records").iterdir() if is_snapshot(path))


def started(settings: Settings) -> tuple[FlaskClient, set[str]]:
    """Start on `settings`; give a client, and what the log says was done."""
    with capture_logs() as told:
        client = create_app(settings).test_client()
    return client, {line["event"] for line in told}


def test_the_second_start_serves_what_the_first_one_finished(settings: Settings) -> None:
    first, made = started(settings)
    second, read = started(settings)
    assert {"extracted", "snapshot written"} <= made
    assert not {"extracted", "parsed", "snapshot written"} & read
    assert "read" in read
    without, _ = started(replace(settings, cache=None))
    assert pages(first) == pages(second) == pages(without)


def test_another_text_makes_another_record(settings: Settings, texts: Path) -> None:
    started(settings)
    (texts / "ferry.txt").write_text(ARTICLE.replace("bridge", "ferry"), encoding="utf-8")
    client, made = started(settings)
    assert "snapshot written" in made
    assert client.get("/v1/sources").get_json()["total"] == 2
    assert len(records(settings)) == 2


def test_only_the_last_ones_are_kept(settings: Settings, texts: Path) -> None:
    for number in range(KEPT + 2):
        (texts / "ferry.txt").write_text(ARTICLE * (number + 1), encoding="utf-8")
        started(settings)
    assert len(records(settings)) == KEPT
    assert "extracted" not in started(settings)[1]


def test_a_damaged_one_is_made_anew(settings: Settings) -> None:
    client, _ = started(settings)
    answers = pages(client)
    (kept,) = records(settings)
    (kept / "statements.ndjson").write_bytes(b"")
    with capture_logs() as told:
        client = create_app(settings).test_client()
    (line,) = [one for one in told if one["event"] == "a kept record is thrown away and made anew"]
    assert "statements.ndjson has 0 bytes" in line["reason"]
    assert pages(client) == answers
    assert "extracted" not in started(settings)[1]


def test_what_others_are_making_is_left_alone(settings: Settings) -> None:
    started(settings)
    assert settings.cache is not None
    folder = settings.cache / "records"
    for number in range(3):
        (folder / f".0123456789abcde{number}.1-0.unfinished").mkdir()
    (folder / ".left.1-0.unfinished").mkdir()
    os.utime(folder / ".left.1-0.unfinished", (0, 0))
    (kept,) = records(settings)
    (kept / "index").unlink()
    started(settings)
    assert [path.suffix for path in sorted(folder.iterdir())] == [".unfinished"] * 3 + [""]


def test_one_that_is_used_stays(settings: Settings, texts: Path) -> None:
    started(settings)
    (first,) = records(settings)
    for number in range(KEPT + 1):
        os.utime(first, (2e9 - 1, 2e9 - 1))  # as a start from it would have it
        (texts / "ferry.txt").write_text(ARTICLE * (number + 1), encoding="utf-8")
        started(settings)
    assert first in records(settings)
    (texts / "ferry.txt").unlink()
    os.utime(first, (1, 1))
    started(settings)
    assert first.stat().st_mtime > 1


def test_a_cache_that_cannot_be_written_costs_only_time(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    client, told = started(replace(settings, cache=tmp_path / "file"))
    assert "the record is not kept" in told
    assert client.get("/v1/statements").get_json()["total"] == 1


def test_texts_that_are_withheld_are_kept_apart(settings: Settings) -> None:
    whole, _ = started(settings)
    withheld, _ = started(replace(settings, serve_text=False))
    assert whole.get("/v1/sources/bridge/text").status_code == 200
    assert withheld.get("/v1/sources/bridge/text").status_code == 404
    assert len(records(settings)) == 2


@pytest.fixture
def snapshot(settings: Settings, tmp_path: Path) -> Path:
    del settings
    folder = tmp_path / "record"
    assert main(["parse", "--snapshot", str(folder)]) == 0
    return folder


def test_a_snapshot_serves_what_its_texts_would(settings: Settings, snapshot: Path, texts: Path) -> None:
    answers = pages(started(replace(settings, cache=None))[0])
    shutil.rmtree(texts)
    client, told = started(replace(settings, texts=snapshot))
    assert {"snapshot read", "ready"} <= told
    assert pages(client) == answers
    assert client.get("/readyz").get_json()["parse_seconds"] > 0
    assert client.post("/v1/extract", json={"text": ARTICLE}).get_json()["statements"]


def test_a_vocabulary_that_did_not_make_the_snapshot_is_told_of(
    settings: Settings, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        service.record, "make_loader", make_loader
    )  # reads what settings name, and no pipeline yet
    settings = replace(settings, texts=snapshot)
    assert "another vocabulary" not in started(settings)[1]
    other = tmp_path / "vocabulary"
    shutil.copytree(settings.vocabulary, other)
    with (other / "topics.yaml").open("a", encoding="utf-8") as file:
        file.write("# an own remark\n")
    with capture_logs() as told:
        create_app(replace(settings, vocabulary=other))
    (warning,) = [line for line in told if line["event"] == "another vocabulary"]
    assert warning["files"] == ["topics"]


def test_a_snapshot_is_refused_where_settings_contradict_it(settings: Settings, snapshot: Path) -> None:
    settings = replace(settings, texts=snapshot)
    with pytest.raises(LoadError, match="make the snapshot with ONRECORD_SERVE_TEXT=false too"):
        create_app(replace(settings, serve_text=False))
    with pytest.raises(LoadError, match=r"ONRECORD_CORRECTIONS: .* make the snapshot with the corrections"):
        create_app(replace(settings, corrections=snapshot / "index"))
    (snapshot / "index").write_bytes(b"")
    with pytest.raises(
        LoadError, match=r"ONRECORD_TEXTS: .*record: the snapshot can't be used: index has 0 bytes"
    ):
        create_app(settings)


def test_a_snapshot_without_texts_serves_none_and_says_so(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_SERVE_TEXT", "false")
    assert main(["parse", "--snapshot", str(tmp_path / "record")]) == 0
    client, told = started(replace(settings, texts=tmp_path / "record"))
    assert "texts are not served" in told
    assert client.get("/v1/sources/bridge/text").status_code == 404


def test_strictness_looks_into_snapshots(settings: Settings, texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_text("", encoding="utf-8")
    assert main(["parse", "--snapshot", str(tmp_path / "record")]) == 1
    settings = replace(settings, texts=tmp_path / "record")
    assert started(settings)[0].get("/v1/corpus").get_json()["rejected"]
    with pytest.raises(LoadError, match=r"ONRECORD_STRICT .*empty\.txt"):
        create_app(replace(settings, strict=True))


def test_a_snapshot_that_was_copied_in_part_is_no_folder_of_texts(settings: Settings, snapshot: Path) -> None:
    (snapshot / "snapshot").unlink()
    with pytest.raises(LoadError, match=r"the snapshot can't be used: .*snapshot can't be read"):
        create_app(replace(settings, texts=snapshot))


def test_strictness_wants_a_text(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadError, match="ONRECORD_STRICT is set and ONRECORD_TEXTS holds no text"):
        create_app(replace(settings, texts=tmp_path / "empty", strict=True))


def test_texts_cannot_be_read_from_a_snapshot(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["check"], ["parse"], ["score"]):
        assert main([*command, str(snapshot)]) == 2
        assert "is a finished record, which is not parsed again; name the texts" in capsys.readouterr().err


def test_a_snapshot_in_a_place_that_is_taken_is_refused_before_anything_is_read(
    texts: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    del settings
    assert main(["parse", "--snapshot", str(texts)]) == 2
    told = capsys.readouterr().err
    assert "something else is there" in told
    assert "extracted" not in told


SERVED: Final = """
import json, sys
from service import create_app
client = create_app().test_client()
total = client.get("/v1/statements?q=korea").get_json()["total"]
print(json.dumps([total, sorted(name for name in sys.modules if name.partition(".")[0] in {"spacy", "thinc"})]))
"""


def test_serving_a_snapshot_loads_no_parser(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    environment = {**os.environ, "ONRECORD_TEXTS": str(SEEDS)}
    parse = "import sys; from service.cli import main; sys.exit(main(sys.argv[1:]))"
    for program, texts in (((parse, "parse", "--snapshot", str(folder)), SEEDS), ((SERVED,), folder)):
        environment["ONRECORD_TEXTS"] = str(texts)
        done = subprocess.run(  # noqa: S603 - this interpreter, and programs written here
            [sys.executable, "-c", *program], env=environment, cwd=ROOT, capture_output=True, check=True
        )
    total, modules = json.loads(done.stdout.splitlines()[-1])
    assert total > 0
    assert modules == []
