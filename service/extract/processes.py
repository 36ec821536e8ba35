"""Work in several processes at once, forked so that they share what is loaded: extracting texts, reading beside."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text

P = ParamSpec("P")
T = TypeVar("T")
_WORTH_IT = 10_000
"""Characters in all from which on forking pays where the cores are free: half a second of parsing or more."""
_extractors: list[Extractor] = []


@contextmanager
def extracting(extractor: Extractor, texts: Sequence[Text]) -> Iterator[Iterable[Extracted]]:
    """Give what each of `texts` says, in their order, as it becomes known.

    Raises `concurrent.futures.process.BrokenProcessPool` where a process is ended from outside.
    """
    processes = min(cores(), len(texts))
    if processes < 2 or sum(len(text.decoded) for text in texts) < _WORTH_IT:
        yield (extractor.extract(text) for text in texts)
        return
    pool = ProcessPoolExecutor(
        processes, get_context("fork"), initializer=_extractors.append, initargs=(extractor,)
    )
    with pool:
        yield pool.map(_extract, texts)


@contextmanager
def beside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Iterator[Callable[[], T]]:
    """Do `work` in another process while this one goes on; what is given waits for it and returns or raises what it did.

    With a single core it is done when it is asked for.
    """
    if cores() < 2:
        yield lambda: work(*args, **kwargs)
        return
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        yield pool.submit(work, *args, **kwargs).result


def cores() -> int:
    """Count the cores that this process may use; 1 where it is not known to be safe to fork."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _extract(text: Text) -> Extracted:
    return _extractors[-1].extract(text)
