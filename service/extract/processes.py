"""Work in several processes at once, forked so that they share what is loaded: reading texts, reading beside.

What it takes to have several is imported when several are wanted: a start that finds everything kept wants none.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from service.cores import usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from service.model import Text

P = ParamSpec("P")
T = TypeVar("T")
_WORTH_IT = 10_000
"""Characters in all from which on forking pays where the cores are free: half a second of parsing or more."""
_FORKS = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_reads: list[Callable[[Text], Any]] = []


class ProcessEndedError(RuntimeError):
    """A process that read texts was ended from outside."""


@contextmanager
def reading(read: Callable[[Text], T], texts: Sequence[Text], processes: int) -> Iterator[Iterable[T]]:
    """Give what `read` makes of each of `texts`, in their order, as it becomes known; with so many processes.

    Raises `ProcessEndedError` where a process is ended from outside.
    """
    if processes < 2:
        yield map(read, texts)
        return
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - see above

    try:
        with _pool(processes, read) as pool:
            yield pool.map(_read, texts)
    except BrokenProcessPool as error:
        raise ProcessEndedError from error


def processes_for(texts: Sequence[Text], wanted: int | None = None) -> int:
    """Tell how many processes to read `texts` with: `wanted` if given, else one a core where that pays; never idle ones."""
    if wanted is None:
        wanted = cores() if sum(len(text.decoded) for text in texts) >= _WORTH_IT else 1
    return max(1, min(wanted if _FORKS else 1, len(texts)))


@contextmanager
def beside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Iterator[Callable[[], T]]:
    """Do `work` in another process while this one goes on; what is given waits for it and returns or raises what it did.

    With a single core it is done when it is asked for.
    """
    if cores() < 2:
        yield lambda: work(*args, **kwargs)
        return
    with _pool(1) as pool:
        yield pool.submit(work, *args, **kwargs).result


def cores() -> int:
    """Count the cores that this process may use; 1 where it is not known to be safe to fork."""
    return usable_cores() if _FORKS else 1


def _pool(processes: int, *reads: Callable[[Text], Any]) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - see above
    from multiprocessing import get_context  # noqa: PLC0415 - see above

    return ProcessPoolExecutor(
        processes, get_context("fork"), initializer=_begin, initargs=(os.getpid(), reads)
    )


def _begin(parent: int, reads: Iterable[Callable[[Text], Any]]) -> None:
    """Begin a process that reads, and that ends when the one does that it was forked from, however that is ended.

    It would wait for work for ever, and hold on to whatever that one had open, an address that it served among it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _reads.extend(reads)


def _read(text: Text) -> Any:
    return _reads[-1](text)
