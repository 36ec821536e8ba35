"""Lists and their single records: from arguments to a question, from its answer to a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from service.http import parameters as p
from service.http.cursor import read_cursor, write_cursor
from service.http.endpoint import Reply
from service.http.facets import facet_limit, facets_of
from service.http.problems import NOT_FOUND, Fault, Problem, invalid
from service.http.views import named
from service.model import Date
from service.query.ask import Answer, Period, Request, StartError, answer
from service.query.highlight import highlights
from service.query.table import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from service.http.arguments import Arguments
    from service.http.parameters import Parameter
    from service.http.readers import Value
    from service.query.highlight import Highlight
    from service.query.table import Table

TOTAL = "X-Total-Count"
"""The header that says how many records a list has in all."""

_BY_DATE = {each.name for each in p.DATES}
_SAID_ANYWAY = frozenset({"sort", "limit", "cursor"})
_APART = frozenset({"limit", "cursor", "format", "pretty", "fields", "embed", "facets", "facet_limit"})


def as_it_is(row: int, record: bytes) -> bytes:
    """Give a record in the shape that it has."""
    del row
    return record


@dataclass(frozen=True, slots=True)
class Collection:
    """One kind of record as it is served; `withdrawn` gives, by the id of a record that was taken out, why."""

    name: str
    noun: str
    table: Table
    parameters: tuple[Parameter, ...]
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    path: str = field(init=False)
    declared: Mapping[str, Parameter] = field(init=False)

    def __post_init__(self) -> None:
        """Find out where the list is served, and sort the parameters by their names."""
        object.__setattr__(self, "path", f"/v1/{self.name}")
        object.__setattr__(self, "declared", {each.name: each for each in self.parameters})

    def page(self, arguments: Arguments, shape: Callable[[int, bytes], bytes] = as_it_is) -> Reply:
        """Answer a request for a page of the list; raise the 400 `Problem` for a cursor or sort that does not fit it.

        `shape` has the last word on each record: it is given its row and its JSON.
        """
        request = asked(self, arguments)
        try:
            found = answer(self.table, request)
        except StartError as error:
            raise invalid(Fault("query", "cursor", f"{error}; ask again without cursor.")) from None
        links = _links(self, arguments, found)
        members: dict[str, Any] = {
            "total": found.total,
            "query": understood(self.declared, arguments, request, found),
            "links": links,
        }
        if found.hints:
            members["hints"] = found.hints
        if "facets" in arguments.given:
            members["facets"] = facets_of(self, arguments, request, found.found)
        if shape is as_it_is and found.found is None:
            items = self.table.records.several(found.rows)
        else:
            items = [shape(row, item) for row, item in self.items(found)]
        return Reply(_body(items, orjson.dumps(members)), links=links, headers={TOTAL: str(found.total)})

    def whole(self, arguments: Arguments) -> Answer:
        """Give everything that a request for the list selects; raise the 400 `Problem` for a sort that does not fit it."""
        return answer(self.table, asked(self, arguments)._replace(limit=max(1, len(self.table.records))))

    def items(self, found: Answer) -> Iterator[tuple[int, bytes]]:
        """Give the records of an answer, each with its row and, where words were looked for, with the finds."""
        for row in found.rows:
            payload = self.table.records[row]
            if found.found is None:
                yield row, payload
            else:
                marks = [
                    _shown(each) for each in highlights(self.table.search, found.found, self.table.shown(row))
                ]
                yield row, payload[:-1] + b',"highlight":' + orjson.dumps(marks) + b"}"

    def row(self, identity: str) -> int:
        """Give the row of a record; raise the 404 `Problem` with near names where there is none."""
        row = self.table.ids.get(identity)
        if row is None:
            raise self.missing(identity)
        return row

    def missing(self, identity: str) -> Problem:
        """Make the 404 for an unknown id: what goes by that name, else what looks like it; or why it was withdrawn."""
        if identity in self.withdrawn:
            detail = f"The {self.noun} {identity!r} was withdrawn by a correction: {self.withdrawn[identity]}"
            return Problem(NOT_FOUND, detail, (Fault("path", "id", detail),))
        names = self.table.names
        near = names.resolve(identity) or names.near(identity)
        shown = tuple({"id": each, "name": names.name(each)} for each in near[:5])
        detail = f"There is no {self.noun} with the id {identity[:80]!r}."
        fault = Fault("path", "id", detail, near[0] if near else None)
        return Problem(NOT_FOUND, detail, (fault,), shown)


def _body(items: list[bytes], members: bytes) -> bytes:
    """Write a list with its further members, a JSON object; records, which are long, are copied but once."""
    if not items:
        return b'{"items":[],' + members[1:]
    items[0] = b'{"items":[' + items[0]
    items[-1] += b"]," + members[1:]
    return b",".join(items)


def understood(
    declared: Mapping[str, Parameter], arguments: Arguments, request: Request, found: Answer
) -> dict[str, Any]:
    """Give the request as it was understood: names resolved, dates as days, the sort and the limit that hold."""
    query = {each.name: each.shown for each in arguments.said if each.name not in _SAID_ANYWAY}
    for condition, resolved in zip(request.conditions, found.resolved, strict=True):
        if query[condition.param] is None:
            query[condition.param] = named(resolved)
    if "facets" in query or "by" in query:
        query["facet_limit"] = facet_limit(arguments)
    if "sort" in declared:
        query["sort"] = request.sort or (Sort.DATE if request.words is None else Sort.RELEVANCE)
    if "limit" in declared:
        query["limit"] = request.limit
    return query


def asked(collection: Collection, arguments: Arguments) -> Request:
    """Give what `arguments` ask of `collection`; raise the 400 `Problem` for a cursor or sort that does not fit it."""
    given = arguments.given
    limit = given["limit"][0] if "limit" in given else p.DEFAULT_LIMIT
    sort = arguments.text("sort") if "sort" in given else None
    words = arguments.text("q") if "q" in given else None
    if sort == Sort.RELEVANCE and words is None:
        raise invalid(Fault("query", "sort", "relevance needs q; add it or sort by date."))
    return Request(
        conditions=arguments.conditions,
        periods=_periods(given) if _BY_DATE & given.keys() else (),
        floors={p.MIN_CONFIDENCE.axis: float(str(given["min_confidence"][0]))}
        if "min_confidence" in given
        else {},
        words=words,
        sort=None if sort is None else Sort(sort),
        limit=limit if isinstance(limit, int) else p.DEFAULT_LIMIT,
        start=_start(collection, arguments) if "cursor" in given else None,
    )


def _periods(given: Mapping[str, tuple[Value, ...]]) -> tuple[tuple[Period, ...], ...]:
    periods = []
    if "date" in given:
        periods.append(tuple([Period(date.start, date.end) for date in _dates(given, "date")]))
    if "from" in given or "to" in given:
        first, last = _dates(given, "from"), _dates(given, "to")
        periods.append((Period(first[0].start if first else None, last[0].end if last else None),))
    return tuple(periods)


def _dates(given: Mapping[str, tuple[Value, ...]], name: str) -> list[Date]:
    return [value for value in given.get(name, ()) if isinstance(value, Date)]


def _start(collection: Collection, arguments: Arguments) -> str | None:
    cursor = arguments.text("cursor") or ""
    try:
        return read_cursor(_bound(collection, arguments), cursor)
    except ValueError as error:
        raise invalid(Fault("query", "cursor", str(error))) from None


def _bound(collection: Collection, arguments: Arguments) -> str:
    return f"{collection.path}?{arguments.query(without=_APART)}"


def _links(collection: Collection, arguments: Arguments, found: Answer) -> dict[str, str]:
    own = first = _address(collection.path, arguments.canonical)
    if "cursor" in arguments.given:
        first = _address(collection.path, arguments.query(without=("cursor",)))
    links = {"self": own, "first": first}
    if found.previous is not None or found.next is not None:
        bound, further = _bound(collection, arguments), "&" if "?" in first else "?"
        for relation, identity in (("prev", found.previous), ("next", found.next)):
            if identity is not None:
                links[relation] = f"{first}{further}cursor={write_cursor(bound, identity)}"
    return links


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _shown(highlight: Highlight) -> dict[str, Any]:
    marks = [{"start": start, "end": end} for start, end in highlight.marks]
    return {"field": highlight.path, "html": highlight.html, "marks": marks}
