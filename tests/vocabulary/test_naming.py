from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.vocabulary.naming import fold, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S.", "US"),
        ("Kim Jong-un", "kim jong un"),
        ("Élysée", "elysee"),
        ("N’Djamena", "N'Djamena"),
        ("the The Hague", "hague"),
    ],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_a_bare_article() -> None:
    assert fold("The") == "the"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Park Geun-hye", "park-geun-hye"),
        ("U.S. Congress", "us-congress"),
        ("François d'Estaing", "francois-destaing"),
        ("…", ""),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(max_size=60))
def test_fold_and_slug_are_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert slug(slug(name)) == slug(name)
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
