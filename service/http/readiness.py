"""Whether requests should be sent to this process, and all that were forked with it."""

from __future__ import annotations

import mmap
from typing import Final

from service.http.problems import NOT_READY, Problem

READINESS: Final = "onrecord.readiness"
"""Where an application keeps this among its extensions."""

_DRAINING: Final = (
    "The service was told to stop. It still answers, so that whoever sends requests here has time to notice and send them "
    "elsewhere."
)
_RETRY: Final = "1"


class Readiness:
    """Ready from the start until `drain`, which all processes that were forked since this was made come to know of."""

    def __init__(self) -> None:
        """Be ready."""
        self._draining = mmap.mmap(-1, 1)  # shared by processes that are forked

    def drain(self) -> None:
        """Let nobody send requests here any more."""
        self._draining[0] = 1

    def check(self) -> None:
        """Raise the 503 `Problem` where requests should not be sent here."""
        if self._draining[0]:
            raise Problem(NOT_READY, _DRAINING, headers={"Retry-After": _RETRY})
