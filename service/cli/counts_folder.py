"""The folder in which the processes of a service count: made before any of them, shared with a server that relieves this one."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the folder, as it is imported."""

_PREFIX: Final = "onrecord-counts-"
_IN_USE: Final = "in-use"
_NEW: Final = 60
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the folder is made there safely  # nosec B108
_RELIEVES: Final = "GUNICORN_PID"
"""Set for a server that is to relieve another, which goes on counting until it stops."""


@contextmanager
def counts_folder() -> Iterator[Path]:
    """Have a folder to count in, empty unless it is inherited from the server that this one relieves.

    It goes when the last server that uses it stops. One that somebody else has named is emptied of counts, and stays. Raises
    `SettingsError` where none can be made.
    """
    named = os.environ.get(VARIABLE)
    relieves = _RELIEVES in os.environ
    folder = Path(named) if named else _make()
    ours, process = folder.name.startswith(_PREFIX), os.getpid()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not relieves:
            for counts in folder.glob("*.db"):
                counts.unlink()
        use = (folder / _IN_USE).open("a")
    except OSError as error:
        message = f"{VARIABLE}: {folder} can't be written ({error.strerror}); let it name another folder, or unset it"
        raise SettingsError(message) from error
    with use:
        fcntl.flock(use, fcntl.LOCK_SH)
        os.environ[VARIABLE] = str(folder)
        try:
            yield folder
        finally:
            if not named:
                del os.environ[VARIABLE]
            master = os.getpid() == process  # a worker too passes here as it ends
            if ours and master and _alone(use.fileno()):
                shutil.rmtree(folder, ignore_errors=True)


def _make() -> Path:
    """Make a folder where it costs no disk, and clear away those of servers that were killed."""
    for place in (_MEMORY, Path(tempfile.gettempdir())):
        with suppress(OSError):
            for left in place.glob(f"{_PREFIX}*"):
                with suppress(OSError):
                    _clear(left)
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    message = "there is no folder for temporary files that can be written; let TMPDIR name one"
    raise SettingsError(message)


def _clear(left: Path) -> None:
    """Clear away a folder that nobody uses; one that was made just now is about to be used."""
    if left.stat().st_mtime > time.time() - _NEW:
        return
    with (left / _IN_USE).open("a") as use:
        if _alone(use.fileno()):
            shutil.rmtree(left, ignore_errors=True)


def _alone(use: int) -> bool:
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
