"""Waiting for something to be so, and no longer than it may take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 120.0
_PAUSE: Final = 0.02


class ChaosError(RuntimeError):
    """A fault could not be tried: something did not start, stop or come about in time."""


class MissingError(ChaosError):
    """A program that a fault needs is missing, or may not be used here."""


def wait_until(condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until `condition` holds; raise `ChaosError`, which says `what` was waited for, after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            message = f"waited {patience:.0f} s in vain until {what}"
            raise ChaosError(message)
        time.sleep(_PAUSE)
