"""``python -m tests.serving``: the service as ``onrecord serve`` runs it, on a free port of this machine alone.

The port is written to standard output at once: from then on connections wait for their answer, and none is refused.
"""

from __future__ import annotations

import os
import socket
import sys

from service.cli import main

_FIRST_HANDED_OVER = 3
"""The descriptor at which a server that is given its sockets finds the first of them (systemd's protocol)."""


def hand_over() -> int:
    """Listen on a free port, leave the socket where the server looks for it, and give the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    port: int = listener.getsockname()[1]
    os.dup2(listener.detach(), _FIRST_HANDED_OVER)
    os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
    os.environ.setdefault("WEB_CONCURRENCY", "1")
    return port


if __name__ == "__main__":
    print(hand_over(), flush=True)  # noqa: T201 - for whoever started this
    sys.exit(main(["serve"]))
