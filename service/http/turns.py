"""How many texts are read at once, and how many wait, so that most threads stay free for those who only ask."""

from __future__ import annotations

from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from service.http.problems import BUSY, ENDED, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns:
    """Lets a few threads of this process at a time have texts read: more than there are cores would only delay each other."""

    def __init__(self, places: int, readers: int, patience: float) -> None:
        """Take how many texts are read or wait in all, how many are read, and the seconds that one waits at most."""
        self._places = BoundedSemaphore(places)
        self._reading = BoundedSemaphore(readers)
        self._patience = patience

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold the turn; raise the 503 `Problem` where no place is free, or the turn does not come in time."""
        if not self._places.acquire(blocking=False):
            raise _busy(self._patience)
        try:
            if not self._reading.acquire(timeout=self._patience):
                raise _busy(self._patience)
            try:
                yield
            finally:
                self._reading.release()
        finally:
            self._places.release()


def ended(patience: float) -> Problem:
    """Make the 503 `Problem` for a text whose reading was ended from outside."""
    seconds = max(1, round(patience))
    detail = f"The process that read the text was ended, most likely for want of memory; send it again in {seconds} s."
    return Problem(ENDED, detail, headers={"Retry-After": str(seconds)})


def _busy(patience: float) -> Problem:
    seconds = max(1, round(patience))
    detail = f"Other texts are being read, as many as are taken at once (ONRECORD_EXTRACTS); send this one again in {seconds} s."
    return Problem(BUSY, detail, headers={"Retry-After": str(seconds)})
