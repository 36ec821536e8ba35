"""Every fault of `chaos`, in its short form: nothing fails, and its control shows that something could have."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chaos.faults import FAULTS
from chaos.rows import SHORT, Row, table
from chaos.servers import CONFIGURATION, NGINX, proxied
from chaos.stage import Stage
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
    words = ("onrecord-", "/tmp/", "/dev/stdout", "listen")  # noqa: S108 - what is written there
    assert all(any(word in line for word in words) for line in changed)
