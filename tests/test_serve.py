"""The service as it is run: its processes, its probes, its counts and its log, and replicas beside each other."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import struct
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import pytest

from service import gunicorn_conf
from service.cli.counts_folder import VARIABLE, counts_folder
from service.cli.serve import MOST_WORKERS, _read_workers
from service.settings import SettingsError
from tests.corpora import ROOT, folder_of
from tests.servers import ARTICLE, PATIENCE, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.servers import Answer, Running

    Serve = Callable[..., AbstractContextManager[Running]]

WORDS: Final = "Zanzibarian"
"""A word that the tests send, and that no log may have."""

ALIKE: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("/", {}),
    ("/v1/statements?facets=speaker,topic&q=bridge", {}),
    ("/v1/statements?pretty=1", {"Accept-Encoding": "gzip"}),
    ("/v1/statements?format=csv", {"Accept-Encoding": "gzip"}),
    ("/v1/events?embed=coverage", {"Accept-Encoding": "br"}),
    ("/v1/sources/bridge/text", {"Accept-Encoding": "zstd"}),
    ("/v1/timeline", {"If-None-Match": "*"}),
    ("/v1/corpus", {}),
    ("/v1/problems", {}),
    ("/openapi.json", {"Accept-Encoding": "gzip"}),
    ("/docs", {"Accept-Encoding": "gzip"}),
    ("/livez", {}),
    ("/v1/statements?speeker=a", {"Accept-Encoding": "gzip"}),
    ("/v1/statements/nothing", {}),
    ("/nowhere", {}),
    (f"/{'a' * 9_000}", {}),
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(ARTICLE, tmp_path_factory.mktemp("served") / "texts")


@pytest.fixture(scope="module")
def serve(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Run a server over the same texts, which are parsed once."""
    folder = tmp_path_factory.mktemp("serve")

    def start(name: str = "socket", **settings: str) -> AbstractContextManager[Running]:
        return running(texts, folder / "cache", folder / name, waiting=True, kept=None, **settings)

    return start


def counts_of(server: Running) -> Path:
    """Give the folder in which the processes of `server` count."""
    variables = Path(f"/proc/{worker_of(server)}/maps").read_text(encoding="utf-8").split()
    return next(Path(each).parent for each in variables if "/onrecord-counts-" in each)


def worker_of(server: Running) -> int:
    """Give the number of one of its processes."""
    process = server.process.pid
    return int(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()[0])


# counts ---------------------------------------------------------------------------------------------------------------


def test_what_several_processes_count_is_one_and_outlives_a_killed_one(serve: Serve) -> None:
    with serve(WEB_CONCURRENCY="2") as server:
        server.until("Booting worker")
        for _ in range(20):
            assert server.ask("/v1/topics").status == 200
        assert server.ask(f"/{'a' * 9_000}").status == 414
        labels = {"route": "/v1/topics", "method": "GET", "status": "200"}
        assert server.comes_to(20, "requests_total", **labels)
        assert server.comes_to(1, "requests_total", route="unknown", method="other", status="414")
        assert server.comes_to(2, "workers")
        for _ in range(2):
            os.kill(worker_of(server), signal.SIGKILL)
            assert server.until("Worker (pid")["level"] == "error"
            server.until("Booting worker")
        assert server.ask("/v1/topics").status == 200
        assert server.comes_to(21, "requests_total", **labels)
        assert server.comes_to(21, "request_seconds_count", route="/v1/topics")
        assert server.comes_to(21, "answers_remembered_total")
        assert server.comes_to(2, "workers")
        kept = counts_of(server)
        assert len(list(kept.glob("histogram_answers_*.db"))) <= 3
        server.signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
    assert not kept.exists()


