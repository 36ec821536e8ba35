"""``/v1/events``: what happened, is planned, or is threatened or thought possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http import parameters as p
from service.http import schemas
from service.http.listing import Collection
from service.http.resources import collections
from service.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.http.endpoint import Endpoint
    from service.http.library import Library
    from service.http.parameters import Parameter


def parameters(types: Iterable[str]) -> tuple[Parameter, ...]:
    """Give what the list takes, where events are of one of `types`."""
    return (
        *p.with_modes(
            (
                p.open_filter("participant", "Who took part: an id, a name or an alias.", "wang"),
                p.open_filter(
                    "topic", "What it is about: an id or a label; narrower topics are included.", "sanctions"
                ),
                p.closed_filter("type", sorted(types), "What kind of event."),
                p.closed_filter(
                    "status",
                    Status,
                    "Whether it took place, is planned, or is only threatened or thought possible.",
                ),
                p.open_filter(
                    "source", "A source that tells it: an id, a file name or a title.", "example-source"
                ),
                p.open_filter(
                    "publisher",
                    "Who published a source that tells it, or the article it retells.",
                    "voice-of-america",
                ),
                p.open_filter("place", "Where it took place.", "Beijing"),
            ),
            plural=("participant", "topic", "source", "publisher"),
        ),
        *p.DATES,
        p.WORDS,
        p.SORT,
        *p.facets("participant", "topic", "type", "status", "publisher", "source", "year", "month"),
        *p.PAGE,
    )


def endpoints(library: Library, types: Iterable[str]) -> tuple[Endpoint, ...]:
    """Serve the events of `library`."""
    collection = Collection("events", "event", library.index.events, parameters(types))
    return collections.endpoints(
        library,
        collection,
        schemas.Event,
        "Events that satisfy every filter given; one told by several sources is one event with several mentions.",
        "A single event with every mention of it.",
    )
