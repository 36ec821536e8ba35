"""The examples in the description: what the service answers about the example record, as it would over HTTP."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from service.http import examples
from service.http.arguments import Reader
from service.http.endpoint import JSON
from service.http.formats import MEDIA, Format
from service.http.library import Library, index_corpus
from service.http.options import EVENT_TYPES, HttpOptions
from service.http.problems import Fault, body, invalid
from service.http.resources import events, sources, statements, terms, timeline

if TYPE_CHECKING:
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

    Each is a mapping of names to OpenAPI's examples: the plain answer, one for each thing that a record can bring
    along, of a list one with facets, and of a timeline one that is split.
    """
    corpus = examples.corpus()
    library = Library(index_corpus(corpus, HttpOptions()))
    endpoints = (
        *statements.endpoints(library),
        *events.endpoints(library, EVENT_TYPES),
        *sources.endpoints(library),
        *timeline.endpoints(library.index, EVENT_TYPES),
        *terms.speakers(library),
        *terms.topics(library),
    )
    return {(each.name, media): _shown(each, media, library) for each in endpoints for media in each.media}


def _shown(endpoint: Endpoint, media: str, library: Library) -> dict[str, Any]:
    asked = {"plain": ""}
    for each in endpoint.parameters if media == JSON else ():
        if each.name == "embed" and endpoint.identity:
            asked |= {f"embed={name}": f"embed={name}" for name in each.values}
        if each.name in _ASKED:
            asked[_ASKED[each.name]] = _ASKED[each.name]
    return {name: {"value": _answer(endpoint, media, query, library)} for name, query in asked.items()}


def _answer(endpoint: Endpoint, media: str, query: str, library: Library) -> dict[str, Any] | str:
    path = {"identity": getattr(library.index, endpoint.tag).ids[0]} if endpoint.identity else {}
    arguments = Reader(endpoint.parameters).arguments(query.encode())._replace(media=media)
    reply = endpoint.answer(arguments, **path)
    return orjson.loads(reply.body) if media in _OBJECTS else reply.body.decode()


_OBJECTS = {JSON, MEDIA[Format.JSONLD]}
"""The types of answers that are a JSON object."""

_ASKED = {"facets": "facets=publisher,year", "by": "by=topic"}
"""What is asked for by way of example where there is the parameter."""
