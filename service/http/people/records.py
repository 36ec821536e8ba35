"""The pages of single records: a source with the record laid over its text, an event outlet by outlet, a speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http.people.addresses import only_with
from service.http.people.asking import query_of
from service.http.people.overlay import event_marks, laid_over, statement_marks
from service.http.people.timeline import by_topic, drawn
from service.http.problems import Problem

if TYPE_CHECKING:
    from service.http.people.asking import Answered, Api

_STATEMENTS, _EVENTS = "/v1/statements", "/v1/events"
_MOST = "100"


def source(api: Api, identity: str) -> dict[str, Any]:
    """Give what the page of a source shows; raise the 404 `Problem` where there is none."""
    record = api.ask("/v1/sources/<identity>", "embed=blocks", identity)
    own = only_with("source", record["id"])
    statements = _all(api, _STATEMENTS, own)
    events = _all(api, _EVENTS, own)
    blocks = _blocks(api, record, statements, events)
    text = [] if blocks is None else [f"{record['url']}/text"]
    return {
        "record": record,
        "requests": [record.address, *text, _first(_STATEMENTS, own), _first(_EVENTS, own)],
        "statements": statements,
        "events": events,
        "blocks": blocks,
    }


def _blocks(api: Api, record: Answered, statements: list[Any], events: list[Any]) -> Any:
    """Lay the record over the text; None where texts are not served."""
    try:
        text = api.text("/v1/sources/<identity>/text", record["id"])
    except Problem:
        return None
    return laid_over(
        text, record["blocks"], [*statement_marks(statements), *event_marks(events, record["id"])]
    )


def event(api: Api, identity: str) -> dict[str, Any]:
    """Give what the page of an event shows; raise the 404 `Problem` where there is none."""
    record = api.ask("/v1/events/<identity>", "embed=coverage", identity)
    coverage = record["embedded"]["coverage"]
    return {
        "record": record,
        "api": record.address,
        "requests": [record.address],
        "coverage": coverage,
        "shared": _shared(coverage),
    }


def _shared(coverage: list[Any]) -> list[list[Any]]:
    """Align what several outlets report: a row for each, with the statement that each outlet has of it, None where it has none."""
    reported = [{each["id"]: each for each in (*one["statements"], *one["around"])} for one in coverage]
    twins = {
        each["id"]: {each["id"], *(other["id"] for other in each["also_in"])}
        for one in coverage
        for each in one["shared"]
    }
    rows, seen = [], set[str]()
    for identity, together in twins.items():
        if identity not in seen:
            seen |= together
            rows.append(
                [next((own[each] for each in sorted(together) if each in own), None) for own in reported]
            )
    return rows


def speaker(api: Api, identity: str) -> dict[str, Any]:
    """Give what the page of a speaker shows; raise the 404 `Problem` where there is none."""
    record = api.ask("/v1/speakers/<identity>", "", identity)
    own = only_with("speaker", record["id"])
    listed = api.ask(_STATEMENTS, f"{own}&facets=topic,publisher,year&facet_limit=12&sort=-date")
    called = f"{own}&fields=speakers"
    timeline, counted = drawn(api, own, None), by_topic(api, own)
    took_part = f"{only_with('participant', record['id'])}&sort=-date"
    events = api.ask(_EVENTS, f"{took_part}&limit={_MOST}")
    passed_on = api.ask(_STATEMENTS, f"{only_with('via', record['id'])}&limit=1")
    roles = (
        party["role"]
        for each in _all(api, _STATEMENTS, called)
        for party in each["speakers"]
        if party["id"] == record["id"]
    )
    return {
        "record": record,
        "requests": [
            record.address,
            listed.address,
            _first(_STATEMENTS, called),
            events.address,
            passed_on.address,
            *(timeline.addresses if timeline else ()),
            *([counted.answer.address] if counted else ()),
        ],
        "listed": listed,
        "events": events,
        "passed_on": passed_on,
        "roles": [*{role.casefold(): role for role in roles if role}.values()],
        "timeline": timeline,
        "by_topic": counted,
    }


def _all(api: Api, path: str, query: str) -> list[Any]:
    """Give all records of a list, page by page."""
    items: list[Any] = []
    asked = query_of(_first(path, query))
    while asked:
        page = api.ask(path, asked)
        items += page["items"]
        asked = query_of(page["links"].get("next", ""))
    return items


def _first(path: str, query: str) -> str:
    """Give the address of the first page of a list; each has the address of the next."""
    return f"{path}?{query}&limit={_MOST}"
