"""The service's engine without its HTTP: all that the bench knows of how the service keeps and asks its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.library import Library
from service.http.views import Dumper
from service.query.ask import Condition, Mode, Period, Request, answer
from service.query.index import Index

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from service.model import Corpus, Statement


class Engine:
    """The statements of a record with their JSON, in the order of the service's list, and its filters."""

    def __init__(self, corpus: Corpus) -> None:
        """Index `corpus`."""
        self._index = Index(corpus)
        self._payloads = Library(self._index, Dumper(corpus)).payloads["statements"]

    def statements(self) -> Iterator[tuple[Statement, bytes]]:
        """Give all statements with their JSON."""
        return zip(self._index.records.statements, self._payloads, strict=True)

    def page(
        self, speaker: str, first: dt.date | None, last: dt.date | None, limit: int
    ) -> tuple[int, list[bytes]]:
        """Give how many statements of `speaker` lie between two days, None for an open end, and the JSON of the first ones."""
        request = Request(
            conditions=(Condition("speaker", "speaker", Mode.ANY, (speaker,)),),
            periods=((Period(first, last),),) if first or last else (),
            limit=limit,
        )
        found = answer(self._index.statements, request)
        return found.total, [self._payloads[row] for row in found.rows]
