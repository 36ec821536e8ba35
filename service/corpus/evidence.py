"""What a text without a printed date betrays about its day of publication: clues, each with the words that give it.

A clue comes from an expression of time that tells an event whose date is known otherwise: from the vocabulary's dated
events, from another text of the folder that has its date printed, or from a dated caption of the same text. "Met in
Beijing on Wednesday", where the list of journeys has that person in Beijing on three Wednesdays, leaves the week after
each of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from service import dates
from service.corpus.tellings import caption_dates, captions, people, tellings, untimed
from service.extract.times import TimeKind, resolve
from service.model import Basis, Status
from service.vocabulary.naming import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.corpus.tellings import DatedTelling, DatedTellings, Told
    from service.extract.found import Extracted, Range
    from service.extract.times import Tense, TimeExpression
    from service.model import Date
    from service.vocabulary.known_events import KnownEvent

VISIT = "visit"
"""The type of known events that tell where a person was, whatever they did there."""

CERTAIN, _LISTED, _ALIKE, _WEAK = 3.0, 2.0, 1.5, 1.0
"""The trust in a clue: the event is singled out; it is on a complete list; another telling is alike; it may be."""

_Names = dict[str, frozenset[str]]

_RECENT = dt.timedelta(days=14)
_LOOSE_SEASON = dt.timedelta(days=31)
_GATHERINGS = frozenset({"meeting", "talks", "press-conference", VISIT})
_REACH = {"day": 1, "week": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
_NAMED_REACH = {
    TimeKind.WEEKDAY: 14,
    TimeKind.MONTH_DAY: 373,
    TimeKind.MONTH: 760,
    TimeKind.SEASON: 760,
}
_MONTHLY = frozenset({TimeKind.MONTH, TimeKind.SEASON})
"""The kinds that mean the same on every day of a month."""


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


def clues(item: Extracted, known: Sequence[KnownEvent], dated: DatedTellings) -> tuple[Clue, ...]:
    """Give the clues of one text, the same days only once; `dated` is what the other texts tell."""
    everybody = people(item.entities)
    named = [event for event in known if _took_part(everybody, event)]
    names = _country_names(item)
    best: dict[frozenset[int], Clue] = {}
    for clue in (*_timed_clues(item, named, names, dated), *_untimed_clues(item, named, names)):
        if clue.days and (clue.days not in best or best[clue.days].weight < clue.weight):
            best[clue.days] = clue
    return tuple(sorted(best.values(), key=lambda clue: (clue.range, -clue.weight)))


def _timed_clues(
    item: Extracted, known: Sequence[KnownEvent], names: _Names, dated: DatedTellings
) -> Iterator[Clue]:
    shown = tuple(captions(item))
    for told in tellings(item):
        likenesses = _alike(told, (*shown, *dated.near(told))) if told.tense == "past" else ()
        for weight, days in (*_listed(told, known, names), *likenesses):
            yield Clue(told.range, weight, _fitting(told, days))


def _untimed_clues(item: Extracted, known: Sequence[KnownEvent], names: _Names) -> Iterator[Clue]:
    """Give the weeks after each journey that a text may mean where it doesn't say when somebody was somewhere."""
    for words, place, who in untimed(item):
        days = (
            event.date
            for event in known
            if event.type == VISIT and _took_part(who, event) and _lies_in(fold(place), event, names)
        )
        numbers = (range(day.start.toordinal(), (day.end + _RECENT).toordinal()) for day in days)
        yield Clue(words, _WEAK, frozenset(number for run in numbers for number in run))


def _listed(told: Told, known: Sequence[KnownEvent], names: _Names) -> Iterator[tuple[float, list[Date]]]:
    """Give the dates of the known events that the telling may mean, with the trust that it means one of them."""
    if told.known:
        yield CERTAIN, [event.date for event in known if event.id == told.known]
    elif told.place:
        place = fold(told.place)
        visits = [event for event in known if event.type == VISIT and _took_part(told.who, event)]
        yield (_LISTED if told.placed else _WEAK), [e.date for e in visits if _lies_in(place, e, names)]
    if not told.known and told.type != VISIT:
        alike = [event for event in known if event.type == told.type]
        theirs = [event for event in alike if _took_part(told.who, event)]
        yield _LISTED, [event.date for event in theirs]
        yield _WEAK, [event.date for event in _singled(theirs, told.words)]
        yield _WEAK, [event.date for event in alike if not told.who]


