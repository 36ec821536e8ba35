from __future__ import annotations

import gzip
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from service.model import Rejected, Text
from service.texts.read import TextsError
from service.texts.urls import read_url, without_login

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.vocabulary.furniture import Furniture

fsspec = pytest.importorskip("fsspec", reason="texts by URL need the extra onrecord[dask]")

ARTICLE = "Dam to open\n\nThe minister said that the dam would be ready by the end of the year.\n"


def read(url: str, furniture: Furniture) -> list[Text | Rejected]:
    return list(read_url(url, furniture, max_bytes=1_000))


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def test_a_folder_is_read_in_the_order_of_names(memory: Any, furniture: Furniture) -> None:
    memory.pipe(
        {
            "/texts/b.txt": ARTICLE.encode(),
            "/texts/a.b.TXT": b"\xef\xbb\xbf" + ARTICLE.encode() + b"Two.",
            "/texts/c.txt": b"",
        }
    )
    memory.pipe(
        {
            "/texts/notes.md": b"x",
            "/texts/.hidden.txt": b"x",
            "/texts/more/d.txt": b"x",
            "/texts/e.txt": b"x" * 1_001,
        }
    )
    found = read("memory://texts", furniture)
    texts = [one for one in found if isinstance(one, Text)]
    assert [(text.id, text.file) for text in texts] == [("a.b", "a.b.TXT"), ("b", "b.txt")]
    assert [text.decoded for text in texts] == [ARTICLE + "Two.", ARTICLE]
    rejected = {one.file: one for one in found if isinstance(one, Rejected)}
    assert list(rejected) == ["c.txt", "e.txt", "more", "notes.md"]
    assert [one.aside for one in rejected.values()] == [False, False, True, True]
    assert "larger than 1000 bytes" in rejected["e.txt"].reason
    assert read("memory://texts/", furniture) == found


def test_a_text_and_files_with_a_text_a_line_are_read(memory: Any, furniture: Furniture) -> None:
    lines = (
        b"".join(json.dumps({"id": name, "text": f"{ARTICLE}{name}"}).encode() + b"\n" for name in "ab")
        + b"{}\n"
    )
    memory.pipe(
        {"/one.txt": ARTICLE.encode(), "/n/news.jsonl": lines, "/n/news.jsonl.gz": gzip.compress(lines)}
    )
    assert [one.file for one in read("memory://one.txt", furniture)] == ["one.txt"]
    for name in ("news.jsonl", "news.jsonl.gz"):
        assert [one.file for one in read(f"memory://n/{name}", furniture)] == [
            f"{name}:{number}" for number in (1, 2, 3)
        ]


def test_a_url_of_a_path_gives_what_the_path_gives(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE}), encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (line,) = read((tmp_path / "a.jsonl").as_uri(), furniture)
    (text,) = read((tmp_path / "a.txt").as_uri(), furniture)
    assert isinstance(line, Text)
    assert isinstance(text, Text)
    assert (line.file, line.key) == ("a.jsonl:1", text.key)
    assert [one.file for one in read(tmp_path.as_uri(), furniture)] == ["a.jsonl", "a.txt"]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memory://gone", "there is no such file or folder"),
        ("memory://gone.txt", "there is no such file or folder"),
        ("memory://gone.jsonl", "there is no such file or folder"),
        ("nosuch://a/b.jsonl", "nosuch"),
    ],
)
def test_what_is_not_there_is_named(memory: Any, url: str, told: str, furniture: Furniture) -> None:
    assert not memory.store
    with pytest.raises(TextsError, match=f"{url}: .*{told}"):
        read(url, furniture)


def test_a_kind_of_url_whose_package_is_not_installed_is_named(
    furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(TextsError, match=r"s3://bucket/a\.jsonl: .*package that is not installed .*s3fs"):
        read("s3://bucket/a.jsonl", furniture)


def test_without_fsspec_the_extra_is_named(furniture: Furniture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(TextsError, match=r"^memory://texts: .*pip install onrecord\[dask\]"):
        read("memory://texts", furniture)


def test_a_file_that_breaks_while_it_is_read_is_left_out(
    memory: Any, furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe({"/t/a.txt": ARTICLE.encode(), "/t/b.txt": ARTICLE.encode()})
    opened = memory.open

    def refuse(path: str, mode: str) -> Any:
        if path.endswith("a.txt"):
            message = "the line went dead"
            raise RuntimeError(message)
        return opened(path, mode)

    monkeypatch.setattr(type(memory), "open", lambda _, path, mode: refuse(path, mode))
    rejected, text = read("memory://t", furniture)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "it can't be read (the line went dead)"
    assert isinstance(text, Text)


def test_logins_are_not_shown(furniture: Furniture) -> None:
    assert without_login("ftp://me:secret@host/a.txt") == "ftp://host/a.txt"
    assert without_login("s3://bucket/a@b.txt") == "s3://bucket/a@b.txt"
    with pytest.raises(TextsError) as raised:
        read("nosuch://me:secret@host/a.txt", furniture)
    assert "secret" not in str(raised.value)
