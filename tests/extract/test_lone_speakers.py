from __future__ import annotations

import pytest

from service.model import SpeakerType
from tests.extract.people_reading import Read

PERSON = SpeakerType.PERSON


def kind(words: str, *paragraphs: str) -> SpeakerType | None:
    one = Read(*paragraphs).entity(words)
    return one.type if one else None


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Halden", "Halden said Tuesday that he was ready."),
        ("Halden", '"The harbor is ours," Halden said.'),
        ("Bello", "Bello said the crews would be freed."),
        ("Drobny", "Drobny said in March that she would take the train."),
        ("Osei", "Osei said it was raining."),
    ],
)
def test_a_single_name_that_says_something_is_a_person(name: str, line: str) -> None:
    assert kind(name, line) is PERSON


@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [
        ("Reuters", ("Reuters said the deal was off.",)),
        ("Hamas", ("Hamas said the talks were over.",)),
        ("Boeing", ("Boeing said the orders fell.",)),
        ("Brellex", ("Brellex said it would close two plants.",)),
        ("Brellex", ("Brellex said its plants would close.",)),
        ("Brellex", ("Brellex said the plants would close.", "The work at Brellex has ended.")),
        ("Brellex", ("Brellex, a trade group, has closed.", "Brellex said the plants would close.")),
        ("Skarnfisk", ("Skarnfisk said the sea was empty.", "The boats of the Skarnfisk are old.")),
        ("TalkBarn", ("TalkBarn said the users had left.",)),
        ("BRELX", ("BRELX said the users had left.",)),
        ("Halden", ("Halden said the harbor was open.",)),
        ("Brellex", ("A writer for the news site Brellex said he was tired.",)),
    ],
)
def test_a_body_or_a_place_that_says_something_stays_one(name: str, paragraphs: tuple[str, ...]) -> None:
    assert kind(name, *paragraphs) is not PERSON


def test_police_stay_a_group() -> None:
    assert kind("Police", "Police said two boats sank.") is SpeakerType.GROUP


def test_a_body_called_by_name_behind_its_noun_goes_by_the_name() -> None:
    read = Read("The Norlandic fishermen's union, the Skarnfisk, says quotas must go up.")
    assert read.who("union") == read.who("Skarnfisk") == "Skarnfisk"


def test_a_body_keeps_the_words_that_tell_whose_it_is() -> None:
    assert Read("The Norlandic fishermen's union says no.").who("union") == "Norlandic fishermen's union"


def test_other_bodies_between_commas_are_others() -> None:
    assert Read("The union, Reuters and the mayor said no.").who("union") == "Union"
    assert Read("The union, Reuters, and the mayor said no.").who("union") == "Union"


def test_a_body_of_a_country_met_again_without_it_is_the_same() -> None:
    read = Read(
        "South Korea's Joint Chiefs of Staff said that a boat had sunk.",
        "U.S. officials agreed. The boat was old.",
        "The Joint Chiefs of Staff said the search would go on.",
    )
    for nth in (1, 2):
        chiefs = read.entity("Joint Chiefs", nth)
        assert chiefs is not None
        assert (chiefs.name, chiefs.country) == ("South Korea's Joint Chiefs of Staff", "KR")


def test_people_of_a_country_in_small_letters_are_not_its_own_again() -> None:
    read = Read("South Korea's army officers said no.", "The army officers said yes.")
    assert read.who("officers", 2) == "Army officers"
