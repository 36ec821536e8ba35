"""The tellings of one event of a text, gathered, and what they tell together."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.model import Status

if TYPE_CHECKING:
    from service.extract.event_telling import Telling
    from service.extract.expressions import TimeExpression

PREVIOUS = "previous"
_ALIKE = {"recent": "latest", "newest": "latest", "last": "latest", "past": PREVIOUS, "earlier": PREVIOUS}
_STATUSES = (Status.HAPPENED, Status.PLANNED, Status.HYPOTHETICAL)


def series(number: str) -> str:
    """Give the one word for words that tell the same of a series: "newest" is "latest"."""
    return _ALIKE.get(number, number)


@dataclass(slots=True)
class Cluster:
    """Tellings of one event, gathered so far. `parties`, `places`, `numbers` and `times` are what they tell together."""

    family: str
    tellings: list[Telling] = field(default_factory=list)
    parties: dict[int, None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    times: dict[str, TimeExpression] = field(default_factory=dict)
    status: Status = Status.HYPOTHETICAL
    several: bool = False
    _offsets: list[int] = field(default_factory=list)

    def add(self, telling: Telling, place: str | None) -> None:
        """Take in `telling`, whose place is known as `place`; one that only refers back settles nothing."""
        self.attach(telling)
        if place:
            self.places.add(place)
        if telling.number:
            self.numbers.add(series(telling.number))
        if telling.time:
            self.times.setdefault(telling.time.text, telling.time)
        if telling.fresh:
            self.parties.update(dict.fromkeys(telling.parties))
            self.several = self.several or telling.several
            self.status = min(self.status, telling.status, key=_STATUSES.index)

    def attach(self, telling: Telling) -> None:
        """Take in words that tell this event among others."""
        self.tellings.append(telling)
        insort(self._offsets, telling.offset)

    @property
    def start(self) -> int:
        """Where it is first told."""
        return self._offsets[0]

    def nearness(self, telling: Telling) -> tuple[int, int]:
        """Rank by where it was told: before `telling` is better than after it, and nearer is better."""
        at = bisect_right(self._offsets, telling.offset)
        return (1, self._offsets[at - 1]) if at else (0, -self._offsets[0])
