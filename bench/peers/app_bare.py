"""A Flask route that returns the bytes of a file, read before, and does nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from flask import Flask, Response

BODY: Final = "BENCH_BODY"


def app() -> Flask:
    """Give the application; `BODY` in the environment names the file."""
    body = Path(os.environ[BODY]).read_bytes()
    app = Flask("bare")

    @app.get("/v1/statements")
    def statements() -> Response:
        return Response(body, content_type="application/json")

    return app
