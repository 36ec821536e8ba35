"""What is told of a fault: a row of the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HEADS = ("fault", "load", "requests", "failed", "control failed", "the control")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done for each fault: at least so many requests, of so many clients, through so many faults.

    `slow` clients are there for so many `seconds`; `each` of so many hostile requests is sent to nginx.
    """

    requests: int
    clients: int
    faults: int
    slow: int
    seconds: float
    replicas: int
    each: int


LONG = Effort(requests=1500, clients=6, faults=12, slow=300, seconds=10.0, replicas=3, each=1)
"""What the table is made with."""

SHORT = Effort(requests=120, clients=4, faults=2, slow=300, seconds=1.5, replicas=2, each=4)
"""What the tests make do with."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a fault did: `control_failed` counts what failed without protection, as `control` says; `seen` are examples of what failed.

    Where something else than failed requests must not be, `broken` says what was.
    """

    fault: str
    load: str
    requests: int
    failed: int
    control: str
    control_failed: int
    seen: Sequence[str] = ()
    broken: str | None = None

    def is_kept(self) -> bool:
        """Tell whether nothing failed, and the control shows that something could have."""
        return self.requests > 0 and not self.failed and self.control_failed > 0 and self.broken is None


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Give the lines of the table."""
    cells = [_HEADS, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        shown = (
            cell.rjust(width) if 2 <= place <= 4 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(shown).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    return row.fault, row.load, f"{row.requests:,}", f"{row.failed:,}", f"{row.control_failed:,}", row.control
