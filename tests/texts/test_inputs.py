from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.model import Rejected, Text
from service.texts.inputs import read_place
from service.texts.kinds import is_lines, is_url, place
from service.texts.read import TextsError

if TYPE_CHECKING:
    from service.texts.kinds import Place
    from service.vocabulary.furniture import Furniture

ARTICLE = "Dam to open\n\nThe minister said that the dam would be ready by the end of the year.\n"


def read(where: Place, furniture: Furniture) -> list[Text | Rejected]:
    return list(read_place(where, furniture, max_bytes=10_000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    data = json.dumps({"id": "c", "text": ARTICLE}).encode()
    (tmp_path / "c.jsonl").write_bytes(data)
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(data))
    return tmp_path


def test_what_is_named_is_told_by_its_name() -> None:
    assert place("s3://bucket/a.jsonl") == "s3://bucket/a.jsonl"
    assert place("texts/a.jsonl") == Path("texts/a.jsonl")
    assert [is_url(name) for name in ("file:///a", "a:b", "a//b", "zip://a::s3://b")] == [
        True,
        False,
        False,
        True,
    ]
    assert [is_lines(name) for name in ("a.jsonl", "A.JSONL.gz", "a.json", "jsonl", "a.gz")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_folder_a_file_and_a_file_with_a_text_a_line_are_read(folder: Path, furniture: Furniture) -> None:
    assert [one.file for one in read(folder, furniture)] == ["b.txt", "a.txt", "c.jsonl", "d.jsonl.gz"]
    assert [one.file for one in read(folder / "b.txt", furniture)] == ["b.txt"]
    for name in ("c.jsonl", "d.jsonl.gz"):
        (text,) = read(folder / name, furniture)
        assert isinstance(text, Text)
        assert (text.id, text.file) == ("c", f"{name}:1")


def test_a_file_with_a_text_a_line_in_a_folder_is_left_aside_with_the_mend(
    folder: Path, furniture: Furniture
) -> None:
    *_, aside = read(folder, furniture)
    assert isinstance(aside, Rejected)
    assert aside.aside
    assert "by itself" in aside.mend


def test_what_is_not_there_is_named(tmp_path: Path, furniture: Furniture) -> None:
    for name in ("gone", "gone.txt", "gone.jsonl"):
        with pytest.raises(TextsError, match=f"{name}: there is no such file or folder"):
            read(tmp_path / name, furniture)


def test_a_file_that_cannot_be_opened_is_named(
    folder: Path, furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(TextsError, match=r"c\.jsonl: it can't be read \(Permission denied\)"):
        read(folder / "c.jsonl", furniture)
