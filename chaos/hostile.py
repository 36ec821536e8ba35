"""A thousand hostile requests: none brings out an error of the server's own, none hangs it, and it answers well afterwards."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from bench.peers.app_bare import BODY
from chaos.asking import FAILURES, HOST, asked
from chaos.load import Load, promised
from chaos.malice import hostile
from chaos.rows import Effort, Row
from chaos.servers import Process, ending, free_port
from chaos.stage import READS
from chaos.waiting import wait_until
from chaos.wire import HungError, exchanged, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaos.malice.request import Hostile
    from chaos.stage import Stage

_AT_ONCE: Final = 6
_THREADS: Final = 8
"""As many readers as the worker has threads, so that one that hangs is missed."""
_WAITING: Final = 48
"""So many at once where most of the time is waiting for nothing more to come."""
_SILENCE: Final = 0.2
_PAUSE: Final = 0.01
_SAMPLE: Final = 10
"""Of so many requests one goes to the control."""


def straight(stage: Stage, effort: Effort) -> Row:
    """Send them to a server, without nginx; the control is a bare Flask route under the same server."""
    sent = hostile()
    with stage.served() as service:
        expected, workers = promised(service.port, READS), service.workers()
        seen = _sent(service.port, sent)
        changed = set(workers) ^ set(service.workers())
        with Load(service.port, READS, expected, clients=_THREADS, patience=5) as load:
            load.wait_for(effort.requests)
    control = _bare(stage, sent[::_SAMPLE])
    return Row(
        "hostile requests",
        f"{_AT_ONCE} clients, no nginx; then {_THREADS} readers",
        len(sent) + load.tally.requests,
        len(seen) + load.tally.failed,
        f"a bare Flask route gets {len(sent[::_SAMPLE])} of them",
        len(control),
        [*seen[:5], *load.tally.failures],
        f"workers died: {sorted(changed)}" if changed else None,
    )


def proxied(stage: Stage, effort: Effort) -> Row:
    """Send them to nginx; the control is nginx as it comes, which tells of errors in pages."""
    sent = hostile()[:: effort.each]
    with stage.served() as service, stage.proxied([service]) as proxy:
        expected, workers = promised(service.port, READS), service.workers()
        seen = _sent(proxy.port, sent, _SILENCE)
        changed = set(workers) ^ set(service.workers())
        with Load(proxy.port, READS, expected, clients=effort.clients, patience=5) as load:
            load.wait_for(effort.requests)
        with stage.proxied([service], change=_without_problems) as usual:
            control = _sent(usual.port, sent[::_SAMPLE], _SILENCE)
    return Row(
        "hostile requests, to nginx",
        f"{_WAITING} clients; then {effort.clients} readers",
        len(sent) + load.tally.requests,
        len(seen) + load.tally.failed,
        f"nginx's own errors, {len(sent[::_SAMPLE])} of them",
        len(control),
        [*seen[:5], *load.tally.failures],
        f"workers died: {sorted(changed)}" if changed else None,
    )


def _without_problems(configuration: str) -> str:
    return re.sub(r"(?m)^ *error_page .*$", "", configuration)


def _bare(stage: Stage, sent: Sequence[Hostile]) -> list[str]:
    """Send requests to a route that gives fixed bytes."""
    port, body = free_port(), stage.fresh("body")
    body.write_bytes(b"{}")
    command = (
        sys.executable,
        "-m",
        "gunicorn",
        "--threads=8",
        f"--bind={HOST}:{port}",
        "bench.peers.app_bare:app()",
    )
    bare = Process(command, stage.fresh("bare"), {BODY: str(body), "WEB_CONCURRENCY": "1"})
    with ending(bare):
        wait_until(lambda: _listens(port), "the bare route answered")
        return _sent(port, sent)


def _listens(port: int) -> bool:
    try:
        return asked(port, "/v1/statements").status == 200
    except FAILURES:
        return False


def _sent(port: int, requests: Sequence[Hostile], silence: float | None = None) -> list[str]:
    """Send the requests, several at once, and tell of those that went wrong."""
    with ThreadPoolExecutor(_AT_ONCE if silence is None else _WAITING) as clients:
        found = clients.map(lambda one: _went_wrong(port, one, silence), requests)
        return [one for one in found if one]


def _went_wrong(port: int, request: Hostile, silence: float | None) -> str | None:
    pause = _PAUSE if len(request.pieces) > 1 else 0.0
    try:
        came = exchanged(port, request.pieces, pause=pause, silence=silence)
    except HungError:
        return f"{request.kind}: {request.pieces[0][:160]!r}: hung"
    if silence is not None and (not came.startswith(b"HTTP/") or _is_refused_twice(request, came)):
        return None
    fault = wrong(came, request.method, request.most)
    return fault and f"{request.kind}: {request.pieces[0][:160]!r}: {fault}"


def _is_refused_twice(request: Hostile, came: bytes) -> bool:
    """Tell whether nginx refused a request as one too many and then could not read its body, of which it tells in a page."""
    return request.kind in {"chunks", "trailers"} and came.startswith(b"HTTP/1.1 400 ")
