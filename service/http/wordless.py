"""An error's way through the code without its words, which may be a client's."""

from __future__ import annotations

from traceback import format_tb
from typing import Final

_LONGEST: Final = 8


def wordless(error: BaseException) -> str:
    """Tell how `error`, and the errors that led to it, came up: their kinds and places.

    What they say is left out, since they may quote a posted text; only those of the system keep it (`No space left on device`).
    """
    told: list[str] = []
    each: BaseException | None = error
    while each is not None and len(told) < _LONGEST:
        said = f": {each.strerror}" if isinstance(each, OSError) and each.strerror else ""
        told.append(f"{''.join(format_tb(each.__traceback__))}{type(each).__qualname__}{said}")
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\nafter\n".join(reversed(told))
