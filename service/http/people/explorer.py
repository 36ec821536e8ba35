"""The explorer at ``/``: statements as a stream, with what they can be narrowed down by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from service.http.people import addresses
from service.http.people.asking import added, without
from service.http.people.timeline import between, drawn

if TYPE_CHECKING:
    from service.http.arguments import Arguments
    from service.http.people.asking import Answered, Api

PATH = "/v1/statements"
FACETS = ("speaker", "topic", "publisher", "kind")
"""What the stream can be narrowed down by, with counts."""

_SHOWN = 12
_ASKED_BY_THE_FORM = ("q", "from", "to", "cursor")
_PAGING = ("limit", "cursor")
_NO_FILTERS = ("sort", "limit")
_NAMED = {"q": "words"}
_SORTS = {
    "date": "oldest first",
    "-date": "newest first",
    "source": "by source",
    "relevance": "best match first",
}


def view(api: Api, arguments: Arguments) -> dict[str, Any]:
    """Give what the page of the request shows; raise the `Problem` that the API would answer."""
    query = arguments.canonical
    listed = api.ask(PATH, added(query, {"facets": ",".join(FACETS), "facet_limit": str(_SHOWN)}))
    understood = listed["query"]
    asked = f"{PATH}?{query}" if query else PATH
    timeline = drawn(api, query, between(understood))
    return {
        "listed": listed,
        "api": asked,
        "table": f"{PATH}?{added(without(query, _PAGING), {'format': 'csv'})}",
        "most": _SHOWN,
        "facets": {name: listed["facets"][name] for name in FACETS},
        "chosen": {name: _values(understood.get(name, ())) for name in FACETS},
        "timeline": timeline,
        "requests": [asked, listed.address, *(timeline.addresses if timeline else ())],
        "hints": _hints(listed, query),
        "filters": _filters(understood, query),
        "form": {name: arguments.text(name) or "" for name in ("q",)}
        | {name: str(understood.get(name, "")) for name in ("from", "to")},
        "carried": _carried(query),
        "sort": understood["sort"],
        "sorts": [
            (name, told, addresses.explorer(added(without(query, ("sort", "cursor")), {"sort": name})))
            for name, told in _SORTS.items()
            if name != "relevance" or "q" in understood
        ],
        "clear": bool(addresses.filters_of(query)),
    }


def _carried(query: str) -> list[tuple[str, str]]:
    """Give what the form sends along: not how well words are met, which is the order anyway where there are any."""
    fields = addresses.fields_of(query, _ASKED_BY_THE_FORM)
    return [each for each in fields if each != ("sort", "relevance")]


def _hints(listed: Answered, query: str) -> list[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """Give each value that nothing goes by, with the names that may be meant and the page that has one in its place."""
    pieces = without(query, ("cursor",)).split("&")
    return [
        (hint, [(near["name"], _replaced(pieces, hint, near["id"])) for near in hint["near"]])
        for hint in listed.get("hints", ())
    ]


def _replaced(pieces: list[str], hint: dict[str, Any], identity: str) -> str:
    wrong = addresses.only_with(hint["param"], hint["value"])
    right = addresses.only_with(hint["param"], identity)
    return addresses.explorer("&".join(right if piece == wrong else piece for piece in pieces))


def _values(chosen: Any) -> set[str]:
    return {each["id"] if isinstance(each, dict) else each for each in chosen}


def _filters(understood: dict[str, Any], query: str) -> list[tuple[str, str, str]]:
    """Give every filter: its name, its values in words, and the page without it."""
    written: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        written.setdefault(name, []).append(value)
    return [
        (
            _NAMED.get(name, name.replace("_", " ")),
            _in_words(understood[name])
            if isinstance(understood[name], list) and understood[name]
            else ", ".join(values),
            addresses.explorer(without(query, (name, "cursor"))),
        )
        for name, values in written.items()
        if name in understood and name not in _NO_FILTERS
    ]


def _in_words(values: list[Any]) -> str:
    return ", ".join(
        (each.get("name") or each.get("edtf", "")) if isinstance(each, dict) else str(each) for each in values
    )
