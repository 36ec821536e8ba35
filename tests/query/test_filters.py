"""How names become values; what each filter then finds, tests/http/test_answers.py holds against a slow reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from service.query.ask import Condition, Mode, Request, answer
from tests.sample import index_of, make_corpus

if TYPE_CHECKING:
    from service.model import Corpus
    from service.query.table import Table

CORPUS = make_corpus()
INDEX = index_of(CORPUS)


def ask(table: Table, request: Request) -> list[str]:
    return [table.ids[row] for row in answer(table, request).rows]


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
    index = index_of(corpus, country_names={"DK": ("Denmark", "Kingdom of Denmark"), "NO": ("Norge",)})
    for name, total in (("denmark", 2), ("Kingdom of Denmark", 2), ("norge", 7), ("Oslo", 7), ("FR", 0)):
        condition = Condition("country", "country", Mode.ANY, (name,))
        assert answer(index.statements, Request((condition,))).total == total


def test_a_broader_topic_that_turns_in_a_circle_ends(corpus: Corpus) -> None:
    circle = tuple(
        replace(topic, broader=("bridges",)) if topic.id == "economy" else topic for topic in corpus.topics
    )
    index = index_of(replace(corpus, topics=circle))
    bridges = Condition("topic", "topic", Mode.ANY, ("bridges",))
    economy = Condition("topic", "topic", Mode.ANY, ("economy",))
    assert ask(index.statements, Request((bridges,), limit=100)) == ask(
        index.statements, Request((economy,), limit=100)
    )


def test_an_empty_corpus_answers(corpus: Corpus) -> None:
    empty = replace(corpus, sources=(), texts={}, statements=(), events=(), speakers=(), topics=())
    index = index_of(empty)
    for table in (index.statements, index.events, index.sources, index.speakers, index.topics):
        assert answer(table, Request(words="anything")).total == 0
        assert answer(table, Request()).rows == ()
