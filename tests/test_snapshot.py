"""Finished records in a folder: what is read is what was written, and what is damaged says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

import service.snapshot
from service.http.app import make_app
from service.http.library import index_corpus, prepared_for
from service.http.options import HttpOptions
from service.snapshot import SnapshotError, is_snapshot, read_snapshot, write_snapshot
from service.store.sealed import seal
from service.version import RECORD
from tests.sample import make_corpus
from tests.test_architecture import PACKAGE, imported

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from service.model import Corpus
    from service.query.index import Index

OPTIONS: Final = HttpOptions(code_version="test")
ASKED: Final = (
    "/v1/statements",
    "/v1/statements?speaker=ada&topic=talks&date=2015&facets=topic,speaker,year,month&min_confidence=0.5",
    "/v1/statements?q=bridge&sort=-date&limit=2",
    "/v1/statements?q=harb*&embed=source,event,speakers",
    "/v1/statements?place=harbourtown&country=NO&publisher=sample",
    "/v1/statements?sort=source&format=ndjson",
    "/v1/statements/no-such-statement",
    "/v1/events?embed=sources,statements,speakers,coverage",
    "/v1/events?participant=ada&q=fee",
    "/v1/sources?embed=blocks&sort=-date",
    "/v1/sources?q=muster",
    "/v1/sources/market%20day%20%C3%A9/text",
    "/v1/speakers",
    "/v1/topics?q=talks",
    "/v1/timeline?by=speaker",
    "/v1/corpus",
)


def unasked(text: str, title: str | None, published: str | None) -> bytes:
    raise AssertionError((text, title, published))


def client_of(index: Index) -> FlaskClient:
    return make_app(index, unasked, OPTIONS).test_client()


def kept(folder: Path, corpus: Corpus | None = None, options: HttpOptions = OPTIONS) -> Path:
    write_snapshot(folder, *prepared_for(corpus or make_corpus(), options))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return kept(tmp_path / "record")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


NAMES: Final = (
    "blocks.ndjson",
    "events.ndjson",
    "index",
    "search/statements/meta.json",
    "search/topics/00000000000040008000000000000000.idx",
    "snapshot",
    "sources.ndjson",
    "statements.ndjson",
    "texts",
)


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_read_answers_as_what_was_written(folder: Path, asked: str) -> None:
    made = client_of(index_corpus(make_corpus(), OPTIONS)).get(asked)
    read = client_of(read_snapshot(folder)).get(asked)
    assert read.status_code == made.status_code
    assert read.data == made.data
    assert read.headers.get("ETag") == made.headers.get("ETag")


def test_the_same_record_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    written = files(folder)
    assert files(kept(tmp_path / "again")) == written
    assert set(NAMES) <= written.keys()


def test_texts_that_are_withheld_are_not_in_it(tmp_path: Path) -> None:
    folder = kept(tmp_path / "record", options=replace(OPTIONS, serve_text=False))
    words = b"Sign up for our newsletter"
    assert [name for name, content in files(folder).items() if words in content] == []
    client = client_of(read_snapshot(folder))
    assert client.get("/v1/sources/bridge-opening/text").status_code == 404
    assert client.get("/v1/sources/bridge-opening").status_code == 200


def test_a_record_of_nothing_is_kept_too(tmp_path: Path) -> None:
    corpus = replace(make_corpus(), sources=(), texts={}, statements=(), events=(), speakers=(), topics=())
    client = client_of(read_snapshot(kept(tmp_path / "record", corpus)))
    assert client.get("/v1/statements?q=bridge").get_json()["total"] == 0


def test_reading_leaves_the_folder_as_it_is(folder: Path) -> None:
    before = files(folder)
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    client = client_of(read_snapshot(folder))
    assert client.get("/v1/statements?q=bridge").get_json()["total"] > 0
    assert files(folder) == before


def test_who_reads_it_goes_on_when_it_is_replaced(folder: Path) -> None:
    client = client_of(read_snapshot(folder))
    answer = client.get("/v1/statements?q=bridge&limit=3").data
    kept(folder, replace(make_corpus(), version="sample-2"))
    shutil.rmtree(folder)
    assert client.get("/v1/statements?q=bridge&limit=3").data == answer
    assert client.get("/v1/statements?q=bridge&limit=2").status_code == 200


def test_a_snapshot_is_replaced_and_nothing_is_left_beside_it(folder: Path) -> None:
    kept(folder, replace(make_corpus(), version="sample-2"))
    assert read_snapshot(folder).account.version == "sample-2"
    assert [path.name for path in folder.parent.iterdir()] == ["record"]


def test_a_link_leads_to_what_is_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(folder)
    kept(tmp_path / "current", replace(make_corpus(), version="sample-2"))
    assert (tmp_path / "current").is_symlink()
    assert read_snapshot(folder).account.version == "sample-2"


def test_one_that_lacks_files_is_replaced(folder: Path) -> None:
    (folder / "snapshot").unlink()
    kept(folder, replace(make_corpus(), version="sample-2"))
    assert read_snapshot(folder).account.version == "sample-2"


def test_one_with_something_of_others_is_not(folder: Path) -> None:
    (folder / "letters.txt").write_text("Dear Ada", encoding="utf-8")
    with pytest.raises(SnapshotError, match="something else is there"):
        kept(folder)
    assert (folder / "letters.txt").exists()


def test_a_file_that_happens_to_be_called_so_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "snapshot").write_text("of Ada", encoding="utf-8")
    with pytest.raises(SnapshotError, match="something else is there"):
        kept(tmp_path)


def test_one_that_is_put_there_while_another_is_read_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus()
    swapped = replace(corpus, version="sample-2", statements=corpus.statements[1:])
    later = [kept(tmp_path / "later", swapped)]
    check = service.snapshot._check

    def check_and_swap(name: str, held: bytes, listed: service.snapshot.Listed) -> None:
        check(name, held, listed)
        if later:
            shutil.rmtree(folder)
            later.pop().rename(folder)

    monkeypatch.setattr(service.snapshot, "_check", check_and_swap)
    index = read_snapshot(folder)
    assert index.account.version == "sample-2"
    assert len(index.statements.records) == len(corpus.statements) - 1


def test_a_full_disk_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        message = "No space left on device"
        raise ValueError(message)

    monkeypatch.setattr(service.snapshot, "search_in", full)
    with pytest.raises(
        SnapshotError, match=r"can't be written .No space left on device.; name a folder with room"
    ):
        kept(tmp_path / "record")
    assert [*tmp_path.iterdir()] == []


def test_what_cannot_be_put_in_its_place_leaves_the_former(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = type(folder).rename

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".unfinished":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(type(folder), "rename", failing)
    with pytest.raises(SnapshotError, match="Permission denied"):
        kept(folder, replace(make_corpus(), version="sample-2"))
    assert read_snapshot(folder).account.version == "sample-1"
    assert [path.name for path in folder.parent.iterdir()] == ["record"]


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear Ada", encoding="utf-8")
    for place in (tmp_path, tmp_path / "letters.txt"):
        assert not is_snapshot(place)
        with pytest.raises(SnapshotError, match="something else is there, and a snapshot would replace it"):
            kept(place)
    assert files(tmp_path) == {"letters.txt": b"Dear Ada"}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def bend(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: Final[dict[str, Callable[[Path], None]]] = {
    "cut": cut,
    "bent": bend,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_named_with_what_mends_it(folder: Path, name: str, damage: str) -> None:
    DAMAGES[damage](folder / name)
    with pytest.raises(SnapshotError) as refused:
        read_snapshot(folder)
    assert str(folder) in str(refused.value)
    assert name in str(refused.value)
    assert "make it anew with onrecord parse --snapshot" in str(refused.value)


def test_a_snapshot_of_other_code_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.snapshot, "record_version", lambda: "0123456789ab")
    with pytest.raises(SnapshotError, match="it was made by another version of this program; make it anew"):
        read_snapshot(folder)


def test_parts_that_do_not_fit_each_other_are_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus()
    other = kept(tmp_path / "other", replace(corpus, statements=corpus.statements[1:]))
    (folder / "index").write_bytes((other / "index").read_bytes())
    monkeypatch.setattr(service.snapshot, "_check", lambda *_: None)
    with pytest.raises(SnapshotError, match="the pieces end at another place"):
        read_snapshot(folder)


def sealed_anew(folder: Path, files: dict[str, service.snapshot.Listed]) -> None:
    body = service.snapshot._encoder.encode(service.snapshot.Manifest(files))
    (folder / "snapshot").write_bytes(seal(body, service.snapshot._made_by(), bytes(32)))


@pytest.mark.parametrize(
    "name", ["../letters", "search/statements/../../../letters", "/letters", "letters txt"]
)
def test_a_manifest_that_lists_something_else_is_refused(folder: Path, name: str) -> None:
    listed = dict(service.snapshot._manifest(folder).files)
    sealed_anew(folder, {**listed, name: service.snapshot.Listed(0, 0)})
    with pytest.raises(SnapshotError, match="its file snapshot does not list a snapshot's files"):
        read_snapshot(folder)
    sealed_anew(folder, {})
    with pytest.raises(SnapshotError, match="its file snapshot does not list a snapshot's files"):
        read_snapshot(folder)


@pytest.mark.parametrize("part", ["index", "search"])
def test_rows_that_there_are_none_of_are_refused(
    folder: Path, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus()
    other = kept(tmp_path / "other", replace(corpus, statements=corpus.statements[1:]))
    monkeypatch.setattr(service.snapshot, "_check", lambda *_: None)
    if part == "index":
        (other / "index").rename(folder / "index")
        (other / "statements.ndjson").rename(folder / "statements.ndjson")
    else:
        shutil.rmtree(folder / "search" / "statements")
        (other / "search" / "statements").rename(folder / "search" / "statements")
    with pytest.raises(SnapshotError, match=r"the search index of statements has 1. rows instead of 1."):
        read_snapshot(folder)


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SnapshotError, match="the snapshot can't be written"):
        kept(tmp_path / "file" / "record")


def made_of(module: str, known: set[str]) -> set[str]:
    """Give a module's path in the package, and those of all that it imports, of those that are not `known`."""
    path = PACKAGE / module
    known.add(module)
    for name in imported(path):
        if name.startswith(("service.query.", "service.http.")):
            parts = name.split(".")[1:]
            for inner in ("/".join(parts) + ".py", "/".join(parts[:-1]) + ".py"):
                if inner not in known and (PACKAGE / inner).is_file():
                    made_of(inner, known)
    return known


def test_all_that_decides_how_a_record_is_written_is_in_its_fingerprint() -> None:
    deciding = made_of("query/making.py", set()) | made_of("query/withheld.py", set())
    deciding |= {"http/views.py"} | {f"http/{name}.py" for name in ("schemas", "parts", "fields")}
    assert deciding == {part for part in RECORD if part.startswith(("query/", "http/"))}
    assert {part for part in RECORD if not (PACKAGE / part).is_file()} == set()
