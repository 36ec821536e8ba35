"""``/v1/sources``: the articles and their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http import parameters as p
from service.http import schemas
from service.http.endpoint import PLAIN, Endpoint, Reply
from service.http.listing import Collection
from service.http.problems import NOT_FOUND, Problem
from service.http.resources import collections

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.http.arguments import Arguments
    from service.http.library import Library
    from service.query.index import Index

PARAMETERS = (
    *p.with_modes(
        (
            p.open_filter(
                "publisher",
                "Who published it, or the article it retells: an id or a name.",
                "voice-of-america",
            ),
            p.open_filter("author", "Who wrote it.", "A. Writer"),
        ),
        plural=("publisher", "author"),
    ),
    *p.DATES,
    p.WORDS,
    p.SORT,
    *p.facets("publisher", "author", "year", "month"),
    *p.PAGE,
)
"""What the list takes."""


def endpoints(library: Library) -> tuple[Endpoint, ...]:
    """Serve the sources of `library`, with their texts where it has them."""
    index = library.index
    collection = Collection("sources", "source", index.sources, PARAMETERS)
    text = Endpoint(
        path="/v1/sources/<identity>/text",
        name="get_source_text",
        tag="sources",
        summary="Get a source's text",
        description="The text as decoded, line ends as they stand: what all offsets count in, by Unicode code points.",
        answer=_text(collection, index),
        media=(PLAIN,),
        problems=(404,),
        identity="The source's id.",
    )
    lists = (
        "Sources that satisfy every filter given; `date`, `from` and `to` look at the date of publication."
    )
    return (*collections.endpoints(library, collection, schemas.Source, lists, "A single source."), text)


def _text(collection: Collection, index: Index) -> Callable[..., Reply]:
    def answer(arguments: Arguments, identity: str) -> Reply:
        del arguments
        if not index.whole_texts:
            raise Problem(NOT_FOUND, "Serving texts is switched off here.")
        return Reply(index.blobs.texts[collection.row(identity)], PLAIN)

    return answer
