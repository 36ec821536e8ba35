from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from service.cores import usable_cores

if TYPE_CHECKING:
    from pathlib import Path

BOUND = 6


@pytest.fixture(autouse=True)
def _six_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(BOUND)), raising=False)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="ascii")
    return root


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({}, BOUND),
        # version 2: in a container its own group is at the top
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "200000 100000\n"}, 2),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "max 100000\n"}, BOUND),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "250000 100000\n"}, 2),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "50000 100000\n"}, 1),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "900000 100000\n"}, BOUND),
        # of several groups around each other the narrowest decides
        (
            {
                "proc/self/cgroup": "0::/pods/one\n",
                "sys/fs/cgroup/pods/cpu.max": "300000 100000\n",
                "sys/fs/cgroup/pods/one/cpu.max": "400000 100000\n",
            },
            3,
        ),
        # version 1: the path is the host's, and the group is found at the top
        (
            {
                "proc/self/cgroup": "5:memory:/a\n4:cpu,cpuacct:/docker/abc\n0::/\n",
                "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "400000\n",
                "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
            },
            4,
        ),
        (
            {
                "proc/self/cgroup": "4:cpu:/a\n",
                "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "-1\n",
                "sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
            },
            BOUND,
        ),
        # what can't be understood sets no bound
        ({"proc/self/cgroup": "0::/../../etc\n", "sys/fs/cgroup/cpu.max": ""}, BOUND),
        ({"proc/self/cgroup": "nonsense\n0::/\n", "sys/fs/cgroup/cpu.max": "many\n"}, BOUND),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "100000 0\n"}, BOUND),
    ],
)
def test_a_container_s_quota_counts(tmp_path: Path, files: dict[str, str], cores: int) -> None:
    assert usable_cores(write(tmp_path, files)) == cores


def test_here_there_is_at_least_one() -> None:
    assert 1 <= usable_cores() <= BOUND
