"""A question to a table, and its answer: which rows, in which order, which page of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, reduce
from itertools import islice
from operator import and_, or_, sub
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from service.model import Named
from service.query.orders import Natural, Ranked
from service.query.table import Sort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from pyroaring import BitMap

    from service.query.axes import Axis
    from service.query.orders import Order
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


class Period(NamedTuple):
    """Whole days from `start` to `end`, both included; None leaves an end open."""

    start: dt.date | None
    end: dt.date | None


class Request(NamedTuple):
    """What is asked of a table. All conditions, all floors and the words hold together.

    `periods` are groups of which each asks for an overlap with at least one of its members. `sort` None means by
    relevance where there are words, else the rows' own order. `start` is the id of the record the page begins with.
    """

    conditions: tuple[Condition, ...] = ()
    periods: tuple[tuple[Period, ...], ...] = ()
    floors: Mapping[str, float] = MappingProxyType({})
    words: str | None = None
    sort: Sort | None = None
    limit: int = 20
    start: str | None = None

    @property
    def filtered(self) -> bool:
        """Whether anything but words decides which rows are asked for."""
        return bool(self.conditions or self.periods or self.floors)


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


class Answer(NamedTuple):
    """One page: `rows` of `total` in order, the ids that the pages before and after begin with (None: there is none).

    `resolved` gives for each condition, in order, whom its values stand for; `found` what a search found, None where there was none.
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
    order = _order(table, request.sort, found)
    holds: Callable[[int], bool]
    if found is not None and isinstance(order, Ranked) and not request.filtered:
        total, holds = found.total, found.has  # without looking up all that was found
    else:
        matched = matched if found is None else matched & found.rows
        total, holds = len(matched), matched.__contains__
    start = _start(table, holds, request.start)
    rows = list(islice(order.onward(matched, start), request.limit + 1))
    before = [] if start is None else list(islice(order.back(matched, start), request.limit))
    meant = [_meant(table.axes[each.axis], each.values) for each in request.conditions]
    return Answer(
        total=total,
        rows=tuple(rows[: request.limit]),
        previous=table.ids[before[-1]] if before else None,
        next=table.ids[rows[-1]] if len(rows) > request.limit else None,
        resolved=tuple([each.named for each in meant]),
        hints=()
        if found is None and all(each.known for each in meant)
        else tuple(_hints(table, request, found)),
        found=found,
    )


def select(table: Table, request: Request) -> BitMap:
    """Give the rows that satisfy every filter of `request`; its words are left out. Not to be changed."""
    parts = [_condition(table, condition) for condition in request.conditions]
    if request.periods:
        parts += [_periods(table, group) for group in request.periods]
    if request.floors:
        parts += [table.columns[column].at_least(floor) for column, floor in request.floors.items()]
    return reduce(and_, parts) if parts else table.every


def _condition(table: Table, condition: Condition) -> BitMap:
    axis = table.axes[condition.axis]
    each = [axis.any_of(ids) for ids in _meant(axis, condition.values).ids]
    match condition.mode:
        case Mode.ANY:
            return reduce(or_, each)
        case Mode.ALL:
            return reduce(and_, each)
        case Mode.NONE:
            return reduce(sub, each, table.every)


def _periods(table: Table, group: Iterable[Period]) -> BitMap:
    days = table.calendar
    return reduce(or_, [days.overlapping(period.start, period.end) for period in group])


def _order(table: Table, sort: Sort | None, found: Found | None) -> Order:
    if found is not None and sort in {None, Sort.RELEVANCE}:
        return Ranked(found)
    return _OWN if sort is None else table.orders.get(sort, _OWN)


def _start(table: Table, holds: Callable[[int], bool], start: str | None) -> int | None:
    if start is None:
        return None
    row = table.ids.get(start)
    if row is None or not holds(row):
        message = f"{start} is not among the records asked for"
        raise StartError(message)
    return row


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Whom the values of a condition stand for: the ids that each goes by, and all of them once, with their names.

    `known` says that each goes by at least one.
    """

    ids: tuple[tuple[str, ...], ...]
    named: tuple[Named, ...]
    known: bool


def _meant(axis: Axis, values: tuple[str, ...]) -> _Meaning:
    """Tell whom `values` stand for; what single ones do that are not long is remembered."""
    return (
        _remembered(axis, values)
        if len(values) == 1 and len(values[0]) <= _SHORT
        else _looked_up(axis, values)
    )


def _looked_up(axis: Axis, values: tuple[str, ...]) -> _Meaning:
    ids = tuple([axis.names.resolve(value) for value in values])
    once = dict.fromkeys(identity for each in ids for identity in each)
    return _Meaning(ids, tuple([Named(identity, axis.names.name(identity)) for identity in once]), all(ids))


_remembered = lru_cache(512)(_looked_up)


def _hints(table: Table, request: Request, found: Found | None) -> Iterable[Hint]:
    for condition in request.conditions:
        axis = table.axes[condition.axis]
        for value, ids in zip(condition.values, _meant(axis, condition.values).ids, strict=True):
            if not ids:
                # A name with a comma, given without the quotation marks that would keep it whole, is found by its pieces.
                near = axis.names.resolve(", ".join(condition.values)) or axis.names.near(value)
                yield Hint(
                    condition.param, value, tuple(Near(i, axis.names.name(i), axis.count(i)) for i in near)
                )
    if found is not None and not found.terms:
        yield Hint("q", request.words or "", ())


_OWN = Natural()
_SHORT = 100
