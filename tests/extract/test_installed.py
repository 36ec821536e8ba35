from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from service.extract.installed import NoPipelineError, find_pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from service.extract.document import Pipeline


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "parser").mkdir(parents=True)
    (folder / "meta.json").write_text(json.dumps({"lang": "en", "name": "own", "version": "1.0"}))
    (folder / "parser" / "model").write_bytes(b"weights")
    return folder


def test_a_package_is_found_as_it_is_when_it_is_loaded(pipeline: Pipeline) -> None:
    found = find_pipeline(pipeline.name)
    assert found.name == pipeline.name
    assert found.version == pipeline.version
    assert len(found.digest()) == 64


def test_a_folder_is_found(own: Path) -> None:
    assert find_pipeline(str(own)).version == "en_own-1.0"


def test_the_digest_changes_with_any_file(own: Path) -> None:
    digests = [find_pipeline(str(own)).digest()]
    (own / "parser" / "model").write_bytes(b"Weights")
    digests.append(find_pipeline(str(own)).digest())
    (own / "parser" / "model").rename(own / "parser" / "model2")
    digests.append(find_pipeline(str(own)).digest())
    assert len(set(digests)) == 3
    (own / "parser" / "compiled.pyc").write_bytes(b"x")
    assert find_pipeline(str(own)).digest() == digests[-1]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no_such_pipeline", "no package and no folder has this name"),
        ("flask", "flask holds no meta.json"),
        ("json.decoder", "no package and no folder"),
        ("../..", r"holds no meta\.json"),
    ],
)
def test_what_is_no_pipeline_is_told(name: str, told: str) -> None:
    with pytest.raises(NoPipelineError, match=told):
        find_pipeline(name)


@pytest.mark.parametrize("meta", ["", "[]", "{}", "\x00"])
def test_a_description_that_cannot_be_read_is_told(own: Path, meta: str) -> None:
    (own / "meta.json").write_text(meta)
    with pytest.raises(NoPipelineError, match=r"meta\.json can't be read"):
        find_pipeline(str(own))
