"""Every fault of `chaos`, in its short form: nothing fails, and its control shows that something could have."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chaos.asking import HOST, Question, answered, asked
from chaos.faults import FAULTS
from chaos.load import Tally
from chaos.rows import SHORT, Row, table
from chaos.servers import CONFIGURATION, NGINX, Proxy, ending, free_port, proxied
from chaos.soak import Sample, Soaked, soak
from chaos.stage import EXTRACTION, READS, Stage
from chaos.waiting import ChaosError, MissingError, wait_until
from chaos.wire import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc"),
    pytest.mark.enable_socket,
]
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    # Not pytest's own folder: others than whoever runs the tests have to get at it.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Stage(Path(folder))


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_fails_and_the_control_does(stage: Stage, name: str) -> None:
    try:
        row = FAULTS[name](stage, SHORT)
    except MissingError as missing:
        pytest.skip(str(missing))
    assert row.failed == 0, row.seen
    assert row.broken is None
    assert row.control_failed > 0
    assert row.requests >= SHORT.requests


def test_a_row_is_kept_only_where_the_control_fails_and_nothing_else() -> None:
    good = Row("fault", "load", 10, 0, "control", 1)
    assert good.is_kept()
    broken = (
        Row("fault", "load", 10, 1, "control", 1),
        Row("fault", "load", 10, 0, "control", 0),
        Row("fault", "load", 0, 0, "control", 1),
        Row("fault", "load", 10, 0, "control", 1, broken="old"),
    )
    assert not any(row.is_kept() for row in broken)
    heads, first = table([good])
    assert heads.split()[:3] == ["fault", "load", "requests"]
    assert first.split() == ["fault", "load", "10", "0", "1", "control"]


def test_what_is_waited_for_in_vain_is_told() -> None:
    with pytest.raises(ChaosError, match="waited 0 s in vain until pigs flew"):
        wait_until(lambda: False, "pigs flew", patience=0.0)


GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"
MEDIA = b"Content-Type: application/problem+json\r\n"
TOLD = b'{"type":"about:blank","title":"a","status":400,"detail":"b"}'


@pytest.mark.parametrize(
    ("came", "fault"),
    [
        (b"", None),
        (GOOD, None),
        (b"HTTP/1.1 400 Bad\r\n" + MEDIA + b"\r\n" + TOLD, None),
        (b"HTTP/1.1 100 Continue\r\n\r\n", None),
        (GOOD[:-1], "no whole answer"),
        (GOOD * 2, "2 answers"),
        (b"hi", "no whole answer"),
        (b"HTTP/1.1 400 Bad\r\nContent-Type: text/html\r\n\r\n" + TOLD, "without a problem"),
        (b"HTTP/1.1 404 Bad\r\n" + MEDIA + b"\r\n" + TOLD, "without a problem"),
        (b"HTTP/1.1 400 Bad\r\n" + MEDIA + b"\r\n[]", "without a problem"),
        (b"HTTP/1.1 500 Bad\r\n" + MEDIA + b"\r\n" + TOLD.replace(b"400", b"500"), "status 500"),
    ],
)
def test_answers_to_hostile_requests_are_judged(came: bytes, fault: str | None) -> None:
    found = wrong(came, "GET")
    assert found is None if fault is None else fault in str(found)


OURS = b'Content-Type: text/html\r\n\r\n<!doctype html><a href="/">Onrecord</a>'


def test_an_error_is_told_by_a_page_of_ours_only_where_one_is_asked_for() -> None:
    assert wrong(b"HTTP/1.1 404 Bad\r\n" + OURS, "GET", pages=True) is None
    assert wrong(b"HTTP/1.1 404 Bad\r\n" + OURS, "GET") is not None
    assert wrong(b"HTTP/1.1 404 Bad\r\n" + OURS.replace(b"Onrecord", b"Other"), "GET", pages=True) is not None
    assert "status 500" in str(wrong(b"HTTP/1.1 500 Bad\r\n" + OURS, "GET", pages=True))


# nginx ----------------------------------------------------------------------------------------------------------------


@needs_nginx
def test_nginx_takes_its_configuration_as_any_user(tmp_path: Path) -> None:
    path = tmp_path / "nginx.conf"
    path.write_text(proxied(8080, (8001, 8002, 8003), tmp_path), encoding="utf-8")
    assert NGINX is not None
    command = [NGINX, "-e", "stderr", "-t", "-c", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nginx, with our file
    assert (done.returncode, "warn" in done.stderr.replace("error_log", "")) == (0, False), done.stderr


def test_the_configuration_is_changed_in_its_addresses_and_folders_only(tmp_path: Path) -> None:
    before = CONFIGURATION.read_text(encoding="utf-8").splitlines()
    after = proxied(8080, (8001, 8002, 8003), tmp_path).splitlines()
    changed = [line for line, other in zip(before, after, strict=True) if line != other]
    assert len(changed) == 12
    words = ("172.30.71.", "/tmp/", "/dev/stdout", "listen")  # noqa: S108 - what is written there
    assert all(any(word in line for word in words) for line in changed)


@needs_nginx
def test_nginx_keeps_answers_for_a_second_under_the_name_of_each_request(stage: Stage) -> None:
    with stage.served() as service, stage.proxied([service]) as proxy:
        path = READS[0].path
        straight = asked(service.port, path)
        for name, coding in (("one", "gzip"), ("two", "gzip"), ("three", "br"), ("four", "identity")):
            answer = asked(proxy.port, path, X_Request_ID=name, Accept_Encoding=coding)
            assert answer.headers["x-request-id"] == name
            assert answer.headers.get("content-encoding", "identity") == coding
            assert answer.headers["etag"] == straight.headers["etag"]
            assert answer.headers["x-corpus-version"] == straight.headers["x-corpus-version"]
        etag = straight.headers["etag"]
        assert asked(proxy.port, path, If_None_Match=etag).status == 304
        refused = asked(proxy.port, path, If_Match='"a"')
        assert (refused.status, refused.headers["content-type"]) == (412, "application/problem+json")
        assert asked(proxy.port, path, Range="bytes=0-1").body == straight.body
        assert asked(proxy.port, path, X_Request_ID="{}").headers["x-request-id"] != "{}"
        log = [json.loads(line) for line in proxy.access.read_text(encoding="utf-8").splitlines()]
        kept = [line["cache"] for line in log if line["request_id"] in {"one", "two", "three", "four"}]
        assert kept[0] == kept[2] == kept[3] == "MISS"
        assert kept[1] in {"HIT", "REVALIDATED"}
        assert path not in proxy.access.read_text(encoding="utf-8")


@needs_nginx
def test_nginx_keeps_no_whole_result_on_its_disk(stage: Stage) -> None:
    """What is kept is written there as a whole for each who asks, however slowly, so that a few could fill it."""
    with stage.served() as service, stage.proxied([service]) as proxy:
        for form in ("ndjson", "csv"):
            path = f"/v1/statements?format={form}"
            for _ in range(2):
                assert asked(proxy.port, path).body == asked(service.port, path).body
        assert kept(proxy) == []
        asked(proxy.port, READS[0].path)
        assert len(kept(proxy)) == 1


def kept(proxy: Proxy) -> list[Path]:
    folder = proxy.access.parent / "nginx-cache"
    return [path for path in folder.rglob("*") if path.is_file()]


@needs_nginx
@pytest.mark.parametrize("path", ["/v1/extract", "/try"])
def test_nginx_does_not_take_a_long_text_for_too_long_where_no_replica_is_there(
    tmp_path: Path, path: str
) -> None:
    proxy = Proxy([free_port()] * 3, tmp_path / "nginx")
    with ending(proxy):
        proxy.wait()
        told = answered(proxy.port, Question(path, "POST", b"a" * 100_000))
        assert (told.status, json.loads(told.body)["title"]) == (502, "Bad gateway")
        assert answered(proxy.port, Question("/v1/statements", "POST", b"a" * 100_000)).status == 413


@needs_nginx
def test_nginx_writes_nothing_down_that_clients_write(stage: Stage) -> None:
    with stage.served() as service, stage.proxied([service]) as proxy:
        service.kill()
        gone = asked(proxy.port, "/v1/statements?q=secret", Referer="http://secret.example/")
        assert gone.status == 502
        assert asked(proxy.port, "/v1/secret", X_Secret="a" * 20_000).status == 431
        assert "secret" not in proxy.told() + proxy.access.read_text(encoding="utf-8")


@needs_nginx
def test_nginx_s_own_problems_have_the_headers_of_the_service_s(stage: Stage) -> None:
    with stage.served() as service, stage.proxied([service]) as proxy:
        own, told = asked(proxy.port, "/metrics").headers, asked(service.port, "/v1/nothing").headers
    names = {name for name in told if name.startswith(("x-content", "referrer", "access-control"))}
    assert names == {
        "x-content-type-options",
        "referrer-policy",
        "access-control-allow-origin",
        "access-control-expose-headers",
    }
    assert {own[name] for name in names} <= {told[name] for name in names} | {"X-Request-ID, Retry-After"}


@needs_nginx
def test_one_address_is_answered_so_much_at_once(stage: Stage) -> None:
    with stage.served() as service, stage.proxied([service]) as proxy, ExitStack() as held:
        for address, posted in (("127.0.0.2", 2), ("127.0.0.3", 1)):
            for _ in range(posted):
                one = socket.create_connection((HOST, proxy.port), source_address=(address, 0))
                held.enter_context(one).sendall(BEGUN)
        statuses = [posting(proxy.port, address) for address in ("127.0.0.2", "127.0.0.3")]
    assert statuses == [503, 200]


BEGUN = b"POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\na"


def posting(port: int, address: str) -> int:
    client = HTTPConnection(HOST, port, source_address=(address, 0))
    try:
        client.request("POST", EXTRACTION.path, EXTRACTION.body, EXTRACTION.headers)
        return client.getresponse().status
    finally:
        client.close()


@needs_nginx
def test_metrics_are_not_to_be_had_from_outside(stage: Stage) -> None:
    with stage.served() as service, stage.proxied([service]) as proxy:
        assert asked(service.port, "/metrics").status == 200
        for path in ("/metrics", "/%6detrics", "//metrics", "/v1/../metrics", "/metrics?a=b"):
            answer = asked(proxy.port, path)
            assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json"), path
        assert asked(proxy.port, "/readyz").status == 200
        service.kill()
        gone = asked(proxy.port, "/readyz")
        assert (gone.status, gone.headers["retry-after"]) == (502, "1")
        assert asked(proxy.port, "/proxy/livez").body == b"alive\n"


@needs_nginx
def test_as_much_is_posted_through_nginx_as_the_service_takes(stage: Stage) -> None:
    conf = CONFIGURATION.read_text(encoding="utf-8")
    with (
        stage.served(environment={"ONRECORD_MAX_TEXT": "1000000"}) as service,
        stage.proxied([service]) as proxy,
    ):
        body = b"{" + b" " * 12_065_535
        taken = answered(
            proxy.port, Question("/v1/extract", "POST", body, {"Content-Type": "application/json"})
        )
        assert (len(body), taken.status) == (12_065_536, 422)
        assert f"client_max_body_size {len(body)};" in conf
        answer = answered(proxy.port, EXTRACTION)
        assert (answer.status, answer.body) == (200, stage.extracted)


def test_a_soak_tells_what_was_asked_and_held(stage: Stage) -> None:
    soaked = soak(stage, seconds=4.0, first=2.0)
    assert soaked.readers.failed == 0, soaked.readers.failures
    assert soaked.posters.failed == 0, soaked.posters.failures
    heads, read, posted, _, held, files = soaked.lines()
    assert heads.split()[:2] == ["requests", "failed"]
    assert [line.split()[0] for line in (read, posted)] == ["read", "posted"]
    assert held.startswith("memory, MB")
    assert files.startswith("open files")


def test_a_soak_fails_where_memory_or_files_grow() -> None:
    tally = Tally(requests=2, seconds=[0.1, 0.2])
    held = Sample(1.0, 100, 10)
    assert Soaked(tally, tally, [held], [Sample(2.0, 104, 18)]).is_kept()
    assert not Soaked(tally, tally, [held], [Sample(2.0, 106, 10)]).is_kept()
    assert not Soaked(tally, tally, [held], [Sample(2.0, 100, 19)]).is_kept()
    assert not Soaked(Tally(requests=2, failed=1), tally, [held], [held]).is_kept()
