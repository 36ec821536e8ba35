from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.furniture import plain, read_furniture
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__path__[0])


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Give a vocabulary folder with one change in its furniture."""
    for name in ("publishers.yaml", "names.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    words = (FOLDER / "furniture.yaml").read_text(encoding="utf-8")
    assert old in words
    (tmp_path / "furniture.yaml").write_text(words.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_every_word_is_folded_and_none_is_an_accident_of_yaml() -> None:
    furniture = read_furniture(FOLDER)
    sets = (
        furniture.offers,
        furniture.imperatives,
        furniture.talk.second,
        furniture.talk.belongings,
        furniture.talk.buttons,
        furniture.captions.finite,
        furniture.credits.words,
        furniture.services,
        furniture.reports,
        furniture.function_words,
        furniture.bylines.words,
    )
    assert all(word == plain(word) and " " not in word for words in sets for word in words)
    assert all(phrase == plain(phrase) for phrase in (*furniture.openings, *furniture.anywhere))
    assert furniture.timestamps.updates <= furniture.timestamps.labels
    assert "reuters" in furniture.outlets


def test_phrases_of_publishers_are_furniture_too() -> None:
    assert "get unlimited monitor journalism" in read_furniture(FOLDER).anywhere


def test_a_users_own_line_is_read(tmp_path: Path) -> None:
    folder = changed(tmp_path, "lines:\n", "lines:\n  - Feed the Duck!\n")
    assert "feed the duck" in read_furniture(folder).lines


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("lines:\n", "lines:\n  - 12\n", "lines"),
        ("patterns:\n", "patterns:\n  - '(?:'\n", "regular expression"),
        ("openings:\n", "beginnings: []\nopenings:\n", "beginnings"),
        ("  marks:", "  signs: []\n  marks:", "captions"),
        ("  second:", "  third: []\n  second:", "talk"),
        ("captions:", "captions: [a]\nrest:", "unknown key 'rest'"),
    ],
)
def test_a_wrong_entry_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"furniture\.yaml") as raised:
        read_furniture(changed(tmp_path, old, new))
    assert says in str(raised.value)


def test_plain_makes_marks_and_spaces_uniform() -> None:
    assert plain(" “It’s  ON” —\xa0NOW ") == '"it\'s on" - now'
