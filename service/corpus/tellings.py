"""What texts tell with an expression of time: which kind of thing, by whom, where; whether it is over or to come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.extract.times import TimeExpression, TimeKind, resolve
from service.model import Date, Precision, Role, Status
from service.vocabulary.naming import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.extract.found import Entity, Extracted, Range
    from service.extract.times import Tense

_TENSES: dict[Status, Tense] = {Status.HAPPENED: "past", Status.PLANNED: "future"}


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a text tells with an expression of time: of which type, by whom, where.

    `who` has one set of names for each participant. `place` are the words for it; where the text gives none with the
    telling, what stands is the place the whole text was written at, and `placed` is False. `words` are those of an event.
    """

    range: Range
    time: TimeExpression
    tense: Tense
    type: str | None
    who: tuple[frozenset[str], ...]
    place: str | None
    placed: bool
    known: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class DatedTelling:
    """What a text with a printed date, or a caption with one, tells of one day; `where` are the words for the place."""

    type: str | None
    who: tuple[frozenset[str], ...]
    day: Date
    where: str


class DatedTellings:
    """What texts with a known date tell, by weekday and participant, so that a folder of many texts stays quick."""

    def __init__(self, dated: Iterable[DatedTelling]) -> None:
        """Index every telling once under each name of each participant."""
        self._found: dict[tuple[int, str], list[DatedTelling]] = {}
        for one in dict.fromkeys(dated):
            for name in frozenset[str]().union(*one.who):
                self._found.setdefault((one.day.start.isoweekday(), name), []).append(one)

    def near(self, told: Told) -> Iterable[DatedTelling]:
        """Give, for something told by weekday, every telling of such a weekday that shares two participants with it.

        Others may be among them. Of the participants the one with most tellings is left out: whoever shares two
        shares one of the rest.
        """
        if told.time.kind is not TimeKind.WEEKDAY or told.time.number is None:
            return ()
        weekday = told.time.number
        each = [[one for name in names for one in self._found.get((weekday, name), ())] for names in told.who]
        return dict.fromkeys(one for found in sorted(each, key=len)[:-1] for one in found)


def tellings(item: Extracted) -> tuple[Told, ...]:
    """Give everything that one text tells with a time: its events, happened or planned, and the sayings that it dates."""
    return tuple(
        replace(told, time=_as_weekday(told.time, item))
        for told in (*_told_events(item), *_told_sayings(item))
    )


def dated_tellings(item: Extracted, published: Date) -> Iterator[DatedTelling]:
    """Give what a text published on a known day tells of single days past, and as the news of its own day."""
    for told in _told_events(item):
        day = resolve(told.time, document=published, tense=told.tense)
        if told.tense == "past" and day and day.precision is Precision.DAY:
            yield DatedTelling(told.type, told.who, day, fold(told.place or ""))
    for event in item.events:
        timed = any(mention.time is not None for mention in event.mentions)
        if event.current and event.status is Status.HAPPENED and not timed:
            who = people(item.entities[index] for index in event.participants)
            yield DatedTelling(event.type, who, published, fold(event.place or ""))


def _told_events(item: Extracted) -> Iterator[Told]:
    for event in item.events:
        tense = _TENSES.get(event.status)
        if tense is None:
            continue
        who = people(item.entities[index] for index in event.participants)
        written_at = item.facts.dateline if tense == "past" else None
        place, placed = event.place or written_at, event.place is not None
        for mention in event.mentions:
            if mention.time is not None:
                words = item.text.decoded[slice(*mention.range)]
                yield Told(
                    mention.range, mention.time, tense, event.type, who, place, placed, event.known, words
                )


def _told_sayings(item: Extracted) -> Iterator[Told]:
    for statement in item.statements:
        if statement.time is None:
            continue
        who = people(item.entities[index] for index in statement.speakers)
        said_at = item.text.decoded[slice(*statement.place)] if statement.place else None
        place = said_at or item.facts.dateline
        yield Told(_words(statement.time), statement.time, "past", None, who, place, said_at is not None)


def _as_weekday(time: TimeExpression, item: Extracted) -> TimeExpression:
    """Turn "a day earlier" into the weekday it means where the text has named one before it."""
    if time.kind is not TimeKind.TOLD or time.unit != "day" or time.count is None:
        return time
    before = [one for one in item.times if one.kind is TimeKind.WEEKDAY and one.end <= time.start]
    if not before or before[-1].number is None:
        return time
    number = (before[-1].number - 1 + time.count) % 7 + 1
    return replace(before[-1], start=time.start, end=time.end, text=time.text, number=number)


def untimed(item: Extracted) -> Iterator[tuple[Range, str, tuple[frozenset[str], ...]]]:
    """Give the words, the place and the people of what a text tells as past and dates nowhere."""
    for event in item.events:
        timed = any(mention.time is not None for mention in event.mentions)
        if event.status is Status.HAPPENED and event.place and not timed:
            yield event.mentions[0].range, event.place, people(item.entities[i] for i in event.participants)


def captions(item: Extracted) -> Iterator[DatedTelling]:
    """Give whom each dated caption shows, on which day."""
    for (start, end), day in caption_dates(item):
        shown = (
            entity for entity in item.entities if any(start <= at and to <= end for at, to in entity.mentions)
        )
        yield DatedTelling(None, people(shown), day, fold(item.text.decoded[start:end]))


def caption_dates(item: Extracted) -> Iterator[tuple[Range, Date]]:
    """Give the range and the day of each caption that prints a whole date, once for each date."""
    blocks = [block for block in item.text.blocks if block.role is Role.CAPTION]
    for time in item.times:
        block = next((one for one in blocks if one.start <= time.start and time.end <= one.end), None)
        day = resolve(time, document=None) if block else None
        if block and day and day.precision is Precision.DAY:
            yield (block.start, block.end), day


def people(entities: Iterable[Entity]) -> tuple[frozenset[str], ...]:
    """Give the names by which each is compared: the actor's id and the slugs of the fullest name and of whole names."""
    return tuple(
        frozenset(
            (
                *([entity.actor] if entity.actor else ()),
                slug(entity.name),
                *(slug(alias) for alias in entity.aliases if " " in alias),
            )
        )
        for entity in entities
    )


def _words(time: TimeExpression) -> Range:
    return time.start, time.end
