"""Gunicorn with this package's settings and no others: no file of the folder it stands in, no arguments of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gunicorn.app.wsgiapp import WSGIApplication  # type: ignore[import-untyped]  # it comes without types

from service.cli import refusals, sending

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONFIGURATION = Path(__file__).parents[1] / "gunicorn_conf.py"


class Server(WSGIApplication):  # type: ignore[misc]  # the base is untyped
    """Runs in this process, and is started anew by the command line as it was given (on USR2)."""

    def __init__(self, options: Mapping[str, object]) -> None:
        """Take gunicorn settings that go before those of `gunicorn_conf.py`."""
        self._options = options
        refusals.install()
        sending.install()
        super().__init__(prog="onrecord serve")

    def load_config(self) -> None:
        """Settle the settings, at the start and on HUP."""
        self.load_config_from_file(str(_CONFIGURATION))
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.app_uri = self.cfg.wsgi_app
