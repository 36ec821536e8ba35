"""Short news pieces of our own with the events that they tell, and how many of those the record has right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from service.dates import parse_edtf, within
from service.scoring.comparing import Names
from tests.corpora import loader

if TYPE_CHECKING:
    from pathlib import Path

    from service.model import Event


@dataclass(slots=True)
class Figures:
    """Counts over all pieces: events found, required ones met, and of these how many facts are right."""

    found: int = 0
    right: int = 0
    required: int = 0
    met: int = 0
    status: int = 0
    who: int = 0
    dated: int = 0
    dates: int = 0
    misses: list[str] = field(default_factory=list)

    def of(self, name: str) -> float:
        """Give one figure: precision, recall, status, date or participants."""
        right, whole = {
            "precision": (self.right, self.found),
            "recall": (self.met, self.required),
            "status": (self.status, self.met),
            "date": (self.dates, self.dated),
            "participants": (self.who, self.met),
        }[name]
        return right / whole


def read_pieces(path: Path) -> dict[str, dict[str, Any]]:
    """Read a YAML file of pieces by name."""
    pieces: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return pieces


def measure(pieces: dict[str, dict[str, Any]]) -> Figures:
    """Score every piece by itself."""
    figures, names = Figures(), Names(loader().vocabulary)
    for name, piece in pieces.items():
        events = list(loader().posted(piece["text"], None, str(piece["published"])).events)
        for expected in piece["events"]:
            _score(name, piece["text"], expected, events, names, figures)
        figures.found += len(events)
        figures.misses += [f"{name}: surplus {_shown(event)}" for event in events]
    figures.found += figures.right
    return figures


def _score(
    name: str, text: str, expected: dict[str, Any], events: list[Event], names: Names, figures: Figures
) -> None:
    required = not expected.get("optional")
    figures.required += required
    fitting = [event for event in events if _tells(event, text, expected)]
    if not fitting:
        if required:
            figures.misses.append(f"{name}: missed {expected['types'][0]} {expected['words']!r}")
        return
    best = max(
        fitting, key=lambda event: (event.status == expected["status"], _names(expected, event, names))
    )
    events.remove(best)
    figures.right += 1
    if required:
        _facts(name, expected, best, names, figures)


def _facts(name: str, expected: dict[str, Any], event: Event, names: Names, figures: Figures) -> None:
    figures.met += 1
    told = event.date is not None and within(event.date, parse_edtf(str(expected.get("date", "2000"))))
    checks = {
        "status": event.status == expected["status"],
        "who": _names(expected, event, names),
        "dates": told and "date" in expected,
    }
    figures.dated += "date" in expected
    for check, right in checks.items():
        setattr(figures, check, getattr(figures, check) + right)
        if not right and (check != "dates" or "date" in expected):
            figures.misses.append(f"{name}: wrong {check} in {_shown(event)} for {expected}")


def _tells(event: Event, text: str, expected: dict[str, Any]) -> bool:
    start = text.index(expected["words"])
    end = start + len(expected["words"])
    spans = [mention.span for mention in event.mentions]
    return event.type in expected["types"] and any(s.start < end and start < s.end for s in spans)


def _names(expected: dict[str, Any], event: Event, names: Names) -> bool:
    served = [party.name for party in event.participants]
    may = [*expected["who"], *expected.get("may", ())]
    return all(names.any(name, served) for name in expected["who"]) and all(
        names.any(name, may) for name in served
    )


def _shown(event: Event) -> str:
    who = ", ".join(party.name for party in event.participants)
    words = " | ".join(mention.span.text for mention in event.mentions)
    return f"{event.type}, {event.status}, {event.date and event.date.edtf}, [{who}]: {words!r}"
