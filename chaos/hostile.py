"""A thousand hostile requests: none brings out an error of the server's own, none hangs it, and it answers well afterwards."""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from bench.peers.app_bare import BODY
from chaos.asking import FAILURES, HOST, asked
from chaos.load import Load, promised
from chaos.malice import hostile
from chaos.rows import Effort, Row
from chaos.servers import Process, ending, free_port, replaced
from chaos.stage import READS
from chaos.waiting import wait_until
from chaos.wire import PAGE, HungError, exchanged, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaos.malice.request import Hostile
    from chaos.stage import Stage

_AT_ONCE: Final = 6
_THREADS: Final = 8
"""As many readers as the worker has threads, so that one that hangs is missed."""
_WAITING: Final = 48
"""So many at once where most of the time is waiting for nothing more to come."""
_WAITS: Final = {
    "client_header_timeout 10s": "client_header_timeout 1s",
    "client_body_timeout 10s": "client_body_timeout 1s",
    "keepalive_timeout 30s": "keepalive_timeout 300ms",
}
"""How long nginx waits for more of a request, or for the next: so short that every connection is soon closed by it, or hangs."""
_ADDRESSES: Final = 200
"""Clients have so many, so that nginx refuses none for another's requests."""
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
    with stage.served() as service, stage.proxied([service], change=_soon) as proxy:
        expected, workers = promised(service.port, READS), service.workers()
        seen = _sent(proxy.port, sent, stay=True)
        changed = set(workers) ^ set(service.workers())
        # Each over a connection of its own: nginx soon closes those that rest.
        with Load(proxy.port, READS, expected, clients=effort.clients, patience=5, fresh=True) as load:
            load.wait_for(effort.requests)
        with stage.proxied([service], change=_without_problems) as usual:
            control = _sent(usual.port, sent[::_SAMPLE], stay=True)
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


def _soon(configuration: str) -> str:
    return replaced(configuration, _WAITS)


def _without_problems(configuration: str) -> str:
    return re.sub(r"(?m)^ *error_page .*$", "", _soon(configuration))


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


def _sent(port: int, requests: Sequence[Hostile], *, stay: bool = False) -> list[str]:
    """Send the requests, several at once, and tell of those that went wrong."""
    with ThreadPoolExecutor(_WAITING if stay else _AT_ONCE) as clients:
        found = clients.map(lambda one: _went_wrong(port, *one, stay=stay), enumerate(requests))
        return [one for one in found if one]


def _went_wrong(port: int, number: int, request: Hostile, *, stay: bool) -> str | None:
    pause = _PAUSE if len(request.pieces) > 1 else 0.0
    address = f"127.0.2.{1 + number % _ADDRESSES}"
    try:
        came = exchanged(port, request.pieces, pause=pause, stay=stay, address=address)
    except HungError:
        return f"{request.kind}: {request.pieces[0][:160]!r}: hung"
    if stay and _is_of_old(request, came):
        return None
    pages = PAGE.encode() in b"".join(request.pieces)
    fault = wrong(came, request.method, request.most, pages=pages)
    return fault and f"{request.kind}: {request.pieces[0][:160]!r}: {fault}"


def _is_of_old(request: Hostile, came: bytes) -> bool:
    """Tell whether nginx took a request line without a version for HTTP/0.9, whose answers are a body and nothing else."""
    line = request.pieces[0].split(b"\n", 1)[0]
    try:
        json.loads(came)
    except ValueError:
        return False
    return not re.search(rb" HTTP/[0-9.]+\r?$", line)
