"""Flask over a file of SQLite that `bench.peers.database` wrote."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from typing import Final

from flask import Flask, Response, request

DATABASE: Final = "BENCH_DATABASE"

_COUNT: Final = """
SELECT count(*) FROM statement_speakers AS said
WHERE said.speaker = :speaker AND said."end" >= :first AND said.start <= :last
"""
_PAGE: Final = """
SELECT one.json FROM statement_speakers AS said CROSS JOIN statements AS one ON one.row = said.statement
WHERE said.speaker = :speaker AND said."end" >= :first AND said.start <= :last
ORDER BY said.statement LIMIT :limit
"""


def app() -> Flask:
    """Give the application; `DATABASE` in the environment names the file."""
    app, held = Flask("sqlite"), threading.local()

    def connection() -> sqlite3.Connection:
        """Give the thread's own connection: opening one for each request would cost more than the question."""
        if not hasattr(held, "connection"):
            held.connection = _opened(os.environ[DATABASE])
        opened: sqlite3.Connection = held.connection
        return opened

    @app.get("/v1/statements")
    def statements() -> Response:
        given = request.args
        asked = {
            "speaker": given["speaker"],
            "first": str(dt.date.fromisoformat(given.get("from", "0001-01-01"))),
            "last": str(dt.date.fromisoformat(given.get("to", "9999-12-31"))),
            "limit": min(max(int(given.get("limit", 20)), 1), 100),
        }
        ((total,),) = connection().execute(_COUNT, asked)
        items = b",".join(json for (json,) in connection().execute(_PAGE, asked))
        return Response(b'{"items":[%b],"total":%d}' % (items, total), content_type="application/json")

    return app


def _opened(file: str) -> sqlite3.Connection:
    """Open a file that nobody changes, and keep all of it in memory."""
    opened = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    opened.text_factory = bytes
    opened.execute("PRAGMA mmap_size = 2000000000")
    return opened
