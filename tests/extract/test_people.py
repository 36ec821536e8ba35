from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.people import find_people
from service.extract.reparsing import parse
from service.model import Role, SpeakerType
from tests.extract.people_reading import Read, lexicon, pipeline, text_of


def test_surname_title_and_full_name_are_one_person() -> None:
    read = Read(
        "U.S. Secretary of State Harlan Voss met reporters. Voss said little.",
        "Mr. Voss left. Secretary Voss's plane was late.",
    )
    assert read.who("said little", 1) is None
    for words, nth in (("Harlan Voss", 1), ("Voss", 2), ("Mr. Voss", 1), ("Secretary Voss", 1)):
        assert read.who(words, nth) == "Harlan Voss"
    voss = read.entity("Harlan Voss")
    assert voss is not None
    assert (voss.role, voss.country, voss.type) == ("Secretary of State", "US", SpeakerType.PERSON)
    assert voss.actor is None


def test_every_mention_is_a_stretch_of_the_text() -> None:
    read = Read("“We agree,” said Foreign Minister Lin Daoming’s aide.", "He said Lin’s trip was over.")
    for entity in read.people.entities:
        for start, end in entity.mentions:
            assert read.text.decoded[start:end].strip()
    lin = read.entity("Lin Daoming")
    assert lin is not None
    assert [read.text.decoded[a:b] for a, b in lin.mentions] == ["Lin Daoming", "Lin"]


def test_family_name_first() -> None:
    read = Read("Chinese Foreign Minister Deng Bao spoke.", "Deng said China was patient.")
    assert read.who("Deng", 2) == "Deng Bao"
    deng = read.entity("Deng Bao")
    assert deng is not None
    assert (deng.role, deng.country) == ("Foreign Minister", "CN")


def test_hyphens_and_a_misspelling_do_not_make_another_person() -> None:
    read = Read(
        "South Korean Foreign Minister Cho Hyun-woo arrived.",
        "South Korean Foreign Minister Cho Hyun-wook said it was time.",
        "Ri Tae-song rules. Ri Tae Song is young. Ri Tae Hyok was older.",
    )
    assert read.who("Hyun-wook") == "Cho Hyun-woo"
    assert read.who("Ri Tae Song") == "Ri Tae-song"
    assert read.who("Ri Tae Hyok") == "Ri Tae Hyok"


def test_two_people_with_one_surname_stay_apart() -> None:
    read = Read(
        "Walter Brack and his wife, Susan Brack, came.",
        "Mr. Brack waved. Mrs. Brack said nothing.",
    )
    assert read.who("Mr. Brack") == "Walter Brack"
    assert read.who("Mrs. Brack") == "Susan Brack"
    assert read.who("wife") == "Susan Brack"


def test_appositions_tell_role_and_country() -> None:
    read = Read(
        "Spain's top diplomat, State Councillor Orla Benes, was quoted.",
        "Talks went on, said Dell Ashgrove, a professor from Corwen University.",
        "The Portuguese foreign minister, Rui Tavira, left early.",
    )
    assert read.who("diplomat") == read.who("Orla Benes") == "Orla Benes"
    benes, ashgrove, tavira = read.entity("Benes"), read.entity("Ashgrove"), read.entity("Tavira")
    assert benes is not None
    assert ashgrove is not None
    assert tavira is not None
    assert (benes.role, benes.country) == ("State Councillor", "ES")
    assert ashgrove.role == "professor from Corwen University"
    assert (tavira.role, tavira.country) == ("foreign minister", "PT")


def test_role_before_a_name_keeps_the_organization() -> None:
    read = Read("More trouble is likely, said American Enterprise Institute analyst Orrin Talbek.")
    talbek = read.entity("Talbek")
    assert talbek is not None
    assert (talbek.role, talbek.country) == ("American Enterprise Institute analyst", None)


def test_fronted_phrase_is_no_apposition() -> None:
    read = Read("Speaking through a translator, Foreign Minister Cho Hyun-woo said it was time.")
    assert read.who("translator") == "Translator"


def test_actor_needs_name_and_office() -> None:
    read = Read("Secretary of State John Kerry spoke.", "John Kerry, a plumber, spoke too.")
    kerry = read.entity("John Kerry")
    assert kerry is not None
    assert (kerry.actor, kerry.country) == ("john-kerry", "US")
    assert Read("The baker John Kerry spoke.").people.entities[0].actor is None


