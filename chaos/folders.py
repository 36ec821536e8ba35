"""Folders that fail: no room for what was parsed, no leave to write it, entries that are damaged, texts that change meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from chaos.asking import asked
from chaos.load import Load, promised
from chaos.rows import Effort, Row
from chaos.servers import ending
from chaos.stage import NEWS, READS
from chaos.waiting import MissingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from chaos.load import Told
    from chaos.stage import Stage

_SMALL: Final = {f"harbour-{number}.txt": NEWS.replace("three", f"{number}") for number in range(10, 13)}
_ROOM: Final = "4k"
_NOBODY: Final = "65534"
_NO_ROOM: Final = f'mount -t tmpfs -o size={_ROOM} onrecord "$0" && exec "$@"'
_IN_OWN_SPACE: Final = ("unshare", "--map-root-user", "--mount")
_AS_NOBODY: Final = ("setpriv", "--reuid", _NOBODY, "--regid", _NOBODY, "--clear-groups")
_NOT_KEPT, _THROWN_AWAY = '"parsed texts can\'t be kept"', '"a kept text is thrown away and parsed anew"'
_DAMAGES: Final = (lambda entry: entry[:-7], lambda entry: entry[:40] + b"?" + entry[41:], lambda _: b"")
_MOST_CHANGES: Final = 20_000


def disk_full(stage: Stage, effort: Effort) -> Row:
    """Start a server whose cache lies on a disk without room."""
    cache = stage.fresh("full")
    cache.mkdir()
    _check(*_IN_OWN_SPACE, "sh", "-c", _NO_ROOM, cache, "true")
    through = (*_IN_OWN_SPACE, "sh", "-c", _NO_ROOM, cache)
    return _served_anyway(stage, effort, "no room where parsed texts are kept", cache, _NOT_KEPT, through)


def read_only(stage: Stage, effort: Effort) -> Row:
    """Start a server that may not write to its cache."""
    cache = stage.fresh("read-only")
    cache.mkdir(mode=0o555)
    through = _AS_NOBODY if os.geteuid() == 0 else ()  # root writes wherever it likes
    _check(*through, sys.executable, "-c", "import service.cli")
    return _served_anyway(stage, effort, "a cache folder that is read-only", cache, _NOT_KEPT, through)


def damaged(stage: Stage, effort: Effort) -> Row:
    """Start a server whose cache holds entries that are cut short, changed by a byte, or empty."""
    cache = stage.fresh("damaged")
    _small(stage)  # they are kept since
    shutil.copytree(stage.cache, cache)
    entries = sorted(cache.glob("*/*.parsed"))
    for number, entry in enumerate(entries):
        entry.write_bytes(_DAMAGES[number % len(_DAMAGES)](entry.read_bytes()))
    return _served_anyway(stage, effort, "parsed texts that are damaged", cache, _THROWN_AWAY)


def _served_anyway(
    stage: Stage, effort: Effort, fault: str, cache: Path, told: str, through: Sequence[str | Path] = ()
) -> Row:
    """Start a server with such a cache, and count what it says of it, which shows that it met the fault."""
    texts, expected = _small(stage)
    service = stage.service(texts, environment={"ONRECORD_CACHE": str(cache)}, through=through)
    with ending(service):
        service.wait()
        with Load(service.port, READS, expected, clients=effort.clients) as load:
            load.wait_for(effort.requests)
        warned = service.told().count(told)
    return Row(
        fault,
        f"{effort.clients} readers, no nginx",
        load.tally.requests,
        load.tally.failed,
        "warnings in the log",
        warned,
        load.tally.failures,
    )


def _small(stage: Stage) -> tuple[Path, Mapping[str, set[Told]]]:
    """Give a folder of few short texts, and what is right for them."""
    if stage.small is None:
        texts = stage.fresh("small")
        texts.mkdir()
        for name, text in _SMALL.items():
            (texts / name).write_text(text, encoding="utf-8")
        with stage.served(texts) as service:
            stage.small = texts, promised(service.port, READS)
    return stage.small


def _check(*command: str | Path) -> None:
    """Raise `MissingError` where a program that a fault needs can't be run here."""
    found = shutil.which(str(command[0]))
    ran = found and subprocess.run((found, *map(str, command[1:])), capture_output=True, check=False)  # noqa: S603 - our own arguments
    if not ran or ran.returncode:
        said = ran.stderr.decode(errors="replace").strip() if ran else "it is not installed"
        message = f"{command[0]} can't be used here: {said}"
        raise MissingError(message)


def changing(stage: Stage, effort: Effort) -> Row:
    """Start a server while texts are put into its folder, replaced there and taken away all the time."""
    texts = stage.fresh("changing")
    shutil.copytree(_small(stage)[0], texts)
    changes = _Changes(texts)
    service = stage.service(texts, environment={"ONRECORD_CACHE": "none"})
    with ending(service):
        changes.start()
        try:
            service.wait()
        finally:
            changes.stop()
        sources = json.loads(asked(service.port, "/v1/sources?limit=100").body)["items"]
        wrong = [found for source in sources if (found := _not_whole(service.port, source["id"], changes))]
        missing = sorted(_SMALL.keys() - {source["file"] for source in sources})
        with Load(service.port, READS, promised(service.port, READS), clients=effort.clients) as load:
            load.wait_for(effort.requests)
    return Row(
        "texts that change while they are read",
        f"{effort.clients} readers, no nginx",
        len(sources) + load.tally.requests,
        len(wrong) + load.tally.failed,
        "texts put there, replaced and taken away",
        changes.made,
        [*wrong, *load.tally.failures],
        f"texts that did not change are missing: {missing}" if missing else None,
    )


def _not_whole(port: int, source: str, changes: _Changes) -> str | None:
    """Tell what is wrong with a text that is served as no version of it ever was."""
    text = asked(port, f"/v1/sources/{quote(source)}/text").body
    return None if text.decode() in {*_SMALL.values(), *changes.versions} else f"{source}: {text[:80]!r}"


class _Changes(Thread):
    """Changes a folder of texts until it is told to stop; `made` counts how often, `versions` are the texts that were there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.made = 0
        self.versions = [NEWS.replace("three", f"{number} of {2 * number}") for number in range(50, 60)]
        self._folder, self._stopped = folder, Event()

    def run(self) -> None:
        for number in range(_MOST_CHANGES):
            name = self._folder / f"changing-{number % 7}.txt"
            if number % 3 == 2:
                name.unlink(missing_ok=True)
            else:
                unfinished = name.with_suffix(".unfinished")
                unfinished.write_text(self.versions[number % len(self.versions)], encoding="utf-8")
                unfinished.rename(name)
            self.made += 1
            if self._stopped.wait(0.002):
                return

    def stop(self) -> None:
        self._stopped.set()
        self.join()
