from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.names import GivenNames, read_names
from service.vocabulary.reader import VocabularyError
from service.vocabulary.roles import Honorific, Roles, read_roles

FOLDER = Path(service.vocabulary.__file__).parent


@pytest.fixture(scope="module")
def roles() -> Roles:
    return read_roles(FOLDER)


@pytest.fixture(scope="module")
def names() -> GivenNames:
    return read_names(FOLDER)


def test_titles_cover_offices_and_callings(roles: Roles) -> None:
    for words in (
        "Secretary of State",
        "foreign minister",
        "police chief",
        "Professor",
        "spokeswoman",
        "CEO",
        "state councillor",
    ):
        assert roles.is_title(words), words
    assert not roles.is_title("umbrella")


def test_one_wording_may_mean_several_offices_in_order(roles: Roles) -> None:
    assert roles.offices_of("top diplomat") == ("foreign minister", "secretary of state")
    assert roles.offices_of("The  Premier")[-1] == "prime minister"
    assert roles.offices_of("leader")[0] == "supreme leader"
    assert roles.offices_of("former president") == ()


def test_gender(roles: Roles) -> None:
    assert [roles.gender(noun) for noun in ("spokeswoman", "King", "Mrs.", "mr", "senator", "Sen.")] == [
        "f",
        "m",
        "f",
        "m",
        None,
        None,
    ]


def test_honorifics(roles: Roles) -> None:
    assert roles.honorific("Sen.") == Honorific("Sen.", None, "senator")
    assert roles.honorific("Lt. Gov") == Honorific("Lt. Gov.", None, "lieutenant governor")
    assert roles.honorific("miss") is None
    assert roles.honorific("Umbrella") is None


def test_the_roles_of_honorifics_are_titles(roles: Roles) -> None:
    unknown = {item.role for item in roles.honorifics if item.role and not roles.is_title(item.role)}
    assert unknown <= {"lieutenant commander"}


def test_nouns_that_speak(roles: Roles) -> None:
    assert {"officials", "experts", "police", "lawmakers"} <= roles.groups
    assert {"ministry", "court", "white house"} <= roles.organizations
    assert {"statement", "poll", "lawsuit"} <= roles.documents
    assert {"official", "source", "aide"} <= roles.unnamed
    assert "former" in roles.not_now


def test_given_names_tell_gender(names: GivenNames) -> None:
    told = [
        names.gender(name)
        for name in ("John Doe", "MARY", "Jean-Pierre Untel", "Jean-Claude", "José", "Leslie", "Quxx", "")
    ]
    assert told == ["m", "f", "m", "m", "m", None, None, None]
    assert min(len(names.men), len(names.women)) >= 400


def test_a_name_in_both_lists_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("m: [Robin]\nf: [robin]", encoding="utf-8")
    with pytest.raises(VocabularyError, match="'robin' stands under both"):
        read_names(tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("titles: [Mayor]", "write 'mayor'"),
        ("jobs: [mayor]", "unknown key 'jobs'"),
        ("gender: {m: [elf], f: [elf]}", "'elf' stands under both"),
        ("honorifics: [{form: Hon., gender: x}]", "gender m or f"),
        ("honorifics: [Hon.]", "expected a mapping"),
        ("offices: {mayor: [Burgomaster]}", "write 'burgomaster'"),
    ],
)
def test_wrong_roles_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "roles.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        read_roles(tmp_path)
