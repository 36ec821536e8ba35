"""``onrecord parse``: the record of texts on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import orjson

from service.cli import reading
from service.http.csv_rows import columns, lines
from service.http.views import Dumper
from service.record import keep_snapshot, options_for
from service.settings import read_settings
from service.snapshot import SnapshotError, check_place

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from service.model import Corpus

ERRORS = (*reading.ERRORS, SnapshotError)

_FINE, _WANTING = 0, 1


def run(args: Namespace) -> int:
    """Write the record in the format asked for; 1 when a text was rejected, or none was there."""
    if args.snapshot is not None:
        return _keep(args)
    _, loaded = reading.read_record(args.paths, args.workers, args.scheduler)
    write = {"json": _json, "ndjson": _ndjson, "csv": _csv}[args.format]
    sys.stdout.flush()
    for part in write(loaded.corpus):
        sys.stdout.buffer.write(part)
    return _WANTING if reading.found_wanting(loaded.corpus) else _FINE


def _keep(args: Namespace) -> int:
    """Write a snapshot of the record, finding out before anything is parsed whether it can stand there."""
    check_place(args.snapshot)
    loader, loaded = reading.read_record(args.paths, args.workers, args.scheduler)
    settings = read_settings(texts_named=bool(args.paths))
    keep_snapshot(loaded.corpus, options_for(settings, loader.vocabulary), args.snapshot)
    return _WANTING if reading.found_wanting(loaded.corpus) else _FINE


def _records(corpus: Corpus) -> Iterator[tuple[str, list[bytes]]]:
    dumper = Dumper(corpus, served=False)
    yield "source", [dumper.source(record) for record in corpus.sources]
    yield "statement", [dumper.statement(record) for record in corpus.statements]
    yield "event", [dumper.event(record) for record in corpus.events]
    yield "speaker", [dumper.speaker(record) for record in corpus.speakers]


def _json(corpus: Corpus) -> Iterator[bytes]:
    whole = {
        "version": corpus.version,
        **{f"{kind}s": [orjson.Fragment(one) for one in records] for kind, records in _records(corpus)},
        "rejected": [{"file": one.file, "reason": one.reason} for one in corpus.rejected],
    }
    yield orjson.dumps(
        orjson.loads(orjson.dumps(whole)), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def _ndjson(corpus: Corpus) -> Iterator[bytes]:
    for kind, records in _records(corpus):
        for record in records:
            yield b'{"record":"' + kind.encode() + b'",' + record[1:] + b"\n"


def _csv(corpus: Corpus) -> Iterator[bytes]:
    dumper = Dumper(corpus, served=False)
    yield from lines(columns("statements"), map(dumper.statement, corpus.statements))
