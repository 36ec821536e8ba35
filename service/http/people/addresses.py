"""Addresses of pages, and how a request to the API is written in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from service.http.arguments import joined
from service.http.comma_lists import written
from service.http.people.asking import only, query_of, without

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPLORER = "/"
"""Where statements are looked through."""

TRY = "/try"
"""Where a text of one's own is read."""

SHAPING = ("facets", "facet_limit", "embed", "fields", "format", "pretty")
"""What a request of a page adds for itself, and no address of a page has."""

_NOT_FILTERS = ("sort", "limit", "cursor")


def explorer(query: str) -> str:
    """Give the address of the explorer for the query string of a list of statements."""
    kept = without(query, SHAPING)
    return f"{EXPLORER}?{kept}" if kept else EXPLORER


def explorer_of(address: str) -> str:
    """Give the address of the explorer that shows what this address of the list of statements gives."""
    return explorer(query_of(address))


def filters_of(query: str) -> str:
    """Keep of a query string what selects records."""
    return without(query, (*SHAPING, *_NOT_FILTERS))


def fields_of(query: str, other_than: Iterable[str]) -> list[tuple[str, str]]:
    """Give the names and values that a form must carry along, but for those that it asks for itself."""
    return parse_qsl(without(query, other_than), keep_blank_values=True)


def only_with(name: str, value: str) -> str:
    """Give the query string that selects what has this value, whatever signs it has."""
    return joined([(name, written(value))])


def page_of(kind: str, identity: str) -> str:
    """Give the address of the page of one record of ``sources``, ``events`` or ``speakers``."""
    return f"/{kind}/{quote(identity, safe='')}"


def shared_filters(query: str, names: Iterable[str]) -> str:
    """Keep the filters that another kind of record has under the same name."""
    return only(filters_of(query), names)
