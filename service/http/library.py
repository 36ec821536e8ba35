"""Every record's JSON, made once: the lists are put together from it, and what a record embeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orjson import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.http.views import Dumper
    from service.model import Event, Statement
    from service.query.index import Index


class Library:
    """The records of an index as JSON bytes, by kind in the order of its tables."""

    def __init__(self, index: Index, dumper: Dumper) -> None:
        """Dump every record of `index`."""
        self.index = index
        kept = index.records
        self.payloads: dict[str, Sequence[bytes]] = {
            "statements": [dumper.statement(record) for record in kept.statements],
            "events": [dumper.event(record) for record in kept.events],
            "sources": [dumper.source(record) for record in kept.sources],
            "speakers": [dumper.speaker(record) for record in kept.speakers],
            "topics": [dumper.topic(record) for record in kept.topics],
        }
        self._rows = {
            "statements": index.statements.rows,
            "events": index.events.rows,
            "sources": index.sources.rows,
            "speakers": index.speakers.rows,
        }

    def one(self, kind: str, identity: str | None) -> Fragment | None:
        """Give a record by its id, ready to be put into JSON; None where there is none."""
        row = None if identity is None else self._rows[kind].get(identity)
        return None if row is None else Fragment(self.payloads[kind][row])

    def said_at(self, event: Event) -> list[Statement]:
        """Give the statements made at `event` or about it."""
        rows, statements = self.index.statements.rows, self.index.records.statements
        return [statements[rows[each]] for each in event.statements if each in rows]

    def several(self, kind: str, ids: Iterable[str]) -> list[Fragment]:
        """Give the records that there are of `ids`, each once, in their order."""
        found = (self.one(kind, identity) for identity in dict.fromkeys(ids))
        return [record for record in found if record is not None]
