"""The records of an index as JSON bytes: what is put into answers, and what a record embeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from orjson import Fragment

from service.http.views import Dumper
from service.query.index import indexed
from service.query.making import prepare
from service.query.withheld import withhold_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.http.options import HttpOptions
    from service.model import Corpus
    from service.query.index import Blobs, Index
    from service.query.prepared import Prepared

Shown = dict[str, Any]
"""A record as it is served."""


def prepared_for(corpus: Corpus, options: HttpOptions) -> tuple[Prepared, Blobs]:
    """Write every record of `corpus` as it is served, once, with all that selects and orders them."""
    shown = corpus if options.serve_text else withhold_texts(corpus)
    return prepare(shown, Dumper(shown), whole_texts=options.serve_text, country_names=options.country_names)


def index_corpus(corpus: Corpus, options: HttpOptions) -> Index:
    """Make everything of `corpus` that answers are put together from."""
    return indexed(*prepared_for(corpus, options))


class Library:
    """Looks records up by their ids."""

    def __init__(self, index: Index) -> None:
        """Take the index."""
        self.index = index

    def one(self, kind: str, identity: str | None) -> Fragment | None:
        """Give a record by its id, ready to be put into JSON; None where there is none."""
        table = self.index.tables[kind]
        row = None if identity is None else table.ids.get(identity)
        return None if row is None else Fragment(table.records[row])

    def several(self, kind: str, ids: Iterable[str]) -> list[Fragment]:
        """Give the records that there are of `ids`, each once, in their order."""
        found = (self.one(kind, identity) for identity in dict.fromkeys(ids))
        return [record for record in found if record is not None]

    def shown(self, kind: str, row: int) -> Shown:
        """Give the record in `row`."""
        record: Shown = orjson.loads(self.index.tables[kind].records[row])
        return record

    def said_at(self, event: Mapping[str, Any]) -> list[Shown]:
        """Give the statements made at `event` or about it."""
        rows = map(self.index.statements.ids.get, event["statements"])
        return [self.shown("statements", row) for row in rows if row is not None]
