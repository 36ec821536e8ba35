"""Which tellings of one text tell the same event: fresh ones by who, where and when; definite ones by what came before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from service import dates
from service.extract.event_cluster import PREVIOUS, Cluster, series
from service.extract.event_places import country_of_place
from service.extract.expressions import TimeKind
from service.extract.times import resolve
from service.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.extract.event_parties import Parties
    from service.extract.event_telling import Telling
    from service.extract.expressions import TimeExpression
    from service.model import Date
    from service.vocabulary.events import EventTypes

_VISITS = "visit"
_AGAIN = "again"
PRINTED = frozenset((TimeKind.STATED, TimeKind.MONTH_DAY, TimeKind.MONTH, TimeKind.SEASON))
"""Times that say which day of a year they mean, not how far it is from now."""
_SHORTLY = 3000
"""Characters back to which "the first one" can reach."""
_A_MONTH = len("2000-12")
_FARTHEST = 40
"""How many events of a family are looked at for one telling, so that time stays linear in the length of the text."""


class Coreference:
    """Gathers the tellings of one text into events."""

    def __init__(self, text: str, parties: Parties, types: EventTypes, today: Date) -> None:
        """Make it for the decoded `text`; relative times are compared as counted from `today`."""
        self._text = text
        self._parties = parties
        self._types = types
        self._today = today
        self._clusters: dict[str, list[Cluster]] = {}
        self._days: dict[TimeExpression, Date | None] = {}

    def gather(self, tellings: Sequence[Telling]) -> list[Cluster]:
        """Give the events in the order of their first telling; words that refer back to nothing are dropped.

        Tellings that name two at most go first: one that names more may tell several events at once ("met the
        president and the foreign minister"), which the others keep apart.
        """
        for telling in sorted(tellings, key=_turn):
            if telling.fresh:
                self._place_fresh(telling)
        for clusters in self._clusters.values():
            clusters.sort(key=lambda cluster: cluster.start)
        for telling in tellings:
            if not telling.fresh:
                self._refer(telling)
        found = [cluster for clusters in self._clusters.values() for cluster in clusters]
        for cluster in found:
            cluster.tellings.sort(key=lambda telling: telling.offset)
        return sorted(found, key=lambda cluster: (cluster.start, cluster.family))

    def _place_fresh(self, telling: Telling) -> None:
        family = self._types.family(telling.types[0])
        clusters = self._clusters.setdefault(family, [])
        fitting = [one for one in clusters[-_FARTHEST:] if self._same(one, telling)]
        parts = [one for one in fitting if one.parties.keys() < set(telling.parties)]
        if len(parts) > 1 and len(telling.parties) > 2:
            for cluster in parts:
                cluster.attach(telling)
            return
        if not fitting:
            clusters.append(Cluster(family))
            fitting = clusters[-1:]
        best = max(fitting, key=lambda one: self._likeness(one, telling)) if len(fitting) > 1 else fitting[0]
        best.add(telling, self._place(telling))

    def _refer(self, telling: Telling) -> None:
        fitting = [
            cluster
            for family in dict.fromkeys(map(self._types.family, telling.types))
            for cluster in _around(self._clusters.get(family, []), telling)
            if self._may_mean(cluster, telling)
        ]
        if not fitting and telling.time is not None and telling.time.kind in PRINTED and not telling.pointing:
            # "The talks opened in Oslo in 2012": nothing before tells them, and yet they are told.
            family = self._types.family(telling.types[0])
            self._clusters.setdefault(family, []).append(Cluster(family))
            self._clusters[family][-1].add(replace(telling, fresh=True), self._place(telling))
            self._clusters[family].sort(key=lambda cluster: cluster.start)
        elif fitting:
            best = max(fitting, key=lambda one: self._likeness(one, telling))
            best.add(telling, self._place(telling))

    def _same(self, cluster: Cluster, telling: Telling) -> bool:
        """Whether a fresh telling can tell the event of `cluster`."""
        if cluster.status is not telling.status or not _numbers_fit(cluster, telling):
            return False
        if not self._places_fit(cluster, telling) or not self._times_fit(cluster, telling):
            return False
        unnamed = telling.definite and all(map(self._parties.is_crowd, telling.parties))
        if unnamed or not telling.parties or not cluster.parties:
            return not self._long_apart(cluster, telling)
        return self._share(cluster.parties, telling.parties)

    def _may_mean(self, cluster: Cluster, telling: Telling) -> bool:
        """Whether words that refer back can mean `cluster`."""
        if not _numbers_fit(cluster, telling) or not self._times_fit(cluster, telling):
            return False
        if telling.number and telling.status is Status.HAPPENED and cluster.status is not Status.HAPPENED:
            return False
        if _is_still_to_come(cluster, telling):
            return False
        if any(_holds(other, telling) for other in cluster.tellings[:_FARTHEST]):
            return False
        if telling.pointing and (cluster.several or not _is_told_before(cluster, telling)):
            return False
        return not telling.parties or self._share(cluster.parties, telling.parties)

    def _share(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """Whether somebody is in both, himself or by his state, and not each names somebody new to the other."""
        mine, other = set(ours), set(theirs)
        left, right = self._alone(mine, other), self._alone(other, mine)
        if not mine & other:
            return not (left or right)
        return not (left and right)

    def _alone(self, ours: set[int], theirs: set[int]) -> set[int]:
        """Give those of `ours` who are in `theirs` neither themselves nor as a state and its people."""
        states = {self._parties.state_of(index) for index in theirs}
        return {i for i in ours - theirs if i not in states and self._parties.state_of(i) not in theirs}

    def _place(self, telling: Telling) -> str | None:
        """Give the code of the country of the telling's place, its words where they tell none."""
        if telling.place is None:
            return None
        words = self._text[telling.place[0] : telling.place[1]]
        return country_of_place(words, self._parties.countries) or words.casefold()

    def _places_fit(self, cluster: Cluster, telling: Telling) -> bool:
        place = self._place(telling)
        if self._in_other_town(cluster, telling):
            return False
        if place is None or not cluster.places or place in cluster.places:
            return True
        if place.split()[-1] in {one.split()[-1] for one in cluster.places}:
            return True
        known = {one for one in (place, *cluster.places) if len(one) == 2}
        return cluster.family != _VISITS and len(known) < 2

    def _in_other_town(self, cluster: Cluster, telling: Telling) -> bool:
        """Whether both are told in towns of different names, and not at one time: "in Manhattan", "in New York"."""
        town = self._town(telling)
        towns = {one for one in map(self._town, cluster.tellings[:_FARTHEST]) if one}
        same_time = telling.time is not None and telling.time.text in cluster.times
        return town is not None and bool(towns) and town not in towns and not same_time

    def _town(self, telling: Telling) -> str | None:
        """Give the name of the town that the telling is "in", None for a country, a building or no place."""
        if telling.place is None:
            return None
        start, end = telling.place
        words = self._text[start:end].split(",")[0]
        named = words[:1].isupper() and self._text[max(0, start - 4) : start].lower() == " in "
        return words.casefold() if named and self._parties.countries.lookup(words) is None else None

    def _times_fit(self, cluster: Cluster, telling: Telling) -> bool:
        return all(self._times_agree(telling.time, other) for other in cluster.times.values())

    def _times_agree(self, one: TimeExpression | None, other: TimeExpression) -> bool:
        """Whether two expressions can mean one day; a weekday and a printed date can't be told apart here."""
        if one is None or (one.kind in PRINTED) != (other.kind in PRINTED):
            return True
        first, second = self._day(one), self._day(other)
        return first is None or second is None or dates.overlaps(first, second)

    def _long_apart(self, cluster: Cluster, telling: Telling) -> bool:
        """Whether one is the day's news and the other tells, of nobody known, what was long before: "a pact in 2000"."""
        if telling.definite or all(one.definite for one in cluster.tellings[:_FARTHEST]):
            return False
        before = [_names_year(time) for time in cluster.times.values()]
        return any(before) if telling.time is None else not before and _names_year(telling.time)

    def _day(self, time: TimeExpression) -> Date | None:
        if time not in self._days:
            self._days[time] = resolve(time, document=self._today)
        return self._days[time]

    def _likeness(self, cluster: Cluster, telling: Telling) -> tuple[int, int, tuple[int, int]]:
        same_time = telling.time is not None and telling.time.text in cluster.times
        alike = (cluster.status is Status.HYPOTHETICAL) == (telling.status is Status.HYPOTHETICAL)
        shared = len(cluster.parties.keys() & set(telling.parties))
        return int(same_time) + int(alike), shared, cluster.nearness(telling)


def _around(clusters: Sequence[Cluster], telling: Telling) -> Sequence[Cluster]:
    """Give the events first told before `telling`, the nearest ones, and a few told after it."""
    at = bisect_left(clusters, telling.offset, key=lambda cluster: cluster.start)
    return clusters[max(0, at - _FARTHEST) : at + _FARTHEST]


def _numbers_fit(cluster: Cluster, telling: Telling) -> bool:
    """Whether ordinals agree: "the latest" is not "the third", "will meet again" no meeting told before."""
    if telling.number == _AGAIN:
        return cluster.numbers == {_AGAIN}
    if _is_summary(telling):
        return cluster.several
    if not telling.number or not cluster.numbers:
        return True
    return series(telling.number) in cluster.numbers


def _names_year(time: TimeExpression) -> bool:
    """Whether a year or a month of one is printed, as news does for what is long past."""
    return time.kind is TimeKind.STATED and time.edtf is not None and len(time.edtf) <= _A_MONTH


def _holds(outer: Telling, inner: Telling) -> bool:
    """Whether `inner` stands within the words of `outer`: one of several, not the whole."""
    return outer.range[0] < inner.range[0] and inner.range[1] <= outer.range[1]


def _is_still_to_come(cluster: Cluster, telling: Telling) -> bool:
    """Whether `telling` sets for another time what `cluster` tells as past; "before the meeting" sets none."""
    ahead = telling.status is Status.PLANNED and cluster.status is Status.HAPPENED
    return ahead and telling.time is not None and telling.time.text not in cluster.times


def _is_told_before(cluster: Cluster, telling: Telling) -> bool:
    """Whether the event was told within a few sentences before `telling`."""
    before, offset = cluster.nearness(telling)
    return bool(before) and telling.offset - offset < _SHORTLY


def _is_summary(telling: Telling) -> bool:
    """Whether the words only count together what is told one by one elsewhere: "its previous tests"."""
    return telling.several and series(telling.number or "") == PREVIOUS


def _turn(telling: Telling) -> tuple[bool, bool, int]:
    return _is_summary(telling), len(telling.parties) > 2, telling.offset
