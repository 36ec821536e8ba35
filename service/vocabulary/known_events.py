"""Dated events known beforehand: lists that are complete for what they claim, from public sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.dates import parse_edtf
from service.vocabulary.naming import slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from pathlib import Path

    from service.model import Date

_FILE = "known_events.yaml"
_SERIES = {"id", "type", "complete", "source", "actors", "country", "city", "title", "events"}
_EVENT = {"date", "title", "actors", "country", "city", "ordinal"}


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event with its days. `type` is an id of events.yaml, `actors` are names, `country` ISO 3166-1 alpha-2.

    `series` is the list it stands in, `ordinal` which one of that list it is: by count ("third nuclear test"), or a
    resolution's official number. `city` may name several, separated by commas.
    """

    id: str
    type: str
    date: Date
    title: str
    actors: tuple[str, ...]
    country: str | None
    city: str | None
    series: str
    ordinal: int | None


def read_known_events(folder: Path) -> tuple[KnownEvent, ...]:
    """Read ``folder/known_events.yaml``, series after series; raise `VocabularyError` on a wrong entry or a double id."""
    entries = read_yaml(folder, _FILE)
    if not isinstance(entries, list):
        message = f"{folder / _FILE}: expected a list of series, found {type(entries).__name__}"
        raise VocabularyError(message)
    found: dict[str, KnownEvent] = {}
    for number, entry in enumerate(entries, 1):
        for event in _series(entry, f"{folder / _FILE}: series {number}"):
            if event.id in found:
                message = (
                    f"{folder / _FILE}: two events would have the id {event.id!r}; tell them apart by city"
                )
                raise VocabularyError(message)
            found[event.id] = event
    return tuple(found.values())


def _series(entry: Any, where: str) -> list[KnownEvent]:
    entry = only_keys(entry, _SERIES, where)
    for key in ("id", "type", "complete", "source"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            message = f"{where}: {key} takes a string, found {entry.get(key)!r}"
            raise VocabularyError(message)
    if not isinstance(entry.get("events"), list):
        message = f"{where}: events takes a list, found {entry.get('events')!r}"
        raise VocabularyError(message)
    common = {key: entry[key] for key in ("actors", "country", "city", "title") if key in entry}
    return [
        _event(
            common | only_keys(event, _EVENT, f"{where}, event {number}"), entry, f"{where}, event {number}"
        )
        for number, event in enumerate(entry["events"], 1)
    ]


def _event(entry: dict[str, Any], series: dict[str, Any], where: str) -> KnownEvent:
    try:
        date = parse_edtf(str(entry.get("date")))
    except ValueError as error:
        message = f"{where}: date: {error}"
        raise VocabularyError(message) from error
    country, city, ordinal, title = (entry.get(key) for key in ("country", "city", "ordinal", "title"))
    if not isinstance(title, str) or not isinstance(country, str | None) or not isinstance(city, str | None):
        message = f"{where}: title, country and city take strings, found {title!r}, {country!r} and {city!r}"
        raise VocabularyError(message)
    if not isinstance(ordinal, int | None):
        message = f"{where}: ordinal takes a whole number, found {ordinal!r}"
        raise VocabularyError(message)
    return KnownEvent(
        id=slug(f"{series['id']} {date.start} {entry['city'] if 'city' not in series and city else ''}"),
        type=series["type"],
        date=date,
        title=title.replace("{city}", city or "").replace("{ordinal}", str(ordinal)),
        actors=strings(entry, "actors", where),
        country=country,
        city=city,
        series=series["id"],
        ordinal=ordinal,
    )
