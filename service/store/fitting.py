"""Whether a parsed text that was read back can be one: its ranges lie in the text, its indexes lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.extract.found import Extracted, Range
    from service.extract.times import TimeExpression


def misfit(extracted: Extracted) -> str | None:
    """Tell what does not fit the text or the other records in `extracted`; None where everything does."""
    length = len(extracted.text.decoded)
    if not all(0 <= start <= end <= length for start, end in _ranges(extracted)):
        return "a range in it lies outside the text"
    if not all(0 <= one < len(extracted.entities) for one in _entities(extracted)):
        return "an entity in it is missing"
    at = [one.event for one in extracted.statements if one.event is not None]
    if not all(0 <= one < len(extracted.events) for one in at):
        return "an event in it is missing"
    if not all(one.content for one in extracted.statements) or not all(
        one.mentions for one in extracted.events
    ):
        return "a record in it has no words"
    return None


def _ranges(extracted: Extracted) -> Iterator[Range]:
    yield from ((block.start, block.end) for block in extracted.text.blocks)
    yield from ((time.start, time.end) for time in _times(extracted))
    for entity in extracted.entities:
        yield from entity.mentions
    for statement in extracted.statements:
        yield from (*statement.content, *statement.quotes, statement.context)
        single = (statement.cue, statement.mention, statement.addressee, statement.place)
        yield from (one for one in single if one is not None)
    for event in extracted.events:
        yield from (mention.range for mention in event.mentions)
    publisher = extracted.facts.publisher
    if publisher is not None and publisher.evidence is not None:
        yield publisher.evidence


def _times(extracted: Extracted) -> Iterator[TimeExpression]:
    """Give the expressions that stand in the text; a date from front matter need not."""
    yield from extracted.times
    yield from (one.time for one in extracted.statements if one.time is not None)
    for event in extracted.events:
        yield from (one.time for one in event.mentions if one.time is not None)


def _entities(extracted: Extracted) -> Iterator[int]:
    for statement in extracted.statements:
        yield from (*statement.speakers, *statement.via)
    for event in extracted.events:
        yield from event.participants
