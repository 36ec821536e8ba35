"""Runs as the image is built, on the file system that it will have: parses the texts, and tries what the service is for.

What was parsed is kept where ONRECORD_CACHE says and what was imported is compiled where PYTHONPYCACHEPREFIX says, so that
the image starts warm on a root that nobody can write. The build fails where the service can't start, find a statement in a
posted text, or stop.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE: Final = "http://127.0.0.1:8000"
_PATIENCE: Final = 600
_ASKED: Final = (
    *(
        "/v1/statements",
        "/v1/events?embed=coverage",
        "/v1/sources",
        "/v1/speakers",
        "/v1/topics",
        "/v1/corpus",
    ),
    *("/v1/statements?q=said&facets=speaker,topic", "/v1/events?format=jsonld", "/v1/statements?format=csv"),
    *("/v1/timeline?of=statements&interval=year", "/v1/problems", "/docs", "/openapi.json", "/readyz"),
)
_POSTED: Final = (
    "The harbour stays open, Mayor Ada Example said on Monday. “Ships will come,” she told reporters."
)


def _ask(path: str, body: Any = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"{_HERE}{path}", data, {"Content-Type": "application/json"})  # noqa: S310 - ourselves
    with urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310 - raises for anything but success
        answer: bytes = response.read()
    return answer


@contextmanager
def _serving() -> Iterator[None]:
    """Run the service; raise where it does not get ready in time, or does not stop in good order."""
    start = time.monotonic()
    with subprocess.Popen(["onrecord", "serve"]) as server:  # noqa: S607 - the image's own
        try:
            while subprocess.run([sys.executable, "-m", "service.cli.ready"], check=False).returncode:
                if server.poll() is not None or time.monotonic() - start > _PATIENCE:
                    message = "the service does not get ready"
                    raise RuntimeError(message)
                time.sleep(0.5)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(_PATIENCE)
    if code:
        message = f"the service stopped with {code}"
        raise RuntimeError(message)


def main() -> None:
    """Start the service, ask and post, stop it, and start it once more from what was kept."""
    for _ in range(2):
        with _serving():
            for path in _ASKED:
                if not _ask(path):
                    message = f"nothing comes from {path}"
                    raise RuntimeError(message)
            found = json.loads(_ask("/v1/extract", {"text": _POSTED}))["statements"]
            if len(found) != 2:
                message = f"other statements than the two are found in a text: {found}"
                raise RuntimeError(message)


if __name__ == "__main__":
    main()
