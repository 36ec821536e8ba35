"""``python -m tests.posted.readers``: a keeper whose readers do what a text tells them, for good or ill.

With ``serve`` it is a server that has a text read forever, for tests to kill.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from service.posted.keeper import UNREADY, Limits, keep
from service.texts.read import UnusableTextError

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = "tests.posted.readers"
MEMORY = 100_000_000


def read(text: str, title: str | None, published: str | None) -> bytes:
    """Do what the first word of `text` says; give the question back where it says nothing."""
    word, _, rest = text.partition(" ")
    if word in DEEDS:
        return DEEDS[word](rest)
    return json.dumps([text, title, published]).encode()


def refuse(reason: str) -> NoReturn:
    raise UnusableTextError(reason, "mend it")


def fail(reason: str) -> NoReturn:
    raise RuntimeError(reason)


def spin(_: str) -> NoReturn:
    while True:
        pass


def pause(_: str) -> bytes:
    signal.pause()
    return b""


def die(_: str) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def orphan(_: str) -> bytes:
    os.kill(os.getppid(), signal.SIGKILL)
    return pause("")


def eat(_: str) -> bytes:
    return bytes(bytearray(10 * MEMORY))[:1]


def write(number: str) -> bytes:
    return b"a" * int(number)


def wait(door: str) -> bytes:
    return Path(door).read_bytes()


def tell(_: str) -> bytes:
    return json.dumps(state()).encode()


DEEDS: Final[dict[str, Callable[[str], bytes]]] = {
    deed.__name__: deed for deed in (refuse, fail, spin, pause, die, orphan, eat, write, wait, tell)
}


def state() -> dict[str, object]:
    """Tell what this process is and has."""
    return {
        "pid": os.getpid(),
        "keeper": os.getppid(),
        "nice": os.nice(0),
        "sockets": sum(map(is_socket, range(1000))),
        "environment": sorted(os.environ),
        "first to go": Path("/proc/self/oom_score_adj").read_text(encoding="ascii").strip(),
    }


def is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:
        return False


def serve() -> None:
    """Have one text read that tells what its reader is, and then one forever."""
    from service.posted.reading import Apart  # noqa: PLC0415 - the keeper needs none of it

    apart = Apart((PROGRAM, "ready"), 60)
    print(apart.read("tell", None, None).decode(), file=sys.stderr, flush=True)  # noqa: T201 - for the test that started this
    apart.read("pause", None, None)


def main(arguments: list[str]) -> None:
    """Keep the readers."""
    if arguments == ["serve"]:
        serve()
        return
    with socket.socket(fileno=int(arguments[-1])) as control:
        if arguments[0] == "unready":
            control.sendall(UNREADY + b"there is no parser")
        elif arguments[0] != "gone":
            keep(control, read, Limits(seconds=30, memory=MEMORY))


if __name__ == "__main__":
    main(sys.argv[1:])
