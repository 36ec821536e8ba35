"""How well two texts' tellings fit as one event: kind, days, places, and who takes part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service import dates
from service.extract.event_places import country_of_place
from service.model import SpeakerType, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.found import FoundEvent
    from service.model import Date, Party
    from service.vocabulary.countries import Countries
    from service.vocabulary.events import EventTypes

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


def likeness(one: Told, other: Told, types: EventTypes, countries: Countries) -> int:
    """Tell how well two tellings fit as one event, 0 for not at all."""
    if one.source == other.source or types.family(one.event.type) != types.family(other.event.type):
        return 0
    if one.event.known and other.event.known:
        return 9 if one.event.known == other.event.known else 0
    if not _places_fit(one.event.place, other.event.place, countries) or not _all_or_none_held_out(
        one, other
    ):
        return 0
    if types.by_id[one.event.type].once and (same := _same_victim(one, other)) is not None:
        return _once(one, other) if same else 0
    shared = _shared(one.parties, other.parties)
    if not shared or _contradict(one.parties, other.parties):
        return 0
    days = _days(one, other, shared)
    return shared + days if days else 0


def _same_victim(one: Told, other: Told) -> bool | None:
    """Tell whether each telling has it done to the same person, the first whom it names.

    None where that stays open: one names nobody, or first somebody who only stands beside in the other, as a relative does.
    """
    first, second = (
        next((party.id for party in told.parties if party.type is SpeakerType.PERSON), None)
        for told in (one, other)
    )
    if first is None or second is None:
        return None
    ours, theirs = ({party.id for party in told.parties} for told in (one, other))
    if first != second and (first in theirs or second in ours):
        return None
    return first == second


def _once(one: Told, other: Told) -> int:
    """Tell how well two tellings fit of what happens to a person only once: no days that differ speak against it."""
    if one.date is None or other.date is None:
        return 4
    return 6 if dates.overlaps(one.date, other.date) else 0


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
