"""The words of the record as plain, frozen types; no framework in sight.

Offsets everywhere are Unicode code points into the text decoded as it stands, end exclusive, so that
``decoded[span.start:span.end] == span.text`` for every `Span`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Role(StrEnum):
    """What a block of a raw text is to its article."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    CAPTION = "caption"
    DATELINE = "dateline"
    BODY = "body"
    FURNITURE = "furniture"


class Kind(StrEnum):
    """How much of a statement stands inside quotation marks: all, none, some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerType(StrEnum):
    """What kind of thing spoke or took part."""

    PERSON = "person"
    GROUP = "group"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    UNNAMED = "unnamed"


class Status(StrEnum):
    """Whether an event took place, is planned, or is only held out."""

    HAPPENED = "happened"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class Precision(StrEnum):
    """The grain of a date."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"


class Basis(StrEnum):
    """Why a date (or a publisher) is what it is."""

    STATED = "stated"
    RELATIVE = "relative"
    DOCUMENT = "document"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a decoded text and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Date:
    """Whole days from `start` to `end`, both included; `edtf` is the same in ISO 8601-2.

    `expression` holds the words that were resolved, None where no words gave the date.
    """

    edtf: str
    start: date
    end: date
    precision: Precision
    basis: Basis
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one role."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RetoldFrom:
    """The article that a retelling retells."""

    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the YAML between ``---`` lines at a text's head says; absent members are None or empty.

    `published` is an EDTF string as written; `end` the offset at which the article itself begins.
    """

    end: int
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    note: str | None = None
    retold_from: RetoldFrom | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One raw text, decoded and cut into blocks that do not overlap and stand in order.

    `file` is the file's name, None for a posted text; `id` its name without the ending. Of a text that is a line of a file,
    `file` has the line's number too (``articles.jsonl:3``), and `id` stands in the line. `doubts` are sentences
    for the person who looks after the texts (a guessed encoding, front matter that was ignored). `language` is the
    ISO 639-1 code where front matter gives one, else ``en`` or ``und`` (does not read as English). `beside` is a hash of
    what was stated beside the text and not in it, None where nothing was.
    """

    id: str
    file: str | None
    decoded: str
    sha256: str
    encoding: str
    blocks: tuple[Block, ...]
    front: FrontMatter | None = None
    doubts: tuple[str, ...] = ()
    language: str = "en"
    beside: str | None = None

    @property
    def key(self) -> str:
        """What tells this text from all others: its bytes and what was stated beside them."""
        return text_key(self.sha256, self.beside)

    def span(self, start: int, end: int) -> Span:
        """Give the stretch from `start` to `end` with its words."""
        return Span(start, end, self.decoded[start:end])


def text_key(sha256: str, beside: str | None) -> str:
    """Give the key of a text from the hash of its bytes and of what was stated beside them: hexadecimal, one hyphen at most."""
    return sha256 if beside is None else f"{sha256}-{beside}"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a line of one (``articles.jsonl:3``), that is not served, why, and what would mend it.

    `aside`: nothing says that it is a text at all (another ending, a folder), so that it is told of and no fault.
    """

    file: str
    reason: str
    mend: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An id with the name or label people read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published an article, and what says so (`evidence` None where front matter states it)."""

    id: str
    name: str
    basis: Basis
    evidence: Span | None


@dataclass(frozen=True, slots=True)
class Party:
    """A speaker as one record names them: with the role that its text gives."""

    id: str
    name: str
    type: SpeakerType
    role: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements and events belong to something."""

    statements: int
    events: int


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a text holds. `published` None where no evidence narrows the day down."""

    id: str
    file: str | None
    title: str | None
    publisher: Publisher | None
    authors: tuple[str, ...]
    published: Date | None
    published_evidence: tuple[Span, ...]
    dateline: str | None
    language: str
    words: int
    sha256: str
    url_original: str | None
    retold_from: RetoldFrom | None
    note: str | None
    blocks: tuple[Block, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Selector:
    """A W3C TextQuoteSelector."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to have said something."""

    id: str
    source: str
    kind: Kind
    text: str
    content: tuple[Span, ...]
    quotes: tuple[Span, ...]
    speakers: tuple[Party, ...]
    mention: Span | None
    cue: Span | None
    addressee: str | None
    date: Date | None
    date_expression: str | None
    place: str | None
    topics: tuple[str, ...]
    via: tuple[Named, ...]
    confidence: float
    also_in: tuple[str, ...]
    event: str | None
    context: Span
    selector: Selector
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of one source that tell an event, and the date as that source tells it."""

    source: str
    span: Span
    date: Date | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, or is held out."""

    id: str
    type: str
    plover: str | None
    title: str
    date: Date | None
    date_expression: str | None
    dates_differ: bool
    status: Status
    place: str | None
    participants: tuple[Party, ...]
    topics: tuple[str, ...]
    mentions: tuple[Mention, ...]
    sources: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person, group, organization or country across all sources."""

    id: str
    name: str
    type: SpeakerType
    role: str | None
    country: str | None
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of the topic vocabulary, in SKOS terms."""

    id: str
    label: str
    definition: str
    alt_labels: tuple[str, ...]
    broader: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Misfit:
    """A correction that does not fit the record: the statement's id as the file has it, its line, why, and the mend.

    `near` are statements of the same source whose words overlap those that the id tells; `elsewhere`: its source is not
    among the texts that were read.
    """

    statement: str
    line: int
    reason: str
    mend: str
    near: tuple[str, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """What became of the corrections: how many hold, whose statement was not found, what is doubtful about the others.

    `withdrawn` tells by id why a statement was taken out.
    """

    applied: int = 0
    not_found: tuple[Misfit, ...] = ()
    doubtful: tuple[Misfit, ...] = ()
    withdrawn: dict[str, str] = field(default_factory=dict)

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """All corrections that do not fit."""
        return (*self.not_found, *self.doubtful)


@dataclass(frozen=True, slots=True)
class Account:
    """What is to be told of a record as a whole; `doubts` gives for each source that has any what is doubtful about it."""

    version: str
    extractor: str
    rejected: tuple[Rejected, ...]
    doubts: dict[str, tuple[str, ...]]
    vocabularies: dict[str, str]
    corrections: CorrectionReport


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole record, immutable; statements in source and offset order, the others by id.

    `version` changes with texts, vocabulary, corrections, pipeline and code; the same inputs give the same version.
    """

    version: str
    extractor: str
    sources: tuple[Source, ...]
    texts: dict[str, Text]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    speakers: tuple[Speaker, ...]
    topics: tuple[Topic, ...]
    rejected: tuple[Rejected, ...]
    vocabularies: dict[str, str]
    corrections: CorrectionReport = CorrectionReport()

    @property
    def account(self) -> Account:
        """What is to be told of the record as a whole."""
        doubts = {identity: text.doubts for identity, text in sorted(self.texts.items()) if text.doubts}
        return Account(
            self.version, self.extractor, self.rejected, doubts, self.vocabularies, self.corrections
        )
