from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.texts.paragraphs import cut

WRAPPED = """Dam to open in spring

The minister said on Monday that the dam would be finished by
spring, after three years of work on the banks of the river near
the capital.  She was sure of it.
The mayor of the other town said that he would wait for a report
before he made up his mind, and that nobody should hurry him in
this.

By then the towns below the dam will be on higher ground, if the
money lasts.
"""


def test_every_line_is_a_paragraph_without_its_white_space() -> None:
    text = "  One line. \r\n\r\n\tTwo\xa0lines.\nThree. "
    assert [(part.text, part.joined) for part in cut(text, 0)] == [
        ("One line.", False),
        ("Two\xa0lines.", False),
        ("Three.", True),
    ]


def test_hard_wrapped_lines_are_joined_up_to_the_short_last_one() -> None:
    firsts = [part.text.split()[0] for part in cut(WRAPPED, 0)]
    assert firsts == ["Dam", "The", "The", "By"]
    assert cut(WRAPPED, 0)[1].text.endswith("She was sure of it.")


def test_lines_of_a_text_with_long_lines_are_never_joined() -> None:
    text = WRAPPED + "A" * 200
    assert len(cut(text, 0)) == len([line for line in text.splitlines() if line.strip()])


def test_the_front_matter_is_left_out() -> None:
    assert [part.text for part in cut("skip\nkeep", 5)] == ["keep"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=" \n\r\ta.B“é🙂\u2028\ufeff", max_size=200), st.integers(0, 20))
def test_paragraphs_stand_in_order_and_hold_all_words(text: str, start: int) -> None:
    parts = cut(text, min(start, len(text)))
    ends = [0, *(part.end for part in parts)]
    assert all(end <= part.start < part.end for end, part in zip(ends, parts, strict=False))
    assert all(text[part.start : part.end] == part.text for part in parts)
    kept = "".join(part.text for part in parts)
    assert sum(map(kept.count, "a.B“é🙂")) == sum(map(text[min(start, len(text)) :].count, "a.B“é🙂"))
