"""What is counted row by row is what is counted value by value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from service.query.axes import Axis, rows_by_value
from service.query.forward import Forward
from service.query.names import Entry, Names

VALUES = st.lists(
    st.lists(st.sampled_from([f"v{number}" for number in range(20)]), max_size=4), min_size=1, max_size=40
)


@given(VALUES, st.sets(st.integers(0, 39)), st.integers(1, 25))
def test_both_ways_of_counting_agree(values: list[list[str]], chosen: set[int], most: int) -> None:
    rows = rows_by_value(values)
    axis = Axis(rows, Names.of(Entry(each, each) for each in rows))
    forward = Forward.of(rows, len(values))
    selected = BitMap(row for row in chosen if row < len(values))
    if forward is None:
        assert not rows
        return
    counts, slow = forward.commonest(selected, most), axis.commonest(selected, most)
    right = {each: sum(each in values[row] for row in selected) for each in rows}
    assert all(right[each] == count for each, count in (counts | slow).items())
    best = sorted((count for count in right.values() if count), reverse=True)[:most]
    assert sorted(counts.values(), reverse=True)[: len(best)] == best
    assert sorted(slow.values(), reverse=True)[: len(best)] == best
    least = best[-1] if best else 1
    assert {each for each, count in right.items() if count >= least} <= counts.keys()


def test_rows_with_many_values_are_left_to_the_bitmaps() -> None:
    assert Forward.of(rows_by_value([[str(number) for number in range(9)]]), 1) is None


@pytest.mark.parametrize(("chosen", "times"), [(3, 1), (20_000, 0)])
def test_few_rows_of_a_large_record_are_counted_themselves(
    chosen: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_by_value([[f"v{row % 30}"] for row in range(20_000)])
    axis = Axis(rows, Names.of(Entry(each, each) for each in rows), 20_000)
    asked: list[BitMap] = []

    def commonest(_: Forward, chosen: BitMap, __: int) -> dict[str, int]:
        asked.append(chosen)
        return {}

    monkeypatch.setattr(Forward, "commonest", commonest)
    axis.commonest(BitMap(range(chosen)), 5)
    assert len(asked) == times