def _singled(alike: Sequence[KnownEvent], words: str) -> list[KnownEvent]:
    """Give those whose titles hold a word of a telling that not all the titles hold: the "third" test, resolution "2270"."""
    titles = [frozenset(fold(event.title).split()) for event in alike]
    telling = frozenset(fold(words).split()) - frozenset.intersection(*titles) if titles else frozenset()
    return [event for event, title in zip(alike, titles, strict=True) if title & telling]


def _alike(told: Told, dated: Iterable[DatedTelling]) -> Iterator[tuple[float, list[Date]]]:
    """Give the days of other tellings that may tell the same, with the trust that one of them does."""
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


def _took_part(who: Iterable[frozenset[str]], event: KnownEvent) -> bool:
    actors = _slugs(event.actors)
    return any(not actors.isdisjoint(one) for one in who)


@lru_cache(maxsize=512)
def _slugs(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(slug, names))


def _lies_in(place: str, event: KnownEvent, names: _Names) -> bool:
    """Tell whether the words of a place name the event's city or country."""
    wanted = _cities(event.city or "") | names.get(event.country or "", frozenset())
    return any(name and f" {name} " in f" {place.replace(',', ' ')} " for name in wanted)


@lru_cache(maxsize=2048)
def _cities(names: str) -> frozenset[str]:
    return frozenset(fold(city) for city in names.split(","))


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
    value = replace(told.time, start=0, end=0, text="")
    return frozenset[int]().union(*(_publications(value, told.tense, day) for day in days))


@lru_cache(maxsize=512)
def _publications(time: TimeExpression, tense: Tense, day: Date) -> frozenset[int]:
    """Give the days of publication on which `time` would mean one of the days of `day`."""
    reach = _reach(time)
    if reach is None or not _can_mean(time, day):
        return frozenset()
    back, ahead = (1, reach) if tense == "past" else (reach, 1)
    last = min(day.end.toordinal() + ahead, dt.date.max.toordinal())
    numbers = range(max(1, day.start.toordinal() - back), last + 1)
    verdicts: dict[dt.date, bool] = {}
    return frozenset(number for number in numbers if _fits(time, tense, number, day, verdicts))


def _fits(time: TimeExpression, tense: Tense, number: int, day: Date, verdicts: dict[dt.date, bool]) -> bool:
    """Tell whether publication on a day fits; `verdicts` keeps what holds for the whole month where it does."""
    published = dt.date.fromordinal(number)
    coarse = time.kind in _MONTHLY or (time.unit in {"month", "year", "decade"} and time.part is None)
    alike = published.replace(day=1) if coarse else published
    if alike not in verdicts:
        verdicts[alike] = _means(time, tense, alike, day)
    return verdicts[alike]


def _can_mean(time: TimeExpression, day: Date) -> bool:
    """Tell whether a named weekday, month or day of a month is among the days at all; saves trying every publication."""
    if time.last_number or time.unit in {"week", "weekend"}:
        return True
    some = tuple(dt.date.fromordinal(n) for n in range(day.start.toordinal(), day.end.toordinal() + 1)[:366])
    if time.kind is TimeKind.WEEKDAY:
        return any(one.isoweekday() == time.number for one in some)
    if time.kind is TimeKind.MONTH_DAY:
        last = time.last_day or time.day or 0
        return any(one.month == time.number and (time.day or 0) <= one.day <= last for one in some)
    return time.kind is not TimeKind.MONTH or any(one.month == time.number for one in some)


def _means(time: TimeExpression, tense: Tense, published: dt.date, day: Date) -> bool:
    meant = resolve(time, document=dates.day(published), tense=tense)
    if meant is None:
        return False
    if time.kind is TimeKind.SEASON:  # news calls the weeks beside a season by its name
        meant = dates.span(meant.start - _LOOSE_SEASON, meant.end + _LOOSE_SEASON, Basis.RELATIVE)
    return dates.overlaps(meant, day)


def _reach(time: TimeExpression) -> int | None:
    """Give how many days may lie between publication and what the expression means, None where it says nothing of it."""
    if time.kind in {TimeKind.CALENDAR, TimeKind.AGO} and not time.since:
        reach = _REACH.get(time.unit or "day")
        return reach * (abs(time.count or 0) + 2) if reach else None
    return None if time.since else _NAMED_REACH.get(time.kind)


def _country_names(item: Extracted) -> _Names:
    """Give the names the text has for each country, by its code."""
    found: dict[str, set[str]] = {}
    for entity in item.entities:
        if entity.type == "country" and entity.country:
            found.setdefault(entity.country, set()).update(map(fold, (entity.name, *entity.aliases)))
    return {code: frozenset(names) for code, names in found.items()}
