"""The service over the record of the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.peers.records import corpus
from service.http.app import make_app
from service.http.options import HttpOptions
from service.logs import set_up_logs
from service.version import code_version

if TYPE_CHECKING:
    from flask import Flask

    from service.model import Corpus


def app() -> Flask:
    """Give the service, which logs as it does otherwise, and reads no posted texts."""
    set_up_logs()
    return make_app(corpus(), _no_extraction, HttpOptions(code_version=code_version()))


def _no_extraction(text: str, title: str | None, published: str | None) -> Corpus:
    del text, title, published
    message = "made-up records have no pipeline"
    raise ValueError(message)
