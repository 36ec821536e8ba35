"""Join the same event told by several texts: which tellings belong together, and what the joined event says.

Two tellings are joined only when nothing contradicts it and something speaks for it: types of one family, days that
meet, participants of whom neither telling names one that the other leaves no room for, and one place. A group holds
at most one telling per text, and every pair in it fits, so that a chain of half-likenesses joins nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from service import dates
from service.extract.event_places import country_of_place
from service.model import Basis, SpeakerType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.extract.found import FoundEvent
    from service.model import Date, Party
    from service.vocabulary.countries import Countries
    from service.vocabulary.events import EventTypes

_STATUSES = (Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL)
_SHORT = 7
"""Days up to which a date tells one event of a pair of people from the next one of theirs."""
_SAME_SEASON = 100
"""Days up to which two coarse dates of an act of one state (a test) can mean the same act."""
_RECENT = 200
"""Days before a text's publication within which an event that it tells without a date may lie."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one text tells it, with its dates settled.

    `dates` has one entry per mention of `event`, `date` is what the text as a whole says, `published` its own date;
    `parties` are the participants under their ids across texts.
    """

    source: str
    event: FoundEvent
    date: Date | None
    dates: tuple[Date | None, ...]
    parties: tuple[Party, ...]
    published: Date | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """What a group of tellings says together: the most settled type and status, the best supported date.

    `dates_differ` holds when two mentions tell days that do not meet.
    """

    type: str
    status: Status
    title: str
    date: Date | None
    dates_differ: bool
    place: str | None
    parties: tuple[Party, ...]
    topics: tuple[str, ...]
    sources: tuple[str, ...]


def told_date(
    event: FoundEvent, mentioned: Sequence[Date | None], published: Date | None, known: Date | None = None
) -> Date | None:
    """Settle the date of `event` in its own text from the dates of its mentions, None where the text gives none.

    `known` is the date of the vocabulary's dated event that it was found to be; it wins unless a mention contradicts
    it. Else the most precise date of a mention wins, the earlier one among equals. Where no mention has one and the
    text tells the event as its own day's news, the text's date is taken, with the basis ``document``.
    """
    told = [date for date in mentioned if date is not None]
    if known is not None and all(dates.overlaps(known, date) for date in told):
        return dates.restated(known, Basis.INFERRED)
    if told:
        return min(told, key=dates.length)
    if event.current and published is not None:
        return dates.restated(published, Basis.DOCUMENT)
    return None


def join_events(told: Sequence[Told], types: EventTypes, countries: Countries) -> tuple[tuple[int, ...], ...]:
    """Group `told` by event: every index once, in rising order, the groups by their first index.

    The result depends on the order of `told` only where two joins are equally good; the earlier one is then made.
    """
    group_of = {index: [index] for index in range(len(told))}
    for score, one, other in sorted(
        _likenesses(told, types, countries), key=lambda found: (-found[0], found[1:])
    ):
        ours, theirs = group_of[one], group_of[other]
        if ours is theirs or not score:
            continue
        if all(_likeness(told[a], told[b], types, countries) for a in ours for b in theirs):
            ours.extend(theirs)
            for index in theirs:
                group_of[index] = ours
    groups = {min(group): tuple(sorted(group)) for group in group_of.values()}
    return tuple(groups[first] for first in sorted(groups))


def merge(group: Sequence[Told], types: EventTypes) -> Joined:
    """Say what the tellings of one event say together; raise `ValueError` for an empty group."""
    if not group:
        message = "an event needs at least one telling"
        raise ValueError(message)
    best = min(group, key=lambda one: _rank(one, types))
    settled = [one for one in group if one.event.status is best.event.status]
    every = [date for one in group for date in (*one.dates, one.date) if date is not None]
    return Joined(
        type=best.event.type,
        status=best.event.status,
        title=best.event.title,
        date=_best_date([one.date for one in settled if one.date] or [one.date for one in group if one.date]),
        dates_differ=any(not dates.overlaps(one, other) for one, other in combinations(set(every), 2)),
        place=_most_told(one.event.place for one in (*settled, *group) if one.event.place),
        parties=tuple({party.id: party for one in (best, *group) for party in one.parties}.values()),
        topics=tuple(sorted({topic for one in group for topic in one.event.topics})),
        sources=tuple(dict.fromkeys(one.source for one in group)),
    )


def _rank(one: Told, types: EventTypes) -> tuple[int, int, int, int]:
    """Order tellings from the most settled: by status, by type, by how many took part, by whether a place is told."""
    settled = types.settledness(one.event.type)
    people = sum(party.type is SpeakerType.PERSON for party in one.parties)
    return _STATUSES.index(one.event.status), -settled, -people, int(one.event.place is None)


def _best_date(found: Sequence[Date]) -> Date | None:
    """Give the date that most of `found` agree with, the most precise of these, the first among equals."""
    if not found:
        return None
    return min(found, key=lambda date: (-sum(dates.overlaps(date, other) for other in found), _grain(date)))


def _grain(date: Date) -> tuple[int, bool]:
    return dates.length(date), date.basis is Basis.DOCUMENT


def _most_told(places: Iterable[str]) -> str | None:
    counted = Counter(places)
    return max(counted, key=lambda place: (counted[place], len(place)), default=None)


def _likenesses(
    told: Sequence[Told], types: EventTypes, countries: Countries
) -> Iterable[tuple[int, int, int]]:
    """Give every pair that may be joined as (likeness, index, index); only pairs of one family are compared."""
    families: dict[str, list[int]] = {}
    for index, one in enumerate(told):
        families.setdefault(types.family(one.event.type), []).append(index)
    for members in families.values():
        for first, second in combinations(members, 2):
            if likeness := _likeness(told[first], told[second], types, countries):
                yield likeness, first, second


def _likeness(one: Told, other: Told, types: EventTypes, countries: Countries) -> int:
    """Tell how well two tellings fit as one event, 0 for not at all."""
    if one.source == other.source or types.family(one.event.type) != types.family(other.event.type):
        return 0
    if one.event.known and other.event.known:
        return 9 if one.event.known == other.event.known else 0
    if not _places_fit(one.event.place, other.event.place, countries) or not _all_or_none_held_out(
        one, other
    ):
        return 0
    shared = _shared(one.parties, other.parties)
    if not shared or _contradict(one.parties, other.parties):
        return 0
    days = _days(one, other, shared)
    return shared + days if days else 0


def _all_or_none_held_out(one: Told, other: Told) -> bool:
    """Tell whether both are only held out or neither: what is held out may never have come."""
    held = [told.event.status is Status.HYPOTHETICAL for told in (one, other)]
    return held[0] == held[1]


def _places_fit(one: str | None, other: str | None, countries: Countries) -> bool:
    if one is None or other is None:
        return True
    ours, theirs = country_of_place(one, countries), country_of_place(other, countries)
    if ours and theirs:
        return ours == theirs
    return not (ours is None and theirs is None) or bool(
        set(one.casefold().split()) & set(other.casefold().split())
    )


def _days(one: Told, other: Told, shared: int) -> int:
    """Tell how well the dates speak for one event: 0 not at all, 3 for the same few days."""
    if one.date is None or other.date is None:
        return int(shared > 2 and _undated_fits(one, other))
    if not dates.overlaps(one.date, other.date):
        return 0
    longest = max(dates.length(one.date), dates.length(other.date))
    if longest <= _SHORT:
        return 3
    alone = {party.id for party in one.parties} == {party.id for party in other.parties}
    return 1 if shared > 1 or (alone and longest <= _SAME_SEASON) else 0


def _undated_fits(one: Told, other: Told) -> bool:
    """Whether a settled event told without a date can be the dated one: the text appeared not long after it."""
    dated, undated = (one, other) if one.date else (other, one)
    if dated.date is None or undated.published is None or dated.event.status is not Status.HAPPENED:
        return False
    earliest = undated.published.start - dt.timedelta(days=_RECENT)
    return undated.event.status is Status.HAPPENED and earliest <= dated.date.start <= undated.published.end


def _shared(ours: Sequence[Party], theirs: Sequence[Party]) -> int:
    """Count the participants that both name; people count double."""
    ids = {party.id for party in theirs}
    return sum(2 if party.type is SpeakerType.PERSON else 1 for party in ours if party.id in ids)


def _contradict(ours: Sequence[Party], theirs: Sequence[Party]) -> bool:
    """Whether each names somebody for whom the other has no room: "Lee and Diaz" against "Lee and Holm"."""
    return _left_over(ours, theirs) and _left_over(theirs, ours)


def _left_over(ours: Sequence[Party], theirs: Sequence[Party]) -> bool:
    """Whether `ours` names a person or state that stands in `theirs` neither itself nor as its country or its people."""
    ids = {party.id for party in theirs}
    codes = {party.country for party in theirs if party.country and party.type is not SpeakerType.PERSON}
    peoples = {party.country for party in theirs if party.country}
    for party in ours:
        if party.id in ids:
            continue
        room = peoples if party.type is not SpeakerType.PERSON else codes
        if party.country not in room or party.country is None:
            return True
    return False
