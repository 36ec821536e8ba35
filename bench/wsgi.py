"""Asking an application as a server does, by WSGI, without a socket."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication, WSGIEnvironment


def call(app: WSGIApplication, environ: WSGIEnvironment) -> list[bytes]:
    """Give the pieces of the answer."""
    body = app(environ, lambda *_: lambda _: None)
    try:
        return list(body)
    finally:
        if hasattr(body, "close"):
            body.close()


def environ(path: str, query: str, headers: dict[str, str] | None = None) -> WSGIEnvironment:
    """Make the environment of a GET; `headers` are named as WSGI names them."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_ACCEPT": "*/*",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **(headers or {}),
    }


@contextmanager
def unlogged() -> Iterator[None]:
    """Let the log go nowhere for a while; its lines are written all the same."""
    # As standard error is written: line by line.
    log, sys.stderr = sys.stderr, Path(os.devnull).open("w", buffering=1, encoding="utf-8")  # noqa: SIM115 - closed below
    try:
        yield
    finally:
        sys.stderr.close()
        sys.stderr = log
