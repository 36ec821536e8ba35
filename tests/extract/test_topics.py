from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import service.vocabulary
from service.extract.topics import TopicFinder, topic_ids
from service.vocabulary.topics import read_topics

FOLDER = Path(service.vocabulary.__file__).parent
TOPICS = read_topics(FOLDER)
FINDER = TopicFinder(TOPICS)
EXAMPLES = yaml.safe_load((Path(__file__).parent / "topic_examples.yaml").read_text(encoding="utf-8"))


def examples(kind: str) -> list[tuple[str, str, list[str]]]:
    found = []
    for topic, entry in EXAMPLES.items():
        for example in entry[kind]:
            text, *context = [example] if isinstance(example, str) else example
            found.append((topic, text, context))
    return found


def made_up(tmp_path: Path, topics: str) -> TopicFinder:
    (tmp_path / "topics.yaml").write_text(topics, encoding="utf-8")
    return TopicFinder(read_topics(tmp_path))


def test_every_topic_with_patterns_has_examples() -> None:
    assert set(EXAMPLES) == {entry.id for entry in TOPICS.entries if entry.patterns}
    for topic, entry in EXAMPLES.items():
        assert len(entry["holds"]) >= 3, topic
        assert len(entry["not"]) >= 2, topic


@pytest.mark.parametrize(("topic", "text", "context"), examples("holds"))
def test_a_topic_holds_by_meaning(topic: str, text: str, context: list[str]) -> None:
    assert topic in topic_ids(FINDER.find(text, [text, *context]))


@pytest.mark.parametrize(("topic", "text", "context"), examples("not"))
def test_a_topic_does_not_hold_by_a_word_alone(topic: str, text: str, context: list[str]) -> None:
    assert topic not in topic_ids(FINDER.find(text, [text, *context]))


def test_a_hit_tells_where_and_why() -> None:
    text = "Ministers said a missile shield will be stationed in South Korea."
    hits = {hit.pattern: hit for hit in FINDER.find(text) if hit.topic == "thaad"}
    hit = hits["a missile system for the South or the region"]
    assert hit.words == "missile shield will be stationed in South Korea"
    assert text[hit.start : hit.end] == hit.words
    assert hit.where == "text"


@pytest.mark.parametrize(
    ("content", "before", "expected", "where"),
    [
        (
            "her country shares that goal",
            ["The aim is the denuclearization of the peninsula."],
            "denuclearization",
            "before-1",
        ),
        ("it was overdue", ["The embargo on the generals ends in May."], "sanctions", "before-1"),
        (
            "such threats change nothing",
            ["War games begin.", "The sky was clear."],
            "military-exercises",
            "before-2",
        ),
    ],
)
def test_what_refers_back_takes_the_topics_of_what_it_refers_to(
    content: str, before: list[str], expected: str, where: str
) -> None:
    hits = FINDER.statement_topics(content, f"The envoy said {content}.", before, None)
    assert topic_ids(hits) == (expected,)
    assert {hit.where for hit in hits} == {where}


def test_the_rest_of_the_sentence_comes_before_the_sentence_before() -> None:
    sentence = "While Tehran was silent on the offer, she said her side would accept such terms."
    hits = FINDER.statement_topics("her side would accept such terms", sentence, ["Syria burned."], None)
    assert {(hit.topic, hit.where) for hit in hits} == {("iran", "sentence")}


def test_the_headline_is_asked_last() -> None:
    hits = FINDER.statement_topics(
        "this would take years", "He said this would take years.", ["He smiled."], "Cholera, famine and war"
    )
    assert {(hit.topic, hit.where) for hit in hits} == {("humanitarian-aid", "headline")}


def test_content_that_stands_on_its_own_takes_nothing_from_around_it() -> None:
    hits = FINDER.statement_topics(
        "nobody slept well", "The minister said nobody slept well.", ["Syria was bombed."], "War in Syria"
    )
    assert hits == ()


def test_content_with_a_topic_decides() -> None:
    hits = FINDER.statement_topics(
        "this tariff is wrong", "He said this tariff is wrong.", ["Syria was bombed."], None
    )
    assert topic_ids(hits) == ("trade-and-economy",)


MADE_UP = """
words:
  north: [North Land*, "!North Landing"]
topics:
  wide: {prefLabel: Wide, definition: x, holds: {named: {any: [treaty, pact*]}}}
  narrow:
    prefLabel: Narrow
    definition: x
    broader: [wide]
    holds:
      near: {all: [[$north], [treaty]], within: 6, not: [draft]}
      in order: {all: [[sign], [seal], [deliver]], within: 5, order: true}
      of the North: {any: [regime], context: [[$north]]}
      in the sentence: {any: [clause], sentence: [[$north]]}
  rest: {prefLabel: Rest, definition: x, holds: {alone: {any: [border, "<Name>'s border"], alone: true}}}
"""


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("The treaty stands.", (), ["wide"]),
        ("North Land signed a treaty.", (), ["narrow"]),
        ("The treaty is North Lander work.", (), ["narrow"]),
        ("North Land and its four angry neighbors signed a treaty.", (), ["wide"]),
        ("North Landing has a treaty.", (), ["wide"]),
        ("north land has a treaty.", (), ["wide"]),
        ("NORTH LAND HAS A TREATY", (), ["narrow"]),
        ("North Land's treaty", (), ["narrow"]),
        ("North-Land’s treaty", (), ["narrow"]),
        ("North Land's draft treaty", (), ["wide"]),
        ("sign, seal and deliver", (), ["narrow"]),
        ("seal, sign and deliver", (), []),
        ("the regime", (), []),
        ("the regime", ("Nothing.", "North Land sulked."), ["narrow"]),
        ("a clause", ("North Land wants a clause.",), ["narrow"]),
        ("a clause", ("They want a clause.", "North Land sulked."), []),
        ("the border", (), ["rest"]),
        ("the border treaty", (), ["wide"]),
        ("", (), []),
    ],
)
def test_the_pattern_language(
    tmp_path: Path, text: str, context: tuple[str, ...], expected: list[str]
) -> None:
    finder = made_up(tmp_path, MADE_UP)
    assert list(topic_ids(finder.find(text, context))) == expected


def test_the_same_words_give_the_same_hits_in_vocabulary_order() -> None:
    text = "Tehran, Damascus and Baghdad spoke of oil prices and refugees."
    assert FINDER.find(text) == TopicFinder(TOPICS).find(text)
    order = [entry.id for entry in TOPICS.entries]
    found = topic_ids(FINDER.find(text))
    assert list(found) == sorted(found, key=order.index)
    assert len(found) == 5


WORDS = st.sampled_from(
    [
        "China",
        "North",
        "Korea’s",
        "the",
        "U.S.",
        "nuclear",
        "talks",
        "missile",
        "…",
        "😀",
        "sanctions",
        "“",
        "that",
        "\n",
        "Kim's",
        "TEHRAN",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=40), st.lists(WORDS, max_size=12))
def test_hits_stand_where_they_say(parts: list[str], around: list[str]) -> None:
    content, before = " ".join(parts), " ".join(around)
    pieces = {"text": content, "sentence": content, "before-1": before, "headline": before}
    hits = FINDER.statement_topics(content, content, [before], before)
    for hit in hits:
        assert pieces[hit.where][hit.start : hit.end] == hit.words
        assert hit.words
    topics = set(topic_ids(hits))
    assert not any(TOPICS.ancestors(topic) & topics for topic in topics)