def test_what_becomes_of_the_files_of_counts_ends_no_service(serve: Serve) -> None:
    with serve() as server:
        server.ask("/v1/topics")
        kept = counts_of(server)
        (kept / f"counter_{worker_of(server)}.db").write_bytes(b"")  # into which nothing is counted here
        assert server.ask("/metrics").status == 200
        os.kill(worker_of(server), signal.SIGKILL)
        server.until("Booting worker")
        assert server.ask("/v1/topics").status == 200
        shutil.rmtree(
            kept.rename(kept.with_name(f"gone-{kept.name}"))
        )  # at once, for files are being made there
        assert server.ask("/metrics").status == 200
        os.kill(worker_of(server), signal.SIGKILL)
        server.until("Booting worker")
        assert server.ask("/v1/topics").status == 200
        # and what the killed one counted after its files were gone, where it had made them anew
        assert any(server.count("requests_total", route="/v1/topics") >= 1 for _ in range(100))
        server.signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
    assert not kept.exists()


def test_no_client_says_where_the_service_is_mounted(serve: Serve) -> None:
    with serve() as server:  # at a socket file, all of whose clients gunicorn trusts
        plain_body = server.ask("/v1/topics").body
        for header in ("SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "Script-Name"):
            for value in ("/foo", "/v1", "/v1/statements"):
                answer = server.ask("/v1/topics", headers={header: value})
                assert (answer.status, answer.body) == (200, plain_body), header


def test_processes_that_are_renewed_lose_no_request_and_no_count(serve: Serve) -> None:
    with serve(ONRECORD_MAX_REQUESTS="20") as server:
        worker = worker_of(server)
        statuses = [server.ask("/v1/topics").status for _ in range(100)]
        assert statuses == [200] * 100
        assert worker_of(server) != worker
        assert server.comes_to(100, "requests_total", route="/v1/topics")
        assert len(list(counts_of(server).glob("*.db"))) <= 12


def test_a_new_server_goes_on_counting_where_the_one_was_that_it_relieves(serve: Serve) -> None:
    with serve() as server:
        server.ask("/v1/topics")
        kept = counts_of(server)
        server.signal(signal.SIGUSR2)
        new = int(server.until("Listening at")["event"].rpartition("(")[2].rstrip(")"))
        try:
            server.until("Booting worker")
            server.signal(signal.SIGTERM)
            server.until("Shutting down")
            server.process.wait(PATIENCE)
            server.until("Master has been promoted")
            assert server.ask("/v1/topics").status == 200
            assert server.comes_to(2, "requests_total", route="/v1/topics", status="200")
            assert list(kept.glob(f"*_{server.process.pid}.db")) == []
        finally:
            os.kill(new, signal.SIGTERM)
        server.until("Shutting down")
    assert not kept.exists()


def test_a_folder_that_a_killed_server_left_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.cli.counts_folder._MEMORY", tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    left, new = tmp_path / "onrecord-counts-left", tmp_path / "onrecord-counts-new"
    for folder in (left, new):
        folder.mkdir()
        (folder / "in-use").touch()
    os.utime(left, (0, 0))
    with counts_folder() as one:
        assert (left.exists(), new.exists()) == (False, True)
        assert os.environ.pop(VARIABLE) == str(one)
        os.utime(one, (0, 0))
        with counts_folder() as other:
            assert one.is_dir()
            assert other != one
        assert not other.exists()
        os.environ[VARIABLE] = str(one)
    assert not one.exists()
    assert VARIABLE not in os.environ


def test_what_others_put_in_the_place_for_folders_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, elsewhere = tmp_path / "place", tmp_path / "elsewhere"
    monkeypatch.setattr("service.cli.counts_folder._MEMORY", place)
    monkeypatch.delenv(VARIABLE, raising=False)
    ours = [place / f"onrecord-counts-{name}" for name in ("fifo", "link", "theirs")]
    for folder in (*ours, elsewhere):
        folder.mkdir(parents=True)
    os.mkfifo(ours[0] / "in-use")
    (ours[1] / "in-use").symlink_to(tmp_path / "made")
    (ours[2] / "in-use").touch()
    (elsewhere / "in-use").touch()
    (place / "onrecord-counts-led").symlink_to(elsewhere)
    for folder in (*ours, elsewhere):
        os.utime(folder, (0, 0))
    with counts_folder():
        assert [folder.exists() for folder in ours] == [False, True, False]
        assert not (tmp_path / "made").exists()
        assert elsewhere.is_dir()
    ours[2].mkdir()
    (ours[2] / "in-use").touch()
    os.utime(ours[2], (0, 0))
    monkeypatch.setattr(os, "geteuid", lambda: ours[2].stat().st_uid + 1)
    with counts_folder():
        assert ours[2].is_dir()


def test_a_folder_that_is_named_is_emptied_of_counts_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    for name in ("counter_7.db", "notes.txt"):
        (tmp_path / name).touch()
    with counts_folder() as folder:
        assert folder == tmp_path
        assert not (tmp_path / "counter_7.db").exists()
        (tmp_path / "counter_8.db").touch()
        monkeypatch.setenv("GUNICORN_PID", "1")
        with counts_folder():
            assert (tmp_path / "counter_8.db").exists()
    assert (tmp_path / "notes.txt").exists()


def test_a_folder_that_can_t_be_made_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    with pytest.raises(SettingsError, match=VARIABLE), counts_folder():
        pytest.fail("it was made")


# probes ---------------------------------------------------------------------------------------------------------------


def test_readiness_ends_before_the_service_does(serve: Serve) -> None:
    with serve(ONRECORD_DRAIN_SECONDS="600", WEB_CONCURRENCY="2") as server:
        server.until("Booting worker")
        ready = server.ask("/readyz")
        assert ready.status == 200
        assert json.loads(ready.body)["version"] == ready.header("X-Corpus-Version")
        server.signal(signal.SIGTERM)
        server.until("Draining for 600 s")
        for _ in range(4):
            told = server.ask("/readyz")
            assert (told.status, told.header("Retry-After")) == (503, "1")
            problem = json.loads(told.body)
            assert problem["type"] == "/v1/problems/not-ready"
            assert "told to stop" in problem["detail"]
            assert server.ask("/livez").status == 200
            assert server.ask("/v1/topics").status == 200
        server.signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0


def test_draining_ends_by_itself(serve: Serve) -> None:
    with serve(ONRECORD_DRAIN_SECONDS="1") as server:
        server.signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
        server.until("Shutting down")


# the log --------------------------------------------------------------------------------------------------------------


HASTY: Final = """
import os, signal
from pathlib import Path
import gunicorn.util
title = gunicorn.util._setproctitle
def told_to_end_as_it_begins(name):
    title(name)
    if name.startswith("worker") and not Path("hasty").exists():
        Path("hasty").touch()
        os.kill(os.getpid(), signal.SIGTERM)
gunicorn.util._setproctitle = told_to_end_as_it_begins
"""
"""Sends the first worker a TERM before it has got ready to hear it."""


def test_a_worker_that_is_told_to_end_as_it_begins_ends(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HASTY, encoding="utf-8")
    where = os.pathsep.join((str(tmp_path), str(ROOT)))
    with running(texts, tmp_path / "cache", tmp_path / "address", PYTHONPATH=where) as server:
        server.until("Worker exiting")
        server.until("Booting worker")
        assert server.ask("/readyz").status == 200


def test_nothing_that_clients_send_is_logged(serve: Serve) -> None:
    with serve() as server:
        for path in (f"/{WORDS}%0A%7B%22event%22:1%7D", f"/v1/statements?q={WORDS}", f"/v1/topics/{WORDS}"):
            server.ask(path, headers={"X-Request-ID": f"{WORDS} <id>", "User-Agent": WORDS, "Referer": WORDS})
        for body in (
            f'{{"text": "{WORDS} said the bridge is safe."}}',
            f'{{"text": "{WORDS}',
            f'{{"{WORDS}": 1}}',
        ):
            server.ask("/v1/extract", "POST", body.encode(), headers={"Content-Type": "application/json"})
        server.ask(
            "/v1/extract", "POST", b"\xff\xfe\x00", headers={"Content-Type": f"text/plain; charset={WORDS}"}
        )
        for sent in (
            f"{WORDS} / HTTP/1.1\r\nHost: a\r\n\r\n",
            f"GET /{WORDS} HTTP/9.{WORDS}\r\n\r\n",
            f"GET / HTTP/1.1\r\n{WORDS} no header\r\n\r\n",
            f"GET / HTTP/1.1\r\nHost: a\r\n{WORDS}\x00: a\r\n\r\n",
            f"POST /v1/extract HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{WORDS}\r\n",
            f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {WORDS}\r\n\r\n",
            f"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {WORDS}\r\n\r\n",
            f"GET /{WORDS}\x1b[31m HTTP/1.1\r\nHost: {WORDS}\r\n\r\n",
        ):
            assert b"HTTP/1.1 5" not in server.send(sent.encode("latin-1"))[:10], sent
        server.signal(signal.SIGTERM)
        server.until("Shutting down")
    assert WORDS not in json.dumps(server.lines)
    events = [line["event"] for line in server.lines]
    assert (events.count("request"), events.count("refused")) == (8, 7)
    assert {line["event"] for line in server.lines if line["level"] != "info"} == {"doubtful"}


def test_a_start_tells_what_was_read_and_what_was_not(serve: Serve, texts: Path) -> None:
    (texts / "notes.md").touch()
    (texts / "empty.txt").touch()
    try:
        with serve() as server:
            told = {line["event"]: line for line in server.lines}
            beginning = [line["logger"] for line in server.lines if "logger" in line]
    finally:
        (texts / "notes.md").unlink()
        (texts / "empty.txt").unlink()
    assert (told["read"]["texts"], told["read"]["rejected"], told["read"]["aside"]) == (1, 1, 1)
    assert (told["rejected"]["file"], told["left aside"]["file"]) == ("empty.txt", "notes.md")
    assert told["ready"]["sources"] == 1
    assert set(beginning) == {"gunicorn"}


# replicas -------------------------------------------------------------------------------------------------------------


def plain(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    """Give an answer without what is each one's own: the request's id and the hour."""
    return (
        answer.status,
        [each for each in answer.headers if each[0] not in {"X-Request-ID", "Date"}],
        answer.body,
    )


def test_replicas_of_the_same_texts_agree_byte_for_byte(serve: Serve) -> None:
    with serve("one", ONRECORD_CACHE="none") as one, serve("other", WEB_CONCURRENCY="2") as other:
        versions = {one.ask("/livez").header("X-Corpus-Version")}
        for path, headers in ALIKE:
            asked = [plain(replica.ask(path, headers=headers)) for replica in (one, other, other)]
            if len(path) > 9_000:  # in which the id of the request stands in no other place
                assert asked[0][0] == 414
            assert asked[0] == asked[1] == asked[2], path
            versions.add(dict(asked[0][1])["X-Corpus-Version"])
    assert len(versions) == 1


# how many -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (3, 3), (64, MOST_WORKERS)])
def test_one_process_a_core_unless_said(monkeypatch: pytest.MonkeyPatch, cores: int, workers: int) -> None:
    monkeypatch.setattr("service.cli.serve.usable_cores", lambda: cores)
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    assert _read_workers() == workers
    monkeypatch.setenv("WEB_CONCURRENCY", "12")
    assert _read_workers() == 12


def test_everything_that_a_client_sends_is_bounded() -> None:
    assert 0 < gunicorn_conf.limit_request_line <= 8190
    assert 0 < gunicorn_conf.limit_request_fields <= 100
    assert 0 < gunicorn_conf.limit_request_field_size <= 8190
    assert 0 < gunicorn_conf.PATIENCE < gunicorn_conf.timeout


@pytest.mark.enable_socket
def test_no_client_keeps_a_thread_waiting_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        gunicorn_conf.when_ready(SimpleNamespace(LISTENERS=[listener]))
        gc.unfreeze()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as client:
            for side in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                kept = struct.unpack("ll", client.getsockopt(socket.SOL_SOCKET, side, struct.calcsize("ll")))
                assert kept == (gunicorn_conf.PATIENCE, 0)
