"""``onrecord serve``: run gunicorn with this package's settings for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from service.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from argparse import Namespace

ERRORS = (SettingsError,)
"""What `run` raises for a command that can't be carried out."""

_WORKERS = "WEB_CONCURRENCY"


def run(args: Namespace) -> int:
    """Serve until told to stop; raise `SettingsError` where a setting stands in the way.

    Leaves by `SystemExit`: 0 after a stop, 1 where the record can't be made.
    """
    settings = read_settings()
    _check_workers(os.environ.get(_WORKERS, "1"))
    from service.cli.server import Server  # noqa: PLC0415 - gunicorn reads WEB_CONCURRENCY as it is imported

    given = {"bind": args.bind or settings.bind, "workers": args.workers, "threads": args.threads}
    Server({name: value for name, value in given.items() if value is not None}).run()
    return 0


def _check_workers(value: str) -> None:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:5]) <= 1000):
        message = f"{_WORKERS}: {value!r} is not a whole number from 1 to 1000"
        raise SettingsError(message)