def test_role_phrases_mean_the_holder() -> None:
    read = Read(
        "Spanish President Ana Robledo met Portuguese President Rui Tavira.",
        "Portugal's president said yes. The Spanish president said no.",
        "Later he spoke with Spain's king and foreign minister.",
    )
    assert read.who("Portugal's president") == "Rui Tavira"
    assert read.who("The Spanish president") == "Ana Robledo"
    minister = read.entity("foreign minister")
    assert minister is not None
    assert (minister.name, minister.country, minister.type) == (
        "Spain's foreign minister",
        "ES",
        SpeakerType.PERSON,
    )


def test_role_looks_ahead_to_a_name() -> None:
    read = Read("The secretary of State said it would take time.", "Secretary of State Harlan Voss flew on.")
    assert read.who("secretary") == "Harlan Voss"


def test_role_told_of_somebody() -> None:
    read = Read("Harlan Voss arrived. It was his first visit as the American secretary of state.")
    voss = read.entity("Voss")
    assert voss is not None
    assert (voss.role, voss.country) == ("secretary of state", "US")


def test_nobody_is_no_entity() -> None:
    read = Read("Harlan Voss met Walter Lind. Neither man spoke. Both men left.")
    assert read.joint("Both men") == ["Harlan Voss", "Walter Lind"]


def test_line_in_capitals_throughout_is_read_by_the_text() -> None:
    read = Read("Voss Looks To Beijing For Help", "Harlan Voss arrived. Voss spoke.")
    assert read.who("Voss") == "Harlan Voss"
    assert "Voss Looks" not in {entity.name for entity in read.people.entities}


def test_relative_is_known_by_the_one_it_belongs_to() -> None:
    read = Read(
        "It was about leader Ri Tae Song's uncle, Paek Myong Guk.",
        "Ri Tae Song's uncle was rich.",
    )
    assert read.who("uncle", 2) == "Paek Myong Guk"
    paek = read.entity("Paek Myong Guk")
    assert paek is not None
    assert "Ri Tae Song's uncle" in paek.aliases


def test_countries_capitals_and_short_names() -> None:
    read = Read("Beijing opposes it. North Korea refused.", "Voss told Tokyo and warned the North.")
    assert read.who("Beijing") == "China"
    assert read.who("Tokyo") == "Japan"
    assert read.who("the North") == "North Korea"
    china = read.entity("Beijing")
    assert china is not None
    assert (china.type, china.country) == (SpeakerType.COUNTRY, "CN")


def test_a_capital_as_a_place_is_nobody() -> None:
    read = Read("Voss spoke in Beijing and flew to Tokyo after he left Seoul.")
    assert [read.who(city) for city in ("Beijing", "Tokyo", "Seoul")] == [None, None, None]
    assert read.people.at(read.text.decoded.index("Beijing")) is None


def test_groups_organizations_and_the_unnamed() -> None:
    read = Read(
        "Experts doubt it. Chinese officials said no.",
        "A State Department official said yes. The official left.",
        "The Washington Post reported it, and police agreed.",
    )
    names = {entity.name: entity for entity in read.people.entities}
    assert names["Experts"].type is SpeakerType.GROUP
    assert (names["Chinese officials"].type, names["Chinese officials"].country) == (SpeakerType.GROUP, "CN")
    assert names["State Department official"].type is SpeakerType.UNNAMED
    assert names["State Department official"].country == "US"
    assert names["The Washington Post"].type is SpeakerType.ORGANIZATION
    assert read.who("police") == "Police"
    assert read.who("The official") == "State Department official"


def test_a_body_is_not_the_person_it_is_named_for() -> None:
    read = Read("The Voss campaign denied it.", "Harlan Voss said the campaign was right.")
    assert read.who("campaign") == read.who("campaign", 2) == "Voss campaign"
    assert read.who("Harlan Voss") == "Harlan Voss"


def test_surname_that_is_also_a_paper_or_a_title() -> None:
    read = Read(
        "Chinese Foreign Minister Sun Hao spoke to Howard Dean.",
        "Sun said little, and Dean, a doctor, appeared later.",
    )
    assert read.who("Sun", 2) == "Sun Hao"
    assert read.who("Dean", 2) == "Howard Dean"


def test_headline_with_capitals_throughout() -> None:
    read = Read(
        "Voss Seeks China's Help, Price Warns",
        "Harlan Voss and Senator Alden Price were there.",
        roles=(Role.HEADLINE,),
    )
    assert read.who("Voss") == "Harlan Voss"
    assert read.who("China") == "China"
    assert read.who("Price") == "Alden Price"


