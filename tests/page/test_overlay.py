"""The record laid over a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.http.people.overlay import Block, Mark, laid_over

TEXT = "abcdefghij klmnopqrst uvwxyz"
BLOCKS = [
    {"role": "headline", "start": 0, "end": 10},
    {"role": "body", "start": 11, "end": 21},
    {"role": "furniture", "start": 22, "end": 28},
]
MARKS = st.lists(
    st.builds(
        lambda start, length, kind, identity: Mark(start, start + length, kind, identity),
        st.integers(0, 27),
        st.integers(1, 20),
        st.sampled_from(("content", "quote", "event")),
        st.sampled_from("xyz"),
    ),
    max_size=8,
)


def begins(blocks: tuple[Block, ...]) -> list[str]:
    return [identity for block in blocks for piece in block.pieces for identity in piece.begins]


@given(MARKS)
def test_each_character_knows_just_the_marks_over_it(marks: list[Mark]) -> None:
    blocks = laid_over(TEXT, BLOCKS, marks)
    for given_block, block in zip(BLOCKS, blocks, strict=True):
        assert (block.role, block.start) == (given_block["role"], given_block["start"])
        place = block.start
        for piece in block.pieces:
            for each in range(place, place + len(piece.text)):
                over = [mark for mark in marks if mark.start <= each < mark.end]
                assert TEXT[each] == piece.text[each - place]
                assert {*piece.kinds} == {mark.kind for mark in over}
                assert {*piece.ids} == {mark.id for mark in over}
                if over:
                    assert piece.ids[-1] in {
                        mark.id
                        for mark in over
                        if mark.end - mark.start == min(m.end - m.start for m in over)
                    }
            place += len(piece.text)
        assert place == given_block["end"]


@given(MARKS)
def test_a_record_begins_once_and_where_it_is_first_seen(marks: list[Mark]) -> None:
    blocks = laid_over(TEXT, BLOCKS, marks)
    pieces = [piece for block in blocks for piece in block.pieces]
    seen: set[str] = set()
    for piece in pieces:
        assert {*piece.begins} == {*piece.ids} - seen
        seen |= {*piece.ids}
    assert sorted(begins(blocks)) == sorted(seen)


def test_what_is_said_in_two_blocks_begins_in_the_first() -> None:
    assert begins(laid_over(TEXT, BLOCKS, [Mark(5, 28, "content", "x"), Mark(11, 14, "quote", "x")])) == ["x"]


def test_twenty_thousand_marks_in_one_paragraph_are_soon_laid() -> None:
    text = "Ada said hello. " * 20_000
    marks = [Mark(n * 16 + 9, n * 16 + 14, "content", f"s{n}") for n in range(20_000)]
    (block,) = laid_over(text, [{"role": "body", "start": 0, "end": len(text)}], marks)
    assert len(block.pieces) == 40_001
