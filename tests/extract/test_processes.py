from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from service.extract import processes
from service.extract.processes import ProcessEndedError, beside, cores, processes_for, reading
from tests.corpora import ROOT, SEEDS, loader

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.model import Text

HERE = os.getpid()
KILLED = """
import os, signal
import service.extract.processes as processes
processes.cores = lambda: 2
with processes.beside(os.getpid) as child:
    print(child(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def texts() -> tuple[Text, ...]:
    return loader().read([SEEDS]).texts


def named(text: Text) -> tuple[str, int]:
    return text.id, os.getpid()


def end(text: Text) -> None:
    raise SystemExit(text.id) if os.getpid() == HERE else os._exit(1)


def told(
    read: Callable[[Text], tuple[str, int]], texts: tuple[Text, ...], count: int
) -> list[tuple[str, int]]:
    with reading(read, texts, count) as found:
        return list(found)


def test_several_processes_find_what_one_finds(texts: tuple[Text, ...]) -> None:
    extractor = loader().extractor
    with reading(extractor.extract, texts[:3], 2) as found:
        assert list(found) == [extractor.extract(text) for text in texts[:3]]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_texts_are_read_in_their_order_in_as_many_processes(texts: tuple[Text, ...], count: int) -> None:
    found = told(named, texts, count)
    assert [identity for identity, _ in found] == [text.id for text in texts]
    assert all((process != HERE) == (count > 1) for _, process in found)
    assert len({process for _, process in found}) <= count


def test_a_process_a_core_where_that_pays(texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 3)
    monkeypatch.setattr(processes, "_WORTH_IT", 1_000)
    assert processes_for(texts) == 3
    assert processes_for(texts[:2]) == 2
    assert processes_for(()) == 1
    monkeypatch.setattr(processes, "_WORTH_IT", 1_000_000)
    assert processes_for(texts) == 1


def test_as_many_processes_as_are_asked_for(texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    assert (processes_for(texts, 1), processes_for(texts, 4), processes_for(texts, 99)) == (1, 4, len(texts))
    monkeypatch.setattr(processes, "_FORKS", False)
    assert processes_for(texts, 4) == 1
    assert cores() == 1


def test_a_process_that_is_ended_from_outside_is_told_of(texts: tuple[Text, ...]) -> None:
    with pytest.raises(ProcessEndedError), reading(end, texts, 2) as found:
        list(found)


def test_cores_are_those_of_this_process() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(("count", "apart"), [(1, False), (2, True)])
def test_work_is_done_beside_where_there_are_cores(
    monkeypatch: pytest.MonkeyPatch, count: int, *, apart: bool
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: count)
    with beside(os.getpid) as process:
        assert (process() != HERE) == apart
    with beside(int, "seven") as number, pytest.raises(ValueError, match="seven"):
        number()


def test_no_process_outlives_the_one_that_it_was_forked_from() -> None:
    killed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, check=False, cwd=ROOT
    )
    assert killed.returncode == -signal.SIGKILL
    try:
        child = os.pidfd_open(int(killed.stdout))
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([child], [], [], 30)
    finally:
        os.close(child)
    assert ended
