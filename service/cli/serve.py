"""``onrecord serve``: become gunicorn, with this package's settings for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from service.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from argparse import Namespace

ERRORS = (SettingsError,)
"""What `run` raises for a command that can't be carried out."""

_CONFIGURATION = Path(__file__).parents[1] / "gunicorn_conf.py"


def run(args: Namespace) -> int:
    """Replace this process by gunicorn; raise `SettingsError` where a setting stands in the way."""
    settings = read_settings()
    given = {"--bind": args.bind or settings.bind, "--workers": args.workers, "--threads": args.threads}
    options = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    command = [sys.executable, "-m", "gunicorn", "--config", str(_CONFIGURATION), *options]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - no shell, and the program is this interpreter
