"""Join the same event told by several texts: which tellings belong together, and what the joined event says.

Two tellings are joined only when nothing contradicts it and something speaks for it: types of one family, days that
meet, participants of whom neither telling names one that the other leaves no room for, and one place. A group holds
at most one telling per text, and every pair in it fits, so that a chain of half-likenesses joins nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from service import dates
from service.corpus.likeness import likeness
from service.model import Basis, SpeakerType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.corpus.likeness import Told
    from service.extract.found import FoundEvent
    from service.model import Date, Party
    from service.vocabulary.countries import Countries
    from service.vocabulary.events import EventTypes

_STATUSES = (Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL)


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
    text tells the event as its own day's news, the text's date is taken, with the basis ``document``;
    not where a mention has a time that tells no day.
    """
    told = [date for date in mentioned if date is not None]
    if known is not None and all(dates.overlaps(known, date) for date in told):
        return dates.restated(known, Basis.INFERRED)
    if told:
        return min(told, key=dates.length)
    timed = any(mention.time is not None for mention in event.mentions)
    if event.current and published is not None and not timed:
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
        if all(likeness(told[a], told[b], types, countries) for a in ours for b in theirs):
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
            if fit := likeness(told[first], told[second], types, countries):
                yield fit, first, second
