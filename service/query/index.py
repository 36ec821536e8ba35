"""Everything that can be asked of one record."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from service.query import events, parts, sources, statements, terms
from service.query.axes import Axis
from service.query.columns import Column, Days
from service.query.ids import Ids, OwnNames
from service.query.names import Names
from service.query.orders import Newest, Permuted
from service.query.search import Search
from service.query.table import Sort, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from service.model import Account
    from service.query.pieces import Pieces
    from service.query.prepared import Prepared, PreparedAxis, PreparedTable
    from service.query.search import Field

KINDS: Final = (parts.STATEMENTS, parts.EVENTS, parts.SOURCES, parts.SPEAKERS, parts.TOPICS)
"""The kinds of record."""

_FIELDS = {
    parts.STATEMENTS: statements.FIELDS,
    parts.EVENTS: events.FIELDS,
    parts.SOURCES: sources.FIELDS,
    parts.SPEAKERS: terms.SPEAKER_FIELDS,
    parts.TOPICS: terms.TOPIC_FIELDS,
}


@dataclass(frozen=True, slots=True)
class Blobs:
    """The bytes of a record: each kind's records as JSON, the sources' texts in UTF-8, and what their lines are, as JSON.

    Texts and blocks stand in the order of the sources.
    """

    records: Mapping[str, Pieces]
    texts: Pieces
    blocks: Pieces


@dataclass(frozen=True, slots=True)
class Index:
    """The tables of a record, by kind, and what they do not hold of it."""

    account: Account
    whole_texts: bool
    tables: Mapping[str, Table]
    blobs: Blobs

    @property
    def statements(self) -> Table:
        """The statements, in date order."""
        return self.tables[parts.STATEMENTS]

    @property
    def events(self) -> Table:
        """The events, in date order."""
        return self.tables[parts.EVENTS]

    @property
    def sources(self) -> Table:
        """The sources, in date order."""
        return self.tables[parts.SOURCES]

    @property
    def speakers(self) -> Table:
        """The speakers, by id."""
        return self.tables[parts.SPEAKERS]

    @property
    def topics(self) -> Table:
        """The topics, by id."""
        return self.tables[parts.TOPICS]


def indexed(prepared: Prepared, blobs: Blobs, folders: Mapping[str, Path] | None = None) -> Index:
    """Index a record that is `prepared`; `folders` hold each kind's search index, which is made in memory without them.

    Raises `ValueError` where the parts do not fit each other.
    """
    names = {name: Names(own) for name, own in prepared.names.items()}
    tables = {kind: _table(kind, prepared, blobs, names, folders) for kind in KINDS}
    return Index(prepared.account, prepared.whole_texts, tables, blobs)


def search_in(folder: Path | None, kind: str, prepared: Prepared, blobs: Blobs) -> Search:
    """Make the search index of one kind of record, in an empty `folder` or in memory."""
    return Search.of(_fields(kind, prepared), _all_shown(kind, prepared, blobs), folder)


def _table(
    kind: str,
    prepared: Prepared,
    blobs: Blobs,
    names: Mapping[str, Names],
    folders: Mapping[str, Path] | None,
) -> Table:
    plan, records = prepared.tables[kind], blobs.records[kind]
    _check(plan, len(records))
    ids = Ids(records, array("I", plan.by_id))
    if folders is None:
        search = search_in(None, kind, prepared, blobs)
    else:
        search = Search.opened(_fields(kind, prepared), folders[kind])
    if search.count != len(records):
        message = f"the search index of {kind} has {search.count} rows instead of {len(records)}"
        raise ValueError(message)
    days = None if plan.days is None else Days(array("i", plan.days.starts), array("i", plan.days.ends))
    return Table(
        records=records,
        ids=ids,
        names=OwnNames(ids, names[parts.SOURCES]) if kind == parts.STATEMENTS else names[kind],
        search=search,
        shown=_shown(kind, prepared, blobs),
        axes={name: _axis(axis, names[axis.names], len(records)) for name, axis in plan.axes.items()},
        columns={name: Column(one.values, one.rows) for name, one in plan.columns.items()},
        days=days,
        orders=_orders(plan, days),
    )


def _check(plan: PreparedTable, count: int) -> None:
    """Raise `ValueError` where a row that `plan` names is none of so many."""
    orders = [array("I", rows) for rows in (plan.by_id, plan.by_source) if rows is not None]
    bitmaps = [*(each.rows for each in plan.axes.values()), *(each.rows for each in plan.columns.values())]
    sets = [rows for each in bitmaps for rows in each if rows]
    fit = all(len(rows) == count and max(rows, default=-1) < count for rows in orders)
    if not fit or any(rows.max() >= count for rows in sets):
        message = f"rows are named that are none of {count}"
        raise ValueError(message)


def _orders(plan: PreparedTable, days: Days | None) -> dict[Sort, Newest | Permuted]:
    if days is None or plan.by_source is None:
        return {}
    return {Sort.SOURCE: Permuted(array("I", plan.by_source)), Sort.NEWEST: Newest(days)}


def _axis(plan: PreparedAxis, names: Names, count: int) -> Axis:
    values = (names.ids[number] for number in array("I", plan.values))
    return Axis(dict(zip(values, plan.rows, strict=True)), names, count)


def _fields(kind: str, prepared: Prepared) -> tuple[Field, ...]:
    article = (sources.ARTICLE,) if kind == parts.SOURCES and prepared.whole_texts else ()
    return (*_FIELDS[kind], *article)


def _shown(kind: str, prepared: Prepared, blobs: Blobs) -> Callable[[int], Mapping[str, Any]]:
    records = blobs.records[kind]
    if kind == parts.SOURCES and prepared.whole_texts:
        return sources.with_article(records, blobs.texts, blobs.blocks)
    return lambda row: orjson.loads(records[row])


def _all_shown(kind: str, prepared: Prepared, blobs: Blobs) -> Iterator[Mapping[str, Any]]:
    return map(_shown(kind, prepared, blobs), range(len(blobs.records[kind])))
