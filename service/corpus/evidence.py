"""What a text without a printed date betrays about its day of publication: clues, each with the words that give it.

A clue comes from an expression of time that tells an event whose date is known otherwise: from the vocabulary's dated
events, from another text of the folder that has its date printed, or from a dated caption of the same text. "Met in
Beijing on Wednesday", where the list of journeys has that person in Beijing on three Wednesdays, leaves the week after
each of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.corpus.tellings import caption_dates, captions, tellings
from service.dates import overlaps, span
from service.extract.times import TimeKind, resolve
from service.model import Basis, Status
from service.vocabulary.naming import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.corpus.tellings import DatedTelling, Told
    from service.extract.found import Extracted, Range
    from service.extract.times import TimeExpression
    from service.model import Date
    from service.vocabulary.known_events import KnownEvent

VISIT = "visit"
"""The type of known events that tell where a person was, whatever they did there."""

CERTAIN, _LISTED, _ALIKE, _WEAK = 3.0, 2.0, 1.5, 1.0
"""The trust in a clue: the event is singled out; it is on a complete list; another telling is alike; it may be."""

_LOOSE_SEASON = dt.timedelta(days=31)
_GATHERINGS = frozenset({"meeting", "talks", "press-conference", VISIT})
_REACH = {"day": 1, "week": 7, "weekend": 7, "month": 31, "year": 366, "decade": 3653}
_NAMED_REACH = {
    TimeKind.WEEKDAY: 14,
    TimeKind.MONTH_DAY: 373,
    TimeKind.MONTH: 760,
    TimeKind.SEASON: 760,
}


@dataclass(frozen=True, slots=True)
class Clue:
    """Days of publication (proleptic ordinals) that fit some words of the text, and how much the words can be trusted."""

    range: Range
    weight: float
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Floor:
    """Words that tell something past on a known day: the text is not older than `first` (a proleptic ordinal)."""

    range: Range
    weight: float
    first: int


def clues(item: Extracted, known: Sequence[KnownEvent], dated: Sequence[DatedTelling]) -> tuple[Clue, ...]:
    """Give the clues of one text, the same days only once; `dated` is what the other texts tell."""
    names = _country_names(item)
    shown = tuple(captions(item))
    best: dict[frozenset[int], Clue] = {}
    for told in tellings(item):
        for weight, days in _alternatives(told, known, names, (*shown, *dated)):
            fitting = _fitting(told, days)
            if fitting and (fitting not in best or best[fitting].weight < weight):
                best[fitting] = Clue(told.range, weight, fitting)
    return tuple(sorted(best.values(), key=lambda clue: (clue.range, -clue.weight)))


def _alternatives(
    told: Told, known: Sequence[KnownEvent], names: dict[str, frozenset[str]], dated: Sequence[DatedTelling]
) -> Iterator[tuple[float, list[Date]]]:
    """Give the sets of dates of which the telling has one, each with the trust it earns."""
    if told.known:
        yield CERTAIN, [event.date for event in known if event.id == told.known]
    else:
        lists = [event for event in known if _may_be(told, event, names)]
        visits = [event.date for event in lists if event.type == VISIT]
        yield (_LISTED if told.placed else _WEAK), visits
        yield _LISTED, [event.date for event in lists if event.type != VISIT]
    if told.tense == "past":
        likeness = [(_likeness(told, one), one.day) for one in dated]
        yield _ALIKE, [day for like, day in likeness if like == _ALIKE]
        yield _WEAK, [day for like, day in likeness if like == _WEAK]


def floors(item: Extracted, known: Sequence[KnownEvent]) -> tuple[Floor, ...]:
    """Give the days that one text cannot be older than: of captions, of events told with a whole date, of known events."""
    found = [Floor(caption, CERTAIN, day.start.toordinal()) for caption, day in caption_dates(item)]
    for told in tellings(item):
        day = resolve(told.time, document=None)
        if day and told.tense == "past" and not told.time.since:
            found.append(Floor((told.time.start, told.time.end), CERTAIN, day.start.toordinal()))
    starts = {event.id: event.date.start for event in known}
    found += (
        Floor(event.mentions[0].range, _LISTED, starts[event.known].toordinal())
        for event in item.events
        if event.status is Status.HAPPENED and event.known in starts
    )
    return tuple(found)


def _may_be(told: Told, event: KnownEvent, names: dict[str, frozenset[str]]) -> bool:
    if not any(slug(actor) in one for actor in event.actors for one in told.who):
        return False
    if event.type != VISIT:
        return event.type == told.type
    return told.place is not None and _lies_in(fold(told.place), event, names)


def _lies_in(place: str, event: KnownEvent, names: dict[str, frozenset[str]]) -> bool:
    """Tell whether the words of a place name the event's city or country."""
    cities = (fold(city) for city in (event.city or "").split(","))
    wanted = {*cities, *names.get(event.country or "", frozenset())}
    return any(name and f" {name} " in f" {place.replace(',', ' ')} " for name in wanted)


def _likeness(told: Told, one: DatedTelling) -> float:
    """Give the trust that both tell the same: shared people, and a shared place or second person for full trust."""
    if one.type is not None and not {told.type, one.type} <= _GATHERINGS and told.type != one.type:
        return 0.0
    shared = sum(any(person & other for other in one.who) for person in told.who)
    place = fold(told.place or "") if told.placed else ""
    if one.type is None:  # a caption names its place somewhere among its words
        return _ALIKE if shared > 1 or (shared and place and place in one.where) else _WEAK * bool(shared)
    if shared < 2 or (place and one.where and place not in one.where and one.where not in place):
        return 0.0
    return _ALIKE if place and one.where else _WEAK


def _fitting(told: Told, days: Iterable[Date]) -> frozenset[int]:
    """Give the days of publication on which the expression would mean one of `days`."""
    reach = _reach(told.time)
    if reach is None:
        return frozenset()
    found: set[int] = set()
    for day in days:
        back, ahead = (1, reach) if told.tense == "past" else (reach, 1)
        last = min(day.end.toordinal() + ahead, dt.date.max.toordinal())
        for number in range(max(1, day.start.toordinal() - back), last + 1):
            if number not in found and _means(told, dt.date.fromordinal(number), day):
                found.add(number)
    return frozenset(found)


def _means(told: Told, published: dt.date, day: Date) -> bool:
    meant = resolve(told.time, document=span(published, published), tense=told.tense)
    if meant is None:
        return False
    if told.time.kind is TimeKind.SEASON:  # news calls the weeks beside a season by its name
        meant = span(meant.start - _LOOSE_SEASON, meant.end + _LOOSE_SEASON, Basis.RELATIVE)
    return overlaps(meant, day)


def _reach(time: TimeExpression) -> int | None:
    """Give how many days may lie between publication and what the expression means, None where it says nothing of it."""
    if time.kind in {TimeKind.CALENDAR, TimeKind.AGO} and not time.since:
        return _REACH[time.unit or "day"] * (abs(time.count or 0) + 2)
    return None if time.since else _NAMED_REACH.get(time.kind)


def _country_names(item: Extracted) -> dict[str, frozenset[str]]:
    """Give the names the text has for each country, by its code."""
    found: dict[str, set[str]] = {}
    for entity in item.entities:
        if entity.type == "country" and entity.country:
            found.setdefault(entity.country, set()).update(map(fold, (entity.name, *entity.aliases)))
    return {code: frozenset(names) for code, names in found.items()}
