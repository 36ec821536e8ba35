"""The service's engine without its HTTP: all that the bench knows of how the service keeps and asks its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.query.ask import Condition, Mode, Period, Request, answer
from service.snapshot import read_snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path


class Engine:
    """The statements of a record, and its filters."""

    def __init__(self, folder: Path) -> None:
        """Read the snapshot in `folder`."""
        self._index = read_snapshot(folder)

    def records(self, kind: str) -> Iterable[bytes]:
        """Give all records of a kind as JSON, in the order of the service's list."""
        return self._index.tables[kind].records

    def page(
        self, speaker: str, first: dt.date | None, last: dt.date | None, limit: int
    ) -> tuple[int, list[bytes]]:
        """Give how many statements of `speaker` lie between two days, None for an open end, and the JSON of the first ones."""
        request = Request(
            conditions=(Condition("speaker", "speaker", Mode.ANY, (speaker,)),),
            periods=((Period(first, last),),) if first or last else (),
            limit=limit,
        )
        table = self._index.statements
        found = answer(table, request)
        return found.total, [table.records[row] for row in found.rows]
