"""The server's side: hand a posted text to a reader, wait for its answer as long as that may take, and no longer."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import structlog

import service
from service.http.options import EndedError, LateError, TooMuchMemoryError
from service.load import UnreadyError
from service.posted.keeper import READY
from service.posted.wire import Question, Sign, ask
from service.texts.read import TextsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.settings import Settings

_OURS = "ONRECORD_"
_LOADING = 60.0
_STOPPING = 2.0
_ROOT = str(Path(service.__file__).resolve().parents[1])

log = structlog.get_logger("onrecord")


class Apart:
    """Reads posted texts in processes of their own; any number of threads may ask at once.

    The keeper is started with the first text, and anew where it was ended. It ends with this object and with this process,
    also where that is killed.
    """

    def __init__(self, program: Sequence[str], seconds: float, loading: float = _LOADING) -> None:
        """Take the keeper's module with its arguments, and the seconds that reading a text and `loading` may take."""
        self._program, self._seconds, self._loading = tuple(program), seconds, loading
        self._starting = Lock()
        self._keeper: _Keeper | None = None

    def read(self, text: str, title: str | None, published: str | None) -> bytes:
        """Give the body that answers a posted text; `published` is EDTF.

        Raises `TextsError` where it holds no article, `LateError` and `TooMuchMemoryError` where it takes more than it may,
        `EndedError` where its reader was ended from outside, and `UnreadyError` where there can be none.
        """
        line, wanted = self._handed_over()
        try:
            with line:
                sign, body = ask(line, Question(text, title, published), self._seconds)
        except TimeoutError:
            raise LateError(self._seconds) from None
        except OSError as error:
            raise EndedError from error
        finally:
            os.close(wanted)
        match sign:
            case Sign.READ:
                return body
            case Sign.UNUSABLE:
                raise TextsError(body.decode())
            case Sign.NO_MEMORY:
                raise TooMuchMemoryError
            case Sign.FAILED:
                log.error("reading failed", exception=body.decode())
                message = "the reader failed"
                raise UnreadyError(message)

    def _handed_over(self) -> tuple[socket.socket, int]:
        """Have a reader made; give the line to it, and what keeps it alive until it is closed."""
        with self._starting:
            if self._keeper is None or not self._keeper.runs():
                self._keeper = None
                self._keeper = _Keeper(self._program, self._loading)
            keeper = self._keeper
        return keeper.reader()


class _Keeper:
    """A running keeper."""

    def __init__(self, program: Sequence[str], loading: float) -> None:
        begun = time.perf_counter()
        self._owner = os.getpid()
        self._control, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", *program, str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - this very Python with a module of ours  # nosec B603
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C in a terminal is for the server, which lets texts be read to their end
            )
        self._end = weakref.finalize(self, _stop, self._owner, self._process, self._control)
        self._wait(loading)
        log.info("texts are read apart", seconds=round(time.perf_counter() - begun, 3))

    def runs(self) -> bool:
        """Tell whether it is there, and this process's own."""
        return self._owner == os.getpid() and self._process.poll() is None

    def reader(self) -> tuple[socket.socket, int]:
        """Have a reader made; give the line to it, and what keeps it alive. Where that fails the line ends at once."""
        line, theirs = socket.socketpair()
        hung_up, wanted = os.pipe()
        try:
            with theirs, suppress(OSError):
                socket.send_fds(self._control, [READY], [theirs.fileno(), hung_up])
        finally:
            os.close(hung_up)
        return line, wanted

    def _wait(self, seconds: float) -> None:
        self._control.settimeout(seconds)
        try:
            told = self._control.recv(1 << 16)
        except OSError:
            told = b""
        if told != READY:
            self._end()
            reason = told[1:].decode("utf-8", "replace") or "it ended, or was not ready in time"
            log.error("texts can't be read apart", reason=reason)
            message = f"the process that reads posted texts can't: {reason}"
            raise UnreadyError(message)
        self._control.settimeout(None)


def apart(settings: Settings) -> Apart:
    """Give what reads posted texts as `settings` ask for."""
    cache = str(settings.cache.resolve()) if settings.cache else ""
    words = str(settings.vocabulary.resolve())
    limits = str(math.ceil(settings.extract_seconds) + 1), str(settings.extract_memory)
    return Apart(
        ("service.posted", words, settings.pipeline, cache, *limits), float(settings.extract_seconds)
    )


def _environment() -> dict[str, str]:
    """Give what the keeper is to know: where this package is, and none of the settings, among which there are secrets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    path = os.environ.get("PYTHONPATH")
    return {**kept, "PYTHONPATH": f"{_ROOT}{os.pathsep}{path}" if path else _ROOT}


def _stop(owner: int, process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    if owner != os.getpid():
        return  # a forked copy
    try:
        process.wait(_STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
