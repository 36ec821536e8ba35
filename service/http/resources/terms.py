"""``/v1/speakers`` and ``/v1/topics``: what the filters take as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http import parameters as p
from service.http import schemas
from service.http.listing import Collection
from service.http.resources import collections

if TYPE_CHECKING:
    from service.http.endpoint import Endpoint
    from service.http.views import Dumper
    from service.query.index import Index

PARAMETERS = (p.WORDS, *p.PAGE)
"""What both lists take."""


def speakers(index: Index, dumper: Dumper) -> tuple[Endpoint, ...]:
    """Serve the speakers of `index`."""
    payloads = [dumper.speaker(record) for record in index.records.speakers]
    collection = Collection("speakers", "speaker", index.speakers, payloads, PARAMETERS)
    return collections.endpoints(
        collection, schemas.Speaker, "Everyone who speaks or takes part, by id.", "A single speaker."
    )


def topics(index: Index, dumper: Dumper) -> tuple[Endpoint, ...]:
    """Serve the topics of `index`."""
    payloads = [dumper.topic(record) for record in index.records.topics]
    collection = Collection("topics", "topic", index.topics, payloads, PARAMETERS)
    return collections.endpoints(
        collection, schemas.Topic, "The topic vocabulary, by id.", "A single topic with what falls under it."
    )
