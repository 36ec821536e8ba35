from __future__ import annotations

import pytest

from service.model import SpeakerType
from tests.extract.people_reading import Read


def test_he_and_she_follow_gender() -> None:
    read = Read("Susan Brack met Walter Lind. She praised him.", "He thanked her.")
    assert read.who("She") == "Susan Brack"
    assert read.who("him") == "Walter Lind"
    assert read.who("He") == "Walter Lind"
    assert read.who("her") == "Susan Brack"


def test_reported_clause_keeps_the_speaker() -> None:
    read = Read("Harlan Voss said Chinese officials had promised him that they would come.")
    assert read.who("him") == "Harlan Voss"
    assert read.who("they") == "Chinese officials"


def test_gender_of_an_unknown_name_comes_from_its_role() -> None:
    read = Read("Spokeswoman Mei Shaoling met Chairman Qo Lan.", "She left. He stayed.")
    assert read.who("She") == "Mei Shaoling"
    assert read.who("He") == "Qo Lan"


def test_speaker_of_a_quote_is_nobody_inside_it() -> None:
    read = Read(
        "Foreign Minister Cho Hyun-woo spoke first.",
        "“We share the view,” he said. “It is time.”",
        "“I like Walter Lind, and he knows it,” Harlan Voss told reporters.",
        "“He never lies,” Voss added.",
    )
    assert read.who("view,” he") == "Cho Hyun-woo"
    assert read.who("“He") == "Walter Lind"


def test_speaker_behind_the_quote_may_be_a_pronoun() -> None:
    read = Read(
        "Chinese officials waited.",
        "Harlan Voss spoke. “They made it clear,” he told us.",
    )
    assert read.joint("They") == ["Chinese officials"]


def test_quoted_names_do_not_take_the_pronoun_of_the_cue() -> None:
    read = Read("Ann Lindqvist, an analyst, agreed.", "“Susan Brack lost me long ago,” she said.")
    assert read.who("she") == "Ann Lindqvist"


def test_possessive_before_the_main_clause_looks_ahead() -> None:
    read = Read("Harlan Voss was blunt.", "For his part, Mr. Deng insisted that China was patient.")
    assert read.who("his") == "Deng"


def test_first_clause_of_a_paragraph_looks_ahead() -> None:
    read = Read("The child waited.", "Back when he wrote his book, Mr. Lind said that debt was bad.")
    assert read.who("when he") == "Lind"


@pytest.mark.parametrize("pair", ["The two men", "The two top diplomats", "Both", "They"])
def test_pairs_of_people(pair: str) -> None:
    read = Read(
        "Secretary of State Harlan Voss and Chinese Foreign Minister Deng Bao met.",
        f"{pair} agreed on nothing.",
    )
    assert read.joint(pair) == ["Harlan Voss", "Deng Bao"]
    assert read.who(pair) is None


@pytest.mark.parametrize("pair", ["Both sides", "The two countries", "Both governments"])
def test_pairs_of_countries_by_their_people(pair: str) -> None:
    read = Read(
        "U.S. Secretary of State Harlan Voss met with Chinese Foreign Minister Deng Bao.",
        f"{pair} traded ideas.",
    )
    assert read.joint(pair) == ["United States", "China"]


def test_coordinated_subjects_are_joint() -> None:
    read = Read("Harlan Voss and Deng Bao agreed. Secretary Alden Price and Chinese Premier Ma Tianyu met.")
    assert read.joint("Voss") == ["Harlan Voss", "Deng Bao"]
    assert read.who("Voss") == "Harlan Voss"
    assert read.joint("Price") == ["Alden Price", "Ma Tianyu"]


def test_their_meeting_takes_both_who_meet() -> None:
    read = Read("Harlan Voss spoke with Deng Bao, the foreign minister, before their meeting.")
    assert set(read.joint("their")) == {"Harlan Voss", "Deng Bao"}


def test_their_help_is_the_others() -> None:
    read = Read("Harlan Voss met with Chinese leaders, seeking their help.")
    assert read.joint("their") == ["Chinese leaders"]


