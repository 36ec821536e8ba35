"""What of speakers and of topics can be asked: of what the filters of the others take as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.query import parts
from service.query.names import Entry
from service.query.prepared import PreparedTable, by_id
from service.query.search import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.model import Speaker, Topic
    from service.query.pieces import Pieces
    from service.query.prepared import Naming

SPEAKER_FIELDS = (Field("name", 2, "name"), Field("alias", 1, "aliases.*"), Field("role", 1, "role"))
"""What a search for speakers looks at."""

TOPIC_FIELDS = (
    Field("label", 2, "label"),
    Field("alternative", 1.5, "alt_labels.*"),
    Field("definition", 1, "definition"),
)
"""What a search for topics looks at."""


def prepare_speakers(records: Iterable[Speaker], shown: Pieces, naming: Naming) -> PreparedTable:
    """Prepare `records`, all speakers by id, which are `shown` so."""
    naming.add(parts.SPEAKERS, (Entry(record.id, record.name, record.aliases) for record in records))
    return PreparedTable(shown.ends, by_id(shown))


def prepare_topics(records: Iterable[Topic], shown: Pieces, naming: Naming) -> PreparedTable:
    """Prepare `records`, all topics by id, which are `shown` so."""
    naming.add(parts.TOPICS, (Entry(record.id, record.label, record.alt_labels) for record in records))
    return PreparedTable(shown.ends, by_id(shown))
