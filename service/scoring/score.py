"""Score a whole record against references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.dates import within
from service.query import events as event_query
from service.query import statements as statement_query
from service.scoring.comparing import Names
from service.scoring.events import EventScorer
from service.scoring.statements import score_statements
from service.scoring.tally import Tally
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.model import Corpus, Date, Source
    from service.scoring.references import Reference, SourceReference
    from service.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by name (None: nothing was counted), and a line for every miss and surplus."""

    figures: dict[str, float | None]
    misses: tuple[str, ...]


def score(corpus: Corpus, references: Sequence[Reference], vocabulary: Vocabulary) -> Score:
    """Score the texts of `corpus` that `references` name by file; other texts don't count."""
    tally, names = Tally(), Names(vocabulary)
    sources = {source.file: source for source in corpus.sources}
    served = {sources[one.file].id: one for one in references if one.file in sources}
    scorer = EventScorer(served, names, tally)
    statements, events = statement_query.in_order(corpus), event_query.in_order(corpus)
    for reference in references:
        source = sources.get(reference.file)
        _score_source(reference, source, names, tally)
        identity = source.id if source else None
        own = [statement for statement in statements if statement.source == identity]
        decoded = corpus.texts[identity].decoded if identity else ""
        score_statements(reference, own, decoded, names, tally)
        if identity:
            scorer.score(identity, [event for event in events if identity in event.sources])
        else:
            tally.count("events.recall", 0, sum(event.required for event in reference.events))
    return Score(tally.figures(), tuple(tally.misses))


def _score_source(reference: Reference, source: Source | None, names: Names, tally: Tally) -> None:
    expected, file = reference.source, reference.file
    title = source.title if source else None
    publisher = source.publisher.name if source and source.publisher else None
    authors = source.authors if source else ()
    tally.check(
        "sources.title",
        f"{file}: title {title!r} for {expected.title!r}",
        right=slug(title or "") == slug(expected.title),
    )
    tally.check(
        "sources.publisher",
        f"{file}: publisher {publisher!r} for {expected.publisher!r}",
        right=source is not None and _publisher_fits(publisher, expected, names),
    )
    tally.check(
        "sources.authors",
        f"{file}: authors {list(authors)} for {list(expected.authors)}",
        right=source is not None and sorted(map(slug, authors)) == sorted(map(slug, expected.authors)),
    )
    published = source.published if source else None
    tally.count("sources.date", _date_share(published, expected.published))
    if published is None or not within(published, expected.published):
        tally.misses.append(f"{file}: published {published and published.edtf} for {expected.published.edtf}")


def _publisher_fits(publisher: str | None, expected: SourceReference, names: Names) -> bool:
    return expected.publisher_unstated if publisher is None else names.same(publisher, expected.publisher)


def _date_share(date: Date | None, expected: Date) -> float:
    """Count an honest range that holds the day half, a wrong day nothing."""
    if date is None:
        return 0.0
    return 1.0 if within(date, expected) else 0.5 if within(expected, date) else 0.0
