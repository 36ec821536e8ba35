"""Read reference files: what people found in a text, and what they would accept beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.dates import parse_edtf, span

if TYPE_CHECKING:
    from pathlib import Path

    from service.model import Date

Range = tuple[int, int]
"""Code points of the decoded text from start to end, end exclusive."""


class ReferencesError(ValueError):
    """A reference file that can't be used; the message names it and what is wrong."""


@dataclass(frozen=True, slots=True)
class SourceReference:
    """The facts of an article. `publisher_unstated`: the text does not tell, so that none served is right."""

    title: str
    publisher: str
    publisher_unstated: bool
    authors: tuple[str, ...]
    published: Date


@dataclass(frozen=True, slots=True)
class StatementReference:
    """A statement. One that is not `required` may be served or not; `alternative` is content that is right too."""

    id: str
    required: bool
    kind: str
    speakers: tuple[str, ...]
    also_speakers: tuple[str, ...]
    content: tuple[Range, ...]
    alternative: tuple[Range, ...]
    quotes: tuple[Range, ...]
    dates: tuple[Date, ...]
    via: frozenset[str]
    via_allowed: frozenset[str]
    topics: frozenset[str]
    topics_allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventReference:
    """An event with the types, dates and participants that are right for it."""

    id: str
    required: bool
    title: str
    types: frozenset[str]
    dates: tuple[Date, ...]
    participants: tuple[str, ...]
    participants_allowed: frozenset[str]
    mentions: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What is to be found in the text of one file. `sha256` is that of its bytes, None where the reference has none."""

    file: str
    sha256: str | None
    source: SourceReference
    statements: tuple[StatementReference, ...]
    events: tuple[EventReference, ...]


def read_references(folder: Path) -> tuple[Reference, ...]:
    """Read every ``*.json`` of `folder` in the order of names; raise `ReferencesError` where none can be used."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        message = f"{folder}: no reference files (*.json) there"
        raise ReferencesError(message)
    return tuple(_read(path) for path in paths)


def reference(members: dict[str, Any]) -> Reference:
    """Give the reference that the members of a file's JSON object make; `KeyError`, `ValueError` where they don't."""
    return Reference(
        file=members["file"],
        sha256=members.get("sha256"),
        source=_source(members["source"]),
        statements=tuple(_statement(entry) for entry in members["statements"]),
        events=tuple(_event(entry) for entry in members["events"]),
    )


def _read(path: Path) -> Reference:
    try:
        return reference(json.loads(path.read_text(encoding="utf-8")))
    except KeyError as error:
        message = f"{path}: the member {error} is missing"
    except (OSError, ValueError, TypeError, AttributeError) as error:
        message = f"{path}: {error}"
    raise ReferencesError(message)


def _source(entry: dict[str, Any]) -> SourceReference:
    return SourceReference(
        title=entry["title"],
        publisher=entry["publisher"],
        publisher_unstated=entry["publisher_basis"] == "unstated",
        authors=tuple(entry["authors"]),
        published=parse_edtf(entry["published"]["date"]),
    )


def _statement(entry: dict[str, Any]) -> StatementReference:
    return StatementReference(
        id=entry["id"],
        required=entry["required"],
        kind=entry["kind"],
        speakers=tuple(entry["speakers"]),
        also_speakers=tuple(entry["also_accepted_speakers"]),
        content=_ranges(entry["content"]),
        alternative=_ranges(entry["alternative_content"] or []),
        quotes=_ranges(entry["quotes"]),
        dates=_dates(entry["dates_accepted"]),
        via=frozenset(entry["via"]),
        via_allowed=frozenset(entry["via_allowed"]),
        topics=frozenset(entry["topics"]["required"]),
        topics_allowed=frozenset(entry["topics"]["allowed"]),
    )


def _event(entry: dict[str, Any]) -> EventReference:
    return EventReference(
        id=entry["id"],
        required=entry["required"],
        title=entry["title"],
        types=frozenset(entry["types_accepted"]),
        dates=_dates(entry["dates_accepted"]),
        participants=tuple(entry["participants"]["required"]),
        participants_allowed=frozenset(entry["participants"]["allowed"]),
        mentions=_ranges(entry["mentions"]),
    )


def _ranges(pairs: list[list[int]]) -> tuple[Range, ...]:
    return tuple((start, end) for start, end in pairs)


def _dates(entries: list[dict[str, str]]) -> tuple[Date, ...]:
    return tuple(span(parse_edtf(entry["start"]).start, parse_edtf(entry["end"]).end) for entry in entries)
