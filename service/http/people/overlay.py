"""The record laid over a text: cut where anything begins or ends, so that each piece knows what it belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, in code points, end exclusive: what it is (`kind`), and of which record (`id`)."""

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one set of marks over it: their `kinds`, and the records they are of, the innermost last.

    `begins` are the records that are seen here first.
    """

    text: str
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text: its role, the code point at which it begins, and its pieces."""

    role: str
    start: int
    pieces: tuple[Piece, ...]


def statement_marks(statements: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Give where the parts of `statements`, as the API has them, stand in their text."""
    marks = []
    for each in statements:
        spans = {
            "content": each["content"],
            "quote": each["quotes"],
            "cue": [each["cue"]] if each["cue"] else [],
            "speaker": [each["mention"]] if each["mention"] else [],
            "date": _told_date(each),
        }
        marks += [
            Mark(span["start"], span["end"], kind, each["id"]) for kind, own in spans.items() for span in own
        ]
    return marks


def event_marks(events: Iterable[Mapping[str, Any]], source: str) -> list[Mark]:
    """Give where `events`, as the API has them, are told in the text of `source`."""
    return [
        Mark(mention["start"], mention["end"], "event", event["id"])
        for event in events
        for mention in event["mentions"]
        if mention["source"] == source
    ]


def _told_date(statement: Mapping[str, Any]) -> list[dict[str, int]]:
    """Give where the words that date a statement stand in its context, where they do."""
    words = (statement["date"] or {}).get("expression") or statement["date_expression"]
    context = statement["context"]
    place = context["text"].find(words) if words else -1
    if place < 0:
        return []
    start: int = context["start"] + place
    return [{"start": start, "end": start + len(words)}]


def laid_over(text: str, blocks: Iterable[Mapping[str, Any]], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Cut `text`, whose `blocks` have a role, a start and an end and stand in order, into pieces by `marks`.

    What is in no block is left out: there is nothing but white space and front matter. The time that it takes does not grow
    with the product of blocks and marks, for a text may have tens of thousands of both.
    """
    over = _Over(marks)
    begun: set[str] = set()
    return tuple(
        Block(each["role"], each["start"], tuple(_pieces(text, each["start"], each["end"], over, begun)))
        for each in blocks
    )


class _Over:
    """Marks, gone through once from the first to the last."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._waiting = deque(sorted(marks, key=lambda mark: mark.start))
        self._now: list[Mark] = []
        self.cuts = sorted({place for mark in self._waiting for place in (mark.start, mark.end)})

    def at(self, place: int) -> list[Mark]:
        """Give the marks over `place`, which is no lower than it was before, the longest first."""
        while self._waiting and self._waiting[0].start <= place:
            self._now.append(self._waiting.popleft())
        self._now = [mark for mark in self._now if mark.end > place]
        return sorted(self._now, key=lambda mark: (mark.start - mark.end, mark.start))


def _pieces(text: str, start: int, end: int, over: _Over, begun: set[str]) -> Iterable[Piece]:
    within = over.cuts[bisect_right(over.cuts, start) : bisect_left(over.cuts, end)]
    for one, other in pairwise((start, *within, end)):
        marks = over.at(one)
        # What lies inside another is the innermost, and the last.
        ids = tuple(reversed(dict.fromkeys(mark.id for mark in reversed(marks))))
        begins = tuple(each for each in ids if each not in begun)
        begun.update(begins)
        yield Piece(text[one:other], tuple(dict.fromkeys(mark.kind for mark in marks)), ids, begins)
