"""The bench over a socket: its peers say what the service says, and its figures are of what it says they are.

FastAPI and datasette are not installed with the service: the bench holds their answers to ours itself, before it asks on time.
"""

from __future__ import annotations

import datetime as dt
import json
import stat
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from bench.peers import __main__ as command
from bench.peers import app_bare, app_sqlite, compare, database, load, stage
from bench.peers.cases import Case, Peer, cases
from bench.peers.engine import Engine
from bench.peers.load import Figures
from bench.peers.questions import LIMIT, Question, datasette_path, page, path, questions
from bench.peers.servers import Program, Server, running
from service import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from bench.peers.questions import Questions

STATEMENTS: Final = 400
SAID: Final = '"We will wait," Foreign Minister Ann Lee said in Oslo on Friday.'
OPEN: Final = dt.date(1, 1, 1), dt.date(9999, 12, 31)
linux = pytest.mark.skipif(sys.platform != "linux", reason="the figures come from /proc")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers") / "record"
    stage.write_record(STATEMENTS, None, folder)
    return folder


@pytest.fixture(scope="module")
def engine(snapshot: Path) -> Engine:
    return Engine(snapshot)


@pytest.fixture(scope="module")
def asking(engine: Engine) -> Questions:
    return questions(engine.records("statements"))


@pytest.fixture
def ours(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setenv("ONRECORD_TEXTS", str(snapshot))
    return create_app()


def answer(app: Flask, question: Question) -> bytes:
    got = app.test_client().get(path(question))
    assert (got.status_code, got.mimetype) == (200, "application/json")
    return bytes(got.data)


# what is asked --------------------------------------------------------------------------------------------------------


def test_questions_differ_and_each_has_a_whole_page(engine: Engine, asking: Questions) -> None:
    several = list(asking.some(0, 5_000))
    assert len(set(several)) == 5_000
    assert several[3_000:] == list(asking.some(3_000, 2_000))
    totals = [engine.page(q.speaker, q.first, q.last, LIMIT)[0] for q in several[::100]]
    assert min(totals) >= LIMIT
    assert len(set(totals)) > 5


def test_datasette_is_asked_for_the_same() -> None:
    asked = datasette_path(Question("o'neil", dt.date(2014, 2, 1), dt.date(2014, 3, 1)))
    assert "speaker+%3D+%27o%27%27neil%27" in asked
    assert "&end__gte=2014-02-01&start__lte=2014-03-01&_size=20&" in asked


# what is answered -----------------------------------------------------------------------------------------------------


def test_peers_answer_as_the_service_does(
    ours: Flask, engine: Engine, asking: Questions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "record.db"
    database.write(file, engine.records)
    monkeypatch.setenv(app_sqlite.DATABASE, str(file))
    sqlite = app_sqlite.app()
    *_, rarely = (json.loads(each)["id"] for each in engine.records("speakers"))
    for question in (*asking.some(0, 3), *asking.some(777_777, 3), Question(rarely, *OPEN)):
        total, items = page(answer(ours, question))
        assert page(answer(sqlite, question)) == (total, items)
        assert len(items) == min(total, LIMIT)
        counted, payloads = engine.page(question.speaker, question.first, question.last, LIMIT)
        assert page(b'{"items":[%b],"total":%d}' % (b",".join(payloads), counted)) == (total, items)


def test_undated_statements_are_found_between_no_days(engine: Engine) -> None:
    *_, last = engine.records("statements")
    undated = json.loads(last)
    assert undated["date"] is None
    speaker = undated["speakers"][0]["id"]
    every, _ = engine.page(speaker, None, None, LIMIT)
    assert every > engine.page(speaker, *OPEN, LIMIT)[0]


def test_the_bare_route_returns_the_bytes_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "body").write_bytes(b'{"items":[],"total":0}')
    monkeypatch.setenv(app_bare.BODY, str(tmp_path / "body"))
    assert answer(app_bare.app(), Question("anybody", *OPEN)) == b'{"items":[],"total":0}'


def test_servers_that_do_not_answer_alike_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"a": b'{"items":[1],"total":1}', "b": b'{"items":[1],"total":2}'}
    monkeypatch.setattr(Server, "get", lambda self, _: answers[self.name])
    alike = Case("first", Peer(Program("a", ()))), Case("again", Peer(Program("a", ())), again=True)
    servers = {name: Server(name, 1, 1) for name in answers}
    compare.agree(alike, servers, [Question("anybody", *OPEN)])
    with pytest.raises(
        ValueError, match=r"b does not answer Question\(.*\) as a does, which has 1 statements"
    ):
        compare.agree((*alike, Case("other", Peer(Program("b", ())))), servers, [Question("anybody", *OPEN)])


