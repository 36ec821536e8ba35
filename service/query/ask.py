"""A question to a table, and its answer: which rows, in which order, which page of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from pyroaring import BitMap

from service.model import Named
from service.query.table import Sort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from service.query.axes import Axis
    from service.query.search import Found
    from service.query.table import Table


class Mode(StrEnum):
    """Whether a record must have any of a filter's values, all of them, or none."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter by value: `param` is what it was asked as, `axis` what it looks at, `values` as the asker named them."""

    param: str
    axis: str
    mode: Mode
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included; None leaves an end open."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a table. All conditions, all floors and the words hold together.

    `periods` are groups of which each asks for an overlap with at least one of its members. `sort` None means by
    relevance where there are words, else the rows' own order. `start` is the id of the record the page begins with.
    """

    conditions: tuple[Condition, ...] = ()
    periods: tuple[tuple[Period, ...], ...] = ()
    floors: Mapping[str, float] = field(default_factory=dict)
    words: str | None = None
    sort: Sort | None = None
    limit: int = 20
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A known value that looks like an unknown one, with how many records it would find."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Hint:
    """A value that nothing goes by, and what its asker may have meant."""

    param: str
    value: str
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: `rows` of `total` in order, the ids that the pages before and after begin with (None: there is none).

    `resolved` gives for each condition, in order, whom its values stand for; `found` the scores and terms of a search.
    """

    total: int
    rows: tuple[int, ...]
    previous: str | None
    next: str | None
    resolved: tuple[tuple[Named, ...], ...]
    hints: tuple[Hint, ...]
    found: Found | None


class StartError(ValueError):
    """The record that the page should begin with is not among those asked for."""


def answer(table: Table, request: Request) -> Answer:
    """Answer `request`; raise `StartError` where its start is not among the rows it selects."""
    found = None if request.words is None else table.search.find(request.words)
    matched = select(table, request)
    if found is not None:
        matched &= found.rows
    ordered = _ordered(table, matched, request.sort, found)
    position = _position(table, ordered, request.start)
    end = position + request.limit
    before = max(0, position - request.limit)
    return Answer(
        total=len(ordered),
        rows=tuple(ordered[position:end]),
        previous=table.ids[ordered[before]] if position else None,
        next=table.ids[ordered[end]] if end < len(ordered) else None,
        resolved=tuple(_named(table.axes[each.axis], each.values) for each in request.conditions),
        hints=tuple(_hints(table, request, found)),
        found=found,
    )


def select(table: Table, request: Request) -> BitMap:
    """Give the rows that satisfy every filter of `request`; its words are left out."""
    rows = table.every
    for condition in request.conditions:
        rows &= _condition(table, condition)
    for group in request.periods:
        rows &= _periods(table, group)
    for column, floor in request.floors.items():
        rows &= table.columns[column].at_least(floor)
    return rows


def _condition(table: Table, condition: Condition) -> BitMap:
    axis = table.axes[condition.axis]
    each = [axis.any_of(axis.names.resolve(value)) for value in condition.values]
    match condition.mode:
        case Mode.ANY:
            return BitMap.union(BitMap(), *each)
        case Mode.ALL:
            return BitMap.intersection(table.every, *each)
        case Mode.NONE:
            return BitMap.difference(table.every, *each)


def _periods(table: Table, group: Iterable[Period]) -> BitMap:
    days = table.calendar
    return BitMap.union(BitMap(), *(days.overlapping(period.start, period.end) for period in group))


def _ordered(table: Table, matched: BitMap, sort: Sort | None, found: Found | None) -> Sequence[int]:
    if found is not None and sort in {None, Sort.RELEVANCE}:
        return sorted(matched, key=lambda row: (-found.scores[row], row))
    if sort is not None and sort in table.orders:
        return [row for row in table.orders[sort] if row in matched]
    return matched.to_array()


def _position(table: Table, ordered: Sequence[int], start: str | None) -> int:
    if start is None:
        return 0
    try:
        return ordered.index(table.rows[start])
    except (KeyError, ValueError):
        message = f"{start} is not among the records asked for"
        raise StartError(message) from None


def _named(axis: Axis, values: Iterable[str]) -> tuple[Named, ...]:
    ids = dict.fromkeys(identity for value in values for identity in axis.names.resolve(value))
    return tuple(Named(identity, axis.names.name(identity)) for identity in ids)


def _hints(table: Table, request: Request, found: Found | None) -> Iterable[Hint]:
    for condition in request.conditions:
        axis = table.axes[condition.axis]
        for value in condition.values:
            if not axis.names.resolve(value):
                near = axis.names.near(value)
                yield Hint(
                    condition.param, value, tuple(Near(i, axis.names.name(i), axis.count(i)) for i in near)
                )
    if found is not None and not found.terms:
        yield Hint("q", request.words or "", ())
