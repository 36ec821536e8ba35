"""Documents that aliases multiply: a few lines must not take all memory, wherever YAML is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.corpus.corrections import CorrectionsError, read_corrections
from service.vocabulary import OWN
from service.vocabulary.reader import VocabularyError, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

LISTS = "a0: &a0 [x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 40)
)
MERGED = "a0: &a0 {x: 1}\n" + "".join(
    f"a{level}: &a{level}\n  <<: [{', '.join([f'*a{level - 1}'] * 10)}]\n  k{level}: 1\n"
    for level in range(1, 40)
)
ENDLESS = "a: &a [*a]\n"


@pytest.mark.parametrize("document", [LISTS, MERGED, ENDLESS])
def test_a_document_that_multiplies_is_refused_by_its_line(tmp_path: Path, document: str) -> None:
    (tmp_path / "words.yaml").write_text(document, encoding="utf-8")
    with pytest.raises(
        VocabularyError, match=r"line \d+: with its aliases .* written out it has more than 1000000 values"
    ):
        read_yaml(tmp_path, "words.yaml")
    with pytest.raises(CorrectionsError, match=r"line \d+: with its aliases"):
        read_corrections(tmp_path / "words.yaml")


def test_a_few_aliases_are_read(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("a: &a [x]\nb: [*a, *a]\nc: *a\n", encoding="utf-8")
    assert read_yaml(tmp_path, "words.yaml") == {"a": ["x"], "b": [["x"], ["x"]], "c": ["x"]}


def test_the_package_s_own_files_are_far_from_the_bound() -> None:
    assert max(path.stat().st_size for path in OWN.glob("*.yaml")) < 1_000_000
