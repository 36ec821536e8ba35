from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import service.vocabulary
from service.model import SpeakerType
from service.vocabulary.actors import Actors, Tenure, read_actors
from service.vocabulary.countries import read_countries
from service.vocabulary.naming import slug
from service.vocabulary.reader import VocabularyError
from service.vocabulary.roles import read_roles

FOLDER = Path(service.vocabulary.__file__).parent
STATES = ["US", "CN", "KR", "JP", "RU", "GB", "FR", "DE", "IR", "IL", "SY", "IN", "PK", "TR", "SA", "UA"]


@pytest.fixture(scope="module")
def actors() -> Actors:
    return read_actors(FOLDER)


def test_ids_are_the_slugs_of_names_and_unique(actors: Actors) -> None:
    ids = [actor.id for actor in actors.actors]
    assert len(ids) == len(set(ids))
    assert all(actor.id == slug(actor.name) for actor in actors.actors)
    assert all(actors.by_id(actor.id) is actor for actor in actors.actors)


def test_countries_organizations_and_wikidata_ids_are_real(actors: Actors) -> None:
    countries = read_countries(FOLDER)
    for actor in actors.actors:
        assert actor.country is None or countries.by_code(actor.country), actor.name
        assert actor.wikidata is None or re.fullmatch(r"Q[1-9][0-9]{0,8}", actor.wikidata), actor.name
        for role in actor.roles:
            assert countries.by_code(role.of) or actors.by_id(role.of), (actor.name, role)
    given = [actor.wikidata for actor in actors.actors if actor.wikidata]
    assert len(given) == len(set(given))


def test_persons_have_a_gender_and_organizations_none(actors: Actors) -> None:
    for actor in actors.actors:
        assert (actor.gender is not None) == (actor.type is SpeakerType.PERSON), actor.name


def test_every_given_office_is_an_office_of_the_roles(actors: Actors) -> None:
    offices = {key for wording in read_roles(FOLDER).offices.values() for key in wording}
    held = {
        role.office for actor in actors.actors for role in actor.roles if role.office != role.role.casefold()
    }
    assert held <= offices


def test_no_person_holds_one_office_twice_at_a_time(actors: Actors) -> None:
    for actor in actors.actors:
        roles = sorted((role.office, role.of, role.start, role.end or date.max) for role in actor.roles)
        for (one, of_one, _, end), (other, of_other, start, _) in pairwise(roles):
            assert (one, of_one) != (other, of_other) or end < start, actor.name


def test_an_office_has_one_holder_but_for_the_day_of_change(actors: Actors) -> None:
    offices = {key for wording in read_roles(FOLDER).offices.values() for key in wording}
    held = sorted(
        (role.office, role.of, role.start, role.end or date.max, actor.name)
        for actor in actors.actors
        for role in actor.roles
        if role.office in offices
    )
    for (one, of_one, _, end, predecessor), (other, of_other, start, _, successor) in pairwise(held):
        if (one, of_one) == (other, of_other):
            assert (end - start).days <= 1, (one, predecessor, successor)


@pytest.mark.parametrize("state", STATES)
def test_every_year_of_the_lists_has_a_leader(actors: Actors, state: str) -> None:
    for year in range(2001, 2024):
        leaders = [
            actors.office_holder(role, state, date(year, 3, 1))
            for role in ("leader", "head of government", "king")
        ]
        assert any(leaders), year


