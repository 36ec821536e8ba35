"""Clients that send or read a few bytes at a time, and hold whatever waits for them."""

from __future__ import annotations

import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, Self

from chaos.asking import HOST
from chaos.load import Load, promised
from chaos.rows import Effort, Row
from chaos.stage import READS
from chaos.waiting import wait_until

if TYPE_CHECKING:
    from chaos.load import Tally, Told
    from chaos.servers import Proxy, Service
    from chaos.stage import Stage

_TICK: Final = 0.25
_SMALL: Final = 4_096
_HEAD: Final = b"GET /v1/topics HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
_BODY: Final = b"POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 60000\r\n\r\n"
_LARGE: Final = b"GET /v1/statements?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n"
_WORSE: Final = 4.0
_LATER: Final = 0.1
"""The slowest hundredth may take so many times as long as without slow clients, and so many seconds longer."""
_GIVEN_UP: Final = 2.0


def clients(stage: Stage, effort: Effort) -> Row:
    """Let slow clients come to nginx, a third slow to send headers, bodies and to read each; then to a server itself."""
    with stage.replicated(effort.replicas) as services, stage.proxied(services) as proxy:
        expected = promised(services[0].port, READS)
        alone = _read(proxy, expected, effort)
        with Slow(proxy.port, effort.slow):
            beside = _read(proxy, expected, effort)
        with Slow(services[0].port, effort.slow):
            harmed = _read(services[0], expected, effort, patience=_GIVEN_UP)
    before, after = alone.percentile(99), beside.percentile(99)
    told = f"p99 {after * 1000:.0f} ms, without them {before * 1000:.0f} ms"
    return Row(
        f"{effort.slow} slow clients",
        f"{effort.clients} readers through nginx: {told}",
        beside.requests,
        beside.failed,
        f"without nginx, {harmed.requests:,} requests, given up after {_GIVEN_UP:.0f} s",
        harmed.failed,
        beside.failures,
        told if after > before * _WORSE + _LATER else None,
    )


def _read(
    server: Service | Proxy, expected: dict[str, set[Told]], effort: Effort, patience: float = 10.0
) -> Tally:
    """Read for a while, and until there are enough answers or failures to judge by."""
    waited = Event()
    with Load(server.port, READS, expected, clients=effort.clients, patience=patience, fresh=True) as load:
        waited.wait(effort.seconds)
        wait_until(lambda: load.tally.requests >= effort.requests or load.tally.failed, "readers had read")
    return load.tally


class Slow:
    """Slow clients, from the beginning of a block to its end; who is turned away comes again."""

    def __init__(self, port: int, number: int) -> None:
        """Take where they go, and how many they are."""
        self._port, self._stopped = port, Event()
        self._sockets: list[socket.socket | None] = [None] * number
        self._ready = Event()
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> Self:
        """Let all of them connect."""
        self._thread.start()
        wait_until(self._ready.is_set, "the slow clients were there")
        return self

    def __exit__(self, *_: object) -> None:
        """Let all of them go."""
        self._stopped.set()
        self._thread.join()
        for each in self._sockets:
            if each is not None:
                each.close()

    def _work(self) -> None:
        while not self._stopped.is_set():
            for place in range(len(self._sockets)):
                self._sockets[place] = self._turn(place, self._sockets[place])
            self._ready.set()
            self._stopped.wait(_TICK)

    def _turn(self, place: int, client: socket.socket | None) -> socket.socket | None:
        """Do what one client does before it waits again; None where it has been turned away."""
        opening = (_HEAD, _BODY, _LARGE)[place % 3]
        try:
            if client is None:
                return self._connected(opening)
            if opening is _LARGE:
                if client.recv(16):
                    return client
            elif client.send(b"a"):
                return client
        except BlockingIOError:
            return client
        except OSError:
            pass  # turned away
        if client is not None:
            client.close()
        return None

    def _connected(self, opening: bytes) -> socket.socket:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        client.settimeout(1.0)
        try:
            client.connect((HOST, self._port))
            client.sendall(opening)
        except OSError:
            client.close()
            raise
        client.settimeout(0)
        return client
