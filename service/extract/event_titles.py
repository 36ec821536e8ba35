"""Short titles for events: "Ann Lee meets Omar Diaz in Geneva", "Spain: missile test", "Planned talks: Spain, Peru"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.vocabulary.event_triggers import EventKind

_MOST_NAMES = 4


def title_of(kind: EventKind, label: str, status: Status, names: Sequence[str], place: str | None) -> str:
    """Build a title from the names of those who take part, at most four of them, and the words for the place.

    `label` is the type's name for people. Only an event that happened is told as a sentence.
    """
    told = _listed(names[:_MOST_NAMES])
    if status is not Status.HAPPENED:
        lead = "Planned" if status is Status.PLANNED else "Possible"
        return f"{lead} {label.lower()}: {told}" if told else f"{lead} {label.lower()}"
    where = place if place and place not in names else None
    if (
        kind.title
        and (len(names) > 1 or "{rest}" not in kind.title)
        and names
        and ("{place}" not in kind.title or place)
    ):
        rest = _listed(names[1:_MOST_NAMES])
        title = kind.title.format(all=told, first=names[0], rest=rest, place=place)
        return title if "{place}" in kind.title or not where else f"{title} {_located(where)}"
    title = f"{told}: {label.lower()}" if told else label
    return f"{title} {_located(where)}" if where else title


def _located(place: str) -> str:
    return f"at {place}" if place.lower().startswith("the ") else f"in {place}"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
