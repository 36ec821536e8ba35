from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from service.vocabulary import OWN, read_vocabulary
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from pathlib import Path


def test_yaml_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("a: [é, “b”]\n", encoding="utf-8")
    assert read_yaml(tmp_path, "words.yaml") == {"a": ["é", "“b”"]}


@pytest.mark.parametrize(
    "written",
    [
        "{a: 1, b: [2014-02-03, yes, ~, 1.5, 'yes', [], {}], 3: c, ~: d, 2014-02-03: e}",
        "one: &shared [a, {b: c}]\ntwo: *shared",
        "one: &shared {a: 1, b: 2}\ntwo: {<<: *shared, b: 3}",
        "a: 1\na: 2",
        "!!set {a, b}",
        "just words",
        "",
    ],
)
def test_yaml_means_what_it_means_to_the_safe_loader(tmp_path: Path, written: str) -> None:
    (tmp_path / "words.yaml").write_text(written, encoding="utf-8")
    assert read_yaml(tmp_path, "words.yaml") == yaml.safe_load(written)


@pytest.mark.parametrize(
    "written", ["!!str [a]", "!!seq {a: b}", "!!map [a]", "{[a]: b}", "<<: a", "!x y", "[2014-02-31]"]
)
def test_what_the_safe_loader_refuses_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "words.yaml").write_text(written, encoding="utf-8")
    with pytest.raises((yaml.YAMLError, ValueError)) as refused:
        yaml.safe_load(written)
    told = str(refused.value).partition("\n")[0]
    with pytest.raises(VocabularyError, match=re.escape(told)):
        read_yaml(tmp_path, "words.yaml")


def test_a_missing_file_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"words\.yaml: .*copy it from"):
        read_yaml(tmp_path, "words.yaml")


@pytest.mark.parametrize("data", [b"a: [1", b"a: \xff", b"!!python/object/apply:os.getcwd []"])
def test_what_is_no_plain_yaml_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "words.yaml").write_bytes(data)
    with pytest.raises(VocabularyError, match=r"words\.yaml: "):
        read_yaml(tmp_path, "words.yaml")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").mkdir()
    with pytest.raises(VocabularyError, match=r"words\.yaml"):
        read_yaml(tmp_path, "words.yaml")


def test_lists_of_strings() -> None:
    assert strings({"a": ["x", "y"]}, "a", "here") == ("x", "y")
    assert strings({}, "a", "here") == ()


@pytest.mark.parametrize("value", ["x", [True], [1], None, {"x": 1}])
def test_what_yaml_makes_of_bare_words_is_told(value: Any) -> None:
    with pytest.raises(VocabularyError, match="here: a takes a list of strings; put quotation marks"):
        strings({"a": value}, "a", "here")


def test_keys_are_checked() -> None:
    entry = {"a": 1}
    assert only_keys(entry, {"a", "b"}, "here") is entry
    with pytest.raises(VocabularyError, match="here: unknown key 'c'; known are a, b"):
        only_keys({"a": 1, "d": 1, "c": 1}, {"a", "b"}, "here")
    with pytest.raises(VocabularyError, match="here: expected a mapping, found 'a'"):
        only_keys("a", {"a"}, "here")


def test_keys_that_are_no_strings_are_told() -> None:
    with pytest.raises(VocabularyError, match="unknown key 'False'"):
        only_keys({False: 1, "z": 2}, {"a"}, "here")


def test_the_whole_vocabulary_is_hashed_file_by_file() -> None:
    hashes = read_vocabulary().hashes
    assert set(hashes) == {path.stem for path in OWN.glob("*.yaml")}
    assert all(len(digest) == 64 for digest in hashes.values())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no such vocabulary folder"):
        read_vocabulary(tmp_path / "none")
    with pytest.raises(VocabularyError, match="lacks this file"):
        read_vocabulary(tmp_path)
