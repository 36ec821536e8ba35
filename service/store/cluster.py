"""Texts parsed by the workers of a dask cluster, which send back the bytes of entries.

dask moves, queues and retries; here is only what is handed to it. Before anything is parsed each worker is asked whether it
would find the same, and each worker process makes its extractor once. No more texts are under way than keep the workers
busy. A text whose worker is killed goes to another, as often as dask's ``allowed-failures`` has it; since texts that only
waited at that worker are blamed too, those that were given up are tried once more, one at a time.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import structlog

from service.store.attempts import Failed, attempt, failed
from service.store.entry import EntryError, decode, encode
from service.store.sealed import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from distributed import Client, Future

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text
    from service.store.folder import Folder

    _Work = Future[bytes | Failed]

_CONNECTING = 10
"""Seconds that the scheduler may take to answer."""
_STARTING = 60
"""Seconds that the cluster may be without a worker."""
_AHEAD = 4
"""Texts that are under way for each thread of the workers."""
_MISSING = "parsing on a cluster needs dask, which is not installed; run pip install onrecord[dask]"
_DEADLY = "parsing it ended the worker that did, again and again"
_ROOM = "give the workers more memory, or leave it out; the other texts are served"
_SAME = (
    "install there what is installed here, with the same vocabulary and pipeline, and start the workers anew"
)

T = TypeVar("T")

log = structlog.get_logger("onrecord")


class ClusterError(RuntimeError):
    """The cluster can't parse, or no longer can; the message says why and what would mend it."""


class ForeignWorkerError(RuntimeError):
    """A worker would find something else in a text than this process would."""


class Recipe(Protocol):
    """What an extractor is made of, in whichever process: it is hashable and can be sent."""

    def deciding(self) -> tuple[str, ...]:
        """Give all that decides what is found in a text beside the text, as it is in this process: a line each."""
        ...

    def extractor(self) -> Extractor:
        """Make the extractor in this process."""
        ...


# in this process ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of the scheduler at `address` (``tcp://host:8786``), which parse as `recipe` says."""

    address: str
    recipe: Recipe

    @contextmanager
    def reading(self, texts: Iterable[Text], kept: Folder | None) -> Iterator[Iterable[Extracted | Failed]]:
        """Give what is found in each of `texts` as it arrives, in any order, and put it into `kept`.

        Raises `ClusterError` where dask is not installed, no scheduler or no worker answers in time, a worker has other code,
        another vocabulary or another pipeline, or the scheduler or all workers are lost on the way.
        """
        ours = self.recipe.deciding()
        with _connected(self.address) as client:
            with _lost():
                _compare(ours, client.run(_deciding, self.recipe, on_error="return"))
                threads = client.nthreads().values()
            log.info("cluster", scheduler=self.address, workers=len(threads), threads=sum(threads))
            yield _Run(client, self.recipe, fingerprint(ours), kept).results(texts)


