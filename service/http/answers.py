"""The examples in the description: what the service answers about the example record, as it would over HTTP."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from service.http import examples
from service.http.arguments import Arguments
from service.http.endpoint import JSON
from service.http.library import Library
from service.http.options import EVENT_TYPES
from service.http.problems import Fault, body, invalid
from service.http.resources import events, sources, statements, terms
from service.http.views import Dumper
from service.query.index import Index

if TYPE_CHECKING:
    from service.http.arguments import Value
    from service.http.endpoint import Endpoint


def problem() -> dict[str, Any]:
    """Give an example of an error."""
    detail = "there is no such parameter here; did you mean speaker?"
    shown = body(invalid(Fault("query", "speeker", detail, "speaker")), "/v1/statements")
    members: dict[str, Any] = orjson.loads(shown)
    return members


@cache
def answers() -> dict[tuple[str, str], dict[str, Any]]:
    """Give what the lists and their records answer, by the endpoint's name and the media type.

    Each is a mapping of names to OpenAPI's examples: the plain answer, and one for each thing that a record can bring along.
    """
    corpus = examples.corpus()
    library = Library(Index(corpus), Dumper(corpus))
    endpoints = (
        *statements.endpoints(library),
        *events.endpoints(library, EVENT_TYPES),
        *sources.endpoints(library, serve_text=True),
        *terms.speakers(library),
        *terms.topics(library),
    )
    return {(each.name, media): _shown(each, media, library) for each in endpoints for media in each.media}


def _shown(endpoint: Endpoint, media: str, library: Library) -> dict[str, Any]:
    asked: dict[str, dict[str, tuple[Value, ...]]] = {"plain": {}}
    if endpoint.identity and media == JSON:
        embed = (each for each in endpoint.parameters if each.name == "embed")
        asked |= {f"embed={name}": {"embed": (name,)} for each in embed for name in each.values}
    return {name: {"value": _answer(endpoint, media, given, library)} for name, given in asked.items()}


def _answer(
    endpoint: Endpoint, media: str, given: dict[str, tuple[Value, ...]], library: Library
) -> dict[str, Any] | str:
    path = {"identity": getattr(library.index, endpoint.tag).ids[0]} if endpoint.identity else {}
    reply = endpoint.answer(Arguments(given, (), media), **path)
    if reply.stream is not None:
        return b"".join(reply.stream).decode()
    return orjson.loads(reply.body) if media.endswith("json") else reply.body.decode()
