from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.event_triggers import FILE, read_event_triggers
from service.vocabulary.events import read_event_types
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__path__[0])
TYPES = read_event_types(FOLDER).by_id


def test_every_type_has_a_kind_and_known_forums_name_countries() -> None:
    triggers = read_event_triggers(FOLDER, TYPES)
    assert triggers.kinds.keys() == TYPES.keys()
    assert all(len(code) == 2 for codes in triggers.forums.values() for code in codes)
    assert triggers.ordinals[2] == "third"


def test_every_type_but_the_rest_is_told_by_some_word() -> None:
    triggers = read_event_triggers(FOLDER, TYPES)
    told = {trigger.type for found in triggers.verbs.values() for trigger in found}
    told |= {trigger.type for found in triggers.nouns.values() for trigger in found}
    assert told == TYPES.keys() - {"other"}


def test_needs_are_read_as_alternatives() -> None:
    (trigger,) = read_event_triggers(FOLDER, TYPES).nouns["stop"]
    assert frozenset(("person", "place")) in trigger.needs


@pytest.mark.parametrize(
    ("line", "wrong", "words"),
    [
        ("  - {type: threat, nouns: [threat]", "  - {type: thread, nouns: [threat]", "'thread'"),
        ("frame: following", "frame: followed", "'followed'"),
        ("by: state}", "by: king}", "'king'"),
        ("needs: [agent]", "needs: [agency]", "'agency'"),
        ("roles: [doer, target, nation]", "roles: [dancer]", "'dancer'"),
        ("\nnouns:\n", "\nthings:\n", "'things'"),
        ("\nverbs:\n", "\nverbs: 3\nold:\n", "'old'"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, wrong: str, words: str) -> None:
    text = (FOLDER / FILE).read_text(encoding="utf-8")
    assert line in text
    (tmp_path / FILE).write_text(text.replace(line, wrong, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=words):
        read_event_triggers(tmp_path, TYPES)


def test_a_list_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("verbs: 3\n", encoding="utf-8")
    with pytest.raises(VocabularyError):
        read_event_triggers(tmp_path, TYPES)
