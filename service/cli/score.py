"""``onrecord score``: how right the record is, against references that people wrote."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from service.cli import reading
from service.scoring.references import ReferencesError, read_references
from service.scoring.score import score

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

ERRORS = (*reading.ERRORS, ReferencesError)

_FINE, _SHORT = 0, 1


def run(args: Namespace) -> int:
    """Write the figures, and the misses where asked for; 1 when a figure stays below its least value."""
    references = read_references(args.references)
    loader, loaded = reading.read_record(args.paths)
    scored = score(loaded.corpus, references, loader.vocabulary)
    lines = [json.dumps(scored.figures)] if args.json else [_line(*one) for one in scored.figures.items()]
    if args.misses:
        lines += scored.misses
    sys.stdout.write("\n".join(lines) + "\n")
    short = _short(scored.figures, args.min)
    for line in short:
        sys.stderr.write(f"falls short: {line}\n")
    return _SHORT if short else _FINE


def _line(name: str, value: float | None) -> str:
    return f"{name:28} {'none to count' if value is None else f'{value:.3f}'}"


def _short(figures: Mapping[str, float | None], least: Sequence[tuple[str, float]]) -> list[str]:
    """Tell which figures stay below their least value; one of which there was nothing to count does."""
    return [
        f"{name} {'none to count' if figures[name] is None else f'{figures[name]:.3f}'} < {value:g}"
        for name, value in least
        if (figures[name] or 0.0) < value
    ]
