"""What a request costs in process, beside a bare Flask route: `python -m bench.requests [--rounds N]`.

The peer is an application with one route that returns the very bytes of our answer, and does nothing else: what anybody
pays for Flask. Both are called as a server calls them, by WSGI, without a socket; each is asked for a while in turns
(peer, ours, peer, ours …), and what counts is the processor time of the process. The log goes to nowhere, but its lines
are written, and the memory of answers is small, so that it is full from the start, as in a process that has run for a while:
until then each answer that is kept takes memory that the system has to hand out first. The ratio is the median of the rounds' ratios, so that a machine that is busy for a while does not decide.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from flask import Flask, Response

from bench.page import add_keep, keep
from bench.wsgi import call, environ, unlogged
from service import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
FIRST_DAY: Final = dt.date(1900, 1, 1)
CALLS: Final = 100
REMEMBERED: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """A way of asking: `ask` gives the path, the query and further headers of the next request."""

    name: str
    ask: Callable[[], tuple[str, str, dict[str, str]]]


def cases(app: Flask) -> Iterator[Case]:
    """Give the ways in which `app` is asked."""
    page = "speaker=kerry&limit=20"
    tag = app.test_client().get(f"/v1/statements?{page}").headers["ETag"]
    days = (FIRST_DAY + dt.timedelta(days=number) for number in count())
    statements = "/v1/statements"
    yield Case("asked before", lambda: (statements, page, {}))
    yield Case("asked before, not modified", lambda: (statements, page, {"HTTP_IF_NONE_MATCH": tag}))
    yield Case("never asked: filters, a page of 20", lambda: (statements, f"{page}&from={next(days)}", {}))
    yield Case(
        "never asked: three facets",
        lambda: (statements, f"{page}&from={next(days)}&facets=topic,publisher,year", {}),
    )
    yield Case("never asked: words", lambda: (statements, f"{page}&from={next(days)}&q=north+korea", {}))
    yield Case("never asked: a timeline", lambda: ("/v1/timeline", f"from={next(days)}", {}))
    yield Case("never asked: refused", lambda: (statements, f"form={next(days)}", {}))


def bare(body: bytes) -> Flask:
    """Give an application that answers with `body` and does nothing else."""
    app = Flask("bare")

    @app.get("/bare")
    def answer() -> Response:
        return Response(body, content_type="application/json")

    return app


def compare(app: Flask, rounds: int, calls: int) -> str:
    """Ask `app` in all ways, `calls` times in each of the `rounds`, and give the table."""
    lines = [f"{'':36}{'µs':>8}{'bare µs':>9}{'ratio':>7}{'from':>7}{'to':>7}"]
    for case in cases(app):
        whole = b"".join(call(app.wsgi_app, environ(*case.ask())))
        peer = bare(whole)
        pairs = [
            (_timed(lambda: ("/bare", "", {}), peer, calls), _timed(case.ask, app, calls))
            for _ in range(rounds)
        ]
        ratios = [ours / theirs for theirs, ours in pairs]
        ours, theirs = (median(column) * 1e6 for column in zip(*((o, t) for t, o in pairs), strict=True))
        lines.append(
            f"{case.name:36}{ours:8.0f}{theirs:9.0f}{median(ratios):7.2f}{min(ratios):7.2f}{max(ratios):7.2f}"
        )
    return "\n".join(lines)


def _timed(ask: Callable[[], tuple[str, str, dict[str, str]]], app: Flask, calls: int) -> float:
    """Give the seconds of processor time that a request costs."""
    environs = [environ(*ask()) for _ in range(calls)]
    started = time.process_time()
    for each in environs:
        call(app.wsgi_app, each)
    return (time.process_time() - started) / calls


def main(argv: list[str] | None = None) -> int:
    """Print the table for the texts of `seeds/`, or those that ``ONRECORD_TEXTS`` names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rounds", type=int, default=15, metavar="N", help="how often each is asked in turns"
    )
    add_keep(parser)
    args = parser.parse_args(argv)
    os.environ.setdefault("ONRECORD_TEXTS", str(ROOT / "seeds"))
    os.environ.setdefault("ONRECORD_REMEMBERED", str(REMEMBERED))
    app = create_app()
    gc.collect()
    gc.freeze()  # as the server does before it forks
    with unlogged():
        table = compare(app, args.rounds, CALLS)
    table = f"{args.rounds} rounds of {CALLS} requests, processor time of one process\n{table}"
    sys.stdout.write(f"{table}\n")
    if args.keep:
        keep("requests", "make bench-requests", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