@dataclass(frozen=True, slots=True)
class _Run:
    client: Client
    recipe: Recipe
    fingerprint: bytes
    kept: Folder | None

    def results(self, texts: Iterable[Text]) -> Iterator[Extracted | Failed]:
        with _lost():
            yield from self._results(texts)

    def _results(self, texts: Iterable[Text]) -> Iterator[Extracted | Failed]:
        given_up: list[Text] = []
        for text, future in self._finished(texts):
            if _is_of_killed(self._error(future)):
                given_up.append(text)
            else:
                yield self._result(text, future)
        for text, future in self._finished(given_up, at_once=1):
            error = self._error(future)
            if _is_of_killed(error):
                yield failed(text, _DEADLY, str(error), _ROOM)
            else:
                yield self._result(text, future)

    def _finished(self, texts: Iterable[Text], at_once: int | None = None) -> Iterator[tuple[Text, _Work]]:
        """Hand out `texts`, so many `at_once` or as many as keep the workers busy; give each when it is done with."""
        left = iter(texts)
        busy: dict[_Work, Text] = {}
        while True:
            room = at_once or _AHEAD * sum(self.client.nthreads().values())
            # One at least, also while the workers are being started anew: else all that is left would be forgotten.
            for text in islice(left, max(0 if busy else 1, room - len(busy))):
                # Pure, dask would take texts that look alike to it for one.
                busy[self.client.submit(parse_text, self.recipe, self.fingerprint, text, pure=False)] = text
            if not busy:
                return
            for future in self._done(busy):
                yield busy.pop(future), future

    def _done(self, busy: Mapping[_Work, Text]) -> list[_Work]:
        """Wait for the first of the futures that are `busy`."""
        from distributed import wait  # noqa: PLC0415 - an extra

        with self.client.as_current():
            return self._patiently(
                lambda: list(wait(list(busy), timeout=_STARTING, return_when="FIRST_COMPLETED").done)
            )

    def _patiently(self, ask: Callable[[], T]) -> T:
        """Ask again after each `TimeoutError`, as long as there are workers."""
        while True:
            try:
                return ask()
            except TimeoutError:
                if not self.client.nthreads():
                    message = f"all workers were lost, and for {_STARTING} seconds none has come; start some"
                    raise ClusterError(message) from None

    def _error(self, future: _Work) -> BaseException | None:
        # Patiently, though it is done: what it gave is lost with the worker that had it, and then it is not.
        error: BaseException | None = self._patiently(lambda: future.exception(timeout=_STARTING))
        return error

    def _result(self, text: Text, future: _Work) -> Extracted | Failed:
        error = self._error(future)
        if error is not None:
            raise ClusterError(str(error)) from error
        found = self._patiently(lambda: future.result(timeout=_STARTING))
        if isinstance(found, Failed):
            return found
        try:
            extracted = decode(found, self.fingerprint)
        except EntryError as fault:
            return failed(text, f"what a worker sent of it can't be used: {fault}")
        if self.kept:
            self.kept.put_entry(extracted.text, found)
        return extracted


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Give a client of the scheduler, once there is a worker."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, which only a cluster needs
    except ImportError as error:
        raise ClusterError(_MISSING) from error
    try:
        client = Client(address, timeout=_CONNECTING)
    except Exception as error:  # whatever answers there may be no scheduler at all
        message = f"no scheduler answers at {address} ({_told(error)}); start one with dask scheduler, or name another"
        raise ClusterError(message) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_STARTING)
        except TimeoutError as error:
            message = f"the scheduler at {address} has no workers; start some with dask worker {address}"
            raise ClusterError(message) from error
        yield client


@contextmanager
def _lost() -> Iterator[None]:
    """Tell of whatever dask raises where the scheduler can no longer be reached."""
    try:
        yield
    except (OSError, CancelledError) as error:
        message = f"the scheduler was lost ({_told(error)})"
        raise ClusterError(message) from error


def _compare(ours: tuple[str, ...], theirs: Mapping[str, Any]) -> None:
    """Refuse workers that would find something else; `theirs` has what each worker told, or the error that it met."""
    for worker, told in theirs.items():
        if isinstance(told, BaseException):
            message = f"the worker at {worker} can't parse ({_told(told)}); {_SAME}"
        elif told != ours:
            message = f"the worker at {worker} {_difference(ours, told)}; {_SAME}"
        else:
            continue
        raise ClusterError(message)


def _difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    here = next((line for line in ours if line not in theirs), "nothing of the kind")
    there = next((line for line in theirs if line not in ours), "nothing of the kind")
    return f"would find something else: it has {there} where this process has {here}"


def _is_of_killed(error: BaseException | None) -> bool:
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    return isinstance(error, KilledWorker)


def _told(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


# in the workers -------------------------------------------------------------------------------------------------------

_working = Lock()
_ready: dict[Recipe, tuple[bytes, Extractor]] = {}
"""What was made in this process, for each recipe: its fingerprint and its extractor."""


def parse_text(recipe: Recipe, wanted: bytes, text: Text) -> bytes | Failed:
    """Parse a text in a worker and give the bytes of its entry, or how it failed.

    Raises `ForeignWorkerError` where this process has not the fingerprint that is `wanted`. A worker's threads take turns: a
    parse leaves the others no time anyway, and spaCy's pipelines do not promise to be safe for several.
    """
    with _working:
        extractor = _prepared(recipe, wanted)
        return attempt(text, lambda text: encode(extractor.extract(text), wanted))


def _prepared(recipe: Recipe, wanted: bytes) -> Extractor:
    if recipe not in _ready:
        _ready[recipe] = fingerprint(recipe.deciding()), recipe.extractor()
    own, extractor = _ready[recipe]
    if own != wanted:
        message = f"a worker that came late would find something else in texts; {_SAME}"
        raise ForeignWorkerError(message)
    return extractor


def _deciding(recipe: Recipe) -> tuple[str, ...]:
    return recipe.deciding()
