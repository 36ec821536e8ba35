from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.naming import fold, slug
from service.vocabulary.reader import VocabularyError
from service.vocabulary.topics import Topics, read_topics

FOLDER = Path(service.vocabulary.__file__).parent
GOOD = "topics: {peace: {prefLabel: Peace, definition: No war., holds: {named: {any: [peace]}}}}"
PROMISED = {
    "denuclearization",
    "nuclear-tests",
    "missile-tests",
    "sanctions",
    "un-security-council",
    "thaad",
    "six-party-talks",
    "china-leverage",
    "trade-and-economy",
    "us-china-relations",
    "china-north-korea-relations",
    "inter-korean-relations",
    "us-south-korea-alliance",
    "military-exercises",
    "north-korea-leadership",
    "territorial-disputes",
    "japan-south-korea",
    "climate-change",
    "human-rights",
    "iran",
    "syria",
    "regional-stability",
    "asia-pacific-policy",
    "middle-east",
    "rule-of-law",
}


def read(tmp_path: Path, text: str) -> Topics:
    (tmp_path / "topics.yaml").write_text(text, encoding="utf-8")
    return read_topics(tmp_path)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return read_topics(FOLDER)


def test_the_promised_topics_are_there_with_patterns(topics: Topics) -> None:
    assert {entry.id for entry in topics.entries if entry.patterns} >= PROMISED


def test_ids_are_slugs_of_labels_and_definitions_are_sentences(topics: Topics) -> None:
    for entry in topics.entries:
        assert entry.id == slug(entry.label)
        assert entry.definition.endswith("."), entry.id
        assert len(entry.definition.split()) >= 4, entry.id


def test_no_name_of_one_topic_is_the_label_of_another(topics: Topics) -> None:
    labels = {fold(entry.label): entry.id for entry in topics.entries}
    for entry in topics.entries:
        for name in entry.alt_labels:
            assert labels.get(fold(name), entry.id) == entry.id, name


def test_a_topic_without_patterns_gathers_narrower_ones(topics: Topics) -> None:
    above = {topic for entry in topics.entries for topic in entry.broader}
    assert {entry.id for entry in topics.entries if not entry.patterns} <= above


def test_ancestors_at_any_height(topics: Topics) -> None:
    assert topics.ancestors("iran") == {"middle-east", "diplomacy"}
    assert topics.ancestors("diplomacy") == frozenset()
    with pytest.raises(KeyError):
        topics.ancestors("nowhere")


def test_what_an_entry_says_is_read(tmp_path: Path) -> None:
    entry = read(
        tmp_path,
        """
words: {land: [Land], lands: [$land, "North|South Land*"]}
topics:
  order: {prefLabel: Order, definition: Things in   place.}
  peace:
    prefLabel: Peace
    altLabel: [calm]
    definition: No war.
    broader: [order]
    holds:
      kept: {all: [[$lands, keep*], [peace]], within: 4, order: true, context: [[Land]], not: [dog], alone: true}
""",
    ).entries[1]
    (pattern,) = entry.patterns
    assert (entry.id, entry.label, entry.alt_labels, entry.broader) == (
        "peace",
        "Peace",
        ("calm",),
        ("order",),
    )
    assert (pattern.name, pattern.within, pattern.ordered, pattern.alone) == ("kept", 4, True, True)
    assert pattern.groups[0].macros == ("lands",)
    assert list(pattern.groups[0].terms[0].spellings()) == [("keep*",)]
    assert pattern.unless is not None


def test_alternatives_are_spelled_out(tmp_path: Path) -> None:
    topics = read(tmp_path, GOOD.replace("[peace]", '["in|at peace-time", "!war time’s"]'))
    first, second = topics.entries[0].patterns[0].groups[0].terms
    assert list(first.spellings()) == [("in", "peace", "time"), ("at", "peace", "time")]
    assert (second.words, second.away) == ((("war",), ("time's",)), True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("prefLabel: Peace", "label: Peace"), ["peace", "label", "prefLabel"]),
        (GOOD.replace("prefLabel: Peace", "prefLabel: War"), ["peace", "'War'", "slug"]),
        (GOOD.replace("definition: No war.", "definition: ''"), ["peace", "definition"]),
        (GOOD.replace("any: [peace]", "some: [peace]"), ["peace: holds: named", "some"]),
        (GOOD.replace("any: [peace]", "any: [peace], all: [[a]]"), ["peace: holds: named", "either any"]),
        (GOOD.replace("any: [peace]", "within: 3"), ["peace: holds: named", "either any"]),
        (GOOD.replace("any: [peace]", "any: [peace], context: x"), ["peace: holds: named", "list of lists"]),
        (GOOD.replace("any: [peace]", "all: [peace, [war]], within: 0"), ["peace: holds: named", "within"]),
        (GOOD.replace("any: [peace]", "any: [peace], order: maybe"), ["peace: holds: named", "order"]),
        (GOOD.replace("any: [peace]", "any: []"), ["peace: holds: named: any", "list of terms"]),
        (GOOD.replace("any: [peace]", "any: [on, peace]"), ["peace: holds: named: any", "quotation marks"]),
        (GOOD.replace("any: [peace]", "any: ['pe?ce']"), ["peace: holds: named: any", "pe?ce"]),
        (GOOD.replace("any: [peace]", "any: ['!']"), ["peace: holds: named: any", "is no term"]),
        (GOOD.replace("any: [peace]", "any: ['*']"), ["peace: holds: named: any", "is no term"]),
        (GOOD.replace("any: [peace]", "any: ['$lands']"), ["peace: holds: named: any", "lands"]),
        (GOOD.replace("any: [peace]", f"any: ['{'a|b|c|d|e ' * 5}']"), ["3125 spellings"]),
        (GOOD.replace("definition:", "broader: [order], definition:"), ["peace: broader", "order"]),
        (GOOD.replace("definition:", "broader: [peace], definition:"), ["peace: broader", "itself"]),
        (GOOD.replace("definition:", "altLabel: calm, definition:"), ["peace", "altLabel"]),
        ("topics: [peace]", ["topics takes a mapping"]),
        ("words: {a: [$b], b: [x]}\n" + GOOD, ["words: a", "'b'"]),
        ("subjects: {}", ["subjects"]),
        ("refers-back: {sometimes: [that]}\n" + GOOD, ["refers-back", "sometimes"]),
    ],
)
def test_an_error_names_file_topic_and_key(tmp_path: Path, text: str, told: list[str]) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(tmp_path, text)
    assert "topics.yaml" in str(caught.value)
    for words in told:
        assert words in str(caught.value)
