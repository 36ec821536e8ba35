"""Gunicorn with this package's settings and no others: no file of the folder it stands in, no arguments of its own."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn import sock  # type: ignore[import-untyped]  # it comes without types
from gunicorn.app.wsgiapp import WSGIApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

from service.cli import refusals, sending, starting
from service.cli.server_log import ServerLog
from service.gunicorn_conf import ENDING
from service.http.readiness import READINESS

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONFIGURATION = Path(__file__).parents[1] / "gunicorn_conf.py"


class Server(WSGIApplication):  # type: ignore[misc]  # the base is untyped
    """Runs in this process, and is started anew by the command line as it was given (on USR2)."""

    def __init__(
        self, options: Mapping[str, object], drain_seconds: int = 0, *, handed_over: bool = False
    ) -> None:
        """Take gunicorn settings that go before those of `gunicorn_conf.py`, and how long to go on after TERM.

        Where its socket was `handed_over`, connections wait, or are another's, until the record is read.
        """
        self._options, self._drain_seconds, self._handed_over = options, drain_seconds, handed_over
        sending.install()
        super().__init__(prog="onrecord serve")

    def load_config(self) -> None:
        """Settle the settings, at the start and on HUP."""
        self.load_config_from_file(str(_CONFIGURATION))
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.app_uri = self.cfg.wsgi_app

    def load(self) -> Any:
        """Make the application, which has a say in how gunicorn refuses what never reaches it."""
        app = super().load()
        refusals.install(app.wsgi_app)
        return app

    def run(self) -> None:
        """Serve until told to stop; leaves by `SystemExit`."""
        try:
            Master(self, self._drain_seconds, handed_over=self._handed_over).run()
        except RuntimeError as error:  # as gunicorn tells of what keeps it from starting
            sys.exit(f"onrecord: {error}")


class Master(Arbiter):  # type: ignore[misc]  # the base is untyped
    """Goes on for a while after TERM, so that whoever sends requests here can notice that /readyz says no.

    A second TERM ends that, and there is nobody to notice where a new server has taken over the address.
    """

    def __init__(self, server: Server, drain_seconds: int, *, handed_over: bool) -> None:
        """Take the server, and for how many seconds to go on; read the record, while the address says that it is being read."""
        self._drain_seconds = drain_seconds
        self._until: float | None = None
        if handed_over:
            super().__init__(server)
            return
        listeners = sock.create_sockets(server.cfg, ServerLog(server.cfg))
        try:
            with starting.answering(listeners):
                super().__init__(server)
        except BaseException:
            sock.close_sockets(listeners)
            raise
        self.LISTENERS = listeners

    def spawn_worker(self) -> int:
        """Start a worker and give its process; in the worker, serve.

        It is forked with the master's handlers, which would put a signal to end where a worker never looks: it went on until it
        was killed, 30 seconds later. So these signals wait, in the worker until it has handlers of its own.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            process: int = super().spawn_worker()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        return process

    def handle_term(self) -> None:
        """Begin to stop; raise `StopIteration` where it is time to do so."""
        if self._until is not None or not self._drain_seconds or self.reexec_pid:
            super().handle_term()
        self.app.wsgi().extensions[READINESS].drain()
        self.log.info("Draining for %s s", self._drain_seconds)
        self._until = time.monotonic() + self._drain_seconds

    def wait_for_signals(self, timeout: float = 1.0) -> list[int]:
        """Give the signals that came; raise `StopIteration` once draining is over."""
        if self._until is not None:
            timeout = min(timeout, self._until - time.monotonic())
            if timeout <= 0:
                raise StopIteration
        signals: list[int] = super().wait_for_signals(timeout)
        return signals
