"""Texts parsed by dask's workers: two processes of their own, one of which is killed now and then."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from structlog.testing import capture_logs

from service.store import cluster as module
from service.store.attempts import Failed
from service.store.cluster import Cluster, ClusterError, ForeignWorkerError, parse_text
from service.store.entry import decode
from service.store.folder import Folder
from service.store.parsing import parse
from tests.corpora import SEEDS, loaded
from tests.store.recipes import UNDER, Stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text

WHY = "parsing on a cluster needs the extra onrecord[dask]"
dask = pytest.importorskip("dask", reason=WHY)
distributed = pytest.importorskip("distributed", reason=WHY)

pytestmark = pytest.mark.enable_socket

COPIES = 8


def refuse() -> Extractor:
    pytest.fail("nothing is to be parsed here")


@pytest.fixture(scope="module")
def found() -> tuple[Extracted, ...]:
    """What the seeds say, each under so many names."""
    return tuple(
        replace(one, text=replace(one.text, id=f"{one.text.id}-{number}", file=f"{number}.txt"))
        for number in range(COPIES)
        for one in loaded(SEEDS).extracted
    )


@pytest.fixture(scope="module")
def texts(found: tuple[Extracted, ...]) -> tuple[Text, ...]:
    return tuple(one.text for one in found)


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    folder = Folder(tmp_path / "stored", UNDER)
    for one in loaded(SEEDS).extracted:
        folder.put(one)
    return Stored(folder.root)


@pytest.fixture
def kept(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "kept", UNDER)


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """Two worker processes with a nanny each, which starts another when one is killed."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options) as started:
        yield started


@pytest.fixture
def address(workers: Any) -> str:
    return cast("str", workers.scheduler_address)


def test_what_is_found_comes_back_in_the_order_of_the_texts(
    address: str, stored: Stored, texts: tuple[Text, ...], found: tuple[Extracted, ...]
) -> None:
    with capture_logs() as logs:
        parsed = parse(texts, refuse, cluster=Cluster(address, stored))
    assert (parsed.extracted, parsed.failed) == (found, ())
    first, last = logs
    assert (first["event"], first["workers"], first["threads"]) == ("cluster", 2, 2)
    assert (last["event"], last["texts"], last["scheduler"]) == ("extracted", len(texts), address)
    assert last["words_per_second"] > 0


def test_each_worker_makes_its_extractor_once(address: str, stored: Stored, texts: tuple[Text, ...]) -> None:
    for _ in range(2):
        parse(texts, refuse, cluster=Cluster(address, stored))
    made = stored.made_in()
    assert len(made) == len(set(made)) == 2
    assert os.getpid() not in made


