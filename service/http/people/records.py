"""The pages of single records: a source with the record laid over its text, an event outlet by outlet, a speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http.arguments import joined
from service.http.people.overlay import event_marks, laid_over, statement_marks
from service.http.people.timeline import by_topic, drawn
from service.http.problems import Problem

if TYPE_CHECKING:
    from service.http.people.asking import Answered, Api

_MOST = "100"


def source(api: Api, identity: str) -> dict[str, Any]:
    """Give what the page of a source shows; raise the 404 `Problem` where there is none."""
    record = api.ask("/v1/sources/<identity>", "embed=blocks", identity)
    own = joined([("source", record["id"])])
    statements = _all(api, "/v1/statements", own)
    events = _all(api, "/v1/events", own)
    return {
        "record": record,
        "api": record["url"],
        "statements": statements,
        "events": events,
        "blocks": _blocks(api, record, statements, events),
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
    return {"record": record, "api": record.address, "coverage": coverage, "shared": _shared(coverage)}


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
    own = joined([("speaker", record["id"])])
    listed = api.ask("/v1/statements", f"{own}&facets=topic,publisher,year&facet_limit=12&sort=-date")
    roles = (
        party["role"]
        for each in _all(api, "/v1/statements", own)
        for party in each["speakers"]
        if party["id"] == record["id"]
    )
    return {
        "record": record,
        "api": record["url"],
        "listed": listed,
        "events": api.ask(
            "/v1/events", f"{joined([('participant', record['id'])])}&sort=-date&limit={_MOST}"
        ),
        "passed_on": api.ask("/v1/statements", f"{joined([('via', record['id'])])}&limit=1"),
        "roles": [*{role.casefold(): role for role in roles if role}.values()],
        "timeline": drawn(api, own, None),
        "by_topic": by_topic(api, own),
    }


def _all(api: Api, path: str, query: str) -> list[Any]:
    """Give all records of a list, page by page."""
    items: list[Any] = []
    address = f"{query}&limit={_MOST}"
    while address:
        page = api.ask(path, address)
        items += page["items"]
        address = page["links"].get("next", "").partition("?")[2]
    return items
