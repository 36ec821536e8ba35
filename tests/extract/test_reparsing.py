from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.reparsing import parse
from tests.extract.people_reading import Read, lexicon, pipeline, text_of


def named(read: Read) -> list[tuple[str, bool]]:
    """Give the words of each sure name of a person, and whether they are a full name."""
    return [
        (paragraph.doc[one.first : one.last + 1].text, one.full)
        for paragraph in read.document.paragraphs
        for one in paragraph.people
    ]


@pytest.mark.parametrize(
    "name", ["Thomas May", "Simon Good", "Rowan Price", "Vexley Thrandor", "Alma de la Vega"]
)
def test_a_title_in_one_place_tells_a_name_in_all(name: str) -> None:
    surname = name.split(" ", 1)[1]
    opening = surname[0].upper() + surname[1:]
    read = Read(
        f"Foreign Minister {name} flew to Oslo.",
        f"{opening} said the talks were over. “It is late,” {surname} also told reporters.",
    )
    assert named(read) == [(name, True), (opening, False), (surname, False)]
    assert read.who(surname, 2 if opening == surname else 1) == name


@pytest.mark.parametrize(
    "text",
    [
        "Talks go on, said Corwen Dashiell, a professor at a college.",
        "The foreign minister, Corwen Dashiell, left early.",
        "It was about the leader's uncle, Corwen Dashiell.",
        "Rear Admiral Corwen Dashiell left. Dashiell said so.",
        "Corwen Dashiell left early. Later Dashiell said that it was late.",
    ],
)
def test_full_names_that_no_list_holds(text: str) -> None:
    assert named(Read(text))[0] == ("Corwen Dashiell", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Foreign Minister Ann May spoke. He will be back in May. On May 3 it rained.", ["Ann May"]),
        ("Senator Ann Good spoke. Good news is rare, and good men are rarer.", ["Ann Good"]),
        ("The official Xinhua News Agency said so. The president of South Korea left.", []),
        ("The minister on Monday told South Korea to wait.", []),
    ],
)
def test_words_that_are_no_names_here(text: str, words: list[str]) -> None:
    assert [name for name, _ in named(Read(text))] == words


def test_what_stands_before_a_name_is_its_title() -> None:
    read = Read(
        "Deputy Foreign Minister Lorcan Yelland met North Korean leader Osric Vaux's uncle, Kelder Vaux.",
        "Grand Ayatollah Zebul Hark and Taoiseach Fenn Orlagh stayed away.",
    )
    roles = {entity.name: entity.role for entity in read.people.entities}
    assert roles["Lorcan Yelland"] == "Deputy Foreign Minister"
    assert roles["Osric Vaux"] == "leader"
    assert roles["Zebul Hark"] == "Grand Ayatollah"
    assert roles["Fenn Orlagh"] == "Taoiseach"


def test_a_name_hangs_in_its_sentence_by_its_last_word() -> None:
    read = Read(
        "Foreign Minister Alma de la Vega and Yun Byung-se left. Rain fell.", "The dams held. It rained."
    )
    first, second = read.document.paragraphs
    for name in first.people:
        *others, last = first.doc[name.first : name.last + 1]
        assert {(one.tag_, one.lemma_ == one.text) for one in (*others, last)} == {("NNP", True)}
        assert all(one.dep_ == "compound" and one.head.i <= last.i for one in others)
        assert last.head.text in {"left", "Vega"}
        assert {one.ent_type_ for one in (*others, last)} == {"PERSON"}
    assert len(first.people) == 2
    assert [sentence.text for sentence in second.doc.sents] == ["The dams held.", "It rained."]
    assert [token.lemma_ for token in second.doc] == ["the", "dam", "hold", ".", "it", "rain", "."]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            (
                *(
                    "President",
                    "Mr.",
                    "Ann",
                    "de",
                    "la",
                    "Vega",
                    "al",
                    "-",
                    "Khatib",
                    "May",
                    "said",
                    "told",
                    ",",
                ),
                *("“Yes", "”", "'s", "May's", "of", "Korea", "é", "Yun Byung-se", " ", "."),
            )
        ),
        max_size=14,
    )
)
def test_tokens_stand_where_they_stood(words: list[str]) -> None:
    text = text_of("Foreign Minister Ann de la Vega and Yun Byung-se left.", " ".join(words))
    plain, document = pipeline().scan(text), parse(text, pipeline(), lexicon())
    for before, after in zip(plain.paragraphs, document.paragraphs, strict=True):
        assert [token.text for token in before.doc] == [token.text for token in after.doc]
        assert [token.idx for token in before.doc] == [token.idx for token in after.doc]
        assert before.doc.text == after.doc.text
        assert all(0 <= one.first <= one.last < len(after.doc) for one in after.people)
