from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from service.corpus.build import build
from service.corpus.repeats import MOST, Wording, find_repeats, near_identical, quoted_words
from tests.corpus.making import Draft
from tests.extract.counting import calls

if TYPE_CHECKING:
    from service.model import Statement
    from service.vocabulary import Vocabulary

WORDS = "the bridge will open on time and under budget"
LONG = (
    "We have looked at every bolt of it, and I can tell you that the bridge will open on time and under budget, "
    "whatever the ferrymen have told your paper"
)


def said(
    vocabulary: Vocabulary, source: str, words: str, name: str = "Ida Holm", *, quoted: bool = True
) -> Statement:
    draft = Draft(source, f"{name} said “{words}”").who(name)
    draft.says(words, quotes=(words,) if quoted else ())
    (made,) = build([draft.done()], [], vocabulary, "test").statements
    return made


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (WORDS, WORDS.capitalize()),
        (WORDS, "bridge will open on time and under budget"),
        (WORDS, "We are proud: the bridge will open on time and under budget, whatever they say."),
        (LONG, WORDS),
        # cut with an ellipsis, by the source that has less and by the one that has more
        (LONG, "We have looked at every bolt of it … the bridge will open on time and under budget"),
        (
            LONG,
            "We have looked at every bolt of it ... under budget, whatever the ferrymen have told your paper",
        ),
        # a word that the source put in, in place of another or beside them
        (WORDS, "[it] will open on time and under budget"),
        (WORDS, "[the crossing at Sund] will open on time and under budget"),
        (WORDS, "the (new) bridge will open on time and under budget"),
        (LONG, "[T]he bridge will open on time and under budget"),
        # marks and hyphens of another kind
        ("it's the ferrymen's well-known complaint", "It’s the ferrymen’s well known complaint,"),
        # small differences in wording
        (WORDS, "the bridge is going to open on time and under budget"),
        (WORDS, "the new bridge will open on time and under budget"),
        (LONG, LONG.replace("whatever", "no matter what").replace("every bolt", "each bolt")),
    ],
)
def test_one_quotation_however_it_was_cut(vocabulary: Vocabulary, words: str, other: str) -> None:
    one, two = said(vocabulary, "a", words), said(vocabulary, "b", other)
    assert find_repeats([one, two]) == {one.id: (two.id,), two.id: (one.id,)}


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (WORDS, "the tunnel will never open and costs twice as much"),
        # too short to tell
        (WORDS, "the bridge will open"),
        (WORDS, "on time and under budget"),
        ("At the end of the day, it is a bridge.", "We shall see at the end of the day who was right."),
        # the same put into English by two hands
        (
            "All sides should stay calm and show restraint, and not do anything that could raise tension",
            "Every party must keep cool, exercise restraint and refrain from whatever may heighten tensions",
        ),
        # a turn of phrase of a speaker's own, in two speeches
        (
            "Let me be very clear about that: nobody will lose a berth in this harbour",
            "Let me be very clear about that: the school stays where it is",
        ),
        # words that stand far apart in a long one
        (
            "we will do it for the people of this town",
            "we will not, if it is up to the people, do for this town it",
        ),
    ],
)
def test_other_words_are_another_quotation(vocabulary: Vocabulary, words: str, other: str) -> None:
    assert find_repeats([said(vocabulary, "a", words), said(vocabulary, "b", other)]) == {}


def test_an_attribution_in_the_middle_is_no_difference(vocabulary: Vocabulary) -> None:
    first, second = LONG[:35], LONG[37:]
    draft = Draft("b", f"“{first},” Ida Holm said, “{second}.”").who("Ida Holm")
    draft.says(first, second, quotes=(first, second), cue="said")
    (split,) = build([draft.done()], [], vocabulary, "test").statements
    one = said(vocabulary, "a", LONG)
    assert find_repeats([one, split]) == {one.id: (split.id,), split.id: (one.id,)}


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


def test_what_everybody_carries_is_linked_up_to_a_bound(vocabulary: Vocabulary) -> None:
    item = said(vocabulary, "a", WORDS)
    copies = [with_source(item, f"s{number:04}", WORDS) for number in range(3 * MOST)]
    repeats = find_repeats(copies)
    assert set(repeats) == {one.id for one in copies}
    assert {len(found) for found in repeats.values()} == {MOST}
    assert all(name not in found for name, found in repeats.items())


def with_source(like: Statement, source: str, words: str) -> Statement:
    quote = replace(like.quotes[0], text=words)
    return replace(like, id=f"{source}.s0-1", source=source, quotes=(quote,))


@pytest.mark.parametrize("shared", ["", "as I have said before in this very hall, ladies and gentlemen, "])
def test_work_grows_with_the_statements_not_with_their_square(vocabulary: Vocabulary, shared: str) -> None:
    like = said(vocabulary, "a", WORDS)
    draw = random.Random(3)  # noqa: S311 - no secret
    quotes = [shared + " ".join(f"word{draw.randrange(3000)}" for _ in range(15)) for _ in range(1600)]
    statements = [with_source(like, f"s{number}", words) for number, words in enumerate(quotes)]
    few, many = (calls(partial(find_repeats, part)) for part in (statements[:800], statements))
    assert many < 2.3 * few


def test_words_that_are_compared() -> None:
    assert quoted_words("“[T]he U.S. can’t [ever] wait,” (Holm) … well-known") == (
        *("the", "us", "can't", "", "wait", "", "well", "known"),
    )
    assert not near_identical(Wording(()), Wording(()))
