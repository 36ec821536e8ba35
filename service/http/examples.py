"""The record that the description's examples are taken from: that of one sentence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from service import dates
from service.model import (
    Basis,
    Block,
    Corpus,
    Counts,
    Event,
    Kind,
    Mention,
    Party,
    Publisher,
    Role,
    Selector,
    Source,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    Status,
    Text,
    Topic,
)

if TYPE_CHECKING:
    from service.model import Date

TEXT = "Harbour to open\n\nMinister Ada Example told a meeting on Friday the harbour would open in May.\n"
"""A text to post, and the one that the example records were read from."""

PUBLISHED = "2014-02-15"
"""Its date of publication."""

_SOURCE, _EVENT = "harbour-example", "harbour-example-40-57"


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def _friday() -> Date:
    return dates.restated(dates.parse_edtf("2014-02-14"), Basis.RELATIVE, "on Friday")


def corpus() -> Corpus:
    """Give the record of the example text."""
    blocks = (Block(Role.HEADLINE, 0, 15), Block(Role.BODY, 17, len(TEXT)))
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    ada = Party("ada-example", "Ada Example", SpeakerType.PERSON, "Minister", "NO")
    topic = Topic(
        "trade", "Trade", "Buying and selling across borders.", ("commerce",), ("economy",), Counts(1, 0)
    )
    return Corpus(
        version="example",
        extractor="example",
        sources=(_source(blocks, digest),),
        texts={_SOURCE: Text(_SOURCE, f"{_SOURCE}.txt", TEXT, digest, "utf-8", blocks)},
        statements=(_statement(ada),),
        events=(_event(ada),),
        speakers=(
            Speaker(ada.id, ada.name, ada.type, ada.role, ada.country, ("Example",), (), Counts(1, 1)),
        ),
        topics=(topic,),
        rejected=(),
        vocabularies={},
    )


def _source(blocks: tuple[Block, ...], digest: str) -> Source:
    return Source(
        id=_SOURCE,
        file=f"{_SOURCE}.txt",
        title="Harbour to open",
        publisher=Publisher("daily-example", "Daily Example", Basis.STATED, None),
        authors=("B. Writer",),
        published=dates.parse_edtf(PUBLISHED),
        published_evidence=(),
        dateline=None,
        language="en",
        words=len(TEXT.split()),
        sha256=digest,
        url_original=None,
        retold_from=None,
        note=None,
        blocks=blocks,
        counts=Counts(1, 1),
    )


def _statement(ada: Party) -> Statement:
    said = _span("the harbour would open in May")
    return Statement(
        id=f"{_SOURCE}-{said.start}-{said.end}",
        source=_SOURCE,
        kind=Kind.INDIRECT,
        text=said.text,
        content=(said,),
        quotes=(),
        speakers=(ada,),
        mention=_span("Minister Ada Example"),
        cue=_span("told"),
        addressee="a meeting",
        date=_friday(),
        date_expression="on Friday",
        place=None,
        topics=("trade",),
        via=(),
        confidence=0.9,
        also_in=(),
        event=_EVENT,
        context=_span(TEXT[17:-1]),
        selector=Selector(said.text, TEXT[said.start - 32 : said.start], TEXT[said.end : -1]),
    )


def _event(ada: Party) -> Event:
    return Event(
        id=_EVENT,
        type="meeting",
        plover="CONSULT",
        title="Meeting on the harbour",
        date=_friday(),
        date_expression="on Friday",
        dates_differ=False,
        status=Status.HAPPENED,
        place=None,
        participants=(ada,),
        topics=(),
        mentions=(Mention(_SOURCE, _span("a meeting on Friday"), _friday()),),
        sources=(_SOURCE,),
        statements=(f"{_SOURCE}-{TEXT.index('the harbour')}-{TEXT.index('.')}",),
    )
