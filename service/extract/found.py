"""What one text says, before the corpus settles who is who across texts and which day a word like "Friday" means.

Everything here is plain data (ranges of code points, strings, numbers), so that a parsed text can be kept and read
back without the parser.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.extract.expressions import TimeExpression  # noqa: TC001 - whoever reads it back looks the types up
from service.model import Basis, Kind, SpeakerType, Status, Text  # noqa: TC001 - the same

Range = tuple[int, int]
"""Code points from start to end, end exclusive."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Whoever one text speaks of under one or more names: its identity within that text.

    `name` is the fullest name the text gives ("John Kerry" once it says so, else "Kerry"); `role` the words of the text
    ("Secretary of State"); `country` ISO 3166-1 alpha-2; `actor` the id of the vocabulary's actor it is, where that is
    safe; `mentions` every place that names it or refers back to it, in order; `aliases` the distinct names used.
    """

    name: str
    type: SpeakerType
    role: str | None
    country: str | None
    actor: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """An attribution. `speakers` and `via` are indexes into `Extracted.entities`.

    `time` is the expression that dates the saying, None where the text says nothing; `anchor_event` the index into
    `Extracted.events` of the event at which it was said, where the text tells one.
    """

    kind: Kind
    content: tuple[Range, ...]
    quotes: tuple[Range, ...]
    cue: Range | None
    mention: Range | None
    speakers: tuple[int, ...]
    via: tuple[int, ...]
    addressee: Range | None
    place: Range | None
    time: TimeExpression | None
    context: Range
    topics: tuple[str, ...]
    confidence: float
    event: int | None = None


@dataclass(frozen=True, slots=True)
class FoundMention:
    """The words that tell an event (a clause at most) and the expression that dates it there."""

    range: Range
    time: TimeExpression | None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event of one text; its mentions were found to tell the same thing. `participants` index the entities.

    `known` names an entry of the vocabulary's dated events when the text's words single it out; `current` says that the
    text tells it as the news of its own day, whose date then stands in where no mention has a time.
    """

    type: str
    title: str
    status: Status
    place: str | None
    participants: tuple[int, ...]
    topics: tuple[str, ...]
    mentions: tuple[FoundMention, ...]
    known: str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class PublisherFound:
    """The publisher's name and the words it was recognized by (None: front matter states it)."""

    name: str
    basis: Basis
    evidence: Range | None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the text itself says of its article. `printed` is a date in front matter or in a timestamp block."""

    title: str | None
    publisher: PublisherFound | None
    authors: tuple[str, ...]
    dateline: str | None
    language: str
    words: int
    printed: TimeExpression | None


@dataclass(frozen=True, slots=True)
class Extracted:
    """One text with everything that was found in it.

    `times` are all the expressions of the text in order, with those of captions among them: the evidence from which a
    date of publication may be worked out.
    """

    text: Text
    facts: SourceFacts
    entities: tuple[Entity, ...]
    statements: tuple[FoundStatement, ...]
    events: tuple[FoundEvent, ...]
    times: tuple[TimeExpression, ...]