def test_it_is_a_country_or_a_body() -> None:
    read = Read(
        "South Korea says it will go ahead.",
        "The ministers condemned North Korea for its test.",
        "That came on top of Pyongyang's snubbing of Beijing's wishes when it fired a missile.",
    )
    assert read.who("says it") == "South Korea"
    assert read.who("its") == "North Korea"
    assert read.who("when it") == "North Korea"


def test_it_may_stand_for_nothing() -> None:
    read = Read("China said it is time to talk.", "Voss made it clear that China would wait.")
    assert read.who("said it") is None
    assert read.who("made it") is None


def test_it_may_mean_a_thing() -> None:
    read = Read("China waited. The decision offers hope, and it highlights a gulf.")
    assert read.who("and it") is None


def test_that_country_is_the_one_spoken_of() -> None:
    read = Read("Harlan Voss flew to China and met that country's leaders.")
    assert read.who("that country") == "China"


def test_relative_pronoun_is_its_antecedent() -> None:
    read = Read("Harlan Voss, who visited China, said no.")
    assert read.who("who") == "Harlan Voss"


def test_description_that_fits_only_one() -> None:
    read = Read("Harlan Voss owns three towers. Voss wants more. Voss said so.", "The businessman smiled.")
    assert read.who("businessman") == "Harlan Voss"


def test_description_that_fits_several_is_a_stranger() -> None:
    read = Read("Harlan Voss spoke. Walter Lind spoke. Voss said so.", "The businessman smiled.")
    assert read.who("businessman") == "Businessman"


def test_a_description_is_the_last_sentences_person_not_one_who_has_the_office_elsewhere() -> None:
    read = Read(
        "Former Ohio governor Carl Moss spoke first.",
        "Paul Stone says too much is made of it.",
        "The Iowa governor said it was late.",
    )
    assert read.who("Iowa governor") == "Paul Stone"


def test_a_description_by_party_and_calling_finds_its_person() -> None:
    read = Read(
        "Ohio Sen. Anna Lee and Libertarian presidential candidate Carl Moss met.",
        "Paul Stone left. The Democratic senator stayed. The GOP nominee slept.",
    )
    assert read.who("Democratic senator") == "Anna Lee"
    assert read.who("GOP nominee") != "Carl Moss"


def test_a_description_far_from_its_holder_is_whom_the_text_is_at() -> None:
    read = Read(
        "Sen. Anna Lee and Sen. Carl Moss met in the morning.",
        *["The river rose and the fields were wet and the road was closed for the day."] * 12,
        "Paul Stone closed the gate. The Iowa senator said it was late.",
    )
    assert read.who("Iowa senator") == "Paul Stone"


def test_a_description_is_not_the_subject_that_its_clause_hangs_on() -> None:
    read = Read(
        "Carl Moss rose. Paul Stone believes that the tall nominee is unfit.",
        "Congresswoman Anna Lee asked him. The Ohio representative was told to wait.",
    )
    assert read.who("nominee") != "Paul Stone"
    assert read.who("Ohio representative") == "Anna Lee"


def test_the_subject_of_the_main_clause_goes_before_that_of_a_clause_in_it() -> None:
    read = Read("Paul Stone said that Carl Moss had left.", "He also said the dam was old.")
    assert read.who("He") == "Paul Stone"


def test_who_says_what_he_will_do_is_a_person() -> None:
    read = Read(
        "Prime Minister Harlan Voss said on Monday that the talks had been good. Voss thanked the guests.",
        "Tillerson said in February 2017 that he would visit Beijing.",
    )
    assert read.who("that he") == "Tillerson"
    entity = read.entity("Tillerson")
    assert entity is not None
    assert entity.type is SpeakerType.PERSON


def test_a_body_says_what_somebody_else_will_do() -> None:
    read = Read("Harlan Voss resigned on Monday.", "The ministry said that he would visit Beijing.")
    assert read.who("that he") == "Harlan Voss"
    read = Read("Harlan Voss resigned on Monday.", "The Pentagon said that he would visit Beijing.")
    assert read.who("that he") == "Harlan Voss"
    read = Read("Norvex's chairman, Harlan Voss, resigned on Monday. Norvex said he would leave soon.")
    assert read.who("said he") == "Harlan Voss"
