"""How a server's threads share what the C library has of memory."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

_M_ARENA_MAX: Final = -8
"""As malloc.h has it."""
_VARIABLE: Final = "MALLOC_ARENA_MAX"


def share_one_heap() -> None:
    """Let all threads that are yet to be started allocate from one heap; without glibc, or where the operator said how many, do nothing.

    Each would have its own, whose holes no other fills: answers that one thread makes, all remember and another lets go of.
    A worker under full load then takes more memory, and goes on growing for minutes: `make soak` with `MALLOC_ARENA_MAX=16` shows it.
    """
    if sys.platform != "linux" or _VARIABLE in os.environ:
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "gnu_get_libc_version"):
        library.mallopt(_M_ARENA_MAX, 1)
