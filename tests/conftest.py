from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample import extract, make_corpus

from service.http.app import make_app
from service.http.options import HttpOptions

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from service.model import Corpus


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """A small record of our own writing: 4 sources, 15 statements, 6 events."""
    return make_corpus()


@pytest.fixture(scope="session")
def app(corpus: Corpus) -> Flask:
    """The application over `corpus`."""
    return make_app(corpus, extract, HttpOptions(max_text=2_000, code_version="test"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of `app`."""
    return app.test_client()
