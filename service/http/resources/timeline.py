"""``/v1/timeline``: how much was said, or happened, by day, month or year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from service.http import parameters as p
from service.http.endpoint import Endpoint, Reply
from service.http.envelopes import timeline_schema
from service.http.facets import facet_limit, value_of
from service.http.formats import PRETTY
from service.http.listing import Collection, asked, understood
from service.http.parameters import Form, Parameter
from service.http.problems import Fault, invalid
from service.http.resources import events, statements
from service.http.rewriting import Rewriting
from service.model import Date
from service.query.ask import answer
from service.query.facets import Selection
from service.query.grains import Grain
from service.query.timeline import MOST_PERIODS, LengthError, Slot, Split, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyroaring import BitMap

    from service.http.arguments import Arguments
    from service.query.index import Index
    from service.query.timeline import Timeline

STATEMENTS, EVENTS = "statements", "events"

_PATH = "/v1/timeline"
_OWN = (
    Parameter(
        "of",
        Form.CLOSED,
        "What is counted; it takes the filters of that list, and a filter that only the other one has is refused.",
        (STATEMENTS, EVENTS),
        default=STATEMENTS,
    ),
    Parameter(
        "interval", Form.CLOSED, "The length of a period.", tuple(map(str, Grain)), default=str(Grain.MONTH)
    ),
    Parameter(
        "by",
        Form.CLOSED,
        "Splits each count by who said it (of events: who took part), by topic or by publisher.",
        ("speaker", "topic", "publisher"),
    ),
    PRETTY,
)
_SPEAKERS = {STATEMENTS: "speaker", EVENTS: "participant"}
_WITHOUT_AXIS = (*p.DATES, p.WORDS)


def endpoints(index: Index, types: Iterable[str]) -> tuple[Endpoint, ...]:
    """Serve the timeline of the statements and events of `index`, these of one of `types`."""
    collections = {
        STATEMENTS: Collection(STATEMENTS, "statement", index.statements, statements.PARAMETERS),
        EVENTS: Collection(EVENTS, "event", index.events, events.parameters(types)),
    }
    declared = parameters(collections.values())
    return (
        Endpoint(
            path=_PATH,
            name="get_timeline",
            tag="timeline",
            summary="Count by day, month or year",
            description="How many statements or events there are in each period, from the first that holds one to the last, "
            "with every filter of the list that is counted. A record counts where its date lies in one period; those of "
            "coarser dates are `wider`, those without a date `undated`, so that all of these add up to `total`, that of the "
            f"list. At most {MOST_PERIODS} periods are given, in one piece and as JSON: there is neither paging nor `format`.",
            answer=_answer(collections, declared),
            parameters=declared,
            schema=timeline_schema(declared),
        ),
    )


def parameters(collections: Iterable[Collection]) -> tuple[Parameter, ...]:
    """Give what the timeline of `collections` takes: its own parameters, and the filters of any of them, each once.

    A filter that not all of them have says for which it holds.
    """
    collections = tuple(collections)
    filters: dict[str, Parameter] = {}
    for collection in collections:
        for each in collection.parameters:
            if each.axis or each in _WITHOUT_AXIS:
                everywhere = all(each.name in other.declared for other in collections)
                only = "" if everywhere else f"of={collection.name}"
                filters.setdefault(each.name, replace(each, only=only))
    return (*_OWN, *filters.values(), p.SPLIT_LIMIT)


def _answer(
    collections: Mapping[str, Collection], declared: tuple[Parameter, ...]
) -> Callable[[Arguments], Reply]:
    by_name = {each.name: each for each in declared}

    def answer_timeline(arguments: Arguments) -> Reply:
        of = arguments.text("of") or STATEMENTS
        _check(of, collections, arguments)
        grain = Grain(arguments.text("interval") or Grain.MONTH)
        collection = collections[of]
        request = asked(collection, arguments)._replace(limit=1)
        found = answer(collection.table, request)
        requests = Rewriting(collection.path, collection.parameters, arguments, without=("facet_limit",))
        links = {"self": Rewriting(_PATH, declared, arguments, ()).address({}), "list": requests.address({})}
        rows = Selection(collection.table, request, found.found).rows
        counted = _counted(collection, arguments, rows, grain)
        members: dict[str, Any] = {
            "items": [_shown(slot, arguments, requests) for slot in counted.slots],
            "total": found.total,
            "wider": counted.wider,
            "undated": counted.undated,
            "query": {"of": of, "interval": grain, **understood(by_name, arguments, request, found)},
            "links": links,
        }
        if found.hints:
            members["hints"] = found.hints
        return Reply(orjson.dumps(members))

    return answer_timeline


def _check(of: str, collections: Mapping[str, Collection], arguments: Arguments) -> None:
    """Raise the 400 `Problem` for filters that only another kind of record has."""
    known = {each.name for each in (*collections[of].parameters, *_OWN)}
    others = {each.name: other for other, own in collections.items() for each in own.parameters}
    faults = [
        Fault(
            "query", name, f"is no filter of {of}; count {others[name]} (of={others[name]}) or leave it out."
        )
        for name in arguments.given
        if name not in known
    ]
    if faults:
        raise invalid(*faults)


def _counted(collection: Collection, arguments: Arguments, rows: BitMap, grain: Grain) -> Timeline:
    try:
        return timeline(collection.table.calendar, rows, grain, _split(collection, arguments))
    except LengthError as error:
        mend = "narrow it down with from and to"
        if error.fits is not None:
            mend = f"take interval={error.fits}, or {mend}"
        detail = (
            f"{grain} gives {error.periods} periods, from {error.first} to {error.last}, and at most {MOST_PERIODS} are "
            f"given; {mend}."
        )
        raise invalid(Fault("query", "interval", detail, error.fits)) from None


def _split(collection: Collection, arguments: Arguments) -> Split | None:
    by = arguments.text("by")
    if by is None:
        return None
    axis = _SPEAKERS[collection.name] if by == "speaker" else by
    return Split(collection.table.axes[axis], facet_limit(arguments))


def _shown(slot: Slot, arguments: Arguments, requests: Rewriting) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "start": slot.start,
        "end": slot.end,
        "label": slot.label,
        "count": slot.count,
        "url": requests.address(_narrowed(slot, arguments)),
    }
    if "by" in arguments.given:
        shown |= {"split": [value_of(each) for each in slot.split], "other": slot.other}
    return shown


def _narrowed(slot: Slot, arguments: Arguments) -> Mapping[str, Iterable[str]]:
    """Give what changes in the request so that it keeps to the period of `slot`, other filters by date holding too."""
    first, last = arguments.given.get("from", (None,))[0], arguments.given.get("to", (None,))[0]
    start = max(slot.start, first.start) if isinstance(first, Date) else slot.start
    end = min(slot.end, last.end) if isinstance(last, Date) else slot.end
    if "date" in arguments.given:
        return {"from": (start.isoformat(),), "to": (end.isoformat(),)}
    implied = {"from": start == slot.start, "to": end == slot.end}
    return {"date": (slot.label,), **{name: () for name, holds in implied.items() if holds}}
