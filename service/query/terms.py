"""The tables of speakers and of topics: what the filters of the others take as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.query.names import Entry, Names
from service.query.search import Field, Passage, Search
from service.query.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Speaker, Topic


def speakers_table(records: Sequence[Speaker]) -> Table:
    """Index `records`, the corpus's speakers by id."""
    fields = (
        Field("name", 2, [(Passage("name", record.name),) for record in records]),
        Field("alias", 1, [_list("aliases", record.aliases) for record in records]),
        Field("role", 1, [(Passage("role", record.role),) if record.role else () for record in records]),
    )
    names = Names(Entry(record.id, record.name, record.aliases) for record in records)
    return Table([record.id for record in records], names, Search(len(records), fields))


def topics_table(records: Sequence[Topic]) -> Table:
    """Index `records`, the corpus's topics by id."""
    fields = (
        Field("label", 2, [(Passage("label", record.label),) for record in records]),
        Field("alternative", 1.5, [_list("alt_labels", record.alt_labels) for record in records]),
        Field("definition", 1, [(Passage("definition", record.definition),) for record in records]),
    )
    names = Names(Entry(record.id, record.label, record.alt_labels) for record in records)
    return Table([record.id for record in records], names, Search(len(records), fields))


def _list(member: str, values: Sequence[str]) -> tuple[Passage, ...]:
    return tuple(Passage(f"{member}.{number}", value) for number, value in enumerate(values))
