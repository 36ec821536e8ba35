"""``onrecord serve``: run gunicorn with this package's settings for it."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from service.cli.counts_folder import counts_folder
from service.cli.heap import share_one_heap
from service.cores import usable_cores
from service.settings import Bounds, SettingsError, read_address, read_settings, warn_of_unknown_settings

if TYPE_CHECKING:
    from argparse import Namespace

ERRORS = (SettingsError,)
"""What `run` raises for a command that can't be carried out."""

MOST_WORKERS = 8
"""How many processes serve at most where nobody says how many."""

_WORKERS = "WEB_CONCURRENCY"
WORKERS_BOUNDS = Bounds(1, 1000)
"""How many processes may be asked for."""

_JITTER = 10
"""The part of the requests after which a process is renewed that chance adds, so that not all are at once."""
_RELIEVES = "GUNICORN_FD"
"""Names the sockets of the server that this one relieves."""
_FOR_WHOM, _HOW_MANY = "LISTEN_PID", "LISTEN_FDS"
"""Tell of the sockets that systemd, or whoever does as it does, keeps open for a process of that number."""


def run(args: Namespace) -> int:
    """Serve until told to stop; raise `SettingsError` where a setting, or what it names, stands in the way.

    Leaves by `SystemExit` after a stop.
    """
    warn_of_unknown_settings()
    settings = read_settings()
    bind = settings.bind if args.bind is None else read_address("--bind", args.bind)
    workers = args.workers or _read_workers()
    handed_over = _is_handed_over()
    if not handed_over:
        _check_address(bind)
    given = {
        "bind": bind,
        "workers": workers,
        "threads": args.threads or settings.threads,
        "max_requests": settings.max_requests,
        "max_requests_jitter": settings.max_requests // _JITTER,
    }
    share_one_heap()
    with counts_folder():
        from service.cli.server import Server  # noqa: PLC0415 - only now metrics are imported, which look for the folder

        Server(given, settings.drain_seconds, handed_over=handed_over).run()
    return 0


def _is_handed_over() -> bool:
    """Tell whether the socket comes from outside; what was meant for another process, which started this one, does not count."""
    kept = os.environ.get(_FOR_WHOM) == str(os.getpid()) and os.environ.get(_HOW_MANY, "0") != "0"
    return kept or _RELIEVES in os.environ


def _read_workers() -> int:
    """Give how many processes the environment asks for, else one a core, but no more than `MOST_WORKERS`."""
    value = os.environ.get(_WORKERS)
    if value is None:
        return min(usable_cores(), MOST_WORKERS)
    least, most = WORKERS_BOUNDS.least, WORKERS_BOUNDS.most
    if not (value.isascii() and value.isdigit() and least <= int(value[:5]) <= most):
        message = f"{_WORKERS}: {value!r} is not a whole number from {least} to {most}"
        raise SettingsError(message)
    return int(value)


def _check_address(bind: str) -> None:
    """Say at once why an address can't be served on, before the texts are parsed."""
    if bind.startswith("unix:"):
        _check_folder(bind)
        return
    host, _, port = bind.rpartition(":")
    try:
        found = socket.getaddrinfo(
            host.strip("[]") or None, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, _, _, address = found[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise SettingsError(_refusal(bind, error)) from error


def _refusal(bind: str, error: OSError) -> str:
    mend = "choose another address with ONRECORD_BIND or --bind"
    if error.errno == errno.EADDRINUSE:
        mend = "stop what serves there, or choose another port with PORT, ONRECORD_BIND or --bind"
    return f"can't serve on {bind}: {error.strerror}; {mend}"


def _check_folder(bind: str) -> None:
    folder = Path(bind.removeprefix("unix:")).parent
    if not folder.is_dir():
        message = f"can't serve on {bind}: there is no folder {folder}; create it or choose another with ONRECORD_BIND or --bind"
        raise SettingsError(message)
