"""The worked examples of CONTRIBUTING.md: each is taken into a copy of the vocabulary and must do what it says."""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from service.extract.topics import TopicFinder, topic_ids
from service.vocabulary import OWN
from service.vocabulary.publishers import read_publishers
from service.vocabulary.topics import read_topics
from service.vocabulary.verbs import read_verbs
from tests.corpora import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CONTRIBUTING: Final = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS: Final = [
    textwrap.dedent(block) for block in re.findall(r"(?ms)^ *```yaml\n(.*?)^ *```$", CONTRIBUTING)
]
TOPIC, SENTENCES, PUBLISHER, VERB = map(yaml.safe_load, BLOCKS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the vocabulary, to add to."""
    return shutil.copytree(OWN, tmp_path / "vocabulary", ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def add(folder: Path, name: str, entry: Any) -> None:
    path = folder / f"{name}.yaml"
    known = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    under = {"topics": "topics", "verbs": "verbs"}.get(name)
    place = known[under] if under else known
    place.update(entry) if isinstance(place, dict) else place.extend(entry)
    path.write_text(yaml.safe_dump(known, sort_keys=False, allow_unicode=True), encoding="utf-8")


def test_the_topic_holds_where_its_sentences_say_so(folder: Path) -> None:
    add(folder, "topics", TOPIC)
    (topic,) = TOPIC
    finder = TopicFinder(read_topics(folder))
    assert len(SENTENCES[topic]["holds"]) >= 3
    assert len(SENTENCES[topic]["not"]) >= 2
    for sentence in SENTENCES[topic]["holds"]:
        assert topic in topic_ids(finder.find(sentence, [sentence])), sentence
    for sentence in SENTENCES[topic]["not"]:
        assert topic not in topic_ids(finder.find(sentence, [sentence])), sentence


def test_the_publisher_is_recognized(folder: Path) -> None:
    add(folder, "publishers", PUBLISHER)
    publishers = read_publishers(folder)
    (entry,) = PUBLISHER
    found = publishers.lookup(entry["aliases"][0])
    assert found is not None
    assert found.id == entry["id"]
    assert [outlet.id for _, _, outlet in publishers.find_phrases(entry["recognized_by"][0])] == [entry["id"]]


def test_the_verb_is_read(folder: Path) -> None:
    add(folder, "verbs", VERB)
    (entry,) = VERB
    assert {"clause"} <= read_verbs(folder).verbs[entry["verbs"][0]].names
