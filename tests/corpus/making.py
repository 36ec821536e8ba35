"""Extracted texts made by hand, their stretches told by the words themselves; everybody in them is invented."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import service.vocabulary
from service.extract.expressions import TimeExpression, stated
from service.extract.found import (
    Entity,
    Extracted,
    FoundEvent,
    FoundMention,
    FoundStatement,
    PublisherFound,
    Range,
    SourceFacts,
)
from service.extract.times import Times
from service.model import Basis, Block, Kind, Role, SpeakerType, Status, Text
from service.vocabulary.times import read_times


@cache
def times() -> Times:
    return Times(read_times(Path(service.vocabulary.__file__).parent))


@dataclass
class Draft:
    """A text in the making; paragraphs are parted by an empty line."""

    id: str
    decoded: str
    printed: str | TimeExpression | None = "2011-05-04"
    caption: str | None = None
    dateline: str | None = None
    entities: list[Entity] = field(default_factory=list)
    statements: list[FoundStatement] = field(default_factory=list)
    events: list[FoundEvent] = field(default_factory=list)

    def range(self, words: str) -> Range:
        start = self.decoded.index(words)
        return start, start + len(words)

    def who(
        self,
        name: str,
        kind: SpeakerType = SpeakerType.PERSON,
        role: str | None = None,
        country: str | None = None,
        *aliases: str,
        actor: str | None = None,
    ) -> Draft:
        found = tuple(match.span() for match in re.finditer(re.escape(name), self.decoded))
        self.entities.append(Entity(name, kind, role, country, actor, (name, *aliases), found))
        return self

    def indexes(self, parties: tuple[int | str, ...]) -> tuple[int, ...]:
        """Give the entities of these numbers and names."""
        return tuple(
            index for index, one in enumerate(self.entities) if index in parties or one.name in parties
        )

    def time_in(self, words: str) -> TimeExpression | None:
        start, end = self.range(words)
        return next(
            (one for one in times().find(self.decoded) if start <= one.start and one.end <= end), None
        )

    def says(  # noqa: PLR0913 - the members of a statement
        self,
        *pieces: str,
        speakers: tuple[int | str, ...] = (0,),
        quotes: tuple[str, ...] = (),
        cue: str | None = None,
        time: str | None = None,
        place: str | None = None,
        via: tuple[int, ...] = (),
        topics: tuple[str, ...] = (),
        event: int | None = None,
    ) -> Draft:
        content = tuple(self.range(piece) for piece in pieces)
        self.statements.append(
            FoundStatement(
                kind=Kind.DIRECT if quotes else Kind.INDIRECT,
                content=content,
                quotes=tuple(self.range(quote) for quote in quotes),
                cue=self.range(cue) if cue else None,
                mention=None,
                speakers=self.indexes(speakers),
                via=via,
                addressee=None,
                place=self.range(place) if place else None,
                time=self.time_in(time) if time else None,
                context=(content[0][0], content[-1][1]),
                topics=topics,
                confidence=0.9,
                event=event,
            )
        )
        return self

    def tells(
        self,
        words: str,
        kind: str,
        *participants: int | str,
        place: str | None = None,
        status: Status = Status.HAPPENED,
        known: str | None = None,
        current: bool = False,
    ) -> Draft:
        """Add an event told by `words`, dated by the time expression inside them; `current` as the news of the day."""
        mentions = (FoundMention(self.range(words), self.time_in(words)),)
        parties = self.indexes(participants)
        self.events.append(FoundEvent(kind, words, status, place, parties, (), mentions, known, current))
        return self

    def done(self) -> Extracted:
        blocks, at = [], 0
        for paragraph in self.decoded.split("\n\n"):
            blocks.append(Block(Role.BODY, at, at + len(paragraph)))
            at += len(paragraph) + 2
        if self.caption:
            end = len(self.caption)
            assert self.decoded.startswith(self.caption)
            blocks = [Block(Role.CAPTION, 0, end), Block(Role.BODY, end, len(self.decoded))]
        digest = hashlib.sha256(self.decoded.encode()).hexdigest()
        text = Text(self.id, f"{self.id}.txt", self.decoded, digest, "utf-8", tuple(blocks))
        printed = stated(self.printed) if isinstance(self.printed, str) else self.printed
        publisher = PublisherFound("The Daily Sample", Basis.STATED, None)
        facts = SourceFacts("A title", publisher, ("A. Writer",), self.dateline, "en", 7, printed)
        return Extracted(
            text,
            facts,
            tuple(self.entities),
            tuple(self.statements),
            tuple(self.events),
            times().find(self.decoded),
        )
