"""What parse, check and score share: reading the texts that the command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.load import LoadError, make_loader
from service.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from service.load import Loaded, Loader

ERRORS = (LoadError, SettingsError)
"""What reading raises for a command that can't be carried out."""


def read_record(paths: Sequence[Path]) -> tuple[Loader, Loaded]:
    """Make the record of `paths`, of the settings' folder where there are none; raise one of `ERRORS`."""
    settings = read_settings()
    loader = make_loader(settings)
    return loader, loader.load(loader.read(paths or [settings.texts]))
