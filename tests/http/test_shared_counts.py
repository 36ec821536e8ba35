"""Counts in files: of several processes, of those that ended, and of none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key

from service.http.answer_counts import AnswerCounts
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
