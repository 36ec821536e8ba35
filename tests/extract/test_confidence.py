"""How sure statements are, as those who post a text and those who filter a list see it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from service.extract import confidence
from tests.corpora import ROOT, seeds_app

LONG = "the old bridge over the harbour will be opened to lorries again before the winter comes"


def sure(text: str) -> float:
    """Give the confidence of the only statement of a posted text."""
    answer = seeds_app().test_client().post("/v1/extract", json={"text": text})
    (statement,) = answer.get_json()["statements"]
    value: float = statement["confidence"]
    return value


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            [
                f"“{LONG.capitalize()},” Anna Lee said on Monday.",
                f"Anna Lee said on Monday that {LONG}.",
                f"According to Anna Lee, {LONG}.",
                "Anna Lee praised the men who had opened the old bridge over the harbour before the winter.",
            ],
            id="by what the cue governs",
        ),
        pytest.param(
            [
                f"Anna Lee said that {LONG}.",
                "Anna Lee said that the bridge would open before the winter.",
                "Anna Lee said that it would.",
            ],
            id="by how much was said",
        ),
        pytest.param(
            [
                f"Anna Lee said that {LONG}.",
                f"Anna Lee opened the hearing. She said that {LONG}.",
            ],
            id="by who said it",
        ),
    ],
)
def test_what_is_surer_has_more_confidence(texts: list[str]) -> None:
    values = [sure(text) for text in texts]
    assert all(more > less for more, less in pairwise(values)), values


def test_a_floor_leaves_out_what_is_less_sure() -> None:
    client = seeds_app().test_client()
    every = client.get("/v1/statements?limit=100").get_json()["items"]
    values = {each["id"]: each["confidence"] for each in every}
    assert len(set(values.values())) > 5
    for floor in sorted({*values.values(), 0.0, 1.0}):
        answer = client.get(f"/v1/statements?limit=100&min_confidence={floor}").get_json()
        kept = [each["id"] for each in answer["items"]]
        assert sorted(kept) == sorted(name for name, value in values.items() if value >= floor)
        assert answer["total"] == len(kept)
        assert answer["query"]["min_confidence"] == floor


def test_the_readme_tells_every_figure() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = text[text.index("Each statement says how sure it is") :].split("\n\n")[0]
    figures = {
        confidence.QUOTED,
        confidence.QUOTED_ALONE,
        *confidence.GOVERNED.values(),
        confidence.OTHERWISE,
        confidence.NO_SPEAKER,
        confidence.PRONOUN,
        confidence.VERY_SHORT,
        confidence.SHORT,
    }
    assert {float(figure) for figure in re.findall(r"0\.\d+", told)} == figures
