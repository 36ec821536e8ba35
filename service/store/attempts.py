"""One text parsed wherever it is: what was made of it, or that it failed; never an exception that would end all others."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from service.model import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.model import Text

T = TypeVar("T")
_MEND = "report what the log says of it; the other texts are served"


@dataclass(frozen=True, slots=True)
class Failed:
    """A text whose parsing failed: its id, how that is told of, and where the program was, "" where nobody can know."""

    text: str
    rejected: Rejected
    trace: str


def attempt(text: Text, work: Callable[[Text], T]) -> T | Failed:
    """Give what `work` makes of `text`, or how it failed."""
    try:
        return work(text)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other texts are to be parsed
        reason = f"parsing it failed ({type(error).__name__}), which is a defect of this program"
        return failed(text, reason, traceback.format_exc())


def failed(text: Text, reason: str, trace: str = "", mend: str = _MEND) -> Failed:
    """Tell that the parsing of `text` failed."""
    return Failed(text.id, Rejected(text.file or text.id, reason, mend), trace)