def test_a_noun_nobody_read_still_gets_an_entity() -> None:
    read = Read("A new poll shows a gap. Homeowners protested.")
    poll, owners = read.entity("poll"), read.entity("Homeowners")
    assert poll is not None
    assert owners is not None
    assert (poll.name, poll.type) == ("New poll", SpeakerType.UNNAMED)
    assert (owners.name, owners.type) == ("Homeowners", SpeakerType.GROUP)


def test_at_covers_the_token_and_no_space() -> None:
    read = Read("Harlan Voss spoke.")
    voss = read.people.at(0)
    assert voss is not None
    assert read.people.at(7) == voss
    assert read.people.at(6) is None
    assert read.people.at(-1) is None
    assert read.people.at(10_000) is None


def test_empty_document() -> None:
    document = parse(text_of("   "), pipeline(), lexicon())
    assert find_people(document, lexicon()).entities == ()


_WORDS = st.sampled_from(
    [
        *(
            "Harlan",
            "Voss",
            "Mr.",
            "President",
            "the",
            "The",
            "both",
            "two",
            "sides",
            "of",
            "and",
            "he",
            "She",
        ),
        *(
            "they",
            "it",
            "its",
            "said",
            "China",
            "Beijing",
            "U.S.",
            "Chinese",
            "officials",
            "“",
            "”",
            '"',
            "’s",
        ),
        *("-", "—", ",", ".", "😀", "uncle", "who", "Geun-hye", "secretary", "State", "\n\n", "(D)", "..."),
    ]
)


@settings(max_examples=40)
@given(st.lists(_WORDS, max_size=60))
def test_any_words_can_be_asked_for(words: list[str]) -> None:
    text = text_of(*" ".join(words).split("\n\n"))
    document = parse(text, pipeline(), lexicon())
    people = find_people(document, lexicon())
    for paragraph in document.paragraphs:
        for token in paragraph.doc:
            found = people.joint(paragraph, token)
            assert len(set(found)) == len(found)
            people.of(paragraph, token)
    size = len(text.decoded)
    for entity in people.entities:
        assert entity.name
        assert all(0 <= start < end <= size for start, end in entity.mentions)
        assert list(entity.mentions) == sorted(set(entity.mentions))


def test_a_body_in_the_role_tells_the_country() -> None:
    read = Read("State Department spokesman Rowan Tull agreed. Foreign Ministry spokeswoman Qiu Minlan left.")
    countries = {entity.name: entity.country for entity in read.people.entities}
    assert (countries["Rowan Tull"], countries["Qiu Minlan"]) == ("US", None)


def test_a_role_before_a_name_begins_behind_the_verb() -> None:
    read = Read("He spoke after meeting African Union mediator Grace Mensah. Mensah agreed.")
    mensah = read.entity("Grace Mensah")
    assert mensah is not None
    assert mensah.role == "African Union mediator"


def test_a_title_that_opens_a_sentence_is_whole() -> None:
    read = Read("The minister was in his prime. Prime Minister Anna Lee spoke.")
    lee = read.entity("Anna Lee")
    assert lee is not None
    assert lee.role == "Prime Minister"


def test_a_name_does_not_begin_with_state_and_short_title() -> None:
    read = Read("They met Ohio Sen. Anna Lee and Republican Rep. Carl Moss.")
    assert (read.who("Anna Lee"), read.who("Carl Moss")) == ("Anna Lee", "Carl Moss")
    lee = read.entity("Anna Lee")
    assert lee is not None
    assert lee.role == "Ohio Senator"


def test_a_form_of_address_gives_way_to_an_office() -> None:
    read = Read(
        "Kuwait's oil minister, Sheikh Jaber al-Oufi, left. Oufi will be back.",
        "Foreign Minister Sheikh Sabah al-Dosari stayed.",
    )
    oufi, dosari = read.entity("Jaber al-Oufi"), read.entity("Sabah al-Dosari")
    assert oufi is not None
    assert dosari is not None
    assert (oufi.name, oufi.role, oufi.country) == ("Jaber al-Oufi", "oil minister", "KW")
    assert dosari.role == "Foreign Minister"
    assert read.who("Oufi", 2) == "Jaber al-Oufi"


def test_a_counterpart_has_the_same_office_elsewhere() -> None:
    read = Read(
        "Peru's foreign minister, Paul Stone, met his Ecuadorean counterpart, Anna Lee, on Monday.",
        "Stone also met his Chilean counterpart Carl Moss.",
    )
    for name, country in (("Anna Lee", "EC"), ("Carl Moss", "CL")):
        other = read.entity(name)
        assert other is not None
        assert (other.role, other.country) == ("foreign minister", country)