def test_no_more_texts_are_under_way_than_keep_the_workers_busy(
    address: str, stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AHEAD", 2)
    handed, most = 0, 0

    def handing() -> Iterator[Text]:
        nonlocal handed
        for text in texts:
            handed += 1
            yield text

    with Cluster(address, stored).reading(handing(), None) as results:
        for came, _ in enumerate(results):
            most = max(most, handed - came)
    assert handed == len(texts)
    assert 2 <= most <= 4


def test_each_entry_is_kept_as_it_arrives_and_the_next_run_does_the_rest(
    address: str, stored: Stored, kept: Folder, texts: tuple[Text, ...], found: tuple[Extracted, ...]
) -> None:
    own = texts[:5]
    with Cluster(address, stored).reading(own, kept) as results:
        for one in results:
            assert not isinstance(one, Failed)
            assert kept.get(one.text) == one
            break
    arrived = [text for text in own if kept.get(text)]
    assert len(arrived) == 1
    with capture_logs() as logs:
        assert parse(own, refuse, kept, cluster=Cluster(address, stored)).extracted == found[:5]
    assert (logs[-1]["texts"], logs[-1]["missing"]) == (1, 4)
    assert parse(texts, refuse, kept, cluster=Cluster("nowhere", stored)).extracted == found


def test_a_text_whose_parsing_fails_is_told_of_as_it_would_be_here(
    address: str, stored: Stored, kept: Folder, texts: tuple[Text, ...]
) -> None:
    own, fails = texts[:5], (texts[3].id, texts[1].id)
    failing = replace(stored, fails=fails)
    with capture_logs() as logs:
        there = parse(own, refuse, kept, cluster=Cluster(address, failing))
        here = parse(own, failing.extractor, processes=1)
    assert there == here
    assert [one.file for one in there.failed] == [texts[1].file, texts[3].file]
    assert [one.text for one in there.extracted] == [texts[0], texts[2], texts[4]]
    told = [line["exception"] for line in logs if line["event"] == "parsing failed"]
    assert [
        f"LookupError: what {name} says" in trace
        for name, trace in zip(sorted(fails) * 2, sorted(told), strict=False)
    ]
    assert all("in extract\n" in trace for trace in told)
    assert kept.get(texts[1]) is None


def test_a_killed_worker_loses_nothing(
    address: str, stored: Stored, kept: Folder, texts: tuple[Text, ...], found: tuple[Extracted, ...]
) -> None:
    dying = replace(stored, dies=(texts[7].id, texts[20].id))
    parsed = parse(texts, refuse, kept, cluster=Cluster(address, dying))
    assert (parsed.extracted, parsed.failed) == (found, ())
    assert len(dying.made_in()) >= 3  # a worker that was started anew made its own


def test_a_text_that_ends_every_worker_is_left_out_and_those_beside_it_are_not(
    workers: Any, stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers.scheduler, "allowed_failures", 0)
    own = texts[:12]
    deadly = replace(stored, kills=(own[2].id,))
    parsed = parse(own, refuse, cluster=Cluster(workers.scheduler_address, deadly))
    assert [one.text for one in parsed.extracted] == [*own[:2], *own[3:]]
    (failed,) = parsed.failed
    assert failed.file == own[2].file
    assert "ended the worker" in failed.reason


def test_nothing_is_forgotten_while_there_is_no_worker(
    stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AHEAD", 1)
    own = texts[:6]
    dying = replace(stored, dies=(own[1].id, own[4].id))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as single:
        monkeypatch.setattr(single.scheduler, "allowed_failures", 0)
        parsed = parse(own, refuse, cluster=Cluster(single.scheduler_address, dying))
    assert ([one.text for one in parsed.extracted], parsed.failed) == ([*own], ())


def test_workers_that_would_find_something_else_are_refused_before_anything_is_parsed(
    address: str, stored: Stored, texts: tuple[Text, ...]
) -> None:
    foreign = replace(stored, home=os.getpid())
    told = r"worker at tcp://\S+ would find something else: it has other words where this process has words of tests; install"
    with pytest.raises(ClusterError, match=told):
        parse(texts, refuse, cluster=Cluster(address, foreign))
    assert not (stored.folder / "made").exists()


def test_a_worker_that_can_make_nothing_ready_is_named(
    address: str, stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(stored, broken=True)
    monkeypatch.setattr(Stored, "deciding", lambda _: ("here",))
    with pytest.raises(
        ClusterError, match=r"worker at tcp://\S+ can't parse \(no words here\); install there"
    ):
        parse(texts, refuse, cluster=Cluster(address, broken))


def test_a_foreign_worker_that_came_late_refuses_to_parse(stored: Stored, texts: tuple[Text, ...]) -> None:
    assert decode(cast("bytes", parse_text(stored, UNDER, texts[0])), UNDER).text == texts[0]
    with pytest.raises(ForeignWorkerError, match="came late"):
        parse_text(stored, b"other", texts[0])


def test_a_late_foreign_worker_ends_the_run_with_the_cause(
    address: str, stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_compare", lambda *_: None)
    with pytest.raises(ClusterError, match="came late"):
        parse(texts, refuse, cluster=Cluster(address, replace(stored, home=os.getpid())))


def test_what_is_no_entry_fails_its_text_alone(kept: Folder, stored: Stored, texts: tuple[Text, ...]) -> None:
    class Sent:
        def exception(self, timeout: float) -> None:
            assert timeout > 0

        def result(self, timeout: float) -> bytes:
            assert timeout > 0
            return b"something else"

    run = module._Run(cast("Any", None), stored, UNDER, kept)
    failed = run._result(texts[0], cast("Any", Sent()))
    assert isinstance(failed, Failed)
    assert "what a worker sent of it can't be used: it is cut off" in failed.rejected.reason
    assert kept.is_empty()


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "127.0.0.1", "http://127.0.0.1:80", "tcp://"])
def test_an_address_where_no_scheduler_answers_is_named(
    wrong: str, stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CONNECTING", 0.2)
    with pytest.raises(ClusterError, match=f"^no scheduler answers at {wrong} .*dask scheduler"):
        parse(texts, refuse, cluster=Cluster(wrong, stored))


def test_a_scheduler_without_workers_is_not_waited_for_without_end(
    stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STARTING", 0.1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(ClusterError, match=r"has no workers; start some with dask worker tcp://"),
    ):
        parse(texts, refuse, cluster=Cluster(empty.scheduler_address, stored))


def test_workers_and_schedulers_that_are_lost_end_the_run(
    stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "processes": False}
    quick = dask.config.set({"distributed.comm.timeouts.connect": "3s"})
    with quick, distributed.LocalCluster(**options) as lost:
        with Cluster(lost.scheduler_address, stored).reading(texts, None) as results:
            next(iter(results))
            monkeypatch.setattr(module, "_STARTING", 0.5)
            lost.scale(0)
            with pytest.raises(ClusterError, match="all workers were lost"):
                list(results)
        monkeypatch.setattr(module, "_STARTING", 60)
        lost.scale(1)
        with Cluster(lost.scheduler_address, stored).reading(texts, None) as results:
            next(iter(results))
            lost.sync(lost.scheduler.close)
            with pytest.raises(ClusterError, match="the scheduler was lost"):
                list(results)


def test_results_that_are_lost_with_their_worker_are_not_waited_for_without_end(
    stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = distributed.wait

    def wait_for_all(futures: Any, timeout: float, return_when: str) -> Any:
        del return_when
        return wait(futures, timeout=timeout)

    monkeypatch.setattr(distributed, "wait", wait_for_all)
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "processes": False}
    with (
        distributed.LocalCluster(**options) as lost,
        Cluster(lost.scheduler_address, stored).reading(texts, None) as results,
    ):
        next(iter(results))
        monkeypatch.setattr(module, "_STARTING", 0.5)
        lost.sync(lost.scheduler.retire_workers, names=[0])
        lost.scale(0)
        with pytest.raises(ClusterError, match="all workers were lost"):
            list(results)


def test_without_dask_the_extra_is_named(
    stored: Stored, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install onrecord\[dask\]"):
        parse(texts, refuse, cluster=Cluster("tcp://127.0.0.1:8786", stored))
