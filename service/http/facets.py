"""The facets of a list: how many records each value has, and the request that chooses or drops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.http.parameters import DEFAULT_FACET_LIMIT
from service.http.rewriting import Rewriting
from service.model import Date, Precision
from service.query.facets import Selection, by_period, by_value
from service.query.grains import Grain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from service.http.arguments import Arguments
    from service.http.listing import Collection
    from service.query.ask import Request
    from service.query.axes import Axis
    from service.query.facets import Counted
    from service.query.search import Found
    from service.query.table import Table

    Choice = tuple[Counted, Mapping[str, Iterable[str]]]
    """A value, and what changes in the request when it is chosen, or dropped where it was chosen before."""

_GRAINS = {"year": Grain.YEAR, "month": Grain.MONTH}
_PRECISIONS = {Grain.YEAR: Precision.YEAR, Grain.MONTH: Precision.MONTH}


def facets_of(
    collection: Collection, arguments: Arguments, request: Request, found: Found | None
) -> dict[str, list[dict[str, Any]]]:
    """Count the records of `collection` by the facets that `arguments` ask for.

    `request` is what they ask of its table, `found` what its words found there.
    """
    requests = Rewriting(collection.path, collection.parameters, arguments, without=("cursor",))
    asked = _Asked(collection.table, arguments, Selection(collection.table, request, found))
    return {
        str(name): [
            {**value_of(each), "url": requests.address(changes)} for each, changes in asked.by(str(name))
        ]
        for name in arguments.given["facets"]
    }


def value_of(counted: Counted) -> dict[str, Any]:
    """Give a counted value as plain JSON."""
    return {"value": counted.id, "label": counted.label, "count": counted.count}


def facet_limit(arguments: Arguments) -> int:
    """Give how many values a facet has at most."""
    limit = arguments.given.get("facet_limit", (DEFAULT_FACET_LIMIT,))[0]
    return limit if isinstance(limit, int) else DEFAULT_FACET_LIMIT


@dataclass(frozen=True, slots=True)
class _Asked:
    table: Table
    arguments: Arguments
    selection: Selection

    def by(self, facet: str) -> Iterator[Choice]:
        return self._by_period(_GRAINS[facet]) if facet in _GRAINS else self._by_value(facet)

    def _by_value(self, name: str) -> Iterator[Choice]:
        axis, given = self.table.axes[name], self._texts(name)
        chosen = {identity for value in given for identity in axis.names.resolve(value)}
        rows = self.selection.without_axis(name)
        for each in by_value(axis, rows, chosen, facet_limit(self.arguments)):
            if each.id in chosen:
                yield each, {name: _without(axis, given, each.id)}
            else:
                yield each, {name: (*given, each.id)}

    def _by_period(self, grain: Grain) -> Iterator[Choice]:
        dates = [date for date in self.arguments.given.get("date", ()) if isinstance(date, Date)]
        given = [date.edtf for date in dates]
        chosen = [date.edtf for date in dates if date.precision is _PRECISIONS[grain]]
        rows = self.selection.without_dates()
        for each in by_period(self.table.calendar, rows, grain, chosen, facet_limit(self.arguments)):
            if each.id in chosen:
                yield each, {"date": [date for date in given if date != each.id]}
            else:
                yield each, {"date": [*chosen, each.id], "from": (), "to": ()}

    def _texts(self, name: str) -> tuple[str, ...]:
        return tuple(map(str, self.arguments.given.get(name, ())))


def _without(axis: Axis, values: Iterable[str], identity: str) -> Iterable[str]:
    """Leave `identity` out of `values`: a name that stands for others too gives way to these."""
    kept: dict[str, None] = {}
    for value in values:
        ids = axis.names.resolve(value)
        kept.update(
            dict.fromkeys(each for each in ids if each != identity) if identity in ids else {value: None}
        )
    return kept
