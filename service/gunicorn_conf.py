"""How gunicorn runs the service; `onrecord serve` names this file, so that no other is picked up by chance."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

wsgi_app = "service:create_app()"
proc_name = "onrecord"

# The texts are read once, before the workers are forked, which share the record's memory.
preload_app = True
worker_class = "gthread"
threads = 8

timeout = 60
graceful_timeout = 30
keepalive = 5

limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

control_socket_disable = True

# Where the root is read-only; a heartbeat must not wait for a disk either.
_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file there safely
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None


def when_ready(server: Any) -> None:
    """Keep the collector off what the workers share: marking it would copy every page into each of them."""
    del server
    gc.collect()
    gc.freeze()
