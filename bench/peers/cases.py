"""What is compared: which servers there are, and how each is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bench.peers.questions import datasette_page, datasette_path, page, path
from bench.peers.servers import Program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.peers.questions import Page, Question


@dataclass(frozen=True, slots=True)
class Peer:
    """A server of the record: how to ask it for a page, and how to read what it answers."""

    program: Program
    path: Callable[[Question], str] = path
    page: Callable[[bytes], Page] = page


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table: how often the `peer` sees the same question, `again` and again or each `first` only once."""

    name: str
    peer: Peer
    again: bool = False


_ONRECORD: Final = "import sys; from service.cli import main; sys.exit(main())"
_ADDRESS: Final = ("--host", "{host}", "--port", "{port}")


def _served(name: str, application: str) -> Program:
    return Program(name, ("-m", "bench.peers.serve", application, "{host}:{port}"))


def cases(database: Path) -> tuple[Case, ...]:
    """Give the rows; the first is what the others are held to. `database` is the file that datasette serves."""
    bare = Peer(_served("bare", "bench.peers.app_bare:app()"))
    onrecord = Peer(Program("onrecord", ("-c", _ONRECORD, "serve", "--bind", "{host}:{port}")))
    fastapi = Peer(
        Program(
            "fastapi",
            ("-m", "uvicorn", "bench.peers.app_fastapi:app", "--factory", "--no-access-log", *_ADDRESS),
        )
    )
    sqlite = Peer(_served("sqlite", "bench.peers.app_sqlite:app()"))
    datasette = Peer(
        Program(
            "datasette",
            (
                "-m",
                "datasette",
                "serve",
                "--immutable",
                str(database),
                "--setting",
                "suggest_facets",
                "off",
                *_ADDRESS,
            ),
        ),
        datasette_path,
        datasette_page,
    )
    return (
        Case("bare Flask route, the same bytes", bare, again=True),
        Case("Onrecord, asked before", onrecord, again=True),
        Case("Onrecord, never asked", onrecord),
        Case("FastAPI, Onrecord's engine", fastapi),
        Case("Flask, SQLite", sqlite),
        Case("datasette", datasette),
    )
