from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.ask import Condition, Mode, Request, StartError, answer
from service.query.table import Sort
from tests.sample import index_of, make_corpus

INDEX = index_of(make_corpus())
SORTS = st.sampled_from([None, Sort.DATE, Sort.NEWEST, Sort.SOURCE])
WORDS = st.sampled_from([None, "the", "bridge", "nothing-like-it"])


@given(st.integers(1, 20), SORTS, WORDS)
def test_a_walk_visits_each_once_forward_and_back(limit: int, sort: Sort | None, words: str | None) -> None:
    whole = answer(INDEX.statements, Request(words=words, sort=sort, limit=1000))
    start: str | None = None
    forward: list[int] = []
    starts: list[str | None] = []
    while True:
        page = answer(INDEX.statements, Request(words=words, sort=sort, limit=limit, start=start))
        forward += page.rows
        starts.append(start)
        if page.next is None:
            break
        start = page.next
    assert tuple(forward) == whole.rows
    assert page.total == len(whole.rows)
    backward = list(page.rows)
    while page.previous is not None:
        page = answer(INDEX.statements, Request(words=words, sort=sort, limit=limit, start=page.previous))
        backward[:0] = page.rows
    assert backward == forward
    assert starts[0] is None


@pytest.mark.parametrize("start", ["no-such-statement", INDEX.statements.ids[0]])
def test_a_page_can_begin_only_with_a_record_that_is_asked_for(start: str) -> None:
    sweden = Condition("speaker", "speaker", Mode.ANY, ("sweden",))
    with pytest.raises(StartError):
        answer(INDEX.statements, Request((sweden,), start=start))
