from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.vocabulary import OWN
from service.vocabulary.reader import VocabularyError
from service.vocabulary.verbs import read_verbs

if TYPE_CHECKING:
    from pathlib import Path

    from service.vocabulary.verbs import ReportingVerbs


def read(tmp_path: Path, words: str) -> ReportingVerbs:
    (tmp_path / "verbs.yaml").write_text(words, encoding="utf-8")
    return read_verbs(tmp_path)


def test_a_verb_in_several_groups_has_the_frames_of_all(tmp_path: Path) -> None:
    verbs = read(
        tmp_path,
        """
        verbs:
          - {group: say, frames: [clause, quote], verbs: [warn, say]}
          - {group: tell, frames: [infinitive], addressee: object, verbs: [warn]}
          - {group: call, frames: ["prep:on infinitive", "prep:for"], verbs: [warn]}
        """,
    ).verbs
    assert verbs["say"].names == {"clause", "quote"}
    assert not verbs["say"].addressee_is_object
    assert verbs["warn"].names == {"clause", "quote", "infinitive"}
    assert verbs["warn"].addressee_is_object
    assert verbs["warn"].prepositions == {"on": True, "for": False}


def test_phrases_prepositions_and_nouns(tmp_path: Path) -> None:
    verbs = read(
        tmp_path,
        """
        phrases:
          - {verb: make, words: [clear], frames: [clause]}
          - {verb: make, words: [public, known], frames: [clause, quote]}
        prepositions: [according to, in the words of]
        nouns: {clause: [claim], infinitive: [vow]}
        withheld: [comment]
        unrealized: [want]
        """,
    )
    clear, known = verbs.phrases["make"]
    assert clear.words == {"clear"}
    assert clear.frames.names == {"clause"}
    assert known.words == {"public", "known"}
    assert known.frames.names == {"clause", "quote"}
    assert verbs.prepositions == (("according", "to"), ("in", "the", "words", "of"))
    assert verbs.clause_nouns == {"claim"}
    assert verbs.infinitive_nouns == {"vow"}
    assert verbs.withheld == {"comment"}
    assert verbs.unrealized == {"want"}
    assert verbs.verbs == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("verb: []", r"verbs\.yaml: unknown key 'verb'"),
        ("[say]", r"verbs\.yaml: expected a mapping"),
        ("verbs: [say]", r"verbs\.yaml: expected a mapping, found 'say'"),
        ("verbs: [{group: g, frame: [quote]}]", "group 'g': unknown key 'frame'"),
        ("verbs: [{group: g, frames: [speech], verbs: [say]}]", "group 'g': unknown frame 'speech'"),
        ("verbs: [{group: g, frames: ['prep:'], verbs: [say]}]", "unknown frame 'prep:'"),
        ("verbs: [{group: g, frames: [quote], verbs: [yes]}]", "group 'g': verbs takes a list of strings"),
        (
            "verbs: [{group: g, frames: [quote], addressee: subject, verbs: [say]}]",
            "addressee takes 'object'",
        ),
        ("phrases: [{verb: make, word: [clear]}]", "phrases: unknown key 'word'"),
        ("phrases: [{verb: make, words: [clear], frames: [x]}]", "phrase with 'make': unknown frame 'x'"),
        ("nouns: {clauses: [claim]}", "nouns: unknown key 'clauses'"),
        ("prepositions: according to", "prepositions takes a list of strings"),
    ],
)
def test_mistakes_are_told_where_they_stand(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=told):
        read(tmp_path, words)


def test_our_own_verbs_are_lemmas_that_take_something() -> None:
    own = read_verbs(OWN)
    assert all(frames.names or frames.prepositions for frames in own.verbs.values())
    assert all(verb == verb.lower() and len(verb.split()) <= 2 for verb in own.verbs)
    assert {"say", "tell", "ask", "warn", "point out"} <= set(own.verbs)
    assert own.verbs["tell"].addressee_is_object
    assert ("according", "to") in own.prepositions
