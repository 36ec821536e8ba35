from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import service.vocabulary
from service.extract.surroundings import Surroundings
from service.extract.topics import TopicFinder, topic_ids
from service.vocabulary.topics import read_topics
from tests.vocabulary.test_topics import PROMISED

FOLDER = Path(service.vocabulary.__file__).parent
TOPICS = read_topics(FOLDER)
FINDER = TopicFinder(TOPICS)
EXAMPLES = yaml.safe_load((Path(__file__).parent / "topic_examples.yaml").read_text(encoding="utf-8"))
STATEMENTS = yaml.safe_load((Path(__file__).parent / "topic_statements.yaml").read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("topic", sorted(PROMISED))
def test_every_topic_that_is_promised_is_described_and_tried(topic: str) -> None:
    (entry,) = [entry for entry in TOPICS.entries if entry.id == topic]
    assert len(entry.definition.split()) >= 6
    assert entry.alt_labels
    assert entry.broader or topic == "trade-and-economy"
    assert len(EXAMPLES[topic]["holds"]) >= 4
    assert len(EXAMPLES[topic]["not"]) >= 3


@pytest.mark.parametrize("statement", STATEMENTS, ids=[entry["said"][:40] for entry in STATEMENTS])
def test_statements_of_foreign_affairs_have_their_topics_and_no_others(statement: dict[str, Any]) -> None:
    said, before, about = statement["said"], statement.get("before", []), set(statement["about"])
    around = Surroundings(said, said, before, len(before), statement.get("headline"))
    found = set(topic_ids(FINDER.statement_topics(said, around)))
    assert about <= found <= about | set(statement.get("also", []))


def test_no_sentence_stands_twice() -> None:
    for kind in ("holds", "not"):
        found = [(topic, text, *context) for topic, text, context in examples(kind)]
        assert len(set(found)) == len(found)


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
    ("content", "around", "expected"),
    [
        (
            "her country shares that goal",
            Surroundings("", before=["The aim is the denuclearization of the peninsula."]),
            ("denuclearization", "before-1"),
        ),
        (
            "he expects the visit to end them",
            Surroundings("", before=["The sanctions on the generals are old."], beside=1),
            ("sanctions", "before-1"),
        ),
        (
            "such threats change nothing",
            Surroundings("", before=["War games begin.", "The sky was clear."], beside=2),
            ("military-exercises", "before-2"),
        ),
        (
            "China was serious about this",
            Surroundings("", before=["The refugees wait."], points=True),
            ("refugees", "before-1"),
        ),
        (
            "her side would accept such terms and do the same",
            Surroundings("", "While Tehran spoke, she said her side would do the same", ["Syria burned."]),
            ("iran", "sentence"),
        ),
        (
            "this crisis would take years",
            Surroundings("", before=["He smiled."], headline="Cholera, famine and war"),
            ("humanitarian-aid health-care", "headline"),
        ),
    ],
)
def test_what_refers_back_takes_the_topics_of_what_it_refers_to(
    content: str, around: Surroundings, expected: tuple[str, str]
) -> None:
    hits = FINDER.statement_topics(content, around)
    assert (" ".join(topic_ids(hits)), *{hit.where for hit in hits}) == expected


@pytest.mark.parametrize(
    ("content", "around"),
    [
        pytest.param(
            "nobody slept well", Surroundings("", before=["Syria was bombed."], beside=1), id="own feet"
        ),
        pytest.param(
            "it hoped the parties would meet each other halfway",
            Surroundings("", before=["Moscow wants the sanctions lifted."], beside=1),
            id="the speaker is it",
        ),
        pytest.param(
            "he expects them soon", Surroundings("", before=["Syria was bombed."]), id="another paragraph"
        ),
        pytest.param(
            "she would do the same",
            Surroundings("", before=["Syria was bombed.", "It rained."], beside=1),
            id="too far back",
        ),
        pytest.param(
            "it was at the same time a relief",
            Surroundings("", before=["Syria was bombed."]),
            id="a set phrase",
        ),
        pytest.param(
            "they expect it", Surroundings("", headline="War in Syria"), id="a pronoun and the headline"
        ),
    ],
)
def test_what_does_not_point_there_takes_nothing(content: str, around: Surroundings) -> None:
    assert FINDER.statement_topics(content, around) == ()


def test_content_with_a_topic_decides() -> None:
    hits = FINDER.statement_topics(
        "this tariff is wrong", Surroundings("He said so.", before=["Syria was bombed."], points=True)
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
    pieces = {
        "text": content,
        "sentence": before,
        "before-1": before,
        "before-2": content,
        "headline": before,
    }
    hits = FINDER.statement_topics(
        content, Surroundings(content, before, [content, before], 2, before, points=True)
    )
    for hit in hits:
        assert pieces[hit.where][hit.start : hit.end] == hit.words
        assert hit.words
    topics = set(topic_ids(hits))
    assert not any(TOPICS.ancestors(topic) & topics for topic in topics)