def test_a_state_body_is_its_countrys() -> None:
    read = Read(
        "Ecuador's Foreign Ministry agreed. Foreign Ministry spokeswoman Ana Ruiz was glad.",
        "The Foreign Ministry was open. The Ecuadorean Foreign Ministry was full.",
    )
    ministries = [read.entity("Foreign Ministry", nth) for nth in (1, 3, 4)]
    assert [one and (one.name, one.country) for one in ministries] == [
        ("Ecuadorian Foreign Ministry", "EC")
    ] * 3
    ruiz = read.entity("Ana Ruiz")
    assert ruiz is not None
    assert ruiz.country == "EC"


def test_two_countries_bodies_of_one_name_are_two_and_tell_no_country() -> None:
    read = Read(
        "Ecuador's Foreign Ministry and Sudan's Foreign Ministry agreed.",
        "Foreign Ministry spokeswoman Ana Ruiz was glad.",
    )
    assert read.who("Foreign Ministry", 1) == "Ecuadorian Foreign Ministry"
    assert read.who("Foreign Ministry", 2) == "Sudanese Foreign Ministry"
    ruiz = read.entity("Ana Ruiz")
    assert ruiz is not None
    assert ruiz.country is None


def test_parts_of_proper_names_and_bare_numbers_are_nobody() -> None:
    read = Read(
        "The Chairman of the Joint Chiefs of Staff, Carl Moss, met Anna Lee in the Great Hall of the People.",
        "This was good when the two met.",
    )
    for word in ("This", "two"):
        read.entity(word)
    names = {entity.name for entity in read.people.entities}
    assert names.isdisjoint({"Staff", "People", "This", "Two"})


def test_a_noun_before_a_name_is_no_part_of_it() -> None:
    read = Read(
        "Republican Carl Moss met rival Anna Lee.", "Rival Anna Lee said that Crooked Carl Moss lied."
    )
    for words, nth, name in (
        ("Carl Moss", 1, "Carl Moss"),
        ("Anna Lee", 2, "Anna Lee"),
        ("Moss", 2, "Carl Moss"),
    ):
        assert read.who(words, nth) == name


def test_a_place_before_an_office_is_no_person() -> None:
    read = Read("The former Ohio governor spoke in Vermont.")
    assert "Ohio" not in {one.name for one in read.people.entities if one.type is SpeakerType.PERSON}


def test_people_with_one_name_are_known_by_their_role_or_by_he() -> None:
    read = Read(
        "The dam leaks, according to Thessaly, an analyst at the institute. Thessaly also asked for help.",
        "Quarvendal said on Friday that the road was closed. A day later he opened it.",
        "The board's chairman, Tserimo, asked about it, left.",
    )
    for name in ("Thessaly", "Quarvendal", "Tserimo"):
        one = read.entity(name)
        assert one is not None
        assert one.type is SpeakerType.PERSON
    assert read.who("later he") == "Quarvendal"


def test_a_firm_that_speaks_is_no_person() -> None:
    read = Read(
        "Quarvendal said on Friday that the map was old. It said a new one would come.",
        "Siemens said that Anna Lee had left. She had been there for years.",
    )
    people = {one.name for one in read.people.entities if one.type is SpeakerType.PERSON}
    assert people == {"Anna Lee"}


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Premier", None),
        ("Chancellor", None),
        ("Attorney General", None),
        ("National Security Adviser", None),
        ("Secretary of State", "US"),
    ],
)
def test_only_an_office_of_one_country_tells_the_country(title: str, country: str | None) -> None:
    read = Read(f"{title} Jane Doe said the tax would rise.")
    assert [(one.name, one.country) for one in read.people.entities] == [("Jane Doe", country)]


def test_a_deputy_does_not_hold_the_whole_office() -> None:
    read = Read(
        "Deputy Foreign Minister Oleg Starkin said little. The Peruvian foreign minister is to arrive on Friday."
    )
    assert read.who("Oleg Starkin") == "Oleg Starkin"
    assert read.who("minister") != "Oleg Starkin"


def test_groups_go_by_their_whole_words() -> None:
    read = Read(
        "The five-member panel said no. The foreign ministers of Peru, Chile and Spain said yes.",
        "The Philippines' new president said little.",
    )
    assert read.who("panel") == "Five-member panel"
    assert read.who("ministers") == "Foreign ministers of Peru, Chile and Spain"
    assert read.who("president") == "Philippines' new president"
