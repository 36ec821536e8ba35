"""How often each client has asked in its running window, kept in memory that has a bound.

limits' own storage in memory keeps every client until a sweep over all of them, after each request; and takes the time of day.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

from limits.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 100_000
"""So many windows are kept; the one not asked in for longest gives way. Full, that is some 30 MB in each process."""


class Windows(Storage):
    """Counts in fixed windows, for `limits.strategies.FixedWindowRateLimiter`."""

    STORAGE_SCHEME = None
    base_exceptions = ValueError

    def __init__(self, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        """Keep `most` windows; their ends are moments of the clock `now`, in seconds."""
        super().__init__()
        self._most, self.now = most, now
        self._kept: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` more, in a new window of `expiry` seconds where the last is over; give the count."""
        with self._lock:
            count, end = self._window(key)
            if not count:
                end = self.now() + expiry
            self._kept[key] = count + amount, end
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """Give the count of the running window."""
        return self._window(key)[0]

    def get_expiry(self, key: str) -> float:
        """Give when the running window ends; without one, now."""
        return self._window(key)[1]

    def check(self) -> bool:
        """Tell that memory is there."""
        return True

    def reset(self) -> int:
        """Forget all windows; give how many there were."""
        with self._lock:
            count = len(self._kept)
            self._kept.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget one window."""
        self._kept.pop(key, None)

    def _window(self, key: str) -> tuple[int, float]:
        count, end = self._kept.get(key, (0, 0.0))
        now = self.now()
        return (count, end) if now < end else (0, now)
