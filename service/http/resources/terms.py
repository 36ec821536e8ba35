"""``/v1/speakers`` and ``/v1/topics``: what the filters take as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http import parameters as p
from service.http import schemas
from service.http.listing import Collection
from service.http.resources import collections

if TYPE_CHECKING:
    from service.http.endpoint import Endpoint
    from service.http.library import Library

PARAMETERS = (p.WORDS, *p.PAGE)
"""What both lists take."""


def speakers(library: Library) -> tuple[Endpoint, ...]:
    """Serve the speakers of `library`."""
    collection = Collection("speakers", "speaker", library.index.speakers, PARAMETERS)
    return collections.endpoints(
        library, collection, schemas.Speaker, "Everyone who speaks or takes part, by id.", "A single speaker."
    )


def topics(library: Library) -> tuple[Endpoint, ...]:
    """Serve the topics of `library`."""
    collection = Collection("topics", "topic", library.index.topics, PARAMETERS)
    return collections.endpoints(
        library,
        collection,
        schemas.Topic,
        "The topic vocabulary, by id.",
        "A single topic with what falls under it.",
    )
