"""What is known to go wrong: an example that comes right fails here, and moves to attribution_examples.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from tests.extract.test_attribution import check

if TYPE_CHECKING:
    from service.extract.extractor import Extractor

WRONG: Final = yaml.safe_load((Path(__file__).parent / "wrong_examples.yaml").read_text(encoding="utf-8"))


def examples() -> list[Any]:
    return [
        pytest.param(example, id=example["text"], marks=pytest.mark.xfail(reason=why, raises=AssertionError))
        for why, group in WRONG.items()
        for example in group
    ]


@pytest.mark.parametrize("example", examples())
def test_known_to_be_wrong(extractor: Extractor, example: dict[str, Any]) -> None:
    check(extractor, example)
