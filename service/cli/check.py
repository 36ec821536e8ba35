"""``onrecord check``: file by file what was found, and what a person should look at."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from service.cli import reading
from service.cli.why import Why

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from service.model import Corpus, CorrectionReport, Date, Rejected, Source, Span, Statement

ERRORS = reading.ERRORS

_FINE, _WANTING = 0, 1
_UNSURE = 0.5
_SHOWN = 60


def run(args: Namespace) -> int:
    """Write the findings; 1 when a text was rejected, none was there, or a correction does not fit."""
    loader, loaded = reading.read_record(args.paths, args.workers)
    corpus, why = loaded.corpus, Why(loader)
    for source in corpus.sources:
        _write([source.file or source.id, *_source(source), *_found(corpus, source)])
        _write(_topics(corpus, source, why))
        _write(f"  doubtful    {doubt}" for doubt in corpus.texts[source.id].doubts)
        _write([""])
    for one in corpus.rejected:
        _write(_rejected(one))
    _write(_corrections(corpus.corrections))
    texts, doubtful = len(corpus.sources), sum(bool(text.doubts) for text in corpus.texts.values())
    rejected = sum(not one.aside for one in corpus.rejected)
    aside = len(corpus.rejected) - rejected
    left = f", {aside} left aside" if aside else ""
    read = "1 text" if texts == 1 else f"{texts} texts"
    _write([f"{read} read, {doubtful} of them doubtful, {rejected} rejected{left}"])
    return _WANTING if reading.found_wanting(corpus) else _FINE


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _source(source: Source) -> Iterator[str]:
    publisher = source.publisher
    yield f"  blocks      {_counted(block.role for block in source.blocks)}"
    yield f"  title       {source.title or 'none found'}"
    yield f"  publisher   {publisher.name if publisher else 'unknown'}{_because(publisher.basis if publisher else None)}"
    if publisher and publisher.evidence:
        yield f"                from {_quoted(publisher.evidence.text)}"
    yield f"  authors     {', '.join(source.authors) or 'none named'}"
    yield f"  dateline    {source.dateline or 'none'}"
    yield f"  published   {_date(source.published)}"
    yield from _evidence(source.published_evidence)


def _evidence(spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        yield f"                from {_quoted(span.text)} at {span.start}"


def _found(corpus: Corpus, source: Source) -> Iterator[str]:
    own = [statement for statement in corpus.statements if statement.source == source.id]
    events = [event for event in corpus.events if source.id in event.sources]
    yield f"  statements  {len(own)}: {_counted(statement.kind for statement in own)}"
    yield f"  events      {len(events)}: {_counted(event.type for event in events)}"
    for statement in own:
        if not statement.speakers:
            yield f"  no speaker  {_place(statement)}"
        elif statement.confidence < _UNSURE:
            yield f"  unsure      {_place(statement)}"


def _topics(corpus: Corpus, source: Source, why: Why) -> Iterator[str]:
    own = [statement for statement in corpus.statements if statement.source == source.id and statement.topics]
    if own:
        yield "  topics"
    for statement, hits in why.hits(corpus.texts[source.id], own):
        yield f"    {_place(statement)}"
        for hit in hits:
            yield f"      {hit.topic}: {_quoted(hit.words)} in its {hit.where}, pattern {hit.pattern}"


def _rejected(one: Rejected) -> Iterator[str]:
    yield one.file
    yield f"  {'left aside' if one.aside else 'rejected'}".ljust(14) + one.reason
    yield f"              {one.mend}"
    yield ""


def _corrections(report: CorrectionReport) -> Iterator[str]:
    if report.applied or report.misfits:
        yield f"corrections: {report.applied} applied, {len(report.withdrawn)} of them withdrawing a statement"
    for one in report.misfits:
        yield f"  line {one.line}".ljust(14) + f"{one.statement}: {one.reason}"
        yield f"              {one.mend}"
        yield from (f"                near {name}" for name in one.near)
    if report.applied or report.misfits:
        yield ""


def _place(statement: Statement) -> str:
    start, end = statement.content[0].start, statement.content[-1].end
    return f"{start}-{end} {_quoted(statement.text)}"


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain[:_SHOWN]}…”" if len(plain) > _SHOWN else f"“{plain}”"


def _date(date: Date | None) -> str:
    return f"{date.edtf}{_because(date.basis)}" if date else "unknown"


def _because(basis: str | None) -> str:
    return f" ({basis})" if basis else ""


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{word} {number}" for word, number in sorted(Counter(words).items())) or "none"
