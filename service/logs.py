"""Logs on standard error: lines for people in a terminal, JSON everywhere else; and what they tell of the texts."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from structlog.typing import EventDict, WrappedLogger

    from service.model import Account, CorrectionReport, Rejected, Text


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let what is imported inside find no such module, unless it is imported already."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # what Python takes for: not to be found
    try:
        yield
    finally:
        del sys.modules[module]


if sys.stderr.isatty():
    import structlog
else:
    with _without(
        "rich"
    ):  # with which structlog draws errors for people, and which takes longer to import than itself
        import structlog

log = structlog.get_logger("onrecord")


def set_up_logs() -> None:
    """Set structlog up, unless whoever embeds the service has done so already."""
    if structlog.is_configured():
        return
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[*_FOR_PEOPLE] if terminal else [*_FOR_PROGRAMS],
        logger_factory=_StandardError,
        cache_logger_on_first_use=True,
    )


class _StandardError:
    """Writes lines to standard error, whatever that is by then, each as a whole."""

    _one_at_a_time = Lock()

    def __init__(self, *_: object) -> None:
        """Take nothing of what a logger may be made with."""

    def msg(self, line: str) -> None:
        with self._one_at_a_time:
            sys.stderr.write(f"{line}\n")
            if not getattr(sys.stderr, "line_buffering", False):
                sys.stderr.flush()

    debug = info = warning = error = critical = exception = log = msg


_OUT = _StandardError()


def tell_request(line: EventDict) -> None:
    """Tell of an answered request, by what `line` has to tell; it becomes the log's.

    There is a line for each. Where lines are the JSON of this module it is written at once: what structlog does on the way to
    that takes as long again.
    """
    if structlog.get_config()["processors"] == _FOR_PROGRAMS:
        line["event"] = "request"
        _OUT.msg(_json(_OUT, "info", line))
    else:
        log.info("request", **line)


def tell_texts(texts: Sequence[Text], rejected: Sequence[Rejected]) -> None:
    """Tell how many texts were read, and which were left out and why."""
    aside = sum(one.aside for one in rejected)
    log.info("read", texts=len(texts), rejected=len(rejected) - aside, aside=aside)
    if not texts:
        log.warning(
            "no texts",
            mend="put .txt files into the folder, or let ONRECORD_TEXTS name the one that holds them",
        )
    tell_rejected(rejected)


def tell_rejected(rejected: Iterable[Rejected]) -> None:
    """Tell which texts were left out and why."""
    for one in rejected:
        log.warning(
            "left aside" if one.aside else "rejected", file=one.file, reason=one.reason, mend=one.mend
        )


def tell_account(account: Account) -> None:
    """Tell what is doubtful about the texts of a record, and what became of its corrections."""
    for source, doubts in account.doubts.items():
        for doubt in doubts:
            log.warning("doubtful", source=source, doubt=doubt)
    _tell_corrections(account.corrections)


def _tell_corrections(report: CorrectionReport) -> None:
    if report.applied:
        log.info("corrected", statements=report.applied, withdrawn=len(report.withdrawn))
    for one in report.misfits:
        log.warning(
            "correction does not fit",
            statement=one.statement,
            line=one.line,
            reason=one.reason,
            mend=one.mend,
            near=one.near,
        )


_FOR_PEOPLE = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.dev.ConsoleRenderer(),
)


def _json(logger: WrappedLogger, level: str, line: EventDict) -> str:
    """Write a line with its level and its time as JSON, in a third of the time that structlog's own steps to it take."""
    if "request_id" not in line:
        line = structlog.contextvars.merge_contextvars(logger, level, line)
    line["level"], line["timestamp"] = level, dt.datetime.now(dt.UTC)
    if "exc_info" in line:
        line = structlog.processors.format_exc_info(logger, level, line)
    return orjson.dumps(line, default=repr, option=orjson.OPT_UTC_Z).decode()


_FOR_PROGRAMS = [_json]
