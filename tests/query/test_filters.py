"""Every filter against a slow and obvious reading of the same question."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.ask import Condition, Mode, Period, Request, answer
from service.query.index import Index
from service.query.table import Sort
from service.vocabulary.naming import fold, slug
from tests.sample import make_corpus

if TYPE_CHECKING:
    from service.model import Corpus, Date, Event, Source, Statement
    from service.query.table import Table

CORPUS = make_corpus()
INDEX = Index(CORPUS)
SOURCES = {source.id: source for source in CORPUS.sources}
BROADER = {topic.id: topic.broader for topic in CORPUS.topics}


def plain(text: str) -> str:
    return fold(text).replace(" ", "")


def upwards(topic: str) -> set[str]:
    return {topic}.union(*(upwards(broader) for broader in BROADER[topic]))


def publishers(source: Source) -> set[str]:
    retold = source.retold_from.publisher if source.retold_from else None
    return {name for name in (source.publisher and source.publisher.id, retold and slug(retold)) if name}


def statement_values(record: Statement) -> dict[str, set[str]]:
    held = {event.id for event in CORPUS.events if record.id in event.statements}
    return {
        "speaker": {party.id for party in record.speakers},
        "topic": set().union(*map(upwards, record.topics)),
        "source": {record.source},
        "publisher": publishers(SOURCES[record.source]),
        "event": held | ({record.event} if record.event else set()),
        "kind": {str(record.kind)},
        "country": {party.country for party in record.speakers if party.country},
        "place": {slug(record.place) or record.place} if record.place else set(),
        "via": {named.id for named in record.via},
    }


def event_values(record: Event) -> dict[str, set[str]]:
    return {
        "participant": {party.id for party in record.participants},
        "topic": set().union(*map(upwards, record.topics)),
        "type": {record.type},
        "status": {str(record.status)},
        "source": set(record.sources),
        "publisher": set().union(*(publishers(SOURCES[source]) for source in record.sources)),
        "place": {slug(record.place)} if record.place else set(),
    }


def source_values(record: Source) -> dict[str, set[str]]:
    return {"publisher": publishers(record), "author": {slug(author) for author in record.authors}}


PEOPLE = {s.id: (s.name, *s.aliases) for s in CORPUS.speakers}
PUBLISHERS: dict[str, tuple[str, ...]] = {
    s.publisher.id: (s.publisher.name,) for s in CORPUS.sources if s.publisher
}
ARTICLES: dict[str, tuple[str, ...]] = {s.id: (s.title or "", s.file or "") for s in CORPUS.sources}
PLACES = {
    "harbourtown-norway": ("Harbourtown, Norway", "Harbourtown", "Norway"),
    "the-quay-in-harbourtown": ("the quay in Harbourtown", "the quay", "Harbourtown"),
    "stockholm": ("Stockholm",),
    "北京": ("北京",),
}
KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "speaker": PEOPLE,
    "participant": PEOPLE,
    "via": PEOPLE | {"daily-sample": ("Daily Sample",)},
    "topic": {topic.id: (topic.label, *topic.alt_labels) for topic in CORPUS.topics},
    "source": ARTICLES,
    "publisher": PUBLISHERS,
    "event": {event.id: (event.title,) for event in CORPUS.events},
    "kind": dict.fromkeys(("direct", "indirect", "mixed"), ()),
    "type": {event.type: () for event in CORPUS.events},
    "status": dict.fromkeys(("happened", "planned", "hypothetical"), ()),
    "country": {"NO": ("Norway", "Oslo"), "SE": ("Sweden",), "DK": ()},
    "place": PLACES,
    "author": {slug(author): (author,) for source in CORPUS.sources for author in source.authors},
}


def meant(axis: str, value: str) -> set[str]:
    known = KNOWN[axis]
    if value in known:
        return {value}
    return {
        identity
        for identity, names in known.items()
        if plain(value) and plain(value) in {plain(name) for name in (identity, *names)}
    }


def holds(condition: Condition, values: dict[str, set[str]]) -> bool:
    hits = [bool(values[condition.axis] & meant(condition.axis, value)) for value in condition.values]
    return {Mode.ANY: any(hits), Mode.ALL: all(hits), Mode.NONE: not any(hits)}[condition.mode]


def shares_a_day(date: Date | None, period: Period) -> bool:
    if date is None:
        return False
    day = date.start
    while day <= date.end:
        if (period.start is None or period.start <= day) and (period.end is None or day <= period.end):
            return True
        day += dt.timedelta(days=1)
    return False


def spellings(axis: str) -> st.SearchStrategy[str]:
    names = [name for identity, names in KNOWN[axis].items() for name in (identity, *names)]
    written = st.sampled_from([*names, "nobody at all", "!"])
    return st.one_of(written, written.map(str.upper), written.map(lambda name: name.replace(" ", "-")))


def conditions(axes: list[str]) -> st.SearchStrategy[list[Condition]]:
    def one(axis: str) -> st.SearchStrategy[Condition]:
        values = st.lists(spellings(axis), min_size=1, max_size=3).map(tuple)
        return st.builds(Condition, st.just(axis), st.just(axis), st.sampled_from(Mode), values)

    return st.lists(st.sampled_from(axes).flatmap(one), max_size=3)


DAYS = st.dates(dt.date(2013, 1, 1), dt.date(2016, 12, 31))
ENDS = st.one_of(st.none(), DAYS)
PERIODS = st.builds(
    lambda one, other: Period(*((one, other) if one is None or other is None else sorted((one, other)))),
    ENDS,
    ENDS,
)
GROUPS = st.lists(st.lists(PERIODS, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple)


def ask(table: Table, request: Request) -> list[str]:
    return [table.ids[row] for row in answer(table, request).rows]


@given(
    conditions(["speaker", "topic", "source", "publisher", "event", "kind", "country", "place", "via"]),
    GROUPS,
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_statements(
    asked: list[Condition], periods: tuple[tuple[Period, ...], ...], floor: float | None
) -> None:
    floors = {} if floor is None else {"confidence": floor}
    found = ask(INDEX.statements, Request(tuple(asked), periods, floors, limit=100))
    right = {
        record.id
        for record in CORPUS.statements
        if all(holds(each, statement_values(record)) for each in asked)
        and all(any(shares_a_day(record.date, period) for period in group) for group in periods)
        and (floor is None or record.confidence >= floor)
    }
    assert set(found) == right
    assert len(found) == len(right)


@given(conditions(["participant", "topic", "type", "status", "source", "publisher", "place"]), GROUPS)
def test_events(asked: list[Condition], periods: tuple[tuple[Period, ...], ...]) -> None:
    right = {
        record.id
        for record in CORPUS.events
        if all(holds(each, event_values(record)) for each in asked)
        and all(any(shares_a_day(record.date, period) for period in group) for group in periods)
    }
    assert set(ask(INDEX.events, Request(tuple(asked), periods, limit=100))) == right


@given(conditions(["publisher", "author"]), GROUPS)
def test_sources(asked: list[Condition], periods: tuple[tuple[Period, ...], ...]) -> None:
    right = {
        record.id
        for record in CORPUS.sources
        if all(holds(each, source_values(record)) for each in asked)
        and all(any(shares_a_day(record.published, period) for period in group) for group in periods)
    }
    assert set(ask(INDEX.sources, Request(tuple(asked), periods, limit=100))) == right


def naive_key(date: Date | None) -> tuple[bool, dt.date, dt.date]:
    return (True, dt.date.min, dt.date.min) if date is None else (False, date.start, date.end)


def test_statements_stand_by_date_then_source_then_offset() -> None:
    right = sorted(CORPUS.statements, key=lambda s: (naive_key(s.date), s.source, s.content[0].start))
    assert ask(INDEX.statements, Request(limit=100)) == [record.id for record in right]
    assert ask(INDEX.statements, Request(sort=Sort.DATE, limit=100)) == [record.id for record in right]


def test_newest_first_keeps_ties_in_order_and_undated_last() -> None:
    found = ask(INDEX.statements, Request(sort=Sort.NEWEST, limit=100))
    records = {record.id: record for record in CORPUS.statements}
    dates = [records[identity].date for identity in found]
    dated = [(date.start, date.end) for date in dates if date is not None]
    assert dates[len(dated) :] == [None] * (len(dates) - len(dated))
    assert dated == sorted(dated, reverse=True)
    for before, after in itertools.pairwise(found):
        if naive_key(records[before].date) == naive_key(records[after].date):
            one, other = records[before], records[after]
            assert (one.source, one.content[0].start) < (other.source, other.content[0].start)


def test_by_source_is_by_source_and_offset() -> None:
    right = sorted(CORPUS.statements, key=lambda s: (s.source, s.content[0].start))
    assert ask(INDEX.statements, Request(sort=Sort.SOURCE, limit=100)) == [record.id for record in right]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("example", ["ada-example", "bo-example"]),
        ("Ada Éxample", ["ada-example"]),
        ("ada-example", ["ada-example"]),
        ("THE MAYOR", ["bo-sample"]),
        ("adaexample", ["ada-example"]),
    ],
)
def test_an_answer_says_whom_it_took_a_name_for(value: str, ids: list[str]) -> None:
    condition = Condition("speaker", "speaker", Mode.ANY, (value,))
    (resolved,) = answer(INDEX.statements, Request((condition,))).resolved
    assert [named.id for named in resolved] == ids


def test_an_unknown_value_is_hinted_at_and_known_ones_still_answer() -> None:
    condition = Condition("speaker", "speaker", Mode.ANY, ("exampel", "sweden"))
    found = answer(INDEX.statements, Request((condition,)))
    assert found.total == 1
    (hint,) = found.hints
    assert (hint.param, hint.value) == ("speaker", "exampel")
    assert [(near.id, near.count) for near in hint.near] == [("ada-example", 4), ("bo-example", 1)]


def test_a_country_goes_by_the_names_it_is_given_and_those_it_speaks_under(corpus: Corpus) -> None:
    index = Index(corpus, country_names={"DK": ("Denmark", "Kingdom of Denmark"), "NO": ("Norge",)})
    for name, total in (("denmark", 2), ("Kingdom of Denmark", 2), ("norge", 7), ("Oslo", 7), ("FR", 0)):
        condition = Condition("country", "country", Mode.ANY, (name,))
        assert answer(index.statements, Request((condition,))).total == total


def test_a_broader_topic_that_turns_in_a_circle_ends(corpus: Corpus) -> None:
    circle = tuple(
        replace(topic, broader=("bridges",)) if topic.id == "economy" else topic for topic in corpus.topics
    )
    index = Index(replace(corpus, topics=circle))
    bridges = Condition("topic", "topic", Mode.ANY, ("bridges",))
    economy = Condition("topic", "topic", Mode.ANY, ("economy",))
    assert ask(index.statements, Request((bridges,), limit=100)) == ask(
        index.statements, Request((economy,), limit=100)
    )


def test_an_empty_corpus_answers(corpus: Corpus) -> None:
    empty = replace(corpus, sources=(), texts={}, statements=(), events=(), speakers=(), topics=())
    index = Index(empty)
    for table in (index.statements, index.events, index.sources, index.speakers, index.topics):
        assert answer(table, Request(words="anything")).total == 0
        assert answer(table, Request()).rows == ()
