"""Posted texts in the service as it runs: the parser is beside its workers, and goes with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

from tests.corpora import ROOT
from tests.posted.test_reading import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE = "Mayor Ada Example told reporters in Oslo that the old bridge would reopen in May.\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    settings = {**os.environ, "ONRECORD_TEXTS": str(tmp_path)}
    command = [sys.executable, "-m", "tests.serving"]
    with subprocess.Popen(command, cwd=ROOT, env=settings, text=True, stdout=subprocess.PIPE) as process:  # noqa: S603 - ours
        yield process
        process.terminate()


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def posted(address: str) -> dict[str, Any]:
    body = json.dumps({"text": ARTICLE}).encode()
    with urlopen(Request(f"{address}/v1/extract", body, {"Content-Type": "application/json"})) as answer:  # noqa: S310 - our own server
        found: dict[str, Any] = json.load(answer)
    return found


@pytest.mark.enable_socket
def test_a_worker_that_is_killed_takes_its_parser_along_and_so_does_a_stop(
    server: subprocess.Popen[str],
) -> None:
    assert server.stdout is not None
    address = f"http://127.0.0.1:{int(server.stdout.readline())}"
    first = posted(address)
    assert [said["speakers"][0]["id"] for said in first["statements"]] == ["ada-example"]
    (worker,) = children(server.pid)
    (keeper,) = children(worker)
    with Watched(worker) as watched, Watched(keeper) as beside:
        watched.kill()
        assert beside.ends()
    assert posted(address) == first
    (worker,) = children(server.pid)
    (keeper,) = children(worker)
    with Watched(keeper) as beside:
        server.terminate()
        assert beside.ends()
