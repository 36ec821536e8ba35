from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from service.cli import main, reading, ready
from service.cli.server import Server
from service.cli.why import Why
from service.http.csv_rows import COLUMNS
from service.http.problems import KINDS
from tests.corpora import GOLD, ROOT, SEEDS, loaded, loader, scored

if TYPE_CHECKING:
    from pathlib import Path

    from service.corpus.corrections import Corrections
    from service.load import Loaded, Texts

ARTICLE = "Bridge to reopen\n\n=The bridge is safe, Mayor Ada Example said on Monday.\n\nNorth Korea sanctions must go, she told reporters.\n"


@pytest.fixture(autouse=True)
def _parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands share one loader, and the record of the seeds."""
    load = loader().load
    seeds = loaded(SEEDS)
    known = {text.sha256 for text in seeds.corpus.texts.values()}

    def load_once(texts: Texts, corrections: Corrections, processes: int | None) -> Loaded:
        again = corrections.entries or processes or {text.sha256 for text in texts.texts} != known
        return load(texts, corrections, processes) if again else seeds

    monkeypatch.setattr(loader(), "load", load_once)
    monkeypatch.setattr(reading, "make_loader", lambda *_, **_beside: loader())
    monkeypatch.setenv("ONRECORD_TEXTS", str(SEEDS))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.txt"
    path.write_text("", encoding="utf-8")
    return path


# help and usage -------------------------------------------------------------------------------------------------------


def test_help_comes_without_loading_a_parser() -> None:
    code = "import sys, service.cli; print(*{'spacy', 'numpy', 'flask', 'marshmallow'} & set(sys.modules))"
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize("command", ["serve", "parse", "check", "score", "openapi"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert f"usage: onrecord {command}" in shown
    assert "exit codes:" in shown


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["sing"],
        ["parse", "--format", "xml"],
        ["score", "--min", "statements.recall"],
        ["score", "--min", "statements.beauty=1"],
        ["score", "--min", "statements.recall=2"],
        ["parse", "--workers", "2", "--scheduler", "tcp://127.0.0.1:8786"],
        ["check", "--scheduler", "tcp://127.0.0.1:8786"],
        ["serve", "--workers", "0"],
        ["serve", "--workers", "many"],
    ],
)
def test_wrong_usage_is_exit_code_2(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2


def test_a_path_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(tmp_path / "gone")]) == 2
    assert "onrecord: " in (told := capsys.readouterr().err)
    assert "gone: there is no such file or folder" in told


@pytest.mark.parametrize("command", ["parse", "check"])
def test_a_folder_without_texts_is_wanting(tmp_path: Path, command: str) -> None:
    assert main([command, str(tmp_path)]) == 1


def test_a_wrong_setting(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ONRECORD_MAX_FILE", "much")
    assert main(["check"]) == 2
    assert "ONRECORD_MAX_FILE" in capsys.readouterr().err


# parse ----------------------------------------------------------------------------------------------------------------


def test_parse_writes_the_whole_record(article: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["parse", str(article)]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    assert [source["file"] for source in record["sources"]] == ["bridge.txt"]
    assert {"statements", "events", "speakers", "rejected", "version"} <= record.keys()
    span = record["statements"][0]["content"][0]
    assert ARTICLE[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
def test_parse_writes_the_same_bytes_with_any_number_of_processes(
    capsysbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    wrote = []
    for workers in ("1", "3"):
        assert main(["parse", str(SEEDS), "--format", form, "--workers", workers]) == 0
        told = capsysbinary.readouterr()
        wrote.append(told.out)
        (extracted,) = [
            line for line in map(json.loads, told.err.splitlines()) if line["event"] == "extracted"
        ]
        assert extracted["processes"] == int(workers)
    assert wrote[0] == wrote[1]


def test_parse_takes_the_settings_folder_where_no_path_is_named(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["parse", "--format", "ndjson"]) == 0
    lines = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    corpus = loaded(SEEDS).corpus
    kinds = [line["record"] for line in lines]
    assert kinds.count("statement") == len(corpus.statements)
    assert kinds.count("event") == len(corpus.events)
    assert [line["id"] for line in lines if line["record"] == "source"] == [s.id for s in corpus.sources]


def test_parse_as_a_table(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["parse", "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode(), newline="")))
    corpus = loaded(SEEDS).corpus
    assert tuple(table[0]) == COLUMNS["statements"]
    assert [row["id"] for row in table] == [statement.id for statement in corpus.statements]
    assert [row["kind"] for row in table] == [statement.kind for statement in corpus.statements]


def test_parse_with_a_rejected_text(
    article: Path, empty: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["parse", str(article), str(empty)]) == 1
    rejected = json.loads(capsysbinary.readouterr().out)["rejected"]
    assert [one["file"] for one in rejected] == ["empty.txt"]


# check ----------------------------------------------------------------------------------------------------------------


def test_check_tells_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    shown = capsys.readouterr().out
    corpus = loaded(SEEDS).corpus
    for source in corpus.sources:
        assert f"\n{source.file}\n" in f"\n{shown}"
        assert f"  title       {source.title}" in shown
        assert f"  statements  {source.counts.statements}: " in shown
        assert f"  events      {source.counts.events}: " in shown
    assert "published   2014-02-14 (stated)" in shown
    assert "5 texts read, 0 of them doubtful, 0 rejected" in shown


def test_check_tells_why_a_topic_holds(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(article)]) == 0
    assert "sanctions: “" in capsys.readouterr().out


def test_every_topic_is_explained() -> None:
    corpus, why = loaded(SEEDS).corpus, Why(loader())
    explained = 0
    for source in corpus.sources:
        own = [statement for statement in corpus.statements if statement.source == source.id]
        for statement, hits in why.hits(corpus.texts[source.id], own):
            assert {hit.topic for hit in hits} == set(statement.topics)
            explained += len(hits)
    assert explained > 20


def test_check_tells_what_is_doubtful_and_what_is_rejected(
    article: Path, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = article.with_name("brücke.txt")
    other.write_text(
        "Der Bürgermeister hat die Brücke gesehen und sie ist nicht sicher.\n" * 5, encoding="utf-8"
    )
    article.with_name("notes.md").write_text("Notes.", encoding="utf-8")
    assert main(["check", str(article.parent)]) == 1
    shown = capsys.readouterr().out
    assert "notes.md\n  left aside  its name does not end in .txt\n" in shown
    assert "  doubtful    The text does not read as English" in shown
    assert f"{empty.name}\n  rejected    it is empty\n" in shown
    assert "2 texts read, 2 of them doubtful, 1 rejected, 1 left aside" in shown


# score ----------------------------------------------------------------------------------------------------------------


def test_score_writes_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--references", str(GOLD), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == scored(SEEDS, GOLD).figures


def test_score_lists_misses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(SEEDS), "--references", str(GOLD), "--misses"]) == 0
    lines = capsys.readouterr().out.splitlines()
    result = scored(SEEDS, GOLD)
    assert lines[: len(result.figures)][0].split() == ["sources.title", "1.000"]
    assert tuple(lines[len(result.figures) :]) == result.misses


def test_score_falls_short(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold").mkdir()
    for name in ("bridge.txt", "other.txt"):
        source = {
            "title": "Something else",
            "publisher": "",
            "publisher_basis": "stated",
            "authors": [],
            "published": {"date": "2016"},
        }
        reference: dict[str, Any] = {"file": name, "source": source, "statements": [], "events": []}
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(reference), encoding="utf-8")
    least = ["sources.title=0.5", "topics.f1=0.1"]
    assert main(["score", str(article), "--references", str(tmp_path / "gold"), "--min", *least]) == 1
    told = capsys.readouterr().err
    assert "falls short: sources.title 0.000 < 0.5" in told
    assert "falls short: topics.f1 none to count < 0.1" in told
    assert "no text: other.txt; " in told


def test_score_of_texts_that_the_references_are_not_for(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(article), "--references", str(GOLD)]) == 2
    assert "none of the references is for a text that was read" in capsys.readouterr().err
    other = article.rename(article.with_name(next(SEEDS.glob("*.txt")).name))
    assert main(["score", str(other), "--references", str(GOLD)]) == 2
    assert f"other texts of the same names ({other.name})" in capsys.readouterr().err


def test_score_without_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--references", str(tmp_path)]) == 2
    assert "no reference files" in capsys.readouterr().err


# openapi, serve -------------------------------------------------------------------------------------------------------


def test_openapi_writes_the_committed_description(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi"]) == 0
    written = capsys.readouterr().out
    assert written == (ROOT / "openapi.yaml").read_text(encoding="utf-8"), "run: make openapi"
    assert yaml.safe_load(written)["openapi"].startswith("3.1")


@pytest.mark.enable_socket
def test_serve_runs_gunicorn_with_our_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(Server, "run", lambda server: ran.append(server.cfg))
    monkeypatch.setenv("ONRECORD_BIND", "127.0.0.1:7000")
    (tmp_path / "gunicorn.conf.py").write_text("raise ValueError\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["serve"]) == 0
    assert main(["serve", "--bind", "unix:socket", "--workers", "3", "--threads", "2"]) == 0
    plain, given = ran
    assert (plain.bind, plain.threads) == (["127.0.0.1:7000"], 8)
    assert (given.bind, given.workers, given.threads) == (["unix:socket"], 3, 2)
    assert plain.wsgi_app == "service:create_app()"
    assert plain.preload_app
    assert plain.control_socket_disable
    assert 0 < plain.limit_request_line <= 8190


def test_serve_says_which_number_of_workers_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "many")
    assert main(["serve"]) == 2
    assert "WEB_CONCURRENCY: 'many' is not a whole number" in capsys.readouterr().err


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("ONRECORD_BIND", "localhost:http", "ONRECORD_BIND: 'localhost:http' is not host:port"),
        ("PORT", "eighty", "PORT: 'eighty' is not a whole number"),
        ("ONRECORD_BIND", "unix:/nowhere/socket", "no folder /nowhere"),
        ("ONRECORD_BIND", "192.0.2.1:80", "can't serve on 192.0.2.1:80: "),
    ],
)
def test_serve_says_which_address_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, value: str, told: str
) -> None:
    monkeypatch.setattr(Server, "run", lambda _: pytest.fail("it served"))
    monkeypatch.setenv(variable, value)
    assert main(["serve"]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.enable_socket
def test_serve_says_that_a_port_is_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(Server, "run", lambda server: ran.append(server.cfg))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["serve", "--bind", address]) == 2
        assert (
            f"can't serve on {address}: Address already in use; stop what serves there"
            in capsys.readouterr().err
        )
        monkeypatch.setenv("GUNICORN_FD", "9")
        assert main(["serve", "--bind", address]) == 0
    monkeypatch.delenv("GUNICORN_FD")
    assert main(["serve", "--bind", address]) == 0
    assert len(ran) == 2


def test_serve_answers_and_stops(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = tmp_path / "socket"
    environment = {**os.environ, "ONRECORD_TEXTS": str(article.parent), "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "serve",
        "--bind",
        f"unix:{address}",
    ]
    with subprocess.Popen(  # noqa: S603 - our own code
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        told = []
        for line in process.stderr:
            told.append(line)
            if "Booting worker" in line:
                break
        try:
            assert _get(address, "/readyz").startswith("HTTP/1.1 200"), "".join(told)
            assert '"bridge.txt"' in _get(address, "/v1/sources")
            monkeypatch.setenv("ONRECORD_BIND", f"unix:{address}")
            assert ready.main() == 0
            for bad, status in ((f"/{'a' * 9_000}", 414), ("/ / /", 400)):
                head, _, body = _get(address, bad).partition("\r\n\r\n")
                assert head.startswith(f"HTTP/1.1 {status} ")
                assert "Content-Type: application/problem+json" in head
                assert "X-Request-ID: " in head
                assert json.loads(body)["type"] == KINDS[status].uri
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
    assert process.returncode == 0
    assert ready.main() == 1


@pytest.mark.parametrize(
    ("bind", "asked"),
    [
        ("0.0.0.0:8017", ("127.0.0.1", 8017)),
        (":8017", ("127.0.0.1", 8017)),
        ("[::]:8017", ("::1", 8017)),
        ("10.0.0.1:80", ("10.0.0.1", 80)),
    ],
)
def test_readiness_is_asked_for_where_the_service_is_bound(bind: str, asked: tuple[str, int]) -> None:
    connection = ready._Connection(bind)
    assert (connection.host, connection.port) == asked


def test_readiness_without_a_usable_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_BIND", "nowhere")
    assert ready.main() == 1
    assert "ONRECORD_BIND" in capsys.readouterr().err


def test_serve_says_why_it_does_not_start(empty: Path) -> None:
    environment = {
        **os.environ,
        "ONRECORD_TEXTS": str(empty.parent),
        "ONRECORD_STRICT": "true",
        "PYTHONPATH": str(ROOT),
    }
    code = "import sys; from service.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "serve", "--bind", "unix:socket"]
    ran = subprocess.run(  # noqa: S603 - our own code
        command, env=environment, cwd=empty.parent, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 2
    assert "onrecord: ONRECORD_STRICT is set and texts were rejected: empty.txt: it is empty" in ran.stderr
    assert "Traceback" not in ran.stderr


def _get(address: Path, path: str) -> str:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        client.connect(str(address))
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: client.recv(65_536), b"")).decode()
