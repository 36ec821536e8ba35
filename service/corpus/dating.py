"""Settle on which day each text was published: as printed, else as all its evidence together allows.

Every clue names the days of publication that fit it (`service.corpus.evidence`). The days that most of the trusted clues
share remain; where too much speaks against them, nothing is concluded. Of several remaining days that lie together, the
reporting day is the one: news tells what it is about by the plain name of the weekday only within six days, and on the
day itself, so that the day on which the weekdays told at the beginning lie closest, one of them on the day itself, is
the day of publication. Where that does not single out a day, the range of all that remain is the answer, as long as it
is no longer than a year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.corpus.evidence import CERTAIN, Clue, clues, floors
from service.corpus.tellings import DatedTellings, dated_tellings, tellings
from service.dates import day, span
from service.extract.times import TimeExpression, TimeKind, resolve
from service.model import Basis, Date, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.corpus.evidence import Floor
    from service.corpus.tellings import DatedTelling
    from service.extract.found import Extracted, Range
    from service.vocabulary.known_events import KnownEvent

_LEAD = 1500  # code points of body text within which a text tells what it is about
_NARROW = 366  # days that an honest range may have
_TOGETHER = 7  # days within which one reporting day is looked for
_YEARS = range(1945, 2101)  # in which a date without a year is looked for
_ENOUGH = 1.5  # trust below which nothing is concluded
_TRUSTED = 4  # how many times the evidence for must outweigh that against


@dataclass(frozen=True, slots=True)
class Dating:
    """When a text was published, None where that is unknown, and the words that say so."""

    published: Date | None
    evidence: tuple[Range, ...]


def settle(extracted: Sequence[Extracted], known: Sequence[KnownEvent]) -> tuple[Dating, ...]:
    """Date every text, in the order given; a text whose day is known also dates what others tell alike.

    A printed date has the basis stated, a day or range worked out the basis inferred. Days worked out date other texts
    only where printed ones don't.
    """
    datings = [_printed(item) for item in extracted]
    for _ in range(2):
        dated = DatedTellings(_dated(extracted, datings))
        datings = [
            dating if _is_settled(dating) else _inferred(item, known, dated)
            for item, dating in zip(extracted, datings, strict=True)
        ]
    return tuple(datings)


def _is_settled(dating: Dating) -> bool:
    """Tell whether a date is printed, or a single day: what is left open others may still close."""
    found = dating.published
    return found is not None and (found.basis is Basis.STATED or found.precision is Precision.DAY)


def _dated(extracted: Sequence[Extracted], datings: Sequence[Dating]) -> Iterator[DatedTelling]:
    for item, dating in zip(extracted, datings, strict=True):
        if dating.published and dating.published.precision is Precision.DAY:
            yield from dated_tellings(item, dating.published)


def _printed(item: Extracted) -> Dating:
    time = item.facts.printed
    if time is None:
        return Dating(None, ())
    published = resolve(time, document=None)
    in_text = item.text.decoded[time.start : time.end] == time.text
    return Dating(published, ((time.start, time.end),) if published and in_text else ())


def _inferred(item: Extracted, known: Sequence[KnownEvent], dated: DatedTellings) -> Dating:
    found = (*_yearless(item), *clues(item, known, dated))
    bounds = floors(item, known)
    days = _agreed(found, bounds)
    times = _reporting_times(item)
    reported = _reporting_day(days, times)
    if reported is not None:
        days = [reported]
    if not days or days[-1] - days[0] >= _NARROW:
        return Dating(None, ())
    first, last = dt.date.fromordinal(days[0]), dt.date.fromordinal(days[-1])
    return Dating(span(first, last, Basis.INFERRED), _evidence(found, bounds, days, times))


def _agreed(found: Sequence[Clue], bounds: Sequence[Floor]) -> list[int]:
    """Give the days that the weightiest evidence shares, in order; none where the rest weighs too much to be left out."""
    support: dict[int, float] = {}
    for clue in found:
        for number in clue.days:
            support[number] = support.get(number, 0.0) + clue.weight
    total = sum(clue.weight for clue in found)
    against = {
        number: total - weight + sum(bound.weight for bound in bounds if bound.first > number)
        for number, weight in support.items()
    }
    least = min(against.values(), default=0.0)
    days = sorted(number for number, weight in against.items() if weight == least)
    if not days or support[days[0]] < max(_ENOUGH, least * _TRUSTED):
        return []
    return days


def _yearless(item: Extracted) -> tuple[Clue, ...]:
    """Give the day of every year that a printed date without a year leaves ("Feb. 14")."""
    time = item.facts.printed
    if time is None or time.kind is not TimeKind.MONTH_DAY:
        return ()
    latest = (resolve(time, document=day(dt.date(year, 12, 31)), tense="past") for year in _YEARS)
    days = frozenset(date.end.toordinal() for date in latest if date)
    return (Clue((time.start, time.end), CERTAIN, days),)


def _reporting_times(item: Extracted) -> tuple[TimeExpression, ...]:
    """Give the plain weekdays, and "today", by which the beginning of a text tells what happened."""
    body = next((block.start for block in item.text.blocks if block.role is Role.BODY), 0)
    times = {
        told.time: None
        for told in tellings(item)
        if told.tense == "past" and told.time.start < body + _LEAD and _is_plain(told.time)
    }
    return tuple(times)


def _is_plain(time: TimeExpression) -> bool:
    if time.kind is TimeKind.CALENDAR:
        return time.unit == "day"
    return time.kind is TimeKind.WEEKDAY and time.count is None and not time.since


def _reporting_day(days: Sequence[int], times: Sequence[TimeExpression]) -> int | None:
    """Give the one day among `days` to which the weekdays told lie closest, one of them on it; None where none is."""
    if not days or not times or days[-1] - days[0] >= _TOGETHER:
        return None
    distances = {number: [number - _meant(time, number) for time in times] for number in days}
    least = min(map(sum, distances.values()))
    closest = [number for number, each in distances.items() if sum(each) == least and 0 in each]
    return closest[0] if len(closest) == 1 else None


def _meant(time: TimeExpression, published: int) -> int:
    meant = resolve(time, document=day(dt.date.fromordinal(published)), tense="past")
    return meant.start.toordinal() if meant and meant.precision is Precision.DAY else published - _TOGETHER


def _evidence(
    found: Sequence[Clue], bounds: Sequence[Floor], days: Sequence[int], times: Sequence[TimeExpression]
) -> tuple[Range, ...]:
    """Give the words that allow every day found, of floors those near by, and the weekdays told, in the text's order."""
    ranges = {clue.range for clue in found if clue.days.issuperset(days)}
    ranges |= {bound.range for bound in bounds if days[0] - _NARROW < bound.first <= days[0]}
    if len(days) == 1:
        ranges |= {(time.start, time.end) for time in times}
    return tuple(sorted(ranges))
