from __future__ import annotations

import hashlib
import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.model import Rejected, Role, Text
from service.texts.read import TextsError, UnusableTextError, read_file, read_folder, read_posted

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

ARTICLE = "Dam to open\n\nThe minister said that the dam would be ready by the end of the year.\n\nIt is.\n"
LIMIT = 10_000


def read(folder: Path, furniture: Furniture) -> tuple[tuple[Text, ...], dict[str, Rejected]]:
    texts, rejected = read_folder(folder, furniture, max_bytes=LIMIT)
    return texts, {one.file: one for one in rejected}


def test_texts_come_in_the_order_of_names_with_their_bytes_hash(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "b.txt").write_text(ARTICLE + "Two.")
    (tmp_path / "a.b.txt").write_text(ARTICLE)
    (tmp_path / "notes.md").write_text(ARTICLE)
    (tmp_path / ".hidden.txt").write_text(ARTICLE)
    texts, rejected = read(tmp_path, furniture)
    assert [(text.id, text.file) for text in texts] == [("a.b", "a.b.txt"), ("b", "b.txt")]
    assert texts[0].sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (texts[0].encoding, texts[0].language, texts[0].doubts) == ("utf-8", "en", ())
    assert [(one.file, one.aside) for one in rejected.values()] == [("notes.md", True)]
    assert ".txt" in rejected["notes.md"].reason


def test_endings_in_capitals_are_texts_and_folders_are_told_of(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "A.TXT").write_text(ARTICLE)
    (tmp_path / "B.Txt").write_text(ARTICLE + "Two.")
    (tmp_path / "B.txt").write_text(ARTICLE + "Three.")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.txt").write_text(ARTICLE + "Four.")
    (tmp_path / "empty").mkdir()
    texts, rejected = read(tmp_path, furniture)
    assert [text.file for text in texts] == ["A.TXT", "B.Txt"]
    assert "same name as B.Txt" in rejected["B.txt"].reason
    assert not rejected["B.txt"].aside
    assert "the text in it is not read" in rejected["more"].reason
    assert "it is not read" in rejected["empty"].reason
    assert all(rejected[name].aside for name in ("more", "empty"))


def test_an_empty_folder_has_no_texts(tmp_path: Path, furniture: Furniture) -> None:
    assert read(tmp_path, furniture) == ((), {})


def test_line_ends_stay_and_a_mark_is_not_counted(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    (text,), _ = read(tmp_path, furniture)
    assert text.decoded == ARTICLE.replace("\n", "\r\n")
    assert text.blocks[0].start == 0
    assert text.span(0, 3).text == "Dam"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\xc2\xa0 \n", "empty"),
        (b"---\ntitle: only\n---\n", "empty"),
        (b"PK\x03\x04\x00\x00 and more", "binary"),
        (b"\x01\x02\x03\x04\x05 words", "binary"),
        (b"x" * (LIMIT + 1), f"larger than {LIMIT} bytes"),
    ],
)
def test_what_holds_no_article_is_left_out_and_the_rest_is_read(
    data: bytes, reason: str, tmp_path: Path, furniture: Furniture
) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text(ARTICLE)
    texts, rejected = read(tmp_path, furniture)
    assert [text.id for text in texts] == ["good"]
    assert reason in rejected["bad.txt"].reason
    assert ("ONRECORD_MAX_FILE" in rejected["bad.txt"].mend) == (len(data) > LIMIT)
    assert rejected["bad.txt"].mend


def test_the_same_bytes_twice_are_one_text(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "b.txt").write_text(ARTICLE)
    (tmp_path / "a.txt").write_text(ARTICLE)
    texts, rejected = read(tmp_path, furniture)
    assert [text.id for text in texts] == ["a"]
    assert "a.txt" in rejected["b.txt"].reason


