from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from service.corpus.identities import join_identities
from service.dates import parse_edtf
from service.model import SpeakerType
from service.vocabulary import OWN
from service.vocabulary.actors import Actors, read_actors
from service.vocabulary.countries import read_countries
from service.vocabulary.roles import read_roles
from tests.corpus.making import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from service.corpus.identities import Identities

DAY = parse_edtf("2011-05-04")
COUNTRIES = read_countries(OWN)
NOBODY = Actors((), {}, {}, {}, read_roles(OWN))
ACTORS = """
- name: Ida Holm
  country: DK
  gender: f
  aliases: [Ida K. Holm]
  wikidata: Q0
  roles:
    - {role: Prime Minister, from: 2010-01-01, to: 2012-12-31}
"""


def own_actors(folder: Path) -> Actors:
    (folder / "actors.yaml").write_text(ACTORS, encoding="utf-8")
    shutil.copy(OWN / "roles.yaml", folder)
    return read_actors(folder)


def joined(*drafts: Draft) -> Identities:
    return join_identities([draft.done() for draft in drafts], [DAY] * len(drafts), NOBODY, COUNTRIES)


def test_one_full_name_is_one_speaker() -> None:
    found = joined(
        Draft("a", "").who("Ann Bo-Lee", SpeakerType.PERSON, "mayor", "NO"),
        Draft("b", "").who("Ann Bo Lee", SpeakerType.PERSON, None, None, "Lee"),
    )
    assert found.ids == (("ann-bo-lee",), ("ann-bo-lee",))
    speaker = found.speakers["ann-bo-lee"]
    assert (speaker.role, speaker.country) == ("mayor", "NO")
    assert {speaker.name, *speaker.aliases} >= {"Ann Bo-Lee", "Ann Bo Lee", "Lee"}
    assert speaker.name not in speaker.aliases


def test_one_name_in_two_countries_is_two_speakers() -> None:
    found = joined(
        Draft("a", "").who("Ann Lee", country="NO"),
        Draft("b", "").who("Ann Lee", country="PE"),
        Draft("c", "").who("Ann Lee", country="NO"),
    )
    assert found.ids == (("ann-lee-no",), ("ann-lee-pe",), ("ann-lee-no",))


def test_a_surname_alone_stays_in_its_text() -> None:
    found = joined(Draft("a", "").who("Lee"), Draft("b", "").who("Lee"))
    (one,), (other,) = found.ids
    assert one != other
    assert {found.speakers[one].name, found.speakers[other].name} == {"Lee"}


def test_a_person_and_an_organization_of_one_name_stay_apart() -> None:
    draft = Draft("a", "").who("Ann Lee").who("Ann Lee", SpeakerType.ORGANIZATION)
    ((person, organization),) = joined(draft).ids
    assert person != organization


def test_names_without_a_latin_letter_have_ids() -> None:
    draft = Draft("a", "").who("王小明").who("李小红")
    ((one, other),) = joined(draft).ids
    assert one != other
    assert one.startswith("speaker-")


def test_an_actor_is_known_by_id_or_by_office_and_day(tmp_path: Path) -> None:
    actors = own_actors(tmp_path)
    drafts = [
        Draft("a", "").who("Ida K. Holm", actor="ida-holm"),
        Draft("b", "").who("Holm", SpeakerType.PERSON, "prime minister", "DK"),
        Draft("c", "").who("Berg", SpeakerType.PERSON, "prime minister", "DK"),
        Draft("d", "").who("Holm", SpeakerType.PERSON, "prime minister", "DK"),
    ]
    days = [DAY, DAY, DAY, parse_edtf("2013-05-04")]
    found = join_identities([draft.done() for draft in drafts], days, actors, COUNTRIES)
    assert [row[0] for row in found.ids[:2]] == ["ida-holm", "ida-holm"]
    assert "ida-holm" not in {row[0] for row in found.ids[2:]}
    assert found.speakers["ida-holm"].same_as == ("Q0",)
    assert [row[0].role for row in found.parties[:2]] == ["Prime Minister", "prime minister"]
    assert found.parties[0][0].country == "DK"


def test_a_surname_that_is_an_alias_means_the_actor_where_nothing_contradicts(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(
        ACTORS.replace("[Ida K. Holm]", "[Ida K. Holm, Holm]"), encoding="utf-8"
    )
    shutil.copy(OWN / "roles.yaml", tmp_path)
    actors = read_actors(tmp_path)
    drafts = [
        Draft("a", "").who("Holm"),
        Draft("b", "").who("Ida Holm"),
        Draft("c", "").who("Holm", SpeakerType.PERSON, "prime minister"),
        Draft("d", "").who("Holm", SpeakerType.PERSON, None, "NO"),
        Draft("e", "").who("Holm", SpeakerType.PERSON, "baker"),
        Draft("f", "").who("Holm", SpeakerType.ORGANIZATION),
        Draft("g", "").who("Holm"),
        Draft("h", "").who("Berg"),
    ]
    days = [DAY, None, DAY, DAY, DAY, DAY, parse_edtf("1971-05-04"), DAY]
    found = join_identities([draft.done() for draft in drafts], days, actors, COUNTRIES)
    assert [row[0] == "ida-holm" for row in found.ids] == [True] * 3 + [False] * 5
    drafts.append(Draft("i", "").who("Per Holm"))
    found = join_identities([draft.done() for draft in drafts], [*days, DAY], actors, COUNTRIES)
    assert [row[0] == "ida-holm" for row in found.ids] == [False, True] + [False] * 7


entities = st.tuples(
    st.sampled_from(
        ["Ann Lee", "ann lee", "Ann-Lee", "Lee", "O'Neil Bo", "ONeil Bo", "Ann Lee NO", "!", "李"]
    ),
    st.sampled_from(list(SpeakerType)),
    st.sampled_from([None, "mayor"]),
    st.sampled_from([None, "NO", "PE"]),
)


@given(texts=st.lists(st.lists(entities, max_size=4), max_size=4))
def test_every_entity_has_a_speaker_and_every_speaker_an_id_of_its_own(
    texts: list[list[tuple[str, SpeakerType, str | None, str | None]]],
) -> None:
    drafts = []
    for number, found in enumerate(texts):
        draft = Draft(f"text-{number}", "")
        for name, kind, role, country in found:
            draft.who(name, kind, role, country)
        drafts.append(draft)
    result = joined(*drafts)
    for draft, row, parties in zip(drafts, result.ids, result.parties, strict=True):
        assert [party.id for party in parties] == list(row)
        for entity, party in zip(draft.entities, parties, strict=True):
            speaker = result.speakers[party.id]
            assert speaker.id == party.id
            assert entity.name in {speaker.name, *speaker.aliases}
            assert party.type is entity.type
            assert entity.country is None or party.country == entity.country


def test_a_persons_aliases_are_what_people_call_them() -> None:
    found = joined(
        Draft("a", "").who(
            "Bae Sol Bin", SpeakerType.PERSON, "leader", "KP", "Bin", "Bae", "Noh Gil's uncle"
        ),
        Draft("b", "").who("United States", SpeakerType.COUNTRY, None, "US"),
    )
    assert found.speakers["bae-sol-bin"].aliases == ("Bae",)
    assert {"US", "Washington"} <= set(found.speakers["united-states"].aliases)
