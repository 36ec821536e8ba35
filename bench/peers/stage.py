"""The whole comparison: what the servers read is written, they are started, held to each other, asked, and stopped."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from bench.peers import app_bare, app_sqlite, database
from bench.peers.cases import cases
from bench.peers.compare import agree, measured, table
from bench.peers.engine import Engine
from bench.peers.questions import path, questions
from bench.peers.records import corpus
from bench.peers.servers import running

if TYPE_CHECKING:
    from pathlib import Path

    from bench.peers.compare import Effort
    from bench.peers.questions import Questions
    from bench.peers.records import Record

_SAMPLE: Final = range(0, 2_000_000, 400_009)
"""The numbers of questions that all must answer alike before any is timed."""


def compare(record: Record, effort: Effort, folder: Path) -> str:
    """Serve `record` by all servers, whose files go to `folder`, and give the table.

    Leaves by `SystemExit` where a server does not start; raises `ValueError` where one answers otherwise than the others.
    """
    environment = {
        **record.environment(folder / "kept"),
        app_bare.BODY: str(folder / "body.json"),
        app_sqlite.DATABASE: str(folder / "record.db"),
    }
    os.environ.update(environment)
    asking = _written(folder / "record.db")
    rows = cases(record.texts, folder / "record.db")
    bare, *peers = dict.fromkeys(case.peer for case in rows)
    with ExitStack() as stack:
        servers = {peer.program.name: stack.enter_context(running(peer.program)) for peer in peers}
        (same,) = asking.some(0, 1)
        body = servers["onrecord"].get(path(same))
        (folder / "body.json").write_bytes(body)
        servers[bare.program.name] = stack.enter_context(running(bare.program))
        agree(rows[1:], servers, (question for number in _SAMPLE for question in asking.some(number, 1)))
        agree(rows[:2], servers, [same])
        figures = measured(rows, servers, asking, effort)
    return f"a page has {len(body):,} bytes\n{table(figures)}"


def _written(file: Path) -> Questions:
    """Write the database, and give what is asked of the record."""
    made = corpus()
    database.write(file, made, Engine(made).statements())
    return questions(made)
