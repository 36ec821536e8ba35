"""Every operation of the description, called with what the description allows and with what it does not."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from service.dates import parse_edtf
from service.http.app import make_app
from service.http.options import EVENT_TYPES, HttpOptions
from service.http.resources import events, statements
from tests.sample import extract, make_corpus

DAYS = st.dates().map(lambda day: day.isoformat())
POINTS = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
INTERVALS = st.lists(POINTS, min_size=2, max_size=2).map(lambda ends: "/".join(sorted(ends)))

schemathesis.openapi.format("edtf", st.one_of(POINTS, INTERVALS))
schemathesis.openapi.format("cursor", st.just("AAAA"))


APART = {
    "ndjson": ("limit", "pretty", "facets", "facet_limit"),
    "csv": ("limit", "pretty", "embed", "fields", "facets", "facet_limit"),
    "jsonld": ("embed", "fields", "facets", "facet_limit"),
}
CORPUS = make_corpus()
APP = make_app(CORPUS, extract, HttpOptions(code_version="test"))
SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=SchemathesisConfig())
FILTERS = {
    "statements": {each.name for each in statements.PARAMETERS},
    "events": {each.name for each in events.parameters(EVENT_TYPES)},
}
SCHEMA.config.generation.modes = list(schemathesis.GenerationMode)


def forward(date: str) -> bool:
    first, _, last = date.partition("/")
    return not last or parse_edtf(first).start <= parse_edtf(last).end


def apart(path: str, query: dict[str, Any]) -> set[str]:
    """Give the parameters that don't go with the format or without another, or with what a timeline counts."""
    of, other = query.get("of", "statements"), {"statements": "events", "events": "statements"}
    foreign = FILTERS[other[of]] - FILTERS[of] if path == "/v1/timeline" else set()
    alone = set() if {"facets", "by"} & query.keys() else {"facet_limit"}
    return foreign | alone | set(APART.get(query.get("format", "json"), ()))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Keep to what no schema can say: cursors belong to a list, relevance needs words, time runs forward, not every
    parameter goes with every format, nor every filter with a timeline of either kind.

    Every other id is one that exists, so that answers are seen as well as errors.
    """
    del context, kwargs
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    if "id" in case.path_parameters and len(case.path_parameters["id"]) % 2:
        kind = case.path.split("/")[2]
        case.path_parameters["id"] = "busy" if kind == "problems" else getattr(CORPUS, kind)[0].id
    query = case.query
    query.pop("cursor", None)
    for name in apart(case.path, query):
        query.pop(name, None)
    if query.get("sort") == "relevance" and "q" not in query:
        query.pop("sort")
    if "date" in query and not all(map(forward, query["date"])):
        query.pop("date")
    for name in ("from", "to"):
        if not forward(query.get(name, "2014")):
            query.pop(name)
    if {"from", "to"} <= query.keys() and not forward(f"{query['from'][:4]}/{query['to'][:4]}"):
        query["from"], query["to"] = query["to"], query["from"]


@SCHEMA.parametrize()
@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
def test_description_holds(case: Any) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
