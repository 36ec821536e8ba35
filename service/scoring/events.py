"""Score events: which were found, and whether date and participants are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.scoring.comparing import date_fits, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.model import Event, Mention
    from service.scoring.comparing import Names
    from service.scoring.references import EventReference, Reference
    from service.scoring.tally import Tally

_LONGEST_MENTION = 400
"""Code points; a longer mention tells no event in particular."""
_DATE_WEIGHT = 5
"""What the right date counts for in choosing between events, in participants."""


@dataclass(frozen=True, slots=True)
class EventScorer:
    """Scores the events of each text; `references` by source id tell who may take part in an event of several texts."""

    references: dict[str, Reference]
    names: Names
    tally: Tally

    def score(self, source: str, events: Sequence[Event]) -> None:
        """Score the events that are served of the text `source` against its reference."""
        reference = self.references[source]
        pairs = self._match(source, reference.events, events)
        self.tally.count("events.precision", len(pairs), len(events))
        for number, expected in enumerate(reference.events):
            if expected.required:
                miss = (
                    f"{reference.file}: missed event {expected.id}, {_any(expected.types)}: {expected.title}"
                )
                self.tally.check("events.recall", miss, right=number in pairs)
            if expected.required and number in pairs:
                self._score_facts(source, expected, events[pairs[number]])
        met = set(pairs.values())
        self.tally.misses += [
            f"{reference.file}: surplus event, {event.type}: {event.title!r}"
            for number, event in enumerate(events)
            if number not in met
        ]

    def _match(
        self, source: str, expected: Sequence[EventReference], events: Sequence[Event]
    ) -> dict[int, int]:
        """Pair each reference, in order, with the best of the events that are left."""
        pairs: dict[int, int] = {}
        for number, one in enumerate(expected):
            left = [
                i for i, event in enumerate(events) if i not in pairs.values() and _tells(event, source, one)
            ]
            if left:
                pairs[number] = max(left, key=lambda i, one=one: (self._fit(source, one, events[i]), -i))  # type: ignore[misc]
        return pairs

    def _fit(self, source: str, expected: EventReference, event: Event) -> int:
        served = [party.name for party in event.participants]
        named = sum(self.names.any(name, served) for name in expected.participants)
        return named + _DATE_WEIGHT * _date_fits(source, expected, event, _LONGEST_MENTION)

    def _score_facts(self, source: str, expected: EventReference, event: Event) -> None:
        where = f"{self.references[source].file}: event {expected.id}"
        told = event.date and event.date.edtf
        self.tally.check(
            "events.date",
            f"{where} date {told} for {_any(date.edtf for date in expected.dates)}",
            right=_date_fits(source, expected, event),
        )
        served = [party.name for party in event.participants]
        may = self._may_take_part(event) | expected.participants_allowed
        self.tally.check(
            "events.participants",
            f"{where} participants {_any(served)} for {_any(expected.participants)}",
            right=all(self.names.any(name, served) for name in expected.participants)
            and all(self.names.any(name, may) for name in served),
        )

    def _may_take_part(self, event: Event) -> frozenset[str]:
        """Give whom the references of any text accept in this event: it joins what several texts tell."""
        return frozenset(
            name
            for source, reference in self.references.items()
            for one in reference.events
            if event.type in one.types
            and points(m.span for m in _mentions(event, source)) & points(one.mentions)
            for name in one.participants_allowed
        )


def _mentions(event: Event, source: str, longest: int | None = None) -> list[Mention]:
    own = [mention for mention in event.mentions if mention.source == source]
    return [m for m in own if longest is None or m.span.end - m.span.start <= longest]


def _tells(event: Event, source: str, expected: EventReference) -> bool:
    spans = (mention.span for mention in _mentions(event, source, _LONGEST_MENTION))
    return event.type in expected.types and bool(points(spans) & points(expected.mentions))


def _date_fits(source: str, expected: EventReference, event: Event, longest: int | None = None) -> bool:
    """Go by the date as this text tells it, where its mentions carry one, else by the event's own."""
    told = [mention.date for mention in _mentions(event, source, longest) if mention.date]
    return any(date_fits(date, expected.dates) for date in told or (event.date,))


def _any(words: Iterable[str]) -> str:
    return " or ".join(words) or "none"
