from __future__ import annotations

import pytest

from service.query.names import NEAR_LIMIT, Entry, Names, initials

NAMES = Names.of(
    [
        Entry("ada-example", "Ada Example", ("Example", "Ada Exämple-Muster")),
        Entry("bo-example", "Bo Example", ("Example", "the Boss")),
        Entry("example", "Example & Sons"),
        Entry("beijing", "北京", ("Beijing",)),
        *(Entry(f"twin-{n}", f"Twin {n}") for n in range(9)),
    ]
)


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("ada-example", ("ada-example",)),
        ("example", ("example",)),
        ("Example", ("ada-example", "bo-example", "example")),
        ("ADA EXAMPLE", ("ada-example",)),
        ("ada  example muster", ("ada-example",)),
        ("AdaExample", ("ada-example",)),
        ("boss", ("bo-example",)),
        ("北京", ("beijing",)),
        ("nobody", ()),
        ("", ()),
        ("!?", ()),
    ],
)
def test_resolve(value: str, ids: tuple[str, ...]) -> None:
    assert NAMES.resolve(value) == ids


def test_near_names_are_the_likest_first_and_few() -> None:
    assert NAMES.near("ada exampel")[0] == "ada-example"
    assert len(NAMES.near("twin")) == NEAR_LIMIT
    assert NAMES.near("muster") == ("ada-example",)
    assert NAMES.near("beij") == ("beijing",)
    assert NAMES.near("muster ada") == ("ada-example",)
    assert NAMES.near("zzzzzzzz") == ()
    assert NAMES.near("x" * 1_000_000) == ()


def test_the_first_entry_of_an_id_names_it() -> None:
    assert Names.of([Entry("a", "First"), Entry("a", "Second")]).name("a") == "First"
    with pytest.raises(KeyError):
        NAMES.name("nobody")


@pytest.mark.parametrize(
    ("name", "found"),
    [("Voice of Somewhere", ("VOS",)), ("The Daily Sample", ()), ("The Sample Science Monitor", ("SSM",))],
)
def test_initials_of_long_names(name: str, found: tuple[str, ...]) -> None:
    assert initials(name) == found
