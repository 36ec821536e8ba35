"""A clock that is set back, and forward again, while the service runs."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chaos.asking import asked
from chaos.load import Load, promised
from chaos.rows import Effort, Row
from chaos.servers import ROOT, ending
from chaos.stage import READS
from chaos.waiting import MissingError, wait_until

if TYPE_CHECKING:
    from chaos.servers import Service
    from chaos.stage import Stage

_LIBRARIES: Final = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
_SLEEP: Final = """\
import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds) and None
"""
"""Run by Python before anything else: where only the clock is faked that can be set, libfaketime breaks sleeping by the other."""
_BACK: Final = 3_600
_WRONG: Final = 60.0
"""So many seconds beside the clock are none that a slow answer explains."""


def set_back(stage: Stage, effort: Effort) -> Row:
    """Set the clock of a server back by an hour as it answers, then right again."""
    clock = stage.fresh("clock")
    clock.write_text("+0", encoding="ascii")
    library = stage.fresh("library")
    library.mkdir()
    (library / "sitecustomize.py").write_text(_SLEEP, encoding="ascii")
    service = stage.service(stage.texts(), workers=2, environment=_faked(clock, library))
    with ending(service):
        service.wait()
        expected, workers = promised(service.port, READS), service.workers()
        before = _date(service)
        with Load(service.port, READS, expected, clients=effort.clients) as load:
            load.wait_for(effort.requests // 3)
            clock.write_text(f"-{_BACK}", encoding="ascii")
            wait_until(lambda: _date(service) < before - _WRONG, "the clock had been set back")
            load.wait_for(effort.requests // 3)
            back = sum(_date(service) < before - _WRONG for _ in range(10))
            clock.write_text("+0", encoding="ascii")
            wait_until(lambda: _date(service) >= before, "the clock had been set right")
            load.wait_for(effort.requests // 3)
        broken = _told_wrong(service) or (None if service.workers() == workers else "workers died of it")
        service.stop()
    return Row(
        "the clock is set back an hour",
        f"{effort.clients} readers, no nginx",
        load.tally.requests,
        load.tally.failed,
        "of 10 answers, dated before the first",
        back,
        load.tally.failures,
        broken,
    )


def _faked(clock: Path, library: Path) -> dict[str, str]:
    """Give what makes a program go by the clock in a file; raise `MissingError` where that is not installed."""
    found = [path for pattern in _LIBRARIES for path in Path("/").glob(pattern[1:])]
    if not found:
        message = "libfaketime is needed: install it, say by apt-get install faketime"
        raise MissingError(message)
    return {
        "LD_PRELOAD": str(found[0]),
        "PYTHONPATH": f"{library}:{ROOT}",
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # no setting of the clock changes that one
        "NO_FAKE_STAT": "1",  # nor what the files' dates are
    }


def _date(service: Service) -> float:
    return parsedate_to_datetime(asked(service.port, "/v1/topics").headers["date"]).timestamp()


def _told_wrong(service: Service) -> str | None:
    """Tell of a line of the log, or of the metrics, by which an answer took less than no time."""
    lines = [json.loads(line) for line in service.told().splitlines() if line.startswith("{")]
    if any(line.get("milliseconds", 0) < 0 for line in lines):
        return "the log tells of less than no time"
    sums = [
        line for line in asked(service.port, "/metrics").body.decode().splitlines() if "_seconds_sum" in line
    ]
    return next((line for line in sums if float(line.split()[-1]) < 0), None)
