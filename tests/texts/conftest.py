from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.furniture import Furniture, read_furniture


@pytest.fixture(scope="session")
def furniture() -> Furniture:
    return read_furniture(Path(service.vocabulary.__path__[0]))
