"""How right the record is: `python -m bench.accuracy` measures it and writes the figures into docs/accuracy.md.

Attributions are held against articles that people annotated, where the file is at hand (`../shared/dev/articles.jsonl`),
whole records against the references of the seeds, and of the originals where they lie beside the project. A table whose
texts are not there stays as it is, and the command says so. `--articles FILE` holds the attributions against articles of
your own and only prints their table. One article a line: `{"id", "text", "statements": [{"content": [[start, end], …],
"speaker_text", "kind", "speech"}, …]}`, offsets in Unicode code points, end exclusive.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from bench.matching import judge
from bench.page import with_section
from service.load import Loader
from service.logs import set_up_logs
from service.scoring.references import read_references
from service.scoring.score import score
from service.settings import TABLE
from service.version import VERSION
from service.vocabulary import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.matching import Annotated, Judged

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "accuracy.md"
ARTICLES: Final = ROOT.parent / "shared" / "dev" / "articles.jsonl"
RECORDS: Final = {
    "the five originals": (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "gold"),
    "the seeds": (ROOT / "seeds", ROOT / "tests" / "gold"),
}
"""Texts with references for their whole record."""
EXAMPLES: Final = ROOT / "tests" / "extract"
KINDS: Final = ("all", "direct", "mixed", "indirect")
_PIPELINE: Final = {setting.variable: setting.default for setting in TABLE}["ONRECORD_PIPELINE"]


@dataclass
class Figures:
    """What was found in annotated articles."""

    articles: int = 0
    judged: list[Judged] = field(default_factory=list)
    annotated: list[Annotated] = field(default_factory=list)

    def of(self, kind: str) -> tuple[int, float, float, float]:
        """Give the number annotated, and precision, recall and F1 in per cent, of a kind or of ``all``."""
        right = [one.right for one in self.judged if one.right is not None and kind in ("all", one.read.kind)]
        found = [one.found for one in self.annotated if kind in ("all", one.kind)]
        precision, recall = _percent(right), _percent(found)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return len(found), precision, recall, f1

    @property
    def speakers(self) -> float:
        """In how many per cent of the statements found the right words name the speaker."""
        return _percent([one.named for one in self.annotated if one.named is not None])

    @property
    def halves(self) -> tuple[float, float]:
        """How many per cent are wrong of the less sure half of statements, and of the surer one.

        What lies at the border with one confidence counts in both halves, in proportion.
        """
        rows = sorted((one.read.confidence, not one.right) for one in self.judged if one.right is not None)
        room, before, wrong = len(rows) / 2, 0, [0.0, 0.0]
        for _, level in groupby(rows, key=lambda row: row[0]):
            faults = [row[1] for row in level]
            low = max(0.0, min(float(len(faults)), room - before)) / len(faults)
            wrong[0] += low * sum(faults)
            wrong[1] += (1 - low) * sum(faults)
            before += len(faults)
        return (100 * wrong[0] / room, 100 * wrong[1] / room) if room else (0.0, 0.0)


def measure(articles: Iterable[Mapping[str, object]], loader: Loader) -> Figures:
    """Read every article as a posted text, and judge its statements by its annotations."""
    figures = Figures()
    for article in articles:
        text, annotations = article["text"], article["statements"]
        if not isinstance(text, str) or not isinstance(annotations, list):
            message = f"{article.get('id')}: an article needs a text and a list of statements"
            raise TypeError(message)
        judged, annotated = judge(text, loader.posted(text, None, None).statements, annotations)
        figures.articles += 1
        figures.judged += judged
        figures.annotated += annotated
    return figures


def articles_table(figures: Figures) -> Iterator[str]:
    """Give the lines on annotated articles."""
    yield f"{_today()}, on {figures.articles} article{'' if figures.articles == 1 else 's'}:"
    yield ""
    yield "| statements | annotated | precision | recall | F1 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for kind in KINDS:
        number, *shares = figures.of(kind)
        yield f"| {kind} | {number} | {' | '.join(f'{share:.1f}' for share in shares)} |"
    low, high = figures.halves
    yield ""
    yield f"The words that name the speaker are right in {figures.speakers:.1f} % of the statements found."
    yield (
        f"Of the less sure half of statements, by `confidence`, {low:.1f} % are wrong, of the surer half {high:.1f} %: "
        f"{low / high if high else 0:.2f} times as many."
    )


def records_table(folders: Mapping[str, tuple[Path, Path]], loader: Loader) -> Iterator[str]:
    """Give the lines on texts with references for their whole record."""
    columns = {
        name: score(
            loader.load(loader.read([texts])).corpus, read_references(references), loader.vocabulary
        ).figures
        for name, (texts, references) in folders.items()
    }
    yield f"{_today()}:"
    yield ""
    yield f"| figure | {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    for figure in next(iter(columns.values())):
        values = (column[figure] for column in columns.values())
        yield f"| {figure} | {' | '.join('–' if one is None else f'{one:.3f}' for one in values)} |"


def wrong_examples(folder: Path = EXAMPLES) -> Iterator[str]:
    """Give the lines on what is known to go wrong: every example that the tests expect to fail, by why."""
    groups: dict[str, list[dict[str, object]]] = yaml.safe_load(
        (folder / "wrong_examples.yaml").read_text("utf-8")
    )
    for why, group in groups.items():
        yield f"- {why[0].upper()}{why[1:]}:"
        yield from (f"  - {_line(example)}" for example in group)


def written(page: str, blocks: Mapping[str, Iterable[str]]) -> str:
    """Give `page` with each block between its markers written anew."""
    for name, lines in blocks.items():
        page = with_section(page, name, lines)
    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what there are texts for, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, metavar="FILE", help="annotated articles, one a line")
    own = parser.parse_args(arguments).articles
    set_up_logs()
    loader = Loader(OWN, _PIPELINE, max_file=10_000_000)
    try:
        if own is not None:
            _print(articles_table(measure(read_articles(own), loader)))
            return 0
        blocks = _blocks(loader)
    except (OSError, ValueError) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    PAGE.write_text(written(PAGE.read_text("utf-8"), blocks), "utf-8")
    for name in sorted(blocks):
        _print(blocks[name])
    return 0


def read_articles(path: Path) -> Iterator[dict[str, object]]:
    """Give the articles of a file, one a line; raise `ValueError` naming the line that holds none."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            article = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"{path}, line {number}: write one article a line, as JSON ({error.msg})"
            raise ValueError(message) from None
        if not isinstance(article, dict) or not isinstance(article.get("statements"), list):
            message = f"{path}, line {number}: an article needs a text and a list of statements"
            raise ValueError(message)  # noqa: TRY004 - what the file holds is wrong, not a type of ours
        yield article


