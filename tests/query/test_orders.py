from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from service.query.columns import Days
from service.query.orders import Natural, Newest, Order, Permuted, Ranked
from service.query.search import Field, Search
from tests.sample import date

DAYS = st.dates(dt.date(2013, 1, 1), dt.date(2013, 1, 9)).map(str)
DATES = st.lists(st.one_of(DAYS, st.sampled_from(["2013-01", "2013", "2013-01-03/2013-01-05"])), max_size=30)


def holds(order: Order, right: list[int], rows: set[int]) -> None:
    """Hold `order` against all its rows in the order that is `right`, from every place where a page can begin."""
    wanted, chosen = [row for row in right if row in rows], BitMap(rows)
    assert list(order.onward(chosen, None)) == wanted
    for place, row in enumerate(wanted):
        assert list(order.onward(chosen, row)) == wanted[place:]
        assert list(order.back(chosen, row)) == wanted[:place][::-1]


@given(st.sets(st.integers(0, 50)))
def test_rows_have_an_order_of_their_own(rows: set[int]) -> None:
    holds(Natural(), list(range(51)), rows)


@given(DATES, st.integers(0, 5), st.data())
def test_the_newest_come_first_and_the_undated_last(
    written: list[str], undated: int, data: st.DataObject
) -> None:
    dates = sorted(map(date, written), key=lambda each: (each.start, each.end))
    order = Newest(Days.of([*dates, *([None] * undated)]))
    places = [(-each.start.toordinal(), -each.end.toordinal(), row) for row, each in enumerate(dates)]
    right = [row for *_, row in sorted(places)] + list(range(len(dates), len(dates) + undated))
    holds(order, right, data.draw(st.sets(st.sampled_from(right)) if right else st.just(set())))


@given(st.permutations(range(40)), st.sets(st.integers(0, 39)))
def test_any_other_order(right: list[int], rows: set[int]) -> None:
    holds(Permuted(right), right, rows)


@given(st.sets(st.integers(0, 4999), max_size=12))
def test_any_other_order_of_several_blocks(rows: set[int]) -> None:
    holds(Permuted(range(4999, -1, -1)), list(range(4999, -1, -1)), rows)


@given(st.lists(st.lists(st.sampled_from(["bridge", "tax", "the"]), max_size=4), max_size=90), st.data())
def test_the_best_finds_come_first(texts: list[list[str]], data: st.DataObject) -> None:
    records = ({"text": " ".join(words)} for words in texts)
    found = Search.of([Field("text", 1, "text")], records).find("bridge")
    hits = {row for row, words in enumerate(texts) if "bridge" in words}
    right = found.best(len(texts) + 1)
    assert set(right) == hits == set(found.rows)
    assert found.total == len(hits)
    assert [row for row in range(len(texts)) if found.has(row)] == sorted(hits)
    for most in range(1, len(hits) + 1):
        assert found.best(most) == right[:most]
    holds(Ranked(found), right, data.draw(st.sets(st.sampled_from(right), max_size=9)) if right else set())
