"""How many cores this process may use: of the machine's those that it is bound to, and of these what its container is given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Quota = Callable[[Path], float | None]

_ROOT: Final = Path("/")
_OWN_GROUPS: Final = "proc/self/cgroup"
_MOUNTED: Final = "sys/fs/cgroup"
_SECOND_VERSION: Final = "0"


def usable_cores(root: Path = _ROOT) -> int:
    """Count whole cores, at least one; `root` is where ``/proc`` and ``/sys`` lie.

    Of a container's quota, such as 2.5 cores, what is over is left for others. What can't be read sets no bound.
    """
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, int(min((bound, *_quotas(root)))))


def _quotas(root: Path) -> Iterator[float]:
    """Give the cores of each control group that this process is in, and of those around it, where they have a quota."""
    for line in _read(root / _OWN_GROUPS).splitlines():
        number, _, rest = line.partition(":")
        kinds, _, path = rest.partition(":")
        if number == _SECOND_VERSION and not kinds:
            yield from _along(root / _MOUNTED, path, _second)
        elif "cpu" in kinds.split(","):
            for mounted in ("cpu", "cpu,cpuacct"):
                yield from _along(root / _MOUNTED / mounted, path, _first)


def _along(mounted: Path, path: str, quota: Quota) -> Iterator[float]:
    """Give the quotas from the group at `path` up to the one at the top, which in a container may be its own."""
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    for length in range(len(parts) + 1):
        found = quota(mounted.joinpath(*parts[:length]))
        if found is not None:
            yield found


def _second(group: Path) -> float | None:
    return _ratio(*_read(group / "cpu.max").split())


def _first(group: Path) -> float | None:
    return _ratio(_read(group / "cpu.cfs_quota_us").strip(), _read(group / "cpu.cfs_period_us").strip())


def _ratio(quota: str = "", period: str = "", *_: str) -> float | None:
    """Give how many cores a quota of microseconds in each period is; None for no quota ("max", -1)."""
    if not (quota.isdigit() and period.isdigit() and int(period)):
        return None
    return int(quota) / int(period)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
