from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from gunicorn.config import Config  # type: ignore[import-untyped]  # it comes without types
from structlog.testing import capture_logs

from service.cli.server_log import ServerLog
from service.http.wordless import wordless
from tests.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "Zanzibarian"
PROGRAM = """
import structlog
from service.logs import set_up_logs
set_up_logs()
log = structlog.get_logger("onrecord")
structlog.contextvars.bind_contextvars(request_id="abc-1")
log.info("read", texts=3)
try:
    1 / 0
except ZeroDivisionError as error:
    log.error("failed", exc_info=error, odd=object)
"""

FOR_PEOPLE = """
import sys
sys.stderr.isatty = lambda: True
import structlog
from service.logs import set_up_logs
set_up_logs()
structlog.get_logger("onrecord").warning("read", file="a\\x1b[31mb\\nforged line", reason="x\\ry")
"""


def test_lines_are_json_where_nobody_watches() -> None:
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    read, failed = map(json.loads, ran.stderr.splitlines())
    assert read.pop("timestamp").endswith("Z")
    assert read == {"event": "read", "level": "info", "texts": 3, "request_id": "abc-1"}
    assert failed["level"] == "error"
    assert "ZeroDivisionError: division by zero" in failed["exception"]
    assert "exc_info" not in failed


def test_gunicorn_s_messages_are_lines_without_words_of_clients() -> None:
    log = ServerLog(Config())
    with capture_logs() as told:
        log.info("Listening at: %s (%s)", "here", 7)
        log.log("warning", "Slow")
        log.log(40, "Bad")
        log.critical("WORKER TIMEOUT (pid:%s)", 7)
        log.debug("Closing connection.")
        log.warning("Invalid request from ip=1: Zanzibarian")
        for error in (RuntimeError(WORD), BlockingIOError()):
            try:
                raise error
            except type(error):
                log.exception("Error handling request %s %s", "GET", "/Zanzibarian")
        try:
            raise RuntimeError  # noqa: TRY301 - it is told of where it is handled
        except RuntimeError:
            log.exception("Exception in worker process")
        log.access(None, None, {}, None)
    assert WORD not in str(told)
    assert [(each["log_level"], each["event"]) for each in told] == [
        ("info", "Listening at: here (7)"),
        ("warning", "Slow"),
        ("error", "Bad"),
        ("critical", "WORKER TIMEOUT (pid:7)"),
        ("error", "Error handling request"),
        ("error", "Exception in worker process"),
    ]
    assert told[-2]["exception"].endswith("RuntimeError")
    assert told[-1]["exc_info"]


def test_an_error_is_told_without_its_words_and_with_what_led_to_it() -> None:
    def first() -> None:
        raise OSError(28, "No space left on device", WORD)

    try:
        try:
            first()
        except OSError as error:
            raise ValueError(WORD) from error
    except ValueError as error:
        told = wordless(error)
    assert WORD not in told
    cause, effect = told.split("\nafter\n")
    assert "in first\n" in cause
    assert cause.endswith("OSError: No space left on device")
    assert effect.endswith("ValueError")


def test_no_chain_of_errors_is_too_long_to_tell() -> None:
    error = ValueError()
    for _ in range(1_000):
        after = ValueError()
        after.__cause__, error = error, after
    error.__cause__.__cause__ = error  # type: ignore[union-attr]  # in a circle
    assert wordless(error).count("after") < 10


def test_lines_for_people_escape_what_a_terminal_would_obey() -> None:
    shown = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", FOR_PEOPLE], capture_output=True, text=True, check=True
    ).stderr
    assert "read" in shown
    assert "\x1b[31m" not in shown
    assert shown.count("\n") == 1


# the guide's list of events -------------------------------------------------------------------------------------------

LEVELS: Final = frozenset({"info", "warning", "error", "critical", "exception"})
PASSED_ON: Final = {"msg", "event", "str(msg).partition(' %s')[0]"}
"""What is told for others: gunicorn's own messages, and events that are named where `tell_once` is called."""


def level_of(call: ast.Call) -> str | None:
    """Tell at which level a call writes to the log; None for a call that does not."""
    match call.func:
        case ast.Name(id="tell_once"):
            return "warning"
        case ast.Attribute(value=log, attr=level) if level in LEVELS:
            return level if ast.unparse(log).endswith("log") else None
    return None


def events_of(told: ast.expr) -> Iterator[str]:
    """Give the events that an expression may be, with what is set into them left out."""
    if isinstance(told, ast.IfExp):
        yield from (*events_of(told.body), *events_of(told.orelse))
    elif isinstance(told, ast.Constant):
        yield re.sub(r"%[sr]", "…", str(told.value))
    else:
        assert ast.unparse(told) in PASSED_ON, ast.unparse(told)


def test_the_guide_lists_every_event_of_the_log_and_no_other() -> None:
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "service").rglob("*.py"))
    calls = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.Call)]
    told = {
        (event, level) for call in calls if (level := level_of(call)) for event in events_of(call.args[0])
    }
    assert ("request", "info") in told
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| `([^`]+)` \| (info|warning|error) \| [^|]+ \|", guide)
    assert sorted(listed) == sorted(told)
