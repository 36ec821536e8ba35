"""A list and its records in every format, with the members asked for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import orjson

from service.http import csv_rows, linked_data
from service.http.embedding import embedded
from service.http.endpoint import JSON, Reply
from service.http.formats import MEDIA, Format
from service.http.listing import TOTAL, as_it_is
from service.http.selection import check_present, pick, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from service.http.arguments import Arguments
    from service.http.library import Library
    from service.http.listing import Collection

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Renditions:
    """What the endpoints of one kind of record answer, whatever the format."""

    collection: Collection
    library: Library

    def listed(self, arguments: Arguments) -> Reply:
        """Answer a request for the list: a page, or the whole of it as a stream."""
        if arguments.media == JSON:
            return self._page(arguments)
        others = {
            MEDIA[Format.NDJSON]: self._ndjson,
            MEDIA[Format.CSV]: self._csv,
            MEDIA[Format.JSONLD]: self._linked_page,
        }
        return others[arguments.media](arguments)

    def single(self, arguments: Arguments, identity: str) -> Reply:
        """Answer a request for one record; raise the 404 `Problem` with near names where there is none."""
        row = self.collection.row(identity)
        record = self.collection.table.records[row]
        if arguments.media == MEDIA[Format.JSONLD]:
            linked = linked_data.document(self.collection.name, orjson.loads(record))
            return Reply(orjson.dumps(linked), arguments.media)
        return Reply(self._shape(arguments)(row, record))

    def _page(self, arguments: Arguments) -> Reply:
        return self.collection.page(arguments, self._shape(arguments))

    def _linked_page(self, arguments: Arguments) -> Reply:
        page = self.collection.page(arguments)
        linked = linked_data.page(self.collection.name, orjson.loads(page.body))
        return Reply(orjson.dumps(linked), arguments.media, page.links, page.headers)

    def _ndjson(self, arguments: Arguments) -> Reply:
        found = self.collection.whole(arguments)
        shape = self._shape(arguments)
        ready = found.found is None and shape is as_it_is
        lines = (shape(row, record) + b"\n" for row, record in self.collection.items(found))
        length = sum(len(self.collection.table.records[row]) + 1 for row in found.rows) if ready else None
        return _reply(arguments.media, found.total, lines, length)

    def _csv(self, arguments: Arguments) -> Reply:
        columns = csv_rows.columns(self.collection.name, arguments.texts("fields"))
        found = self.collection.whole(arguments)
        records = (self.collection.table.records[row] for row in found.rows)
        return _reply(arguments.media, found.total, csv_rows.lines(columns, records))

    def _shape(self, arguments: Arguments) -> Callable[[int, bytes], bytes]:
        if "fields" not in arguments.given and "embed" not in arguments.given:
            return as_it_is
        fields, asked = arguments.texts("fields"), arguments.texts("embed")
        check_present(fields, asked, searched="q" in arguments.given)
        members = wanted(fields)
        inside = members.get("embedded")
        if inside:
            inside.update({name: {} for name in asked if name not in inside})
        kind, library = self.collection.name, self.library

        def shape(row: int, record: bytes) -> bytes:
            shown = orjson.loads(record)
            added = embedded(library, kind, row, asked) if asked else {}
            if not fields:
                return orjson.dumps({**shown, **added})
            if inside:
                added = orjson.loads(orjson.dumps(added))  # whole records are bytes until here
            always = {name: value for name, value in added.items() if name not in members}
            return orjson.dumps({**pick({**shown, **added}, members), **always})

        return shape


def _reply(media: str, total: int, lines: Iterable[bytes], length: int | None = None) -> Reply:
    """Give the lines of `total` records: at once where that is a single piece, else as a stream of `length` bytes."""
    headers = {TOTAL: str(total)}
    if total <= _AT_ONCE:
        return Reply(b"".join(lines), media, headers=headers)
    return Reply(media=media, headers=headers, stream=_chunks(lines), length=length)


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines to pieces worth sending."""
    lines = iter(lines)
    while piece := b"".join(islice(lines, _AT_ONCE)):
        yield piece
