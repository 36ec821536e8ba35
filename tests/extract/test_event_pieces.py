"""How much of the events of short news pieces from elsewhere is found, and how right it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.extract.event_pieces import Figures, measure, read_pieces

LEAST: Final = {"precision": 0.9, "recall": 0.9, "status": 0.95, "date": 0.9, "participants": 0.85}


@cache
def figures() -> Figures:
    return measure(read_pieces(Path(__file__).with_name("event_pieces.yaml")))


@pytest.mark.parametrize("figure", LEAST)
def test_the_events_of_pieces_from_elsewhere(figure: str) -> None:
    found = figures()
    assert found.of(figure) >= LEAST[figure], "\n".join(found.misses)


def test_every_word_of_the_references_stands_in_its_piece() -> None:
    pieces = read_pieces(Path(__file__).with_name("event_pieces.yaml"))
    words = [
        (name, event["words"], piece["text"]) for name, piece in pieces.items() for event in piece["events"]
    ]
    assert [(name, one) for name, one, text in words if text.count(one) != 1] == []
