"""How fast a text is read, beside the parser alone: `python -m bench.extract [--articles FILE.jsonl] [--rounds N]`.

The peer is bare spaCy: the same pipeline with the same components, every article as one whole text, all of them in one
`nlp.pipe` call with the batches it makes by itself. That is how spaCy is meant to be used, and whoever builds a reader
like ours pays at least that. Where there is a Python with textacy (`--peer-python`), its direct quotations are found in the
same texts, by the same pipeline without the names that it has no use for (`bench/quotations.py`). Ours is all that is done to a posted text: reading it, times, facts, the parse, people,
events and statements, one text after the other as the service does it.

All are counted in one run, in turns (peer, ours, peer, ours …), by the processor time of the one process that reads, so
that neither a busy machine nor its number of cores decides. The ratio is the median of the rounds' ratios; the other
figures are medians too. An articles file has one JSON object with a `text` a line; without one, the texts of `seeds/`
are read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import ExitStack, closing, contextmanager, suppress
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
PEER_PYTHON: Final = ROOT / ".venv-bench" / "bin" / "python"
QUOTATIONS: Final = Path(__file__).with_name("quotations.py")
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


class Quotations:
    """Textacy, in a process of its own with the Python that has it; `label` names it, or says why it is not there."""

    def __init__(self, python: Path, texts: Sequence[str]) -> None:
        """Start it, and give it the texts."""
        self.label = f"textacy: not there, as {python} is not"
        self.told: list[dict[str, float]] = []
        self._process = _started(python) if python.exists() else None
        if self._process is not None:
            versions = self._ask({"pipeline": PIPELINE, "texts": texts})
            self.label = f"textacy {versions['textacy']}" if versions else f"textacy: not there for {python}"
            if not versions:
                self.close()

    def read(self) -> Times:
        """Read all texts once; give nothing where it is not there."""
        if self._process is None:
            return {}
        self.told.append(self._ask(""))
        return {"textacy": self.told[-1]["seconds"]}

    def close(self) -> None:
        """Let it end."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _ask(self, question: object) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return {}
        with suppress(BrokenPipeError):  # then there is no answer either
            process.stdin.write(f"{json.dumps(question) if question else ''}\n")
            process.stdin.flush()
        answer = process.stdout.readline()
        return json.loads(answer) if answer else {}


def _started(python: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program, by a Python that whoever runs this names
        (python, "-P", QUOTATIONS), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def compare(texts: Sequence[str], rounds: int, python: Path = PEER_PYTHON) -> str:
    """Read `texts` with all `rounds` times in turns, textacy by `python`, and give the table."""
    read_bare, read_whole = peer(), ours()
    words = sum(len(text.split()) for text in texts)
    taken: dict[str, list[float]] = defaultdict(list)
    with closing(Quotations(python, texts)) as quotations:
        for _ in range(rounds):
            for name, seconds in (read_bare(texts) | quotations.read() | read_whole(texts)).items():
                taken[name].append(seconds)
    bare, whole, others = taken.pop("spacy"), taken.pop("all"), taken.pop("textacy", [])
    ratios = _ratios(bare, whole)
    rows = [_row("bare spaCy", bare, words, bare)]
    rows += [_row(quotations.label, others, words, bare) if others else quotations.label]
    rows += [_row("extraction", whole, words, bare)]
    rows += [_row(f"  {name}", taken[name], words, bare) for name in (*STAGES, "reading, times, facts")]
    return "\n".join(
        (
            f"{len(texts)} texts, {words} words, rounds: {rounds}, processor time of one process",
            f"{'':26}{'words/s':>10}{'seconds':>10}{'of spaCy':>10}",
            *rows,
            *(_told(quotations.told[-1], len(texts)) if quotations.told else ()),
            f"ratio {median(ratios):.2f} of the words per second (from {min(ratios):.2f} to {max(ratios):.2f})",
        )
    )


def _told(told: dict[str, float], texts: int) -> tuple[str]:
    return (
        f"textacy found {told['found']:.0f} direct quotations, and gave up {told['given_up']:.0f} of {texts} texts",
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
    parser.add_argument(
        "--peer-python", type=Path, default=PEER_PYTHON, help="a Python with spaCy, the pipeline and textacy"
    )
    add_keep(parser)
    options = parser.parse_args(arguments)
    table = compare(articles(options.articles), options.rounds, options.peer_python)
    sys.stdout.write(f"{table}\n")
    if options.keep:
        keep("extract", "make bench-extract", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
