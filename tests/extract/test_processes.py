from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, cast

import pytest

from service.extract import processes
from service.extract.processes import beside, cores, extracting
from tests.corpora import SEEDS, loader

if TYPE_CHECKING:
    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text


@pytest.fixture(scope="module")
def texts() -> tuple[Text, ...]:
    return loader().read([SEEDS]).texts


class Named:
    """Stands in for an extractor: tells which text it met, in which process."""

    def extract(self, text: Text) -> tuple[str, int]:
        return text.id, os.getpid()


class Deadly:
    def extract(self, text: Text) -> Extracted:
        raise SystemExit(text.id) if os.getpid() == HERE else os._exit(1)


HERE = os.getpid()


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_WORTH_IT", 1_000)


def told(extractor: object, texts: tuple[Text, ...]) -> list[tuple[str, int]]:
    with extracting(cast("Extractor", extractor), texts) as found:
        return cast("list[tuple[str, int]]", list(found))


def test_several_processes_find_what_one_finds(
    texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    extractor = loader().extractor
    with extracting(extractor, texts[:3]) as found:
        assert list(found) == [extractor.extract(text) for text in texts[:3]]


@pytest.mark.parametrize(("count", "apart"), [(1, False), (2, True)])
def test_as_many_processes_as_cores(
    texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch, count: int, *, apart: bool
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: count)
    found = told(Named(), texts)
    assert [identity for identity, _ in found] == [text.id for text in texts]
    assert all((process != HERE) == apart for _, process in found)


def test_no_process_is_made_for_little(texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 8)
    monkeypatch.setattr(processes, "_WORTH_IT", 1_000_000)
    assert {process for _, process in told(Named(), texts)} == {HERE}
    assert told(Named(), ()) == []


def test_a_process_that_is_ended_from_outside_is_told_of(
    texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    with pytest.raises(BrokenProcessPool):
        told(Deadly(), texts)


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
