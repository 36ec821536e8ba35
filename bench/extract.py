"""How fast a text is read, beside the parser alone: `python -m bench.extract [--articles FILE.jsonl] [--rounds N]`.

The peer is bare spaCy: the same pipeline with the same components, every article as one whole text, all of them in one
`nlp.pipe` call with the batches it makes by itself. That is how spaCy is meant to be used, and whoever builds a reader
like ours pays at least that. Ours is all that is done to a posted text: reading it, times, facts, the parse, people,
events and statements, one text after the other as the service does it.

Both are counted in one run and one process, in turns (peer, ours, peer, ours …), by the processor time of the process, so
that neither a busy machine nor its number of cores decides. The ratio is the median of the rounds' ratios; the other
figures are medians too. An articles file has one JSON object with a `text` a line; without one, the texts of `seeds/`
are read.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import spacy

from bench.page import add_keep, keep
from service.extract import extractor as stages
from service.extract.document import NOT_NEEDED, Pipeline
from service.settings import TABLE
from service.texts.read import read_posted
from service.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
ARTICLES: Final = ROOT.parent / "shared" / "dev" / "articles.jsonl"
"""Optional: what is read where no file is named and this one is there."""
PIPELINE: Final = next(setting.default for setting in TABLE if setting.variable == "ONRECORD_PIPELINE")
STAGES: Final = ("parse", "find_people", "find_events", "find_statements")
"""The functions that an `Extractor` calls, whose time is told apart; what is left is reading, times and facts."""

Times = dict[str, float]


def articles(path: Path | None) -> list[str]:
    """Give the texts of a file with one JSON object a line, of `ARTICLES` where none is named, else of the seeds."""
    source = path or (ARTICLES if ARTICLES.exists() else None)
    if source is None:
        return [seed.read_text(encoding="utf-8") for seed in sorted((ROOT / "seeds").glob("*.txt"))]
    with source.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def peer() -> Callable[[Sequence[str]], Times]:
    """Give what reads texts with bare spaCy and tells the seconds that it took."""
    nlp = spacy.load(PIPELINE, exclude=NOT_NEEDED)

    def read(texts: Sequence[str]) -> Times:
        started = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        return {"spacy": time.process_time() - started}

    return read


def ours() -> Callable[[Sequence[str]], Times]:
    """Give what extracts all from texts and tells the seconds that it took, whole and by stage."""
    vocabulary = read_vocabulary()
    extractor = stages.Extractor(vocabulary, Pipeline(PIPELINE))

    def read(texts: Sequence[str]) -> Times:
        with _clocks() as taken:
            started = time.process_time()
            for text in texts:
                extractor.extract(read_posted(text, vocabulary.furniture, title=None, published=None))
            taken["all"] = time.process_time() - started
        taken["reading, times, facts"] = taken["all"] - sum(taken[name] for name in STAGES)
        return taken

    return read


@contextmanager
def _clocks() -> Iterator[Times]:
    """Count the time in each of the stages while inside."""
    taken: Times = defaultdict(float)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                taken[name] += time.process_time() - started

        return run

    with ExitStack() as stack:
        for name in STAGES:
            stack.enter_context(patch.object(stages, name, timed(name, getattr(stages, name))))
        yield taken


def compare(texts: Sequence[str], rounds: int) -> str:
    """Read `texts` with both `rounds` times in turns, and give the table."""
    read_bare, read_whole = peer(), ours()
    words = sum(len(text.split()) for text in texts)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, seconds in (read_bare(texts) | read_whole(texts)).items():
            taken[name].append(seconds)
    bare, whole = taken.pop("spacy"), taken.pop("all")
    ratios = _ratios(bare, whole)
    rows = [_row("bare spaCy", bare, words, bare), _row("extraction", whole, words, bare)]
    rows += [_row(f"  {name}", taken[name], words, bare) for name in (*STAGES, "reading, times, facts")]
    return "\n".join(
        (
            f"{len(texts)} texts, {words} words, rounds: {rounds}, processor time of one process",
            f"{'':26}{'words/s':>10}{'seconds':>10}{'of spaCy':>10}",
            *rows,
            f"ratio {median(ratios):.2f} of the words per second (from {min(ratios):.2f} to {max(ratios):.2f})",
        )
    )


def _ratios(bare: Sequence[float], whole: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(bare, whole, strict=True)]


def _row(name: str, seconds: Sequence[float], words: int, bare: Sequence[float]) -> str:
    share = median(_ratios(seconds, bare))
    return f"{name:26}{words / median(seconds):10.0f}{median(seconds):10.2f}{share:10.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, help="a file with one JSON object with a `text` a line")
    parser.add_argument("--rounds", type=int, default=5, help="how often both read (default: %(default)s)")
    add_keep(parser)
    options = parser.parse_args(arguments)
    table = compare(articles(options.articles), options.rounds)
    sys.stdout.write(f"{table}\n")
    if options.keep:
        keep("extract", "make bench-extract", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
