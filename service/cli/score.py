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
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from service.model import Corpus
    from service.scoring.references import Reference

ERRORS = (*reading.ERRORS, ReferencesError)

_FINE, _SHORT = 0, 1


def run(args: Namespace) -> int:
    """Write the figures, and the misses where asked for; 1 when a figure stays below its least value.

    Raises `ReferencesError` where the references are for other texts than those read.
    """
    references = read_references(args.references)
    loader, loaded = reading.read_record(args.paths, args.workers)
    for line in _check_fit(loaded.corpus, references, args.references):
        sys.stderr.write(f"{line}\n")
    scored = score(loaded.corpus, references, loader.vocabulary)
    lines = [json.dumps(scored.figures)] if args.json else [_line(*one) for one in scored.figures.items()]
    if args.misses:
        lines += scored.misses
    sys.stdout.write("\n".join(lines) + "\n")
    short = _short(scored.figures, args.min)
    for line in short:
        sys.stderr.write(f"falls short: {line}\n")
    return _SHORT if short else _FINE


def _check_fit(corpus: Corpus, references: Sequence[Reference], folder: Path) -> Iterator[str]:
    """Tell which references have no text; raise `ReferencesError` where none has one, or one is of other bytes."""
    texts = {source.file: source.sha256 for source in corpus.sources}
    if not any(one.file in texts for one in references):
        message = f"{folder}: none of the references is for a text that was read; name both folders that belong together"
        raise ReferencesError(message)
    other = [one.file for one in references if one.sha256 not in {None, texts.get(one.file, one.sha256)}]
    if other:
        message = f"{folder}: the references are for other texts of the same names ({', '.join(other)}); name both folders that belong together"
        raise ReferencesError(message)
    for one in references:
        if one.file not in texts:
            yield f"no text: {one.file}; everything in its reference counts as missed"


def _line(name: str, value: float | None) -> str:
    return f"{name:28} {'none to count' if value is None else f'{value:.3f}'}"


def _short(figures: Mapping[str, float | None], least: Sequence[tuple[str, float]]) -> list[str]:
    """Tell which figures stay below their least value; one of which there was nothing to count does."""
    return [
        f"{name} {'none to count' if figures[name] is None else f'{figures[name]:.3f}'} < {value:g}"
        for name, value in least
        if (figures[name] or 0.0) < value
    ]
