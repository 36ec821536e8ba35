from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.events import PLOVER, read_event_types
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__file__).parent
PROMISED = (
    "agreement appointment deployment execution meeting military-exercise missile-test nuclear-test other "
    "press-conference resolution sanction speech talks threat visit vote withdrawal"
)
GOOD = "{id: party, label: Party, definition: People dance., plover: null, family: party, settled: 1}"


def test_exactly_the_promised_types_each_with_a_plover_type() -> None:
    types = read_event_types(FOLDER)
    assert set(types.by_id) == set(PROMISED.split())
    assert {one.plover for one in types.types} <= PLOVER | {None}
    assert [one.id for one in types.types if one.plover is None] == ["other"]
    assert types.plover("talks") == "CONSULT"


def test_a_meeting_says_more_than_talks_of_the_same_family() -> None:
    types = read_event_types(FOLDER)
    assert types.family("meeting") == types.family("talks") != types.family("visit")
    assert types.settledness("meeting") > types.settledness("talks") > types.settledness("other")


def test_ranks_within_a_family_differ() -> None:
    types = read_event_types(FOLDER).types
    ranked = [(one.family, one.settled) for one in types]
    assert len(ranked) == len(set(ranked))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "list of event types"),
        (f"- {GOOD}\n- {GOOD}", "stands twice"),
        (f"- {GOOD.replace('null', 'DANCE')}", "plover takes null or one of"),
        (f"- {GOOD.replace('settled: 1', 'settled: high')}", "whole number"),
        (f"- {GOOD.replace('id: party', 'id: Party')}", "small letters"),
        (f"- {GOOD.replace('label: Party, ', '')}", "label takes a string"),
        (f"- {GOOD.replace('family', 'kin')}", "unknown key 'kin'"),
    ],
)
def test_wrong_entries_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "events.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        read_event_types(tmp_path)
