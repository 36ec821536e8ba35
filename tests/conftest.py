from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from service.http.options import HttpOptions
from service.logs import set_up_logs
from tests.corpora import loader
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from service.extract.document import Pipeline
    from service.extract.extractor import Extractor
    from service.model import Corpus
    from service.vocabulary import Vocabulary

# No deadline, because the machine's load is not what is tested. The same inputs in every run, so that a change does not
# fail for what luck drew: fresh ones are tests/fuzz.py's part.
settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")

# Else the first test that happens to load texts would decide where the log of all others goes.
set_up_logs()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """A small record of our own writing: 4 sources, 15 statements, 6 events."""
    return make_corpus()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    return loader().vocabulary


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The package's vocabulary with the default pipeline, loaded once in a run of the tests."""
    return loader().extractor


@pytest.fixture(scope="session")
def pipeline(extractor: Extractor) -> Pipeline:
    """The default pipeline."""
    return extractor.pipeline


@pytest.fixture(scope="session")
def app(corpus: Corpus) -> Flask:
    """The application over `corpus`."""
    return app_of(corpus, extract, HttpOptions(max_text=2_000, code_version="test"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of `app`."""
    return app.test_client()
