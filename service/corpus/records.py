"""Make the record's statements, events and sources of what one text says, once who and when are settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.model import Counts, Event, Mention, Named, Publisher, Selector, Source, Statement
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.corpus.calendar import Calendar
    from service.corpus.dating import Dating
    from service.corpus.events import Joined
    from service.corpus.likeness import Told
    from service.extract.found import Extracted, FoundStatement, PublisherFound, Range
    from service.model import Party, Span, Text

_SELECTOR_MARGIN = 32
"""Code points of prefix and suffix in a text quote selector."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One text with its date, its calendar, and its entities as parties of the whole corpus, by entity number."""

    item: Extracted
    dating: Dating
    calendar: Calendar
    parties: tuple[Party, ...]

    def unique_parties(self, entities: Sequence[int]) -> tuple[Party, ...]:
        """Give the parties of `entities`, each once, in order."""
        return tuple({self.parties[entity].id: self.parties[entity] for entity in entities}.values())


def make_statement(settled: Settled, found: FoundStatement, name: str, event: str | None) -> Statement:
    """Make the statement with the id `name`, made at the event with the id `event`."""
    text = settled.item.text
    content = tuple(text.span(*piece) for piece in found.content)
    dated = settled.calendar.of_saying(found.time)
    return Statement(
        id=name,
        source=text.id,
        kind=found.kind,
        text=" … ".join(piece.text for piece in content),
        content=content,
        quotes=tuple(text.span(*quote) for quote in found.quotes),
        speakers=settled.unique_parties(found.speakers),
        mention=_span(text, found.mention),
        cue=_span(text, found.cue),
        addressee=_words(text, found.addressee),
        date=dated,
        date_expression=found.time.text if found.time and dated is None else None,
        place=_words(text, found.place),
        topics=found.topics,
        via=tuple(Named(party.id, party.name) for party in settled.unique_parties(found.via)),
        confidence=found.confidence,
        also_in=(),
        event=event,
        context=text.span(*found.context),
        selector=_selector(text.decoded, found.content[0]),
    )


def make_mentions(told: Sequence[tuple[Settled, Told]]) -> tuple[Mention, ...]:
    """Give the mentions of one event in all its texts, each with the date as its text tells it, the same words once."""
    mentions = (
        Mention(one.source, settled.item.text.span(*mention.range), date or one.date)
        for settled, one in told
        for mention, date in zip(one.event.mentions, one.dates, strict=True)
    )
    return tuple({(mention.source, mention.span): mention for mention in mentions}.values())


def make_event(
    name: str, joined: Joined, plover: str | None, mentions: tuple[Mention, ...], words: str | None
) -> Event:
    """Make the event with the id `name`; `words` tell its date where they give none."""
    return Event(
        id=name,
        type=joined.type,
        plover=plover,
        title=joined.title,
        date=joined.date,
        date_expression=words if joined.date is None else None,
        dates_differ=joined.dates_differ,
        status=joined.status,
        place=joined.place,
        participants=joined.parties,
        topics=joined.topics,
        mentions=mentions,
        sources=joined.sources,
        statements=(),
    )


def make_source(settled: Settled, counts: Counts) -> Source:
    """Make the source that a text holds."""
    text, facts, front = settled.item.text, settled.item.facts, settled.item.text.front
    return Source(
        id=text.id,
        file=text.file,
        title=facts.title,
        publisher=_publisher(text, facts.publisher),
        authors=facts.authors,
        published=settled.dating.published,
        published_evidence=tuple(text.span(*stretch) for stretch in settled.dating.evidence),
        dateline=facts.dateline,
        language=facts.language,
        words=facts.words,
        sha256=text.sha256,
        url_original=front.url if front else None,
        retold_from=front.retold_from if front else None,
        note=front.note if front else None,
        blocks=text.blocks,
        counts=counts,
    )


def _publisher(text: Text, found: PublisherFound | None) -> Publisher | None:
    if found is None:
        return None
    return Publisher(slug(found.name), found.name, found.basis, _span(text, found.evidence))


def _span(text: Text, stretch: Range | None) -> Span | None:
    return text.span(*stretch) if stretch is not None else None


def _words(text: Text, stretch: Range | None) -> str | None:
    return text.decoded[slice(*stretch)] if stretch is not None else None


def _selector(decoded: str, stretch: Range) -> Selector:
    start, end = stretch
    before, behind = decoded[max(0, start - _SELECTOR_MARGIN) : start], decoded[end : end + _SELECTOR_MARGIN]
    return Selector(decoded[start:end], before, behind)
