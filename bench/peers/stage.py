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
from bench.peers.servers import running
from bench.synthetic import make_record
from service.cli import main as onrecord

if TYPE_CHECKING:
    from pathlib import Path

    from bench.peers.compare import Effort

_SAMPLE: Final = range(0, 2_000_000, 400_009)
"""The numbers of questions that all must answer alike before any is timed."""


def write_record(statements: int, texts: Path | None, folder: Path) -> None:
    """Write the record that all serve into `folder`, as a snapshot: of `texts`, where there are any, else made up."""
    if texts is None:
        make_record(statements, folder)
    elif onrecord(["parse", str(texts), "--snapshot", str(folder)]):
        message = f"not all of {texts} could be read"
        raise SystemExit(message)


def compare(snapshot: Path, effort: Effort, folder: Path) -> str:
    """Serve the record in `snapshot` by all servers, whose other files go to `folder`, and give the table.

    Leaves by `SystemExit` where a server does not start; raises `ValueError` where one answers otherwise than the others.
    """
    os.environ.update(
        {
            "ONRECORD_TEXTS": str(snapshot),
            app_bare.BODY: str(folder / "body.json"),
            app_sqlite.DATABASE: str(folder / "record.db"),
        }
    )
    engine = Engine(snapshot)
    database.write(folder / "record.db", engine.records)
    asking, rows = questions(engine.records("statements")), cases(folder / "record.db")
    bare, *peers = dict.fromkeys(case.peer for case in rows)
    with ExitStack() as stack:
        servers = {peer.program.name: stack.enter_context(running(peer.program)) for peer in peers}
        (same,) = asking.some(0, 1)
        body = servers["onrecord"].get(path(same))
        (folder / "body.json").write_bytes(body)
        servers[bare.program.name] = stack.enter_context(running(bare.program))
        agree(rows[:2], servers, [same])
        agree(rows[1:], servers, (question for number in _SAMPLE for question in asking.some(number, 1)))
        figures = measured(rows, servers, asking, effort)
    return f"a page has {len(body):,} bytes\n{table(figures)}"
