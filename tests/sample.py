"""A small record of our own writing: four invented articles with everything in them that lists, filters and pages meet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.dates import parse_edtf, restated
from service.http import examples
from service.http.app import make_app
from service.http.library import index_corpus
from service.http.options import HttpOptions
from service.http.posting import written
from service.model import (
    Basis,
    Block,
    Corpus,
    Counts,
    Date,
    Event,
    Kind,
    Mention,
    Named,
    Party,
    Publisher,
    Rejected,
    RetoldFrom,
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
    from collections.abc import Callable

    from flask import Flask

    from service.query.index import Index

WRITTEN = {
    "bridge-opening": (
        "Old bridge to reopen\n\nMinister Ada Example said the old bridge would reopen in May.\n"
        "“We shall open it on time,” Example told reporters in Harbourtown, Norway.\n"
        "Engineers warned that the northern pier “needs more work” before trucks may cross.\n"
        "According to the Daily Sample, Mayor Bo Sample promised a second inspection.\n"
        "Sign up for our newsletter and never miss a bridge.\n"
    ),
    "market day é": (
        "🐟 Fish & <b>chips</b>: the market speaks\r\n\r\nTrader Cy Muster said prices 📈 had doubled since spring.\r\n"
        "“Nobody buys 🐟 anymore,” Muster said.\r\n"
        "Ada Example and Bo Sample agreed to cut the market fee.\r\n"
        "“Wir haben genug,” said a visitor, who gave no name.\r\n"
    ),
    "quota-dispute": (
        "Quota dispute grows\n\nNorway said it would halve the fishing quota next year.\n"
        "Sweden replied that the move was “without any ground.”\n"
        "Bo Example, a lawyer, called the plan lawful.\n"
        "The Harbour Council announced talks on herring quotas for 2016.\n"
    ),
    "retold-strike": (
        "Dockers go back to work\n\nThe union said the strike was over.\n"
        "“It is done,” said its head, Di Probe.\n"
        "Ada Example welcomed the accord on harbour pay.\n"
    ),
}
"""The texts by source."""

ADA = Party("ada-example", "Ada Example", SpeakerType.PERSON, "minister", "NO")
BO = Party("bo-sample", "Bo Sample", SpeakerType.PERSON, "mayor", "NO")
BO_E = Party("bo-example", "Bo Example", SpeakerType.PERSON, "lawyer", None)
CY = Party("cy-muster", "Cy Muster", SpeakerType.PERSON, "trader", "DK")
DI = Party("di-probe", "Di Probe", SpeakerType.PERSON, "head of the union", None)
ENGINEERS = Party("engineers", "engineers", SpeakerType.GROUP, None, None)
VISITOR = Party("market-day-visitor", "a visitor", SpeakerType.UNNAMED, None, None)
NORWAY = Party("norway", "Norway", SpeakerType.COUNTRY, None, "NO")
SWEDEN = Party("sweden", "Sweden", SpeakerType.COUNTRY, None, "SE")
COUNCIL = Party("harbour-council", "Harbour Council", SpeakerType.ORGANIZATION, None, "NO")
UNION = Party("dockers-union", "Dockers’ Union", SpeakerType.ORGANIZATION, None, None)
PAPER = Named("daily-sample", "Daily Sample")


def date(edtf: str, basis: Basis = Basis.RELATIVE, expression: str | None = None) -> Date:
    return restated(parse_edtf(edtf), basis, expression)


def span(source: str, words: str) -> Span:
    start = WRITTEN[source].index(words)
    return Span(start, start + len(words), words)


def context(source: str, words: str) -> Span:
    text = WRITTEN[source]
    at = text.index(words)
    start = text.rfind("\n", 0, at) + 1
    end = text.index("\n", at)
    end -= text[end - 1] == "\r"
    return Span(start, end, text[start:end])


def statement(source: str, words: str, kind: Kind, *speakers: Party, **more: Any) -> Statement:
    """Make a statement whose content is `words`, pieces with " | " between."""
    pieces = tuple(span(source, piece) for piece in words.split(" | "))
    first, text = pieces[0], WRITTEN[source]
    facts = {
        "quotes": pieces if kind is Kind.DIRECT else (),
        "mention": None,
        "cue": None,
        "addressee": None,
        "date": None,
        "date_expression": None,
        "place": None,
        "topics": (),
        "via": (),
        "confidence": 0.9,
        "also_in": (),
        "event": None,
        **more,
    }
    return Statement(
        id=f"{source.replace(' ', '-').partition('-')[0]}-{first.start}-{pieces[-1].end}",
        source=source,
        kind=kind,
        text=" … ".join(piece.text for piece in pieces),
        content=pieces,
        speakers=speakers,
        context=context(source, pieces[0].text),
        selector=Selector(
            first.text, text[max(0, first.start - 32) : first.start], text[first.end : first.end + 32]
        ),
        **facts,
    )


def make_statements() -> tuple[Statement, ...]:
    bridge, market, quota, strike = WRITTEN
    direct, indirect, mixed = Kind.DIRECT, Kind.INDIRECT, Kind.MIXED
    found = (
        statement(
            bridge,
            "the old bridge would reopen in May",
            indirect,
            ADA,
            cue=span(bridge, "said"),
            mention=span(bridge, "Minister Ada Example"),
            date=date("2014-02-14", Basis.DOCUMENT),
            topics=("bridges",),
            event="bridge-57-93",
        ),
        statement(
            bridge,
            "We shall open it on time,",
            direct,
            ADA,
            cue=span(bridge, "told"),
            addressee="reporters",
            date=date("2014-02-14"),
            place="Harbourtown, Norway",
            topics=("bridges",),
            corrected="the speaker was misread",
        ),
        statement(
            bridge,
            "the northern pier “needs more work” before trucks may cross",
            mixed,
            ENGINEERS,
            quotes=(span(bridge, "needs more work"),),
            date=date("2014-02", expression="this month"),
            topics=("bridges", "transport"),
            confidence=0.6,
        ),
        statement(
            bridge,
            "a second inspection",
            indirect,
            BO,
            via=(PAPER,),
            date=None,
            date_expression="the other day",
            confidence=0.35,
        ),
        statement(
            market,
            "prices 📈 had doubled since spring",
            indirect,
            CY,
            date=date("2013-21", expression="spring"),
            topics=("prices",),
            place="the quay in Harbourtown",
        ),
        statement(
            market,
            "Nobody buys 🐟 anymore,",
            direct,
            CY,
            date=date("2014-03-01", Basis.DOCUMENT),
            topics=("fishing", "prices"),
            also_in=("quota-41-80",),
        ),
        statement(
            market,
            "to cut the market fee",
            indirect,
            ADA,
            BO,
            date=date("2014-02-27/2014-03-02", Basis.INFERRED),
            topics=("prices",),
            event="market-99-120",
        ),
        statement(
            market,
            "Wir haben genug,",
            direct,
            VISITOR,
            confidence=0.2,
            via=(Named("cy-muster", "Cy Muster"),),
        ),
        statement(
            quota,
            "it would halve the fishing quota next year",
            indirect,
            NORWAY,
            date=date("2015", expression="in 2015"),
            topics=("quotas",),
            event="quota-150-190",
        ),
        statement(
            quota,
            "the move was “without any ground.”",
            mixed,
            SWEDEN,
            quotes=(span(quota, "without any ground."),),
            date=date("2015-11-30"),
            topics=("quotas",),
            place="Stockholm",
        ),
        statement(quota, "the plan lawful", indirect, BO_E, date=date("2015-12-01"), confidence=1.0),
        statement(
            quota,
            "talks on herring quotas for 2016",
            indirect,
            COUNCIL,
            date=date("2015-12-01"),
            topics=("quotas", "talks"),
            event="quota-150-190",
        ),
        statement(strike, "the strike was over", indirect, UNION, date=date("2014-02-28")),
        statement(
            strike, "It is done,", direct, DI, date=date("2014-02-28", expression="Friday"), place="北京"
        ),
        statement(
            strike,
            "the accord on harbour pay",
            indirect,
            ADA,
            date=date("2013-12/2014-01"),
            topics=("talks", "transport"),
        ),
    )
    return tuple(sorted(found, key=lambda each: (each.source, each.content[0].start)))


def event(identity: str, kind: str, title: str, told: tuple[tuple[str, str], ...], **more: Any) -> Event:
    """Make an event that is told by `told`: pairs of source and words."""
    facts = {
        "date": None,
        "date_expression": None,
        "dates_differ": False,
        "status": Status.HAPPENED,
        "place": None,
        "participants": (),
        "topics": (),
        "statements": (),
        **more,
    }
    mentions = tuple(Mention(source, span(source, words), facts["date"]) for source, words in told)
    sources = tuple(dict.fromkeys(source for source, _ in told))
    return Event(identity, kind, "CONSULT", title=title, mentions=mentions, sources=sources, **facts)


def make_events(statements: tuple[Statement, ...]) -> tuple[Event, ...]:
    bridge, market, quota, strike = WRITTEN

    def made(identity: str) -> tuple[str, ...]:
        return tuple(each.id for each in statements if each.event == identity)

    found = (
        event(
            "bridge-57-93",
            "agreement",
            "Reopening of the old bridge",
            ((bridge, "the old bridge would reopen in May"),),
            date=date("2014-05"),
            status=Status.PLANNED,
            place="Harbourtown, Norway",
            topics=("bridges",),
            statements=made("bridge-57-93"),
        ),
        event(
            "market-99-120",
            "agreement",
            "Accord on the market fee",
            ((market, "agreed to cut the market fee"), (strike, "the accord on harbour pay")),
            date=date("2014-02-27/2014-03-02", Basis.INFERRED),
            dates_differ=True,
            participants=(ADA, BO),
            topics=("prices",),
            statements=made("market-99-120"),
        ),
        event(
            "quota-150-190",
            "talks",
            "Talks on herring quotas",
            ((quota, "talks on herring quotas for 2016"),),
            date=date("2016"),
            status=Status.PLANNED,
            place="Stockholm",
            participants=(NORWAY, SWEDEN),
            topics=("quotas", "talks"),
            statements=made("quota-150-190"),
        ),
        event(
            "quota-30-70",
            "threat",
            "Halving of the quota",
            ((quota, "halve the fishing quota"),),
            topics=("quotas",),
        ),
        event(
            "strike-40-60",
            "other",
            "Strike of the dockers",
            ((strike, "the strike was over"),),
            date=date("2014-02"),
            participants=(UNION,),
        ),
        event(
            "strike-60-80",
            "withdrawal",
            "Return to work",
            ((strike, "Dockers go back to work"),),
            date=date("2014-02"),
            status=Status.HYPOTHETICAL,
        ),
    )
    return tuple(sorted(found, key=lambda each: each.id))


def make_text(identity: str) -> Text:
    decoded = WRITTEN[identity]
    furniture = decoded.find("Sign up")
    end = furniture if furniture >= 0 else len(decoded)
    headline = decoded.index("\n")
    blocks = [Block(Role.HEADLINE, 0, headline), Block(Role.BODY, headline + 1, end)]
    if furniture >= 0:
        blocks.append(Block(Role.FURNITURE, furniture, len(decoded)))
    doubts = ("the encoding was guessed: UTF-8 without certainty",) if "é" in identity else ()
    digest = hashlib.sha256(decoded.encode()).hexdigest()
    return Text(identity, f"{identity}.txt", decoded, digest, "utf-8", tuple(blocks), None, doubts)


def make_source(
    text: Text, statements: tuple[Statement, ...], events: tuple[Event, ...], **more: Any
) -> Source:
    facts = {
        "publisher": None,
        "authors": (),
        "published": None,
        "published_evidence": (),
        "dateline": None,
        "url_original": None,
        "retold_from": None,
        "note": None,
        **more,
    }
    return Source(
        id=text.id,
        file=text.file,
        title=text.decoded.splitlines()[0],
        language="en",
        words=len(text.decoded.split()),
        sha256=text.sha256,
        blocks=text.blocks,
        counts=Counts(
            sum(each.source == text.id for each in statements),
            sum(text.id in each.sources for each in events),
        ),
        **facts,
    )


SOURCE_FACTS: dict[str, dict[str, Any]] = {
    "bridge-opening": {
        "publisher": Publisher("daily-sample", "Daily Sample", Basis.STATED, None),
        "authors": ("A. Writer",),
        "published": date("2014-02-14", Basis.STATED),
        "dateline": "HARBOURTOWN",
    },
    "market day é": {
        "publisher": Publisher("market-post", "Market Post", Basis.INFERRED, span("market day é", "market")),
        "authors": ("Réné Autor", "A. Writer"),
        "published": date("2014-02-27/2014-03-02", Basis.INFERRED),
        "published_evidence": (span("market day é", "since spring"),),
    },
    "quota-dispute": {},
    "retold-strike": {
        "publisher": Publisher("sample-retold", "Sample, Retold", Basis.STATED, None),
        "published": date("2014-02"),
        "retold_from": RetoldFrom("Daily Sample", "Dockers return", ("B. Writer",), "2014-02-28"),
        "note": "Told anew in our own words.",
    },
}


def make_speakers(statements: tuple[Statement, ...], events: tuple[Event, ...]) -> tuple[Speaker, ...]:
    aliases = {
        "ada-example": ("Example", "the minister"),
        "bo-example": ("Example",),
        "bo-sample": ("Sample", "the mayor"),
        "norway": ("Oslo",),
    }

    def counts(identity: str) -> Counts:
        return Counts(
            sum(any(p.id == identity for p in each.speakers) for each in statements),
            sum(any(p.id == identity for p in each.participants) for each in events),
        )

    parties = (ADA, BO, BO_E, CY, DI, ENGINEERS, VISITOR, NORWAY, SWEDEN, COUNCIL, UNION)
    return tuple(
        Speaker(p.id, p.name, p.type, p.role, p.country, aliases.get(p.id, ()), (), counts(p.id))
        for p in sorted(parties, key=lambda p: p.id)
    )


def make_topics(statements: tuple[Statement, ...], events: tuple[Event, ...]) -> tuple[Topic, ...]:
    written = (
        ("bridges", "Bridges", "Bridges and what crosses them.", ("spans",), ("transport",)),
        ("economy", "Economy", "Making and selling.", (), ()),
        ("fishing", "Fishing", "Catching fish.", ("fishery",), ("economy",)),
        ("prices", "Prices", "What things cost.", (), ("economy",)),
        ("quotas", "Fishing quotas", "Who may catch how much.", ("herring quotas",), ("fishing",)),
        ("talks", "Peace talks", "Parties talking to end a dispute.", ("Four-Party Talks",), ()),
        ("transport", "Transport", "Moving goods and people.", ("traffic",), ("economy",)),
    )

    def counts(identity: str) -> Counts:
        return Counts(
            sum(identity in each.topics for each in statements),
            sum(identity in each.topics for each in events),
        )

    return tuple(
        Topic(identity, label, definition, alt, broader, counts(identity))
        for identity, label, definition, alt, broader in written
    )


def app_of(
    corpus: Corpus,
    extract: Callable[[str, str | None, str | None], Corpus],
    options: HttpOptions | None = None,
) -> Flask:
    """Serve `corpus`; posted texts are read by `extract`, in this process."""
    options = options or HttpOptions()

    def read(text: str, title: str | None, published: str | None) -> bytes:
        return written(extract(text, title, published))

    return make_app(index_corpus(corpus, options), read, options)


def index_of(corpus: Corpus, **options: Any) -> Index:
    """Index `corpus`."""
    return index_corpus(corpus, HttpOptions(**options))


def make_corpus() -> Corpus:
    """Put the record together."""
    statements = make_statements()
    events = make_events(statements)
    texts = {identity: make_text(identity) for identity in WRITTEN}
    return Corpus(
        version="sample-1",
        extractor="by hand",
        sources=tuple(make_source(texts[i], statements, events, **SOURCE_FACTS[i]) for i in sorted(WRITTEN)),
        texts=texts,
        statements=statements,
        events=events,
        speakers=make_speakers(statements, events),
        topics=make_topics(statements, events),
        rejected=(Rejected("empty.txt", "the file is empty", "put a text into it or take it away"),),
        vocabularies={"topics.yaml": "0" * 64, "actors.yaml": "1" * 64},
    )


def extract(text: str, title: str | None, published: str | None) -> Corpus:
    """Read a posted text: one statement over all of it; refuse one that says so."""
    if text.startswith("unusable"):
        message = "this is not in English"
        raise ValueError(message)
    example = examples.corpus()
    whole = Span(0, len(text), text)
    source = replace(
        example.sources[0],
        id="posted",
        file=None,
        title=title,
        published=None if published is None else parse_edtf(published),
        words=len(text.split()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        blocks=(Block(Role.BODY, 0, len(text)),),
    )
    said = replace(
        example.statements[0],
        id="posted-0",
        source="posted",
        text=text,
        content=(whole,),
        speakers=(ADA,),
        mention=None,
        cue=None,
        date=source.published,
        topics=("talks",),
        event="posted-event",
        context=whole,
        selector=Selector(text, "", ""),
    )
    happened = replace(
        example.events[0],
        id="posted-event",
        participants=(ADA,),
        mentions=(Mention("posted", whole, None),),
        sources=("posted",),
        statements=("posted-0",),
    )
    decoded = Text("posted", None, text, source.sha256, "utf-8", source.blocks)
    return replace(
        example,
        version="posted",
        sources=(source,),
        texts={"posted": decoded},
        statements=(said,),
        events=(happened,),
        speakers=(),
        topics=make_topics((), ()),
    )
