"""New texts while readers read: replicas replaced one by one behind nginx, and a new master beside the old one, without nginx."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from chaos.asking import FAILURES, Client, asked
from chaos.load import Load, promised
from chaos.rows import Effort, Row
from chaos.servers import ending
from chaos.stage import READS
from chaos.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaos.load import Tally, Told
    from chaos.servers import Proxy, Service
    from chaos.stage import Stage

_PATH = READS[0].path


def replicas_replaced(stage: Stage, effort: Effort) -> Row:
    """Put a new text into the folder, then stop and start one replica after the other."""
    texts, new = stage.texts(), stage.renewed
    with stage.replicated(effort.replicas, texts) as services, stage.proxied(services) as proxy:
        old = promised(services[0].port, READS)
        stage.renew(texts)
        with _readers(proxy, old, new, effort) as load:
            load.wait_for(effort.requests // 4)
            for place, service in enumerate(services):
                _stop(service)
                services[place] = stage.again(service).wait()
                load.wait_for(effort.requests // 4)
        broken = _between(load.tally, old, new) or _served_at_the_end(proxy, new)
        with _readers(proxy, new, new, effort) as control:
            for service in services:
                _stop(service)
            services[:] = [stage.again(service) for service in services]
            services[-1].wait()
            control.wait_for(effort.clients)
    return Row(
        "new texts: replicas replaced one by one",
        f"{effort.clients} readers through nginx",
        load.tally.requests,
        load.tally.failed,
        f"all replaced at once, {control.tally.requests:,} requests",
        control.tally.failed,
        load.tally.failures,
        broken,
    )


def master_replaced(stage: Stage, effort: Effort) -> Row:
    """Put a new text into the folder, let the server start another beside itself (USR2), and stop the old one (TERM)."""
    texts, new = stage.texts(), stage.renewed
    with stage.served(texts, workers=2) as service:
        old = promised(service.port, READS)
        stage.renew(texts)
        with _readers(service, old, new, effort) as load:
            load.wait_for(effort.requests // 2)
            service.signal(signal.SIGUSR2)
            wait_until(lambda: _etag(service) in _etags(new), "the new master answered")
            load.wait_for(effort.requests // 2)
            _stop(service)
            load.wait_for(effort.requests // 2)
        broken = _between(load.tally, old, new) or _served_at_the_end(service, new)
    with stage.served(texts) as service, _readers(service, new, new, effort) as control:
        control.wait_for(effort.clients)
        _stop(service)
        again = stage.again(service)
        with ending(again):
            again.wait()
    return Row(
        "new texts: a new master (USR2), the old one stopped",
        f"{effort.clients} readers, no nginx",
        load.tally.requests,
        load.tally.failed,
        f"stopped, then started, {control.tally.requests:,} requests",
        control.tally.failed,
        load.tally.failures,
        broken,
    )


def _readers(
    server: Service | Proxy, old: Mapping[str, set[Told]], new: Mapping[str, set[Told]], effort: Effort
) -> Load:
    """Ask for what is right by either texts."""
    return Load(server.port, READS, {path: old[path] | new[path] for path in old}, clients=effort.clients)


def _stop(service: Service) -> None:
    """Stop a server as its first process is stopped, and wait until that is gone."""
    service.signal(signal.SIGTERM)
    wait_until(lambda: not service.runs(), "the server had stopped")


def _etags(told: Mapping[str, set[Told]]) -> set[str | None]:
    return {etag for _, etag, _, _ in told[_PATH]}


def _etag(server: Service | Proxy) -> str | None:
    try:
        return asked(server.port, _PATH).headers.get("etag")
    except FAILURES:
        return None


def _between(tally: Tally, old: Mapping[str, set[Told]], new: Mapping[str, set[Told]]) -> str | None:
    """Tell what is wrong where readers did not see both records."""
    seen = set(tally.given)
    if old == new or not seen & _etags(old) - _etags(new):
        return "nobody saw the old record"
    return None if seen & _etags(new) else "nobody saw the new record"


def _served_at_the_end(server: Service | Proxy, new: Mapping[str, set[Told]]) -> str | None:
    """Tell what is wrong where something else than the new record is served in the end."""
    client = Client(server.port)
    try:
        wrong = [path.path for path in READS for _ in range(6) if client.ask(path).told not in new[path.path]]
    finally:
        client.close()
    return f"an old record was served in the end: {wrong[:3]}" if wrong else None
