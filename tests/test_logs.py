from __future__ import annotations

import json
import subprocess
import sys

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
