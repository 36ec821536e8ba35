"""The record that all servers serve: made up, or read from texts. Each makes it for itself, and the same one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bench.synthetic import Generator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from service.model import Corpus

STATEMENTS: Final = "BENCH_STATEMENTS"


@dataclass(frozen=True, slots=True)
class Record:
    """Which record: one of so many made-up `statements`, or that of the `texts` of a folder."""

    statements: int
    texts: Path | None = None

    def environment(self, kept: Path) -> Mapping[str, str]:
        """Tell other processes which record it is; `kept` is the folder for parsed texts."""
        if self.texts is None:
            return {STATEMENTS: str(self.statements)}
        return {"ONRECORD_TEXTS": str(self.texts.resolve()), "ONRECORD_CACHE": str(kept)}

    def __str__(self) -> str:
        """Name the record."""
        if self.texts is None:
            return f"a made-up record of {self.statements:,} statements"
        return f"the texts in {self.texts.name}"


def corpus() -> Corpus:
    """Make the record that the environment tells of."""
    statements = os.environ.get(STATEMENTS)
    if statements is not None:
        return Generator(int(statements)).corpus()
    from service.load import load  # noqa: PLC0415 - made-up records need none of what reads texts
    from service.settings import read_settings  # noqa: PLC0415 - see above

    return load(read_settings())[1].corpus
