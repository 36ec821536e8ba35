"""The keeper: one thread that holds what reads texts, and forks a reader for each text that is handed to it.

It is told over one socket. Each byte there brings two descriptors: the line to whoever asks, which the reader talks over,
and the end of a pipe that hangs up when nobody waits for the answer any more. Then the reader is killed, done or not, by the
one process that can't mistake another for it: its parent. When the socket itself hangs up, because the server has stopped or
was killed, all readers are killed and the keeper ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from service.http.wordless import wordless
from service.posted.wire import Sign, answer, hear
from service.texts.read import TextsError

if TYPE_CHECKING:
    from collections.abc import Callable

    ReadFn = Callable[[str, str | None, str | None], bytes]
    """Gives the body that answers a text with its title and date; raises `TextsError` where it holds no article."""

READY, UNREADY = b".", b"!"
"""The keeper's first byte: texts may be handed to it, or it can't read any, for the reason that follows."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h
_NICE = 5
_DATA_PAGES = 5
"""Where the numbers of /proc/self/statm say how many pages a process has for itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may use: seconds of processor time, and bytes of memory beyond those that the keeper holds."""

    seconds: int
    memory: int


def keep(control: socket.socket, read: ReadFn, limits: Limits) -> None:
    """Let readers `read` what is handed over, until `control` hangs up."""
    control.sendall(READY)
    readers: dict[int, int] = {}
    poll = select.poll()
    poll.register(control, select.POLLIN)
    try:
        while True:
            for descriptor, _ in poll.poll():
                if descriptor != control.fileno():
                    poll.unregister(descriptor)
                    _end(readers.pop(descriptor))
                    os.close(descriptor)
                    continue
                told, given, _, _ = socket.recv_fds(control, 1, 2)
                if not told:
                    return
                line, wanted = given
                readers[wanted] = _fork(control, line, read, limits)
                os.close(line)
                poll.register(wanted, 0)  # nothing is said there: it hangs up
    finally:
        for reader in readers.values():
            _end(reader)


def _fork(control: socket.socket, line: int, read: ReadFn, limits: Limits) -> int:
    keeper = os.getpid()
    reader = os.fork()
    if reader:
        return reader
    try:
        control.close()
        _restrict(keeper, limits)
        _answer(socket.socket(fileno=line), read)
    finally:
        _leave()


def _leave() -> NoReturn:
    """End this process without what Python would do at its end, which is the keeper's to do."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(0)


def _answer(line: socket.socket, read: ReadFn) -> None:
    with contextlib.suppress(OSError):  # nobody waits any more
        try:
            found = Sign.READ, read(*hear(line))
        except TextsError as error:
            found = Sign.UNUSABLE, str(error).encode("utf-8", "replace")
        except MemoryError:
            found = Sign.NO_MEMORY, b""
        except Exception as error:  # noqa: BLE001 - whatever it is, the server tells its log
            found = Sign.FAILED, wordless(error).encode("utf-8", "replace")
        answer(line, *found)


def _restrict(keeper: int, limits: Limits) -> None:
    """Give way to those who serve, take no more than is allowed, be the first to go where memory runs out."""
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    with contextlib.suppress(OSError, AttributeError):  # Linux alone has these
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[_DATA_PAGES])
        most = pages * resource.getpagesize() + limits.memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != keeper:
        _leave()


def _end(reader: int) -> None:
    os.kill(reader, signal.SIGKILL)
    os.waitpid(reader, 0)
