"""The folders of texts that have references, each parsed once in a run of the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.load import Loader
from service.logs import set_up_logs
from service.scoring.references import read_references
from service.scoring.score import score
from service.settings import TABLE
from service.vocabulary import OWN
from tests.sample import app_of

if TYPE_CHECKING:
    from flask import Flask

    from service.load import Loaded
    from service.scoring.score import Score

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ROOT / "seeds"
GOLD: Final = ROOT / "tests" / "gold"
ORIGINALS: Final = ROOT.parent / "shared" / "seeds"
ORIGINALS_GOLD: Final = ROOT.parent / "shared" / "gold"

_DEFAULTS: Final = {setting.variable: setting.default for setting in TABLE}


def folder_of(article: str, at: Path) -> Path:
    """Make the folder `at` with one text, ``bridge.txt``."""
    at.mkdir()
    (at / "bridge.txt").write_text(article, encoding="utf-8")
    return at


@cache
def loader() -> Loader:
    set_up_logs()
    return Loader(OWN, _DEFAULTS["ONRECORD_PIPELINE"], max_file=10_000_000)


@cache
def loaded(folder: Path) -> Loaded:
    return loader().load(loader().read([folder]))


@cache
def scored(folder: Path, references: Path) -> Score:
    return score(loaded(folder).corpus, read_references(references), loader().vocabulary)


@cache
def seeds_app() -> Flask:
    """The application over the seeds, as `make serve` serves them."""
    return app_of(loaded(SEEDS).corpus, loader().posted)
