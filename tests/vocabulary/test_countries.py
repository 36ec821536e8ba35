from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.countries import Countries, read_countries
from service.vocabulary.naming import slug
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__file__).parent


@pytest.fixture(scope="module")
def countries() -> Countries:
    return read_countries(FOLDER)


def test_all_states_are_there_once(countries: Countries) -> None:
    codes = [country.code for country in countries.countries]
    assert len(codes) == len(set(codes)) >= 195
    assert {"TW", "XK", "PS", "HK", "VA"} <= set(codes)
    assert all(country.id == slug(country.name) for country in countries.countries)
    assert len({country.id for country in countries.countries}) == len(codes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("US", "US"),
        ("the U.S.", "US"),
        ("The United States", "US"),
        ("america", "US"),
        ("DPRK", "KP"),
        ("north korea", "KP"),
        ("N. Korea", "KP"),
        ("R.O.K.", "KR"),
        ("PRC", "CN"),
        ("Britain", "GB"),
        ("uk", "GB"),
        ("the Netherlands", "NL"),
        ("Cote d’Ivoire", "CI"),
        ("norway", "NO"),
    ],
)
def test_lookup(countries: Countries, name: str, code: str) -> None:
    found = countries.lookup(name)
    assert found is not None
    assert found.code == code
    assert countries.by_code(code) is found


@pytest.mark.parametrize("name", ["us", "Us", "the North", "Atlantis", "", "Chinese"])
def test_lookup_finds_nothing(countries: Countries, name: str) -> None:
    assert countries.lookup(name) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Chinese", "CN"),
        ("U.S.", "US"),
        ("US", "US"),
        ("Americans", "US"),
        ("north korean", "KP"),
        ("Britons", "GB"),
        ("Frenchmen", "FR"),
        ("Sino", "CN"),
    ],
)
def test_adjectives_and_peoples(countries: Countries, word: str, code: str) -> None:
    found = countries.by_adjective(word)
    assert found is not None
    assert found.code == code


def test_the_pronoun_is_no_adjective(countries: Countries) -> None:
    assert countries.by_adjective("us") is None


def test_capitals_seats_and_context_names(countries: Countries) -> None:
    north, south = countries.by_code("KP"), countries.by_code("KR")
    assert countries.capital_of("Pyongyang") is north
    assert countries.capital_of("Washington, D.C.") is countries.by_code("US")
    assert countries.seat("the Blue House") is south
    assert countries.seat("the Elysee") is countries.by_code("FR")
    assert (countries.by_context_name("the North"), countries.by_context_name("The South")) == (north, south)
    assert countries.capital_of("Springfield") is None
    assert countries.seat("the lighthouse") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "list of countries"),
        ("- {code: NO, name: Norway}", "quotation marks"),
        ("- {code: no, name: Norway}", "quotation marks"),
        ("- {code: XA, name: 7}", "preferred name"),
        ("- {code: XA, name: Alfa, capital: Bravo}", "unknown key 'capital'"),
        ("- {code: XA, name: Alfa}\n- {code: XA, name: Bravo}", "both Alfa and Bravo"),
        ("- {code: XA, name: Alfa}\n- {code: XB, name: Bravo, aliases: [the ALFA]}", "name 'alfa'"),
        (
            "- {code: XA, name: Alfa, adjectives: [Tan]}\n- {code: XB, name: Bravo, nationals: [tan]}",
            "adjective 'tan'",
        ),
    ],
)
def test_wrong_entries_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "countries.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        read_countries(tmp_path)
