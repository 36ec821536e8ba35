from __future__ import annotations

import errno
import os
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from service.model import FrontMatter
from service.store.entry import encode
from service.store.folder import Folder
from service.store.sealed import fingerprint
from tests.corpora import SEEDS, loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.extract.found import Extracted

UNDER = fingerprint(["this code"])


@pytest.fixture
def found() -> Extracted:
    return loaded(SEEDS).extracted[0]


@pytest.fixture
def folder(tmp_path: Path, found: Extracted) -> Folder:
    """A folder that holds `found`."""
    made = Folder(tmp_path / "kept", UNDER)
    made.prepare()
    made.put(found)
    return made


@pytest.fixture
def file(folder: Folder) -> Path:
    (path,) = files(folder.root)
    return path


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_what_is_put_is_got(folder: Folder, file: Path, found: Extracted) -> None:
    assert folder.get(found.text) == found
    assert file == folder.root / UNDER.hex() / f"{found.text.sha256}.parsed"
    assert not folder.is_empty()


def test_nothing_is_made_for_reading(tmp_path: Path, found: Extracted) -> None:
    folder = Folder(tmp_path / "kept", UNDER)
    assert folder.is_empty()
    assert folder.get(found.text) is None
    assert not (tmp_path / "kept").exists()


def test_a_text_is_known_under_any_name(folder: Folder, found: Extracted) -> None:
    renamed = replace(found.text, id="other", file="other.txt")
    assert folder.get(renamed) == replace(found, text=renamed)


def test_the_same_bytes_with_something_else_beside_them_are_kept_side_by_side(
    folder: Folder, file: Path, found: Extracted
) -> None:
    text = replace(found.text, front=FrontMatter(0, title="Other"), beside="ab" * 16)
    other = replace(found, text=text)
    folder.put(other)
    assert [folder.get(one.text) for one in (found, other)] == [found, other]
    assert [folder.text(one.text.key) for one in (found, other)] == [found.text, other.text]
    assert files(folder.root) == sorted([file, file.with_name(f"{found.text.sha256}-{'ab' * 16}.parsed")])


def test_an_entry_that_lies_under_another_text_s_name_is_thrown_away(folder: Folder, file: Path) -> None:
    other = loaded(SEEDS).extracted[1]
    misplaced = file.rename(file.with_name(f"{other.text.sha256}.parsed"))
    with capture_logs() as logs:
        assert folder.text(other.text.key) is None
    assert [line["reason"] for line in logs] == ["it is another text's"]
    assert not misplaced.exists()


def test_an_entry_is_kept_as_it_is(tmp_path: Path, folder: Folder, file: Path, found: Extracted) -> None:
    other = Folder(tmp_path / "other", UNDER)
    other.put_entry(found.text, file.read_bytes())
    assert other.get(found.text) == folder.get(found.text) == found
    assert [path.read_bytes() for path in files(other.root)] == [file.read_bytes()]


def test_names_of_texts_lead_nowhere(tmp_path: Path, found: Extracted) -> None:
    folder = Folder(tmp_path / "kept", UNDER)
    odd = replace(found, text=replace(found.text, id="../../out", file="/etc/out.txt"))
    folder.put(odd)
    assert [path.parent for path in files(tmp_path)] == [tmp_path / "kept" / UNDER.hex()]
    assert folder.get(odd.text) == odd
    with pytest.raises(ValueError, match="hexadecimal"):
        folder.put_entry(replace(found.text, sha256="../../out"), b"")


def test_the_same_bytes_read_in_another_way_are_another_text(folder: Folder, found: Extracted) -> None:
    assert folder.get(replace(found.text, front=FrontMatter(0, title="Other"))) is None
    assert folder.get(found.text) == found


def test_another_fingerprint_has_entries_of_its_own(folder: Folder, found: Extracted) -> None:
    other = Folder(folder.root, fingerprint(["other code"]))
    assert other.is_empty()
    assert other.get(found.text) is None


def foreign(path: Path, found: Extracted) -> None:
    path.write_bytes(encode(found, fingerprint(["other code"])))


