"""The keeper's program: ``python -m service.posted VOCABULARY PIPELINE CACHE SECONDS MEMORY SOCKET``, run by the server.

CACHE is empty where there is none; SOCKET is a descriptor that the server has left open.
"""

from __future__ import annotations

import gc
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from service.equipment import LoadError
from service.http.examples import TEXT
from service.http.posting import written
from service.load import Loader, UnreadyError
from service.posted.keeper import UNREADY, Limits, keep

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Make ready what reads texts, and keep it until the server stops."""
    vocabulary, pipeline, cache, seconds, memory, descriptor = arguments
    with socket.socket(fileno=int(descriptor)) as control:
        try:
            loader = Loader(
                Path(vocabulary), pipeline, max_file=1, cache=Path(cache) if cache else None, at_once=False
            )
            # The first text takes twice as long as the next: what that one makes, every reader finds made.
            written(loader.posted(TEXT, None, None))
        except (LoadError, UnreadyError) as error:
            control.sendall(UNREADY + str(error).encode("utf-8", "replace"))
            return
        gc.collect()
        gc.freeze()  # marking it would copy every page into each reader

        def read(text: str, title: str | None, published: str | None) -> bytes:
            return written(loader.posted(text, title, published))

        keep(control, read, Limits(int(seconds), int(memory)))


if __name__ == "__main__":
    main(sys.argv[1:])
