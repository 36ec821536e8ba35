"""Statements of short paragraphs, read by the whole extraction; the paragraphs stand in attribution_examples.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from service.model import Role
from service.vocabulary.naming import fold
from tests.extract.people_reading import text_of

if TYPE_CHECKING:
    from service.extract.extractor import Extractor
    from service.extract.found import Extracted, FoundStatement, Range

EXAMPLES = yaml.safe_load((Path(__file__).parent / "attribution_examples.yaml").read_text(encoding="utf-8"))
ALWAYS = ("kind", "by", "cue", "words", "via")


def examples() -> list[Any]:
    return [
        pytest.param(example, id=f"{construction}: {example['text'][:40]}")
        for construction, group in EXAMPLES["examples"].items()
        for example in group
    ]


def read(extractor: Extractor, example: dict[str, Any]) -> Extracted:
    paragraphs = [" ".join(paragraph.split("\n")) for paragraph in example["text"].strip().split("\n\n")]
    roles = [Role(name) for name in ("headline", "caption") if name in example]
    before = [example[role] for role in roles]
    return extractor.extract(text_of(*before, *paragraphs, roles=tuple(roles)))


def told(extracted: Extracted, found: FoundStatement) -> dict[str, Any]:
    """Give a statement in the words of the examples."""

    def words(stretch: Range | None) -> str | None:
        return None if stretch is None else extracted.text.decoded[slice(*stretch)]

    def names(entities: tuple[int, ...]) -> list[str]:
        return [fold(extracted.entities[entity].name) for entity in entities]

    return {
        "kind": found.kind,
        "by": names(found.speakers),
        "cue": words(found.cue),
        "words": [words(piece) for piece in found.content],
        "via": names(found.via),
        "to": words(found.addressee),
        "at": words(found.place),
        "quotes": [words(quote) for quote in found.quotes],
    }


def expected(says: dict[str, Any]) -> dict[str, Any]:
    folded = {key: [fold(name) for name in says.get(key, [])] for key in ("by", "via")}
    return says | folded


def check(extractor: Extractor, example: dict[str, Any]) -> None:
    extracted = read(extractor, example)
    found = [told(extracted, statement) for statement in extracted.statements]
    wanted = [expected(says) for says in example["says"]]
    short = [{key: one[key] for key in ALWAYS} for one in found]
    assert short == [{key: one[key] for key in ALWAYS} for one in wanted]
    for one, want in zip(found, wanted, strict=True):
        assert {key: one[key] for key in want} == want


@pytest.mark.parametrize("example", examples())
def test_a_paragraph_says_what_it_says(extractor: Extractor, example: dict[str, Any]) -> None:
    check(extractor, example)


def test_examples_are_told_apart_by_their_words() -> None:
    every = [example for group in EXAMPLES["examples"].values() for example in group]
    texts = [(example.get("headline"), example["text"]) for example in every]
    assert len(set(texts)) == len(texts) > 80
