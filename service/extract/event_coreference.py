"""Which tellings of one text tell the same event: fresh ones by who, where and when; definite ones by what came before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service import dates
from service.extract.event_places import country_of_place
from service.extract.expressions import TimeKind
from service.extract.times import resolve
from service.model import Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from service.extract.event_parties import Parties
    from service.extract.event_telling import Telling
    from service.extract.expressions import TimeExpression
    from service.model import Date
    from service.vocabulary.events import EventTypes

_PRINTED = frozenset((TimeKind.STATED, TimeKind.MONTH_DAY, TimeKind.MONTH, TimeKind.SEASON))
_FARTHEST = 40
"""How many events of a family are looked at for one telling: the nearest ones."""
_LATEST = {"recent": "latest", "last": "latest", "past": "previous", "earlier": "previous"}


@dataclass(slots=True)
class Cluster:
    """Tellings of one event, gathered so far."""

    family: str
    tellings: list[Telling] = field(default_factory=list)
    parties: dict[int, None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    @property
    def status(self) -> Status:
        """The most settled status told."""
        told = {telling.status for telling in self.tellings if telling.fresh} or {t.status for t in self.tellings}
        return next(one for one in (Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL) if one in told)


class Coreference:
    """Gathers the tellings of one text into events. `words` gives the words of a stretch; `today` the day to count from."""

    def __init__(self, text: str, parties: Parties, types: EventTypes, today: Date) -> None:
        self._text = text
        self._parties = parties
        self._types = types
        self._today = today
        self._clusters: dict[str, list[Cluster]] = {}

    def gather(self, tellings: Sequence[Telling]) -> list[Cluster]:
        """Give the events in the order of their first telling; words that refer back to nothing are dropped.

        Tellings that name two at most go first: one that names more may tell several events at once ("met the
        president and the foreign minister"), which the others keep apart.
        """
        for telling in sorted(tellings, key=_turn):
            if telling.fresh:
                self._place_fresh(telling)
        for telling in tellings:
            if not telling.fresh:
                self._refer(telling)
        found = [cluster for clusters in self._clusters.values() for cluster in clusters]
        for cluster in found:
            cluster.tellings.sort(key=lambda telling: telling.offset)
        return sorted(found, key=lambda cluster: (cluster.tellings[0].offset, cluster.family))

    def _place_fresh(self, telling: Telling) -> None:
        family = self._types.family(telling.types[0])
        clusters = self._clusters.setdefault(family, [])
        fitting = [one for one in clusters[-_FARTHEST:] if self._same(one, telling)]
        if len(fitting) > 1 and len(telling.parties) > 2:
            parts = [one for one in fitting if set(one.parties) < set(telling.parties)]
            if len(parts) > 1:
                for cluster in parts:
                    cluster.tellings.append(telling)
                return
        if fitting:
            self._add(max(fitting, key=lambda one: self._likeness(one, telling)), telling)
            return
        clusters.append(Cluster(family))
        self._add(clusters[-1], telling)

    def _refer(self, telling: Telling) -> None:
        families = {self._types.family(type_) for type_ in telling.types}
        fitting = [
            cluster
            for family in families
            for cluster in self._clusters.get(family, ())
            if self._may_mean(cluster, telling)
        ]
        if fitting:
            self._add(max(fitting, key=lambda one: self._nearness(one, telling)), telling)

    def _add(self, cluster: Cluster, telling: Telling) -> None:
        cluster.tellings.append(telling)
        if telling.fresh:
            cluster.parties.update(dict.fromkeys(telling.parties))
        if code := self._country(telling):
            cluster.places.add(code)
        if telling.number:
            cluster.numbers.add(_LATEST.get(telling.number, telling.number))

    def _same(self, cluster: Cluster, telling: Telling) -> bool:
        """Whether a fresh telling can tell the event of `cluster`."""
        if not self._settled_alike(cluster, telling) or not self._numbers_fit(cluster, telling):
            return False
        if not self._places_fit(cluster, telling) or not self._times_fit(cluster, telling):
            return False
        if not telling.parties or not cluster.parties:
            return True
        return self._share(cluster.parties, telling.parties)

    def _may_mean(self, cluster: Cluster, telling: Telling) -> bool:
        if not self._numbers_fit(cluster, telling) or not self._times_fit(cluster, telling):
            return False
        return not telling.parties or self._share(cluster.parties, telling.parties)

    def _settled_alike(self, cluster: Cluster, telling: Telling) -> bool:
        if (cluster.status is Status.HYPOTHETICAL) != (telling.status is Status.HYPOTHETICAL):
            return False
        if cluster.status is telling.status or telling.definite:
            return True
        return any(map(self._parties.is_person, set(cluster.parties) & set(telling.parties)))

    def _numbers_fit(self, cluster: Cluster, telling: Telling) -> bool:
        if not telling.number or not cluster.numbers:
            return True
        return _LATEST.get(telling.number, telling.number) in cluster.numbers

    def _share(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """Whether somebody is in both, himself or by his state, and not each names somebody new to the other."""
        mine, other = set(ours), set(theirs)
        left, right = self._alone(mine, other), self._alone(other, mine)
        return not (left and right) and (len(left) < len(mine) or len(right) < len(other))

    def _alone(self, ours: set[int], theirs: set[int]) -> set[int]:
        states = {self._parties.state_of(index) for index in theirs}
        return {
            index
            for index in ours
            if index not in theirs
            and not (index in states)
            and not (self._parties.state_of(index) in theirs)
        }

    def _country(self, telling: Telling) -> str | None:
        if telling.place is None:
            return None
        words = self._text[telling.place[0] : telling.place[1]]
        return country_of_place(words, self._parties.countries) or words.casefold()

    def _places_fit(self, cluster: Cluster, telling: Telling) -> bool:
        place = self._country(telling)
        if place is None or not cluster.places or place in cluster.places:
            return True
        if cluster.family == "visit":
            return False
        known = {one for one in (place, *cluster.places) if len(one) == 2}
        return len(known) < 2

    def _times_fit(self, cluster: Cluster, telling: Telling) -> bool:
        return all(self._times_agree(telling.time, other.time) for other in cluster.tellings)

    def _times_agree(self, one: TimeExpression | None, other: TimeExpression | None) -> bool:
        """Whether two expressions can mean one day; a weekday and a printed date can't be told apart here."""
        if one is None or other is None or (one.kind in _PRINTED) != (other.kind in _PRINTED):
            return True
        first, second = (resolve(time, document=self._today) for time in (one, other))
        return first is None or second is None or dates.overlaps(first, second)

    def _likeness(self, cluster: Cluster, telling: Telling) -> tuple[int, int, int, int]:
        same_time = any(other.time and telling.time and other.time.text == telling.time.text for other in cluster.tellings)
        shared = len(set(cluster.parties) & set(telling.parties))
        return int(same_time), shared, *self._nearness(cluster, telling)[1:]

    def _nearness(self, cluster: Cluster, telling: Telling) -> tuple[int, int, int]:
        """Prefer the event told before to one told after, and the one told last."""
        same_time = any(other.time and telling.time and other.time.text == telling.time.text for other in cluster.tellings)
        alike = (cluster.status is Status.HYPOTHETICAL) == (telling.status is Status.HYPOTHETICAL)
        before = [other.offset for other in cluster.tellings if other.offset <= telling.offset]
        if before:
            return int(same_time) + int(alike), 1, max(before)
        return int(same_time) + int(alike), 0, -min(other.offset for other in cluster.tellings)


def _turn(telling: Telling) -> tuple[bool, int]:
    return len(telling.parties) > 2, telling.offset
