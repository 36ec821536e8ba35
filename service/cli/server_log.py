"""What gunicorn tells of itself, through this service's log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import structlog
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # it comes without types

from service.http.wordless import wordless

if TYPE_CHECKING:
    from gunicorn.config import Config  # type: ignore[import-untyped]

log = structlog.get_logger("onrecord.server").bind(logger="gunicorn")

_TOLD_ELSEWHERE: Final = "Invalid request from"
"""Begins what gunicorn tells of a request that it refuses, with words of it; there is a line for that without them."""

_OF_REQUESTS: Final = ("Error handling request", "Error handling HTTP/2", "Socket error processing request")
"""Begin what it tells of requests that fail, in its own words up to a %s."""


class ServerLog(Logger):  # type: ignore[misc]  # the base is untyped
    """Writes gunicorn's messages as lines of the log, without a word of what clients sent.

    Requests have a line of their own, which the application writes.
    """

    def setup(self, cfg: Config) -> None:
        """Take gunicorn's settings, none of which has a say here."""
        self.cfg = cfg
        self._access_log_enabled = False

    def critical(self, msg: object, *args: object, **how: Any) -> None:
        """Tell of what can't be mended."""
        _tell("critical", msg, args, how)

    def error(self, msg: object, *args: object, **how: Any) -> None:
        """Tell of an error."""
        _tell("error", msg, args, how)

    def warning(self, msg: object, *args: object, **how: Any) -> None:
        """Tell of what may be wrong."""
        if not str(msg).startswith(_TOLD_ELSEWHERE):
            _tell("warning", msg, args, how)

    def info(self, msg: object, *args: object, **how: Any) -> None:
        """Tell of what happens."""
        _tell("info", msg, args, how)

    def debug(self, msg: object, *args: object, **how: Any) -> None:
        """Keep quiet."""

    def exception(self, msg: object, *args: object, **how: Any) -> None:
        """Tell of an error that is being handled."""
        error = sys.exc_info()[1]
        if error is not None and str(msg).startswith(_OF_REQUESTS):
            if not isinstance(error, BlockingIOError):  # a client that kept the server waiting too long
                log.error(str(msg).partition(" %s")[0], exception=wordless(error))
            return
        _tell("error", msg, args, {"exc_info": True, **how})

    def log(self, lvl: int | str, msg: object, *args: object, **how: Any) -> None:
        """Tell of something at a level by its name, or by the number that Python's logging has for it."""
        level = lvl.lower() if isinstance(lvl, str) else _LEVELS.get(lvl, "info")
        getattr(self, level)(msg, *args, **how)

    def access(self, *_: object) -> None:
        """Keep quiet."""


_LEVELS: Final = {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}


def _tell(level: str, msg: object, args: tuple[object, ...], how: dict[str, Any]) -> None:
    beside = {"exc_info": how["exc_info"]} if how.get("exc_info") else {}
    getattr(log, level)(str(msg) % args if args else str(msg), **beside)
