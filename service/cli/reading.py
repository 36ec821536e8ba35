"""What parse, check and score share: reading the texts that the command names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from service.load import load_corrections, make_loader
from service.settings import SettingsError, read_settings, warn_of_unknown_settings
from service.snapshot import is_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.load import Loaded, Loader
    from service.model import Corpus
    from service.texts.kinds import Place

ERRORS = (SettingsError,)
"""What reading raises for a command that can't be carried out."""


def read_record(
    places: Sequence[Place], workers: int | None, scheduler: str | None = None
) -> tuple[Loader, Loaded]:
    """Make the record of the texts at `places`, of the settings' texts where there are none; raise one of `ERRORS`.

    `workers` are the processes that parse, None for as many as there are cores where that pays; where there is a
    `scheduler`, its workers do.
    """
    warn_of_unknown_settings()
    settings = read_settings(texts_named=bool(places))
    wanted = [*places] or [settings.texts]
    for place in wanted:
        if isinstance(place, Path) and is_snapshot(place):
            message = f"{place}: a snapshot is a finished record, which is not parsed again; name the texts that it was made of"
            raise SettingsError(message)
    corrections, loader = load_corrections(settings), make_loader(settings, scheduler=scheduler)
    return loader, loader.load(loader.read(wanted), corrections, workers)


def found_wanting(corpus: Corpus) -> bool:
    """Tell whether a text was rejected, there was none to read, or a correction does not fit the texts that were read."""
    rejected = any(not one.aside for one in corpus.rejected)
    return rejected or not corpus.sources or any(not one.elsewhere for one in corpus.corrections.misfits)
