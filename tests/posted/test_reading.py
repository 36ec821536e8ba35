"""Posted texts read apart: whatever a text does to its reader, the server gets an answer or an error, and nothing is left."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import pytest
from structlog.testing import capture_logs

from service.http.app import make_app
from service.http.options import EndedError, HttpOptions, LateError, TooMuchMemoryError
from service.load import UnreadyError
from service.posted.reading import Apart
from service.texts.read import TextsError
from tests.corpora import ROOT
from tests.http.test_problems import check
from tests.posted.readers import PROGRAM, is_socket
from tests.sample import index_of

if TYPE_CHECKING:
    from service.model import Corpus


@pytest.fixture(scope="module")
def apart() -> Apart:
    return Apart((PROGRAM, "ready"), 60)


def told(apart: Apart) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(apart.read("tell", None, None))
    return state


class Watched:
    """A process that need not be ours, waited for without asking again and again."""

    def __init__(self, pid: int) -> None:
        self._descriptor = os.pidfd_open(pid)

    def ends(self) -> bool:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(20_000))

    def kill(self) -> None:
        signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


# answers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", [("A text 🐟.", None, None), ("", "A title", "2014-02"), ("x" * 1_000_000, None, None)]
)
def test_what_is_asked_arrives_and_what_is_answered_too(apart: Apart, asked: tuple[Any, ...]) -> None:
    assert json.loads(apart.read(*asked)) == list(asked)


def test_a_long_answer_arrives_whole(apart: Apart) -> None:
    assert apart.read("write 5000000", None, None) == b"a" * 5_000_000


def test_a_text_that_holds_no_article_is_refused_in_the_reader_s_words(apart: Apart) -> None:
    with pytest.raises(TextsError, match="it is odd; mend it"):
        apart.read("refuse it is odd", None, None)


def test_a_defect_is_told_with_where_the_program_was(apart: Apart) -> None:
    with capture_logs() as logs, pytest.raises(UnreadyError):
        apart.read("fail a secret", None, None)
    (line,) = logs
    assert (line["event"], line["log_level"]) == ("reading failed", "error")
    assert "in fail\n" in line["exception"]
    assert "RuntimeError" in line["exception"]
    assert "secret" not in line["exception"]


def test_every_text_has_a_reader_of_its_own_and_all_one_keeper(apart: Apart) -> None:
    one, other = told(apart), told(apart)
    assert one["keeper"] == other["keeper"]
    assert len({one["pid"], other["pid"], one["keeper"], os.getpid()}) == 4


def test_a_reader_gives_way_and_holds_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_EXTRACT_KEY", "a secret")
    state = told(Apart((PROGRAM, "ready"), 60))
    assert state["nice"] == os.nice(0) + 5
    assert state["first to go"] == "1000"
    assert not [name for name in state["environment"] if name.startswith("ONRECORD_")]
    assert state["sockets"] == 1 + is_socket(2)  # its line beside standard error, and none to listen on


# limits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["spin", "pause"])
def test_a_text_that_takes_too_long_is_given_up_and_its_reader_killed(text: str) -> None:
    apart = Apart((PROGRAM, "ready"), 0.2)
    keeper = told(apart)["keeper"]
    with pytest.raises(LateError, match=r"more than 0\.2 s .*ONRECORD_EXTRACT_SECONDS.*in parts"):
        apart.read(text, None, None)
    for reader in Path(f"/proc/{keeper}/task/{keeper}/children").read_text(encoding="ascii").split():
        with suppress(ProcessLookupError), Watched(int(reader)) as watched:
            assert watched.ends()


def test_a_text_that_takes_too_much_memory_is_refused(apart: Apart) -> None:
    with pytest.raises(TooMuchMemoryError, match="ONRECORD_EXTRACT_MEMORY"):
        apart.read("eat", None, None)
    assert apart.read("next", None, None)


def test_a_reader_that_is_killed_fails_its_text_alone(apart: Apart) -> None:
    before = told(apart)["keeper"]
    with pytest.raises(EndedError):
        apart.read("die", None, None)
    assert told(apart)["keeper"] == before


def test_a_keeper_that_is_killed_takes_its_readers_along_and_is_started_anew(apart: Apart) -> None:
    with Watched(told(apart)["keeper"]) as keeper:
        with pytest.raises(EndedError):
            apart.read("orphan", None, None)
        assert keeper.ends()
    assert apart.read("next", None, None)


@pytest.mark.parametrize(
    ("way", "reason"), [("unready", "can't: there is no parser"), ("gone", "can't: it ended")]
)
def test_a_keeper_that_cannot_start_says_why(way: str, reason: str) -> None:
    with pytest.raises(UnreadyError, match=reason):
        Apart((PROGRAM, way), 60).read("text", None, None)


# ends -----------------------------------------------------------------------------------------------------------------


def test_the_keeper_ends_with_what_started_it() -> None:
    apart = Apart((PROGRAM, "ready"), 60)
    with Watched(told(apart)["keeper"]) as keeper:
        del apart
        assert keeper.ends()


def test_nothing_is_left_of_a_server_that_is_killed() -> None:
    command = [sys.executable, "-m", PROGRAM, "serve"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as server:  # noqa: S603 - our own program
        assert server.stderr is not None
        state = json.loads(server.stderr.readline())
        with Watched(state["keeper"]) as keeper:
            server.kill()
            assert keeper.ends()


# in the service -------------------------------------------------------------------------------------------------------


def test_reads_go_on_while_a_text_is_read(corpus: Corpus, apart: Apart, tmp_path: Path) -> None:
    app = make_app(index_of(corpus), apart.read, HttpOptions())
    door = tmp_path / "door"
    os.mkfifo(door)
    answers: list[Any] = []

    def post() -> None:
        answers.append(app.test_client().post("/v1/extract", json={"text": f"wait {door}"}))

    thread = Thread(target=post)
    thread.start()
    with door.open("wb") as file:  # opens as soon as the reader has begun
        for number in range(1, 51):
            assert app.test_client().get(f"/v1/statements?limit={number}").status_code == 200
        assert answers == []
        file.write(b'{"read": true}')
    thread.join(20)
    assert answers[0].get_json() == {"read": True}


@pytest.mark.parametrize(
    ("text", "status", "detail"),
    [
        ("spin", 422, "text: takes more than 0.2 s to read (ONRECORD_EXTRACT_SECONDS); send it in parts"),
        ("eat", 422, "text: takes more memory to read than it may (ONRECORD_EXTRACT_MEMORY)"),
        ("refuse it is odd", 422, "text: it is odd; mend it"),
        (
            "die",
            503,
            "The process that read the text was ended, most likely for want of memory; send it again in 5 s.",
        ),
        ("fail", 500, "X-Request-ID"),
    ],
)
def test_what_goes_wrong_is_a_problem_and_the_next_text_is_read(
    corpus: Corpus, text: str, status: int, detail: str
) -> None:
    apart = Apart((PROGRAM, "ready"), 0.2 if text == "spin" else 60)
    client = make_app(index_of(corpus), apart.read).test_client()
    for _ in range(3):
        answer = client.post("/v1/extract", data=text, content_type="text/plain")
        assert detail in check(answer, status)["detail"]
        assert ("Retry-After" in answer.headers) == (status == 503)
    apart._seconds = 60
    assert client.post("/v1/extract", json={"text": "next"}).get_json() == ["next", None, None]