def _blocks(loader: Loader) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = {"wrong": list(wrong_examples())}
    if ARTICLES.is_file():
        blocks["articles"] = list(articles_table(measure(read_articles(ARTICLES), loader)))
    else:
        sys.stderr.write("No annotated articles at hand: the table of attributions stays as it is.\n")
    if all(folder.is_dir() for folders in RECORDS.values() for folder in folders):
        blocks["records"] = list(records_table(RECORDS, loader))
    else:
        sys.stderr.write("The originals are not at hand: the table of whole records stays as it is.\n")
    return blocks


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _line(example: Mapping[str, object]) -> str:
    says = example["says"]
    right = [
        f"{', '.join(one['by']) or 'nobody'}: “{' … '.join(one['words']).rstrip('.,')}”"
        for one in (says if isinstance(says, list) else [])
    ]
    text = " ".join(str(example["text"]).split())
    return f"{text} *Right would be* {'; '.join(right) or 'no statement'}."


def _percent(held: Sequence[bool]) -> float:
    return 100 * sum(held) / len(held) if held else 0.0


def _today() -> str:
    return f"{dt.datetime.now(tz=dt.UTC).date()}, Onrecord {VERSION}, `python -m bench.accuracy`"


if __name__ == "__main__":
    sys.exit(main())