SPOILT: dict[str, tuple[Callable[[Path, Any], object], str]] = {
    "empty": (lambda path, _: path.write_bytes(b""), "it is empty"),
    "truncated": (lambda path, _: os.truncate(path, path.stat().st_size - 9), "its body has"),
    "damaged": (lambda path, _: path.write_bytes(path.read_bytes()[:-1] + b"\xc1"), "its checksum is wrong"),
    "foreign": (foreign, "it was parsed by other code"),
    "something else": (lambda path, _: path.write_text("Hello\n" * 99), "it is none of this program"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_what_is_spoilt_is_thrown_away_and_told(
    folder: Folder, file: Path, found: Extracted, fault: str
) -> None:
    spoil, told = SPOILT[fault]
    spoil(file, found)
    with capture_logs() as logs:
        assert folder.get(found.text) is None
    assert not file.exists()
    (line,) = logs
    assert (line["log_level"], line["file"]) == ("warning", str(file))
    assert told in line["reason"]
    folder.put(found)
    assert folder.get(found.text) == found


def test_a_folder_in_the_place_of_a_file(folder: Folder, file: Path, found: Extracted) -> None:
    file.unlink()
    file.mkdir()
    with capture_logs() as logs:
        assert folder.get(found.text) is None
        folder.put(found)
    assert [line["event"] for line in logs] == [
        "a kept text is thrown away and parsed anew",
        "parsed texts can't be kept",
    ]
    assert files(folder.root) == []


@pytest.mark.parametrize("place", ["file", "below a file", "/proc/onrecord"])
def test_a_folder_that_cannot_be_is_told_of_once_with_the_mend(
    tmp_path: Path, found: Extracted, place: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "below a file").symlink_to(tmp_path / "file" / "kept")
    folder = Folder(tmp_path / place, UNDER)
    with capture_logs() as logs:
        assert folder.get(found.text) is None
        folder.prepare()
        folder.put(found)
        folder.put(found)
    (line,) = logs
    assert line["log_level"] == "warning"
    assert line["folder"] == str(tmp_path / place)
    assert "ONRECORD_CACHE" in line["mend"]


def test_a_full_disk_is_told_of_once_and_leaves_nothing(
    folder: Folder, file: Path, found: Extracted, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.unlink()

    def refuse(path: Path, data: bytes) -> int:
        with path.open("wb") as half:
            half.write(data[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with capture_logs() as logs:
        folder.put(found)
        folder.put(loaded(SEEDS).extracted[1])
    assert [line["reason"] for line in logs] == ["No space left on device"]
    assert files(folder.root) == []


def test_a_text_that_no_encoding_carries_is_not_kept(folder: Folder, file: Path, found: Extracted) -> None:
    with capture_logs() as logs:
        folder.put(replace(found, text=replace(found.text, decoded="\ud800")))
    assert [line["event"] for line in logs] == ["not kept"]
    assert files(folder.root) == [file]


def test_the_fingerprints_used_last_are_kept(tmp_path: Path, found: Extracted) -> None:
    used = [fingerprint([str(number)]) for number in range(6)]
    for number, one in enumerate(used):
        Folder(tmp_path, one).put(found)
        os.utime(tmp_path / one.hex(), (1_000 + number, 1_000 + number))
    (tmp_path / used[0].hex() / "notes.txt").write_text("mine")
    os.utime(tmp_path / used[0].hex(), (1_000, 1_000))
    (tmp_path / "photos").mkdir()
    assert Folder(tmp_path, used[1]).get(found.text) == found  # in use again
    Folder(tmp_path, UNDER).prepare()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"photos", used[0].hex(), *(one.hex() for one in (used[1], used[4], used[5], UNDER))}
    assert [path.name for path in files(tmp_path / used[0].hex())] == ["notes.txt"]


def test_what_killed_processes_left_is_removed(folder: Folder, file: Path) -> None:
    old, new = file.with_suffix(".1-a.unfinished"), file.with_suffix(".2-b.unfinished")
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7_200,) * 2)
    folder.prepare()
    assert files(folder.root) == sorted([file, new])


def write_and_read(root: Path) -> None:
    """Put and get the same texts again and again; a process of its own ends with 0 where nothing was wrong."""
    seeds = loaded(SEEDS).extracted
    with capture_logs() as logs:
        for _ in range(40):
            folder = Folder(root, UNDER)
            folder.prepare()
            for found in seeds:
                assert folder.get(found.text) in {None, found}
                folder.put(found)
    os._exit(len(logs))


def test_several_processes_share_a_folder(tmp_path: Path) -> None:
    seeds = loaded(SEEDS).extracted
    started = [get_context("fork").Process(target=write_and_read, args=(tmp_path,)) for _ in range(3)]
    for process in started:
        process.start()
    for process in started:
        process.join(timeout=60)
    assert [process.exitcode for process in started] == [0, 0, 0]
    assert [path.stem for path in files(tmp_path)] == sorted(found.text.sha256 for found in seeds)
    assert [Folder(tmp_path, UNDER).get(found.text) for found in seeds] == list(seeds)


def test_a_kept_text_is_not_read_again(folder: Folder, found: Extracted) -> None:
    assert folder.text(found.text.sha256) == found.text
    assert folder.text("00" * 32) is None