@pytest.mark.parametrize(
    ("role", "of", "day", "name"),
    [
        ("president", "CN", date(2014, 2, 14), "Xi Jinping"),
        ("Foreign Minister", "KR", date(2014, 2, 13), "Yun Byung-se"),
        ("secretary of state", "US", date(2013, 1, 31), "Hillary Clinton"),
        ("secretary of state", "US", date(2013, 2, 1), "John Kerry"),
        ("the top diplomat", "US", date(2016, 1, 27), "John Kerry"),
        ("top diplomat", "CN", date(2016, 1, 27), "Wang Yi"),
        ("leader", "KP", date(2011, 12, 16), "Kim Jong Il"),
        ("leader", "KP", date(2011, 12, 17), "Kim Jong Un"),
        ("president", "DE", date(2014, 2, 14), "Joachim Gauck"),
        ("leader", "DE", date(2014, 2, 14), "Angela Merkel"),
        ("foreign secretary", "GB", date(2014, 2, 14), "William Hague"),
        ("secretary-general", "united-nations", date(2014, 2, 14), "Ban Ki-moon"),
        ("prime minister", "JP", date(2014, 2, 14), "Shinzo Abe"),
    ],
)
def test_office_holders(actors: Actors, role: str, of: str, day: date, name: str) -> None:
    found = actors.office_holder(role, of, day)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("role", "of"), [("president", "GB"), ("former president", "CN"), ("gardener", "US"), ("president", "ZZ")]
)
def test_offices_nobody_holds(actors: Actors, role: str, of: str) -> None:
    assert actors.office_holder(role, of, date(2014, 2, 14)) is None


def test_lookup_folds_spellings_and_takes_no_surname(actors: Actors) -> None:
    leader = actors.lookup("Kim Jong-Un")
    assert leader is not None
    assert leader.id == "kim-jong-un"
    assert actors.lookup("yun byung-sen") is None
    assert actors.lookup("Yun Byung-sen") is actors.by_id("yun-byung-se")
    assert actors.lookup("the U.N. Security Council") is actors.by_id("united-nations-security-council")
    assert actors.lookup("WHO") is actors.by_id("world-health-organization")
    assert actors.lookup("who") is None
    assert actors.lookup("Kerry") is None


def test_some_are_known_by_their_family_name_alone(actors: Actors) -> None:
    known = actors.by_id("rex-tillerson")
    assert known is not None
    assert actors.known_alone("Tillerson") is actors.known_alone("Rex Tillerson") is known
    assert actors.known_alone("John Kerry") is None
    assert actors.known_alone("Hamas") is None
    assert actors.has_held(known, "secretary of state")
    assert not actors.has_held(known, "gardener")


def test_role_on_gives_the_role_taken_last(actors: Actors) -> None:
    kerry = actors.by_id("john-kerry")
    assert kerry is not None
    role = kerry.role_on(date(2014, 2, 14))
    assert role is not None
    assert (role.role, role.of) == ("Secretary of State", "US")
    assert kerry.role_on(date(1970, 1, 1)) is None


def test_a_tenure_covers_both_its_ends() -> None:
    tenure = Tenure("Mayor", "mayor", "XX", date(2001, 1, 2), date(2001, 1, 4))
    assert [tenure.covers(date(2001, 1, day)) for day in range(1, 6)] == [False, True, True, True, False]
    assert Tenure("Mayor", "mayor", "XX", date(2001, 1, 2), None).covers(date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "list of actors"),
        ("- {name: }", "preferred name"),
        ("- {name: Ann Alfa, type: robot}", "type takes"),
        ("- {name: Ann Alfa, country: NO}", "quotation marks"),
        ("- {name: Ann Alfa, roles: [{role: Mayor, from: 2001-01-01}]}", "belongs to"),
        ("- {name: Ann Alfa, country: XA, roles: [{role: Mayor}]}", "days in order"),
        (
            "- {name: Ann Alfa, country: XA, roles: [{role: Mayor, from: 2002-01-01, to: 2001-01-01}]}",
            "days in order",
        ),
        ("- {name: Ann Alfa}\n- {name: Ben Bravo, aliases: [ANN ALFA]}", "names both ann-alfa and ben-bravo"),
    ],
)
def test_wrong_entries_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "roles.yaml").write_text("titles: [mayor]", encoding="utf-8")
    (tmp_path / "actors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        read_actors(tmp_path)
