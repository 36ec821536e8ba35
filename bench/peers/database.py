"""The record as a file of SQLite: what is filtered by in tables with indexes, the records' JSON as it is served.

The tables of speakers and topics hold the days too, so that such a filter together with days is one walk through an index.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

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


def write(file: Path, records: Callable[[str], Iterable[bytes]]) -> None:
    """Write `file`; `records` gives the records of a kind as JSON, the statements in the order of their list."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(_TABLES)
        with database:
            for record in map(json.loads, records("sources")):
                publisher, published = record["publisher"] or {}, record["published"] or {}
                row = (record["id"], record["title"], publisher.get("name"), published.get("edtf"))
                database.execute("INSERT INTO sources VALUES (?, ?, ?, ?)", row)
            for record in map(json.loads, records("speakers")):
                row = (record["id"], record["name"], record["type"], record["country"])
                database.execute("INSERT INTO speakers VALUES (?, ?, ?, ?)", row)
            for record in map(json.loads, records("topics")):
                database.execute("INSERT INTO topics VALUES (?, ?)", (record["id"], record["label"]))
            for number, payload in enumerate(records("statements")):
                _write_statement(database, number, payload)
        database.executescript(_INDEXES)


def _write_statement(database: sqlite3.Connection, number: int, payload: bytes) -> None:
    record = json.loads(payload)
    date = record["date"] or {}
    days = (date.get("start"), date.get("end"))
    columns = (number, record["id"], record["source"]["id"], record["kind"], *days, record["confidence"])
    database.execute("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*columns, payload.decode()))
    for table, member in (("statement_speakers", "speakers"), ("statement_topics", "topics")):
        links = ((each, number, *days) for each in dict.fromkeys(one["id"] for one in record[member]))
        database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", links)  # noqa: S608 - one of two names
