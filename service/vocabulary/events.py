"""The types of events, their PLOVER types, and which of them can be the same happening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.vocabulary.naming import slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

PLOVER = frozenset(
    (
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    )
)
"""The sixteen event types of PLOVER."""

_FILE = "events.yaml"
_TEXTS = ("id", "label", "definition", "family")


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event. `plover` is one of `PLOVER`, None where none fits.

    Types of one `family` can be the same happening; the one with the higher `settled` names it. `once` holds for what
    happens to a person only once.
    """

    id: str
    label: str
    definition: str
    plover: str | None
    family: str
    settled: int
    once: bool = False


@dataclass(frozen=True, slots=True)
class EventTypes:
    """All types of events, in the order of the file."""

    types: tuple[EventType, ...]
    by_id: dict[str, EventType]

    def plover(self, type_: str) -> str | None:
        """Give the PLOVER type of the type with this id; raise `KeyError` for an unknown one, as the next two do."""
        return self.by_id[type_].plover

    def family(self, type_: str) -> str:
        """Give the family: events of types of one family can be the same happening."""
        return self.by_id[type_].family

    def settledness(self, type_: str) -> int:
        """Give the rank of the type within its family, the higher the more it says."""
        return self.by_id[type_].settled


def read_event_types(folder: Path) -> EventTypes:
    """Read ``folder/events.yaml``; raise `VocabularyError` where an entry is wrong or an id stands twice."""
    entries = read_yaml(folder, _FILE)
    if not isinstance(entries, list):
        message = f"{folder / _FILE}: expected a list of event types, found {type(entries).__name__}"
        raise VocabularyError(message)
    types = tuple(
        _type(entry, f"{folder / _FILE}: event type {number}") for number, entry in enumerate(entries, 1)
    )
    by_id = {one.id: one for one in types}
    if len(by_id) < len(types):
        message = f"{folder / _FILE}: an id stands twice among {', '.join(one.id for one in types)}"
        raise VocabularyError(message)
    return EventTypes(types, by_id)


def _type(entry: Any, where: str) -> EventType:
    entry = only_keys(entry, {*_TEXTS, "plover", "settled", "once"}, where)
    texts = {key: entry.get(key) for key in _TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str) or not value:
            message = f"{where}: {key} takes a string, found {value!r}"
            raise VocabularyError(message)
    plover, settled = entry.get("plover"), entry.get("settled")
    if plover is not None and plover not in PLOVER:
        message = f"{where}: plover takes null or one of {', '.join(sorted(PLOVER))}, found {plover!r}"
        raise VocabularyError(message)
    if not isinstance(settled, int) or texts["id"] != slug(str(texts["id"])):
        message = f"{where}: id takes small letters and hyphens, settled a whole number, found {texts['id']!r}, {settled!r}"
        raise VocabularyError(message)
    once = entry.get("once") is True
    return EventType(plover=plover, settled=settled, once=once, **{key: str(texts[key]) for key in _TEXTS})
