from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import equipment
from service.equipment import Equipment, LoadError
from service.settings import TABLE
from service.store.documents import keep_documents, kept_documents
from service.vocabulary import OWN, reader
from service.vocabulary.reader import remembering

if TYPE_CHECKING:
    from pathlib import Path

PIPELINE: Final = next(setting.default for setting in TABLE if setting.variable == "ONRECORD_PIPELINE")
ONE: Final = b"1" * 32
READ: Final = {"a" * 64: {"since": date(2013, 2, 1), "names": ["é", 3, 1.5, True, None, {}]}, "b" * 64: []}

scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.dates()
)
documents = st.recursive(
    scalars | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(read=st.dictionaries(st.text(), documents, max_size=3))
def test_what_is_kept_comes_back(tmp_path: Path, read: dict[str, Any]) -> None:
    keep_documents(tmp_path, read, ONE)
    assert kept_documents(tmp_path, ONE) == read


@pytest.mark.parametrize(
    "odd", [{1, 2}, (1, 2), datetime(2014, 2, 3, tzinfo=UTC), 2**70, b"bytes", {date(2014, 2, 3): 1}]
)
def test_what_would_come_back_as_something_else_is_not_kept(tmp_path: Path, odd: Any) -> None:
    keep_documents(tmp_path, READ, ONE)
    keep_documents(tmp_path, {"c" * 64: [odd]}, ONE)
    assert kept_documents(tmp_path, ONE) == READ
    assert len(list(tmp_path.iterdir())) == 1


def test_what_was_read_in_another_way_or_is_damaged_is_not_used(tmp_path: Path) -> None:
    assert kept_documents(tmp_path / "missing", ONE) == {}
    keep_documents(tmp_path / "missing", READ, ONE)
    assert kept_documents(tmp_path / "missing", b"2" * 32) == {}
    (file,) = (tmp_path / "missing").iterdir()
    whole = file.read_bytes()
    for broken in (b"", whole[:20], whole[:-1], whole[:-1] + b"?", b"?" + whole[1:]):
        file.write_bytes(broken)
        assert kept_documents(tmp_path / "missing", ONE) == {}


def test_a_folder_that_nothing_can_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_documents(tmp_path / "file", READ, ONE)
    assert kept_documents(tmp_path / "file", ONE) == {}


def test_a_vocabulary_read_once_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = equipment._read(OWN, None)
    first = equipment._read(OWN, tmp_path)
    monkeypatch.setattr(reader, "_parsed", None)
    again = equipment._read(OWN, tmp_path)
    assert (first.actors, first.topics, first.known_events) == (own.actors, own.topics, own.known_events)
    assert (again.actors, again.topics, again.known_events) == (own.actors, own.topics, own.known_events)
    assert first.hashes == again.hashes == own.hashes
    assert len(kept_documents(tmp_path, equipment._parser())) == len(own.hashes)


def test_a_file_that_was_changed_is_parsed_and_the_one_before_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, cache = tmp_path / "words", tmp_path / "cache"
    words.mkdir()
    for path in OWN.glob("*.yaml"):
        (words / path.name).write_bytes(path.read_bytes())
    before = equipment._read(words, cache)
    verbs = (words / "verbs.yaml").read_text(encoding="utf-8")
    (words / "verbs.yaml").write_text(f"{verbs}\n# changed\n", encoding="utf-8")
    parsed: list[bytes] = []
    whole = reader._parsed

    def parse(data: bytes) -> Any:
        parsed.append(data)
        return whole(data)

    monkeypatch.setattr(reader, "_parsed", parse)
    after = equipment._read(words, cache)
    assert len(parsed) == 1
    kept = kept_documents(cache, equipment._parser())
    assert set(kept) == set(after.hashes.values())
    assert before.hashes["verbs"] not in kept


def test_what_is_wrong_with_a_vocabulary_is_told_at_every_start(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    for path in OWN.glob("*.yaml"):
        (words / path.name).write_bytes(path.read_bytes())
    (words / "verbs.yaml").write_text("- group: 1", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(LoadError, match="ONRECORD_VOCABULARY"):
            Equipment(words, PIPELINE, tmp_path / "cache")


def test_a_file_is_parsed_once_inside(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("[a]", encoding="utf-8")
    with remembering({}) as read:
        first = reader.read_yaml(tmp_path, "words.yaml")
        assert reader.read_yaml(tmp_path, "words.yaml") is first
    assert list(read.values()) == [["a"]]
    assert reader.read_yaml(tmp_path, "words.yaml") is not first
