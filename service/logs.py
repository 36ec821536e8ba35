"""Logs on standard error: lines for people in a terminal, JSON everywhere else."""

from __future__ import annotations

import sys
from typing import Any

import orjson
import structlog


def set_up_logs() -> None:
    """Set structlog up, unless whoever embeds the service has done so already."""
    if structlog.is_configured():
        return
    terminal = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(_dumps)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # whatever it is by then
    )


def _dumps(line: Any, **_: Any) -> str:
    """Write a line three times as fast as the standard library would: there is one for every request."""
    return orjson.dumps(line, default=repr).decode()
