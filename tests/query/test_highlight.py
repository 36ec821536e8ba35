"""What is marked is what a slow reading of the tokens marks, remembered or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from service.query import highlight
from service.query.highlight import highlights
from service.query.search import PLAIN, STEMS, Field, Search
from service.query.words import parse_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.query.highlight import Mark
    from service.query.words import Term

WORDS = st.sampled_from(
    ["talks", "Talk", "the", "naïve", "party", "parties", "<b>", "🙂", "six-party", "a", "A."]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
TERMS = st.sampled_from(
    ["talk", "tal*", "par*", '"a a"', '"a a a"', '"party talks"', "naive", "-the", "six-par*"]
)


def slowly(text: str, terms: tuple[Term, ...]) -> Iterator[Mark]:
    """Give each find by itself."""
    for term in terms:
        analyzer = PLAIN if term.prefix else STEMS
        tokens, wanted = analyzer.pre_tokenize(text).tokens, analyzer.analyze(term.text)
        words = [token.text for token in tokens]
        for at in range(0 if term.excluded else len(words)):
            if term.prefix:
                found, size = words[at] in wanted[:-1] or words[at].startswith(wanted[-1]), 1
            else:
                found, size = words[at : at + len(wanted)] == wanted, len(wanted)
            if found:
                yield tokens[at].char_offset_from, tokens[at + size - 1].char_offset_to


@given(TEXTS, st.lists(TERMS, min_size=1, max_size=3).map(" ".join))
def test_marks_are_those_of_a_slow_reading(text: str, q: str) -> None:
    terms = parse_words(q)
    covered = {at for start, end in slowly(text, terms) for at in range(start, end)}
    for passage in (text, text + " " * 2_000):  # the latter is too long to be remembered
        record = {"text": passage}
        search = Search.of([Field("text", 1, "text")], [record])
        shown = highlights(search, search.find(q), record)
        marks = shown[0].marks if shown else ()
        assert {at for start, end in marks for at in range(start, end)} == covered
        assert list(marks) == sorted(marks)


def test_what_is_remembered_is_bounded() -> None:
    record = {"text": "one word"}
    search = Search.of([Field("text", 1, "text")], [record])
    for number in range(3_000):
        highlights(search, search.find(f"word one{number}"), record)
    assert highlight._highlighted_before.cache_info().currsize <= 1_024
    kept = highlight._words_before.cache_info()
    assert kept.maxsize == 2_048
    highlight._marks("word " * 1_000, highlight._sought(parse_words("word")))
    assert highlight._words_before.cache_info().currsize == kept.currsize
