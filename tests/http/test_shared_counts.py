"""Counts in files: of several processes, of those that ended, and of none."""

from __future__ import annotations

import errno
import os
import shutil
import struct
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from structlog.testing import capture_logs

from service import gunicorn_conf
from service.http import count_files
from service.http.answer_counts import AnswerCounts
from service.http.count_files import CountFile
from service.http.counted import Told
from service.http.shared_counts import FOLDER, SharedCounts, retire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPENED: list[AnswerCounts] = []
LABELS = ("/v1/topics", "GET", "200", "never")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setattr(count_files, "_told", set())
    yield tmp_path
    while OPENED:
        OPENED.pop().forget()


def in_process(number: int, monkeypatch: pytest.MonkeyPatch, folder: Path) -> AnswerCounts:
    """Count as the process with this number would."""
    monkeypatch.setattr(os, "getpid", lambda: number)
    counts = AnswerCounts(str(folder))
    counts.observer(LABELS)(0.25)
    OPENED.append(counts)
    return counts


def gauge(folder: Path, process: int) -> None:
    file = MmapedDict(str(folder / f"gauge_livesum_{process}.db"))
    file.write_value(mmap_key("onrecord_workers", "onrecord_workers", [], [], "Processes."), 1.0, 0.0)
    file.close()


def told(folder: Path) -> dict[str, float]:
    samples = [each for metric in Told(SharedCounts(str(folder))).collect() for each in metric.samples]
    return {each.name: each.value for each in samples if "le" not in each.labels}


def test_processes_are_added_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for process in (11, 12, 13):
        in_process(process, monkeypatch, folder)
        gauge(folder, process)
    assert told(folder)["onrecord_requests_total"] == 3
    assert told(folder)["onrecord_request_seconds_count"] == 3
    assert told(folder)["onrecord_request_seconds_sum"] == 0.75
    assert told(folder)["onrecord_workers"] == 3


def test_what_ended_processes_counted_stays_and_their_files_and_gauges_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for process in range(11, 31):
        in_process(process, monkeypatch, folder)
        gauge(folder, process)
        if process > 11:
            retire(process)
    assert told(folder)["onrecord_requests_total"] == 20
    assert told(folder)["onrecord_request_seconds_sum"] == 5
    assert told(folder)["onrecord_workers"] == 1
    assert sorted(path.name for path in folder.glob("*.db")) == [
        "gauge_livesum_11.db",
        "histogram_answers_11.db",
        "histogram_answers_ended.db",
    ]


def test_a_file_grows_with_what_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = in_process(11, monkeypatch, folder)
    first = counts.observer(LABELS)
    others = [counts.observer((f"/v1/{number}", *LABELS[1:])) for number in range(100)]
    for observe in (first, *others, first):
        observe(0.5)
    assert (folder / "histogram_answers_11.db").stat().st_size > 1 << 16
    told_ = [m for m in Told(SharedCounts(str(folder))).collect() if m.name == "onrecord_requests"]
    counted = {each.labels["route"]: each.value for each in told_[0].samples}
    assert counted == {"/v1/topics": 3, **{f"/v1/{number}": 1 for number in range(100)}}


def test_a_process_that_was_forked_counts_in_a_file_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = in_process(11, monkeypatch, folder)
    monkeypatch.setattr(os, "getpid", lambda: 12)
    counts.forget()
    counts.observer(LABELS)(0.25)
    retire(12)
    assert (folder / "histogram_answers_11.db").exists()
    assert told(folder)["onrecord_requests_total"] == 2


def test_where_nothing_is_shared_there_is_nothing_to_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    retire(os.getpid())
    monkeypatch.setenv(FOLDER, str(tmp_path / "gone"))
    retire(os.getpid())
    assert list(tmp_path.iterdir()) == []


# what can't be read, or written ----------------------------------------------------------------------------------------


def full(file: int, content: bytes) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), (file, len(content)))


@pytest.mark.parametrize("broken", [b"", b"\0\0", struct.pack("i", 9_000) + b"\xff" * 9_000])
def test_a_file_that_can_t_be_read_is_left_out_and_told_of_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes
) -> None:
    in_process(11, monkeypatch, folder)
    for name in ("counter_12.db", "histogram_answers_12.db", "gauge_livesum_12.db"):
        (folder / name).write_bytes(broken)
    with capture_logs() as logs:
        assert [told(folder)["onrecord_requests_total"] for _ in range(2)] == [1, 1]
    assert len([line for line in logs if line["event"] == "counts not read"]) == 3
    retire(12)
    assert [path.name for path in folder.glob("*12.db")] == []
    assert told(folder)["onrecord_requests_total"] == 1


def test_where_nothing_can_be_kept_the_server_tells_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_process(11, monkeypatch, folder)
    said: list[str] = []
    server = SimpleNamespace(log=SimpleNamespace(warning=lambda *words: said.append(repr(words))))
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        gunicorn_conf.child_exit(server, SimpleNamespace(pid=11))
    assert len(said) == 1
    assert told(folder)["onrecord_requests_total"] == 1
    gunicorn_conf.child_exit(server, SimpleNamespace(pid=11))
    assert told(folder)["onrecord_requests_total"] == 1
    assert [path.name for path in folder.glob("*.db")] == ["histogram_answers_ended.db"]


def test_a_process_goes_on_counting_for_itself_where_the_disk_is_full(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", full)
    with capture_logs() as logs:
        counts = in_process(11, monkeypatch, folder)
        for number in range(300):  # more than the first piece of memory has room for
            counts.observer((f"/v1/{number}", *LABELS[1:]))(0.25)
    assert [line["event"] for line in logs] == ["counts not shared"]
    assert (folder / "histogram_answers_11.db").stat().st_size == 0


def test_a_file_that_can_t_grow_keeps_what_it_has(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = in_process(11, monkeypatch, folder)
    first = counts.observer(LABELS)
    size = (folder / "histogram_answers_11.db").stat().st_size
    monkeypatch.setattr(os, "write", full)
    for number in range(300):
        counts.observer((f"/v1/{number}", *LABELS[1:]))(0.25)
    first(0.25)
    assert (folder / "histogram_answers_11.db").stat().st_size == size
    kept = [m for m in Told(SharedCounts(str(folder))).collect() if m.name == "onrecord_requests"]
    counted = {each.labels["route"]: each.value for each in kept[0].samples}
    assert counted["/v1/topics"] == 2
    assert 1 < len(counted) < 300


def test_files_have_all_their_bytes(folder: Path) -> None:
    file: Any = CountFile(str(folder / "counter_11.db"))
    for number in range(3_000):
        file.read_value(f"{number:0100}")
    file.close()
    kept = (folder / "counter_11.db").stat()
    assert kept.st_size >= 3_000 * 124
    assert kept.st_blocks * 512 >= kept.st_size


def test_a_folder_that_is_gone_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_process(11, monkeypatch, folder)
    shutil.rmtree(folder)
    assert "onrecord_requests_total" not in told(folder)
    in_process(12, monkeypatch, folder)
    assert told(folder)["onrecord_requests_total"] == 1