def test_links_are_followed_inside_the_folder_only(tmp_path: Path, furniture: Furniture) -> None:
    folder = tmp_path / "texts"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "real").write_text(ARTICLE)
    (tmp_path / "secret").write_text(ARTICLE)
    (folder / "in.txt").symlink_to(folder / "data" / "real")
    (folder / "out.txt").symlink_to(tmp_path / "secret")
    (folder / "dead.txt").symlink_to(folder / "nothing")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    texts, rejected = read(folder, furniture)
    assert [text.id for text in texts] == ["in"]
    assert rejected["data"].aside
    assert "out of the folder" in rejected["out.txt"].reason
    assert "nowhere" in rejected["dead.txt"].reason
    assert "loop.txt" in rejected
    assert "regular" in rejected["folder.txt"].reason
    assert "regular" in rejected["pipe.txt"].reason


def test_special_files_are_refused_and_never_waited_for(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "texts").mkdir()
    os.mkfifo(tmp_path / "texts" / "pipe.txt")
    (tmp_path / "texts" / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "texts" / "process.txt").symlink_to("/proc/self/environ")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "texts" / "socket.txt"))
        texts, rejected = read(tmp_path / "texts", furniture)
    assert texts == ()
    assert {name: one.reason for name, one in rejected.items()} == {
        "device.txt": "it is a link that leads out of the folder",
        "pipe.txt": "it is no regular file",
        "process.txt": "it is a link that leads out of the folder",
        "socket.txt": "it is no regular file",
    }
    assert all(one.mend and not one.aside for one in rejected.values())
    for name in ("/dev/zero", str(tmp_path / "texts" / "pipe.txt")):
        found = read_file(Path(name), furniture, max_bytes=LIMIT)
        assert isinstance(found, Rejected)
        assert found.reason == "it is no regular file"


