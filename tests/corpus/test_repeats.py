from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from service.corpus.build import build
from service.corpus.repeats import find_repeats
from tests.corpus.making import Draft

if TYPE_CHECKING:
    from service.model import Statement
    from service.vocabulary import Vocabulary

WORDS = "the bridge will open on time and under budget"


def said(
    vocabulary: Vocabulary, source: str, words: str, name: str = "Ida Holm", *, quoted: bool = True
) -> Statement:
    draft = Draft(source, f"{name} said “{words}”").who(name)
    draft.says(words, quotes=(words,) if quoted else ())
    (made,) = build([draft.done()], [], vocabulary, "test").statements
    return made


@pytest.mark.parametrize(
    ("words", "repeated"),
    [
        (WORDS, True),
        (WORDS.capitalize(), True),
        ("bridge will open on time and under budget", True),
        ("We are proud: the bridge will open on time and under budget, whatever they say.", True),
        ("the tunnel will never open and costs twice as much", False),
        ("the bridge will open", False),
    ],
)
def test_quotations_cut_in_two_ways_are_one(vocabulary: Vocabulary, words: str, repeated: bool) -> None:  # noqa: FBT001 - a table's column
    one, other = said(vocabulary, "a", WORDS), said(vocabulary, "b", words)
    expected = {one.id: (other.id,), other.id: (one.id,)} if repeated else {}
    assert find_repeats([one, other]) == expected


def test_others_the_same_source_and_paraphrases_repeat_nothing(vocabulary: Vocabulary) -> None:
    one = said(vocabulary, "a", WORDS)
    assert find_repeats([one, said(vocabulary, "b", WORDS, "Omar Diaz")]) == {}
    assert find_repeats([one, said(vocabulary, "b", WORDS, quoted=False)]) == {}
    assert find_repeats([one, said(vocabulary, "a", f"yes, {WORDS}")]) == {}


def test_all_sources_point_to_all_others_in_any_order(vocabulary: Vocabulary) -> None:
    statements = [said(vocabulary, source, WORDS) for source in ("a", "b", "c")]
    ids = {one.id for one in statements}
    for order in permutations(statements):
        assert find_repeats(order) == {name: tuple(sorted(ids - {name})) for name in ids}
