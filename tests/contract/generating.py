"""What is sent when the description is checked: `schemathesis.toml` names this file, and the tests load it.

Nothing here makes a check say less: formats get values, every other request is made one that can be answered, as by an id
that there is, and what no server would read is not sent.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import schemathesis
from hypothesis import strategies as st

LONGEST: Final = 8_000
"""The bytes of an address that are surely read: gunicorn takes 8190 for all of the request's first line."""

_DAYS = st.dates().map(lambda day: day.isoformat())
_POINTS = st.one_of(_DAYS, _DAYS.map(lambda day: day[:7]), _DAYS.map(lambda day: day[:4]))
_INTERVALS = st.lists(_POINTS, min_size=2, max_size=2).map(lambda ends: "/".join(sorted(ends)))
_ONLY: Final = {
    "statements": {"speaker", "event", "kind", "country", "via", "min_confidence"},
    "events": {"participant", "type", "status"},
}
_ONLY_SOME: Final = set[str]().union(*_ONLY.values())
_LISTED: Final[dict[str, str]] = {}
"""An id for each list, by the list's path: the first one that was answered with."""

schemathesis.openapi.format("edtf", st.one_of(_POINTS, _INTERVALS))
schemathesis.openapi.format("cursor", st.just("AAAA"))


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """Leave out what is too long to be read; no schema can say how long all parameters are together."""
    del context
    return len(f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}") <= LONGEST


@schemathesis.hook
def map_case(context: Any, case: Any) -> Any:
    """Give every other request that the description calls right what is needed to answer it with more than an error."""
    del context
    if case.meta is None or case.meta.generation.mode.is_negative:
        return case
    known = _LISTED.get(case.path.partition("/{id}")[0])
    invented = (case.path_parameters or {}).get("id")
    if known and isinstance(invented, str) and len(invented) % 2:
        case.path_parameters["id"] = known
    if case.query and len(case.query) % 2:
        case.query = {name: value for name, value in case.query.items() if name not in _apart(case)}
    if case.headers and len(case.headers.get("If-Match", "")) % 2:
        case.headers["If-Match"] = "*"
    return case


def _apart(case: Any) -> set[str]:
    """Give the parameters that no schema can keep from where they don't belong."""
    apart = {"cursor", "format", "to"}
    if "q" not in case.query:
        apart.add("sort")
    if case.path == "/v1/timeline":
        own = _ONLY[case.query.get("of", "statements")]
        apart |= {f"{mode}{name}" for name in _ONLY_SOME - own for mode in ("", "all_", "not_")}
    return apart


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Keep an id of each list."""
    del context
    if response.status_code == 200 and response.headers.get("content-type") == ["application/json"]:
        listed = response.json()
        items = listed.get("items")
        if items and "id" in items[0]:
            _LISTED.setdefault(case.path, items[0]["id"])