@pytest.mark.parametrize("swapped", ["link", "pipe"])
def test_what_takes_a_file_s_place_at_the_last_moment_is_not_read(
    tmp_path: Path, furniture: Furniture, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret").write_text(ARTICLE)
    file = tmp_path / "texts" / "a.txt"
    file.write_text(ARTICLE)
    opens = os.open

    def late(path: Path, flags: int) -> int:
        file.unlink()
        if swapped == "pipe":
            os.mkfifo(file)
        else:
            file.symlink_to(tmp_path / "secret")
        return opens(path, flags)

    monkeypatch.setattr(os, "open", late)
    texts, rejected = read(tmp_path / "texts", furniture)
    assert texts == ()
    assert rejected["a.txt"].reason.startswith(
        "it is no regular file" if swapped == "pipe" else "it can't be read"
    )


def test_the_folder_may_be_a_link_and_its_texts_links_that_stay_inside(
    tmp_path: Path, furniture: Furniture
) -> None:
    """As Kubernetes mounts a ConfigMap: the files lead through ``..data`` into the folder of the day."""
    held = tmp_path / "volume"
    (held / "..2026_01_30").mkdir(parents=True)
    (held / "..2026_01_30" / "a.txt").write_text(ARTICLE)
    (held / "..data").symlink_to("..2026_01_30")
    (held / "a.txt").symlink_to("..data/a.txt")
    (tmp_path / "texts").symlink_to(held)
    texts, rejected = read(tmp_path / "texts", furniture)
    assert [(text.id, text.file, text.decoded) for text in texts] == [("a", "a.txt", ARTICLE)]
    assert rejected == {}


def test_a_link_to_a_folder_is_told_of_and_not_looked_into(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "name.txt").write_text(ARTICLE)
    (tmp_path / "texts" / "more").symlink_to(tmp_path / "private")
    _, rejected = read(tmp_path / "texts", furniture)
    assert rejected["more"].reason == "it is a link to a folder, which is not read"
    assert rejected["more"].aside


def test_a_name_that_is_no_utf_8_is_left_out(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(ARTICLE)
    _, rejected = read(tmp_path, furniture)
    assert "UTF-8" in rejected["caf\ufffd.txt"].reason


def test_an_unreadable_file_is_left_out(
    tmp_path: Path, furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(ARTICLE)
    monkeypatch.setattr(os, "open", refuse)
    found = read_file(tmp_path / "a.txt", furniture, max_bytes=LIMIT)
    assert isinstance(found, Rejected)
    assert "Permission denied" in found.reason


def test_a_folder_that_is_none_is_named(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "file").write_text("x")
    for missing, says in ((tmp_path / "missing", "no such folder"), (tmp_path / "file", "no folder")):
        with pytest.raises(TextsError, match=says) as raised:
            read_folder(missing, furniture, max_bytes=LIMIT)
        assert str(missing) in str(raised.value)


def test_front_matter_is_read_and_its_faults_are_doubts(tmp_path: Path, furniture: Furniture) -> None:
    front = "---\ntitle: Dam to open\nlanguage: en-GB\nauthor: Jane Doe\n---\n"
    (tmp_path / "a.txt").write_text(front + ARTICLE)
    (text,), _ = read(tmp_path, furniture)
    assert text.front is not None
    assert text.front.end == text.blocks[0].start == len(front)
    assert text.blocks[0].role is Role.HEADLINE
    assert text.language == "en"
    assert ["`author`" in doubt for doubt in text.doubts] == [True]


def test_a_text_in_another_language_is_doubtful(furniture: Furniture) -> None:
    french = "La ministre a dit lundi que le barrage serait achevé avant le printemps, après trois ans."
    text = read_posted(french, furniture, title=None, published=None)
    assert text.language == "und"
    assert "English" in text.doubts[0]
    stated = read_posted(f"---\nlanguage: fr\n---\n{ARTICLE}", furniture, title=None, published=None)
    assert stated.language == "fr"
    assert "fr" in stated.doubts[0]


def test_a_posted_text_has_no_file_and_a_stable_id(furniture: Furniture) -> None:
    text = read_posted(ARTICLE, furniture, title="Dam to open", published="2014-02")
    assert text.file is None
    assert text.id == f"posted-{hashlib.sha256(ARTICLE.encode()).hexdigest()[:16]}"
    assert text.front is not None
    assert (text.front.end, text.front.title, text.front.published) == (0, "Dam to open", "2014-02")


@pytest.mark.parametrize("words", ["", " \n", "\x00\x00", "\x01\x02\x03"])
def test_a_posted_text_without_an_article_is_refused(words: str, furniture: Furniture) -> None:
    with pytest.raises(UnusableTextError) as raised:
        read_posted(words, furniture, title=None, published=None)
    assert raised.value.reason
    assert raised.value.mend


def test_lone_surrogates_of_a_posted_text_are_replaced_in_place(furniture: Furniture) -> None:
    text = read_posted("Dam \ud800 ready, she said.", furniture, title=None, published=None)
    assert text.decoded == "Dam \ufffd ready, she said."
    assert "U+FFFD" in text.doubts[0]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_rejected(
    furniture: Furniture, tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    found = read_file(path, furniture, max_bytes=LIMIT)
    assert isinstance(found, Rejected) or found.decoded.encode()


def test_a_known_text_is_given_as_it_is_known(tmp_path: Path, furniture: Furniture) -> None:
    (tmp_path / "a.txt").write_text("Harbour reopens\n\nShips came.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Another text.\n", encoding="utf-8")
    (before, other), _ = read_folder(tmp_path, furniture, max_bytes=1_000)
    known = {before.sha256: replace(before, language="xx")}
    (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    texts, rejected = read_folder(tmp_path, furniture, max_bytes=1_000, known=known.get)
    assert texts == (other, replace(before, id="c", file="c.txt", language="xx"))
    assert rejected == ()
    too_large, empty = read_folder(tmp_path, furniture, max_bytes=10, known=known.get)
    assert (too_large, len(empty)) == ((), 2)
