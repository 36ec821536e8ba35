"""``python -m service.cli.ready``: ask the service that runs with these settings whether it is ready; for containers."""

from __future__ import annotations

import socket
import sys
from contextlib import closing
from http.client import HTTPConnection

from service.settings import SettingsError, read_bind

_PATIENCE = 3.0
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked from inside, not bound to  # nosec B104


class _Connection(HTTPConnection):
    """An HTTP connection to whatever the service is bound to, a socket file among it."""

    def __init__(self, bind: str) -> None:
        host, _, port = bind.rpartition(":")
        host = host.strip("[]")
        self._path = bind.removeprefix("unix:") if bind.startswith("unix:") else None
        if self._path is None:
            super().__init__(_EVERYWHERE.get(host, host), int(port), timeout=_PATIENCE)
        else:
            super().__init__("localhost")

    def connect(self) -> None:
        if self._path is None:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_PATIENCE)
        self.sock.connect(self._path)


def main() -> int:
    """Give 0 where /readyz answers 200, else 1."""
    try:
        with closing(_Connection(read_bind())) as connection:
            connection.request("GET", "/readyz")
            with connection.getresponse() as response:
                return 0 if response.status == 200 else 1
    except (OSError, SettingsError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is a command line
        return 1


if __name__ == "__main__":
    sys.exit(main())
