"""How gunicorn runs the service; `onrecord serve` names this file, so that no other is picked up by chance."""

from __future__ import annotations

import gc
import signal
import socket
import struct
from pathlib import Path
from typing import Any

from service.http.metrics import METRICS
from service.http.shared_counts import retire

wsgi_app = "service:create_app()"
proc_name = "onrecord"
logger_class = "service.cli.server_log.ServerLog"

# The texts are read once, before the workers are forked, which share the record's memory.
preload_app = True
worker_class = "gthread"
threads = 8

# A worker that is stuck is ended after the first, requests that are answered have the second to end on TERM, and a
# connection is kept for the next request of a client, or of a proxy, for the third.
timeout = 60
graceful_timeout = 30
keepalive = 5

PATIENCE = 10
"""The seconds for which a client may keep a thread waiting, for a piece of a request or to take one of an answer."""

limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

# No client, nor a proxy, has a say in where the service is mounted; those on this machine would have.
forwarder_headers = ""
forwarded_allow_ips = ""

control_socket_disable = True

ENDING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGQUIT})
"""What tells a process to end. A worker has them wait until its own handlers are there (`service.cli.server.Master`)."""

# Where the root is read-only; a heartbeat must not wait for a disk either.
_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file there safely  # nosec B108
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None


def when_ready(server: Any) -> None:
    """Keep the collector off what the workers share: marking it would copy every page into each of them."""
    for listener in server.LISTENERS:
        for side in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):  # connections inherit them
            listener.setsockopt(socket.SOL_SOCKET, side, struct.pack("ll", PATIENCE, 0))
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """Let the worker count among those that serve, where what it serves counts."""
    metrics = getattr(worker.app.wsgi(), "extensions", {}).get(METRICS)
    if metrics is not None:
        try:
            metrics.serves()
        except Exception as error:  # noqa: BLE001 - a worker that can't begin ends the service
            server.log.warning("Process %s is not counted among those that serve: %r", worker.pid, error)


def post_worker_init(worker: Any) -> None:
    """Let a worker hear what has told it to end since it was forked."""
    del worker
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def child_exit(server: Any, worker: Any) -> None:
    """Keep what a worker has counted that ended, however it did."""
    try:
        retire(worker.pid)
    except Exception as error:  # noqa: BLE001 - it would end the service, which counts are no reason for
        server.log.warning("What process %s counted is not kept: %r", worker.pid, error)
