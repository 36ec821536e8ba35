"""What parse, check and score share: reading the texts that the command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.load import load_corrections, make_loader
from service.settings import SettingsError, read_settings, warn_of_unknown_settings
from service.snapshot import is_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from service.load import Loaded, Loader
    from service.model import Corpus

ERRORS = (SettingsError,)
"""What reading raises for a command that can't be carried out."""


def read_record(paths: Sequence[Path], workers: int | None) -> tuple[Loader, Loaded]:
    """Make the record of `paths`, of the settings' folder where there are none; raise one of `ERRORS`.

    `workers` are the processes that parse, None for as many as there are cores where that pays.
    """
    warn_of_unknown_settings()
    settings = read_settings()
    places = [*paths] or [settings.texts]
    for place in places:
        if is_snapshot(place):
            message = f"{place}: a snapshot holds a finished record and no texts; name the texts that it was made of"
            raise SettingsError(message)
    corrections, loader = load_corrections(settings), make_loader(settings)
    return loader, loader.load(loader.read(places), corrections, workers)


def found_wanting(corpus: Corpus) -> bool:
    """Tell whether a text was rejected, there was none to read, or a correction does not fit the texts that were read."""
    rejected = any(not one.aside for one in corpus.rejected)
    return rejected or not corpus.sources or any(not one.elsewhere for one in corpus.corrections.misfits)
