"""The record as a file of SQLite: what is filtered by in tables with indexes, the records' JSON as it is served.

The tables of speakers and topics hold the days too, so that such a filter together with days is one walk through an index.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from service.model import Corpus, Statement

_TABLES: Final = """
CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, published TEXT);
CREATE TABLE speakers (id TEXT PRIMARY KEY, name TEXT, type TEXT, country TEXT);
CREATE TABLE topics (id TEXT PRIMARY KEY, label TEXT);
CREATE TABLE statements (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT REFERENCES sources (id), kind TEXT, start TEXT, "end" TEXT,
    confidence REAL, json TEXT
);
CREATE TABLE statement_speakers (
    speaker TEXT REFERENCES speakers (id), statement INTEGER REFERENCES statements ("row"), start TEXT, "end" TEXT,
    PRIMARY KEY (speaker, statement)
) WITHOUT ROWID;
CREATE TABLE statement_topics (
    topic TEXT REFERENCES topics (id), statement INTEGER REFERENCES statements ("row"), start TEXT, "end" TEXT,
    PRIMARY KEY (topic, statement)
) WITHOUT ROWID;
"""
_INDEXES: Final = """
CREATE INDEX statements_by_source ON statements (source);
CREATE INDEX statements_by_kind ON statements (kind);
CREATE INDEX statements_by_day ON statements (start, "end");
CREATE INDEX speakers_of_statements ON statement_speakers (statement);
CREATE INDEX topics_of_statements ON statement_topics (statement);
ANALYZE;
"""


def write(file: Path, corpus: Corpus, statements: Iterable[tuple[Statement, bytes]]) -> None:
    """Write `corpus` to `file`; `statements` are its own with their JSON, in the order of lists."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(_TABLES)
        with database:
            _write_terms(database, corpus)
            for row, (statement, payload) in enumerate(statements):
                _write_statement(database, row, statement, payload)
        database.executescript(_INDEXES)


def _write_terms(database: sqlite3.Connection, corpus: Corpus) -> None:
    database.executemany(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        (
            (s.id, s.title, s.publisher and s.publisher.name, s.published and s.published.edtf)
            for s in corpus.sources
        ),
    )
    database.executemany(
        "INSERT INTO speakers VALUES (?, ?, ?, ?)",
        ((s.id, s.name, s.type, s.country) for s in corpus.speakers),
    )
    database.executemany("INSERT INTO topics VALUES (?, ?)", ((t.id, t.label) for t in corpus.topics))


def _write_statement(database: sqlite3.Connection, row: int, statement: Statement, payload: bytes) -> None:
    date = statement.date
    days = (None, None) if date is None else (str(date.start), str(date.end))
    columns = (row, statement.id, statement.source, statement.kind, *days, statement.confidence)
    database.execute("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*columns, payload.decode()))
    linked = {
        "statement_speakers": (party.id for party in statement.speakers),
        "statement_topics": statement.topics,
    }
    for table, ids in linked.items():
        links = ((each, row, *days) for each in dict.fromkeys(ids))
        database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", links)  # noqa: S608 - one of two names
