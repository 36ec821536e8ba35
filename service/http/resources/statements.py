"""``/v1/statements``: who is reported to have said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http import parameters as p
from service.http import schemas
from service.http.listing import Collection
from service.http.resources import collections
from service.model import Kind

if TYPE_CHECKING:
    from service.http.endpoint import Endpoint
    from service.http.library import Library

PARAMETERS = (
    *p.with_modes(
        (
            p.open_filter("speaker", "Who said it: an id, a name or an alias.", "kerry"),
            p.open_filter(
                "topic", "What it is about: an id or a label; narrower topics are included.", "thaad"
            ),
            p.open_filter(
                "source", "The source that reports it: an id, a file name or a title.", "example-source"
            ),
            p.open_filter(
                "publisher",
                "Who published the source, or the article it retells: an id or a name.",
                "voice-of-america",
            ),
            p.open_filter("event", "The event at which it was said: an id or a title.", "meeting"),
            p.closed_filter("kind", Kind, "How much of it is quoted: all, none or some."),
            p.open_filter("country", "The speaker's country: ISO 3166-1 alpha-2, or its name.", "US"),
            p.open_filter("place", "Where it was said, as the text has it.", "Beijing"),
            p.open_filter("via", "Through whom the source got the words: an id or a name.", "reuters"),
        ),
        plural=("speaker", "topic", "publisher", "event", "country", "via"),
    ),
    *p.DATES,
    p.MIN_CONFIDENCE,
    p.WORDS,
    p.SORT,
    *p.facets("topic", "speaker", "publisher", "source", "kind", "country", "via", "year", "month"),
    *p.PAGE,
)
"""What the list takes."""


def endpoints(library: Library) -> tuple[Endpoint, ...]:
    """Serve the statements of `library`, and tell of those that corrections withdrew why they are gone."""
    collection = Collection(
        "statements",
        "statement",
        library.index.statements,
        PARAMETERS,
        withdrawn=library.index.account.corrections.withdrawn,
    )
    return collections.endpoints(
        library,
        collection,
        schemas.Statement,
        "Statements that satisfy every filter given. Several values of one filter, repeated or with commas between, mean "
        "any of them; a value in double quotes keeps its comma.",
        "A single statement.",
    )
