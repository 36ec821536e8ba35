"""A recipe for workers that need no parser: what a folder of entries holds is found, and whatever is asked for goes wrong."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from service.store.folder import Folder
from service.store.sealed import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text

DECIDING: Final = ("code of tests", "words of tests")
UNDER: Final = fingerprint(DECIDING)


@dataclass(frozen=True, slots=True)
class Stored:
    """Finds in a text what `folder` holds of it, under `UNDER`; in other processes than `home` it may be foreign.

    Where told so by a text's id it fails, ends its process the first time (`dies`), or whenever it is asked (`kills`).
    """

    folder: Path
    fails: tuple[str, ...] = ()
    dies: tuple[str, ...] = ()
    kills: tuple[str, ...] = ()
    home: int = 0
    broken: bool = False

    def deciding(self) -> tuple[str, ...]:
        if self.broken:
            message = "no words here"
            raise LookupError(message)
        foreign = self.home not in {0, os.getpid()}
        return (DECIDING[0], "other words") if foreign else DECIDING

    def extractor(self) -> Extractor:
        with (self.folder / "made").open("a", encoding="utf-8") as made:
            made.write(f"{os.getpid()}\n")
        return cast("Extractor", self)

    def extract(self, text: Text) -> Extracted:
        died = self.folder / f"{text.id}.died"
        if text.id in self.kills or (text.id in self.dies and not died.exists()):
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if text.id in self.fails:
            message = f"what {text.id} says"
            raise LookupError(message)
        found = Folder(self.folder, UNDER).get(text)
        assert found is not None
        return found

    def made_in(self) -> list[int]:
        """Give the processes in which it was made ready, as often as it was."""
        return [int(line) for line in (self.folder / "made").read_text(encoding="utf-8").split()]