def test_texts_can_be_compared_too(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    with pytest.raises(SystemExit, match=r"not all of .*texts could be read"):
        stage.write_record(0, texts, tmp_path / "none")
    (texts / "one.txt").write_text(SAID, encoding="utf-8")
    stage.write_record(0, texts, tmp_path / "one")
    assert [json.loads(each)["kind"] for each in Engine(tmp_path / "one").records("statements")] == ["direct"]


# what is measured -----------------------------------------------------------------------------------------------------


@linux
@pytest.mark.enable_socket
def test_a_server_runs_until_it_is_no_longer_needed(ours: Flask, asking: Questions, tmp_path: Path) -> None:
    (question,) = asking.some(0, 1)
    onrecord = next(case.peer for case in cases(tmp_path) if case.peer.program.name == "onrecord")
    with running(onrecord.program) as server:
        assert page(server.get(path(question))) == page(answer(ours, question))
        with pytest.raises(ValueError, match="onrecord: 404 for /missing"):
            server.get("/missing")
    with pytest.raises(ConnectionRefusedError):
        server.get(path(question))


@linux
@pytest.mark.enable_socket
def test_a_server_that_ends_at_once_is_told() -> None:
    with (
        pytest.raises(SystemExit, match=r"mine did not start; .* -c pass$"),
        running(Program("mine", ("-c", "pass"))),
    ):
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that spends a fiftieth of a second between two looks at what it has cost."""
    costs = iter((1.0, 1.02))
    monkeypatch.setattr(load, "cpu_seconds", lambda _: next(costs))
    return Server("mine", 1, 8000)


def pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """Put a program in the place of wrk, which writes down what it is to ask for and tells what came of it."""
    program = folder / "wrk"
    program.write_text(
        f"#!/bin/sh\nfor last; do before=$file file=$last; done\n/bin/cp \"$before\" {folder}/asked\necho Running\necho '{told}'\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_the_cost_is_shared_out_among_the_requests(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, monkeypatch, '{"requests": 10, "failed": 0}')
    found = load.asked(server, [f"/{number}" for number in range(10)], 5, 1)
    assert found.cost == pytest.approx(0.002)
    assert found.rate == 2
    assert (tmp_path / "asked").read_text(encoding="utf-8").split() == [f"/{number}" for number in range(10)]


@pytest.mark.parametrize("told", ['{"requests": 10, "failed": 1}', '{"requests": 0, "failed": 0}'])
def test_requests_in_vain_are_no_figures(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    pretend(tmp_path, monkeypatch, told)
    with pytest.raises(ValueError, match=r"mine: 1?0 requests, [01] of them in vain"):
        load.asked(server, ["/"], 1, 1)


def test_questions_that_were_asked_twice_are_no_first_ones(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, monkeypatch, '{"requests": 10, "failed": 0}')
    with pytest.raises(ValueError, match="10 requests, 0 of them in vain, for 9 questions"):
        load.asked(server, ["/"] * 9, 1, 1)


def test_all_are_asked_the_same_in_turns_and_nothing_twice(
    asking: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, tuple[str, ...]]] = []

    def asked(server: Server, paths: list[str], seconds: int, connections: int) -> Figures:
        assert connections == 3
        seen.append((server.name, tuple(paths)))
        return Figures(float(len(seen)), seconds)

    monkeypatch.setattr(compare, "asked", asked)
    monkeypatch.setattr(compare, "A_SECOND", 10)
    peers = {name: Peer(Program(name, ())) for name in ("a", "b")}
    rows = Case("again", peers["a"], again=True), Case("first", peers["a"]), Case("other", peers["b"])
    servers = {name: Server(name, 1, 1) for name in peers}
    figures = compare.measured(rows, servers, asking, compare.Effort(2, 4, 3))
    assert [name for name, _ in seen] == ["a", "a", "b"] * 3
    same, first, other = ([paths for _, paths in seen[row::3]] for row in range(3))
    assert len({*same}) == len(same[0]) == 1
    assert first == other
    assert len({each for paths in (same[0], *first) for each in paths}) == 1 + 10 + 40 + 40
    assert {name: [each.cost for each in own] for name, own in figures.items()} == {
        "again": [4, 7],
        "first": [5, 8],
        "other": [6, 9],
    }


def test_the_table_has_ratios_to_the_first_row_round_by_round() -> None:
    bare = [Figures(cost / 1e6, 100) for cost in (100, 200, 400)]
    doubled = [replace(each, cost=each.cost * factor) for each, factor in zip(bare, (2, 2, 1), strict=True)]
    heads, *rows = compare.table({"bare": bare, "other": doubled}).splitlines()
    assert heads.split() == ["CPU", "µs", "ratio", "from", "to", "req/s"]
    assert [row.split() for row in rows] == [
        ["bare", "200", "1.00", "1.00", "1.00", "100"],
        ["other", "400", "2.00", "1.00", "2.00", "100"],
    ]


# the command ----------------------------------------------------------------------------------------------------------


@linux
def test_what_is_missing_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "fastapi" else name)
    with pytest.raises(SystemExit, match="not installed here: fastapi; `make bench-peers` installs"):
        command.main([])
    monkeypatch.setattr(command, "find_spec", str)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="wrk is needed"):
        command.main([])


@linux
def test_the_table_is_printed_and_kept_with_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept: list[tuple[str, str, str]] = []
    monkeypatch.setattr(command, "_check", lambda: None)
    monkeypatch.setattr(command, "write_record", lambda *_: None)
    monkeypatch.setattr(command, "compare", lambda *_: "figures")
    monkeypatch.setattr(command, "keep", lambda *given: kept.append(given))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert command.main(["--rounds", "2"]) == 0
    assert command.main(["--rounds", "2", "--texts", str(tmp_path), "--keep"]) == 0
    shown = "2 rounds of 1 s each, 8 connections; figures"
    texts = f"the texts in {tmp_path.name}: {shown}"
    assert capsys.readouterr().out == f"10,000 made-up statements: {shown}\n{texts}\n"
    assert kept == [("peers", f"make bench-peers ROUNDS=2 TEXTS={tmp_path.name}", texts)]
