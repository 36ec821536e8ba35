"""Records as rows of a table: one flat set of columns for each kind, safe to open in a spreadsheet.

A column is named by its way through the record's JSON (``source.publisher.name``). Where that way leads through a list,
the cell holds what each of its members has, with "; " between; what is null is empty.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import orjson

from service.http.problems import Fault, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DATE = ("date.edtf", "date.start", "date.end", "date.precision", "date.basis", "date_expression")

COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        *("id", "url", "kind", "text", "content.start", "content.end", "quotes.text"),
        *("speakers.id", "speakers.name", "speakers.type", "speakers.role", "speakers.country"),
        *("mention.text", "cue.text", "addressee", *_DATE, "place", "topics.id", "topics.label"),
        *("via.id", "via.name", "confidence", "also_in", "event"),
        *("source.id", "source.title", "source.publisher.id", "source.publisher.name"),
        *("source.published.edtf", "source.retold_from.publisher", "source.retold_from.title"),
        *("context.text", "corrected.reason"),
    ),
    "events": (
        *("id", "url", "type", "plover", "title", *_DATE, "dates_differ", "status", "place"),
        *("participants.id", "participants.name", "participants.type", "participants.country"),
        *("topics.id", "topics.label", "mentions.source", "mentions.text", "mentions.date.edtf"),
        *("sources", "statements"),
    ),
    "sources": (
        *("id", "url", "file", "title", "publisher.id", "publisher.name", "publisher.basis", "authors"),
        *("published.edtf", "published.start", "published.end", "published.precision", "published.basis"),
        *("dateline", "language", "words", "sha256", "retold_from.publisher", "retold_from.title"),
        *("retold_from.authors", "retold_from.published", "note", "counts.statements", "counts.events"),
    ),
    "speakers": (
        *("id", "url", "name", "type", "role", "country", "aliases", "same_as"),
        *("counts.statements", "counts.events"),
    ),
    "topics": (
        *("id", "url", "label", "definition", "alt_labels", "broader"),
        *("counts.statements", "counts.events"),
    ),
}
"""The columns of each kind of record, in order."""

_SIGNS = "=+@＝＋－＠\\-"
_FORMULA = re.compile(rf"(^(?=[{_SIGNS}\t\r\n])|[;\t\r\n] *(?=[{_SIGNS}]))")


def columns(kind: str, fields: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the columns of `kind`, or those of the members that `fields` names, in the order in which it names them.

    Raises the 400 `Problem` for a member that has no column.
    """
    fields, every = tuple(fields), COLUMNS[kind]
    if not fields:
        return every
    picked = {field: [each for each in every if f"{each}.".startswith(f"{field}.")] for field in fields}
    faults = [
        Fault("query", "fields", f"{field!r} has no column in csv; leave it out or ask for ndjson.")
        for field, found in picked.items()
        if not found
    ]
    if faults:
        raise invalid(*faults)
    return tuple(dict.fromkeys(each for found in picked.values() for each in found))


def lines(chosen: Sequence[str], records: Iterable[bytes]) -> Iterator[bytes]:
    """Give the header line and a line for each of `records`, which are JSON; UTF-8, lines end as RFC 4180 has it."""
    ways = [tuple(column.split(".")) for column in chosen]
    writer = csv.writer(_Line())
    yield writer.writerow(chosen)
    for record in records:
        members = orjson.loads(record)
        yield writer.writerow([_cell(members, way) for way in ways])


class _Line:
    """Hands each line back to whoever wrote the row, for `csv.writer` passes on what `write` gives."""

    def write(self, line: str) -> bytes:
        return line.encode()


def harmless(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula and run.

    Also after a semicolon, a tab or a line end, for there are spreadsheets that part cells there.
    """
    return _FORMULA.sub(r"\1'", value)


def _cell(value: Any, way: Sequence[str]) -> str:
    for at, member in enumerate(way):
        if value is None:
            return ""
        if isinstance(value, list):
            return _joined([_cell(each, way[at:]) for each in value])
        value = value[member]
    return _joined([_written(each) for each in value]) if isinstance(value, list) else _written(value)


def _joined(cells: list[str]) -> str:
    return "; ".join(cells) if any(cells) else ""


def _written(value: Any) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
