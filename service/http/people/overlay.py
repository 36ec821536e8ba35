"""The record laid over a text: cut where anything begins or ends, so that each piece knows what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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

    `begins` are the records whose first mark begins here.
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


def laid_over(text: str, blocks: Iterable[Mapping[str, Any]], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Cut `text`, whose `blocks` have a role, a start and an end, into pieces by `marks`.

    What is in no block is left out: there is nothing but white space and front matter.
    """
    first: dict[str, int] = {}
    for mark in sorted(marks, key=lambda each: each.start):
        first.setdefault(mark.id, mark.start)
    return tuple(
        Block(each["role"], each["start"], tuple(_pieces(text, each["start"], each["end"], marks, first)))
        for each in blocks
    )


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], first: Mapping[str, int]
) -> Iterable[Piece]:
    own = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end, *(cut for mark in own for cut in (mark.start, mark.end) if start < cut < end)}
    for one, other in pairwise(sorted(cuts)):
        # The longest first: what lies inside another is the innermost.
        over = sorted(
            (mark for mark in own if mark.start <= one and mark.end >= other),
            key=lambda mark: (mark.start - mark.end, mark.start),
        )
        ids = tuple(dict.fromkeys(mark.id for mark in over))
        yield Piece(
            text=text[one:other],
            kinds=tuple(dict.fromkeys(mark.kind for mark in over)),
            ids=ids,
            begins=tuple(each for each in ids if max(first[each], start) == one),
        )
