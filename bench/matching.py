"""Hold the statements of one article against those that people annotated in it.

Two contents match as far as they share words, counted against the longer one; pairs are made one to one, the best first.
Annotations that are no speech (what somebody thinks or plans) neither help nor hurt. The annotators take a quotation
without a cue to the statement before it, and mark no report inside a report, so both are taken together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.model import Statement

FOUND = 0.8
"""Of the longer content's words that must be shared."""
_NO_SPEECH = 0.5
"""Of the shorter content's words, to be taken for what is no speech."""
_WORD = re.compile(r"[$€£%]|\w+(?:[-'’]\w+)*")
_NAME = re.compile(r"[-\w'’]+")
_COMPLEMENTIZERS = frozenset({"that", "whether", "if", "to"})
_NO_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "its",
        "their",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "from",
        "by",
        "with",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gov",
        "rep",
        "sen",
        "president",
        "secretary",
        "senator",
        "state",
    ]
)

Words = frozenset[tuple[int, int]]
"""Words by where they stand."""


@dataclass(frozen=True, slots=True)
class Read:
    """One statement as extracted: the words of its content, and what is compared of it. `names` tell who said it."""

    words: Words
    kind: str
    names: tuple[str | None, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one statement; `right` None where it tells no speech to the annotators."""

    read: Read
    right: bool | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """What became of one annotation of speech; `named` tells whether its speaker was, None where that can't be said."""

    kind: str
    found: bool
    named: bool | None


def judge(
    text: str, statements: Iterable[Statement], annotations: Iterable[Mapping[str, Any]]
) -> tuple[list[Judged], list[Annotated]]:
    """Judge the `statements` of an article by its `annotations` (content, kind, speech, speaker_text)."""
    wanted = [(each, words_of(text, each["content"])) for each in annotations]
    wanted = [(each, words) for each, words in wanted if words]
    read = _as_annotated(text, statements)
    partner = _pairs([each.words for each in read], [words for _, words in wanted])
    judged = []
    for number, each in enumerate(read):
        mate = partner.get(number)
        other = wanted[mate][1] if mate is not None else frozenset()
        right = _share(each.words, other, max) >= FOUND
        speech = mate is None or wanted[mate][0]["speech"]
        taken = not speech and _share(each.words, other, min) >= _NO_SPEECH
        judged.append(Judged(each, None if taken else right and speech))
    by = {mate: read[number] for number, mate in partner.items()}
    annotated = [
        _annotated(each, words, by.get(number))
        for number, (each, words) in enumerate(wanted)
        if each["speech"]
    ]
    return judged, annotated


def words_of(text: str, content: Iterable[Sequence[int]]) -> Words:
    """Give the words of a content, but for a complementizer that opens it."""
    found = sorted(match.span() for start, end in content for match in _WORD.finditer(text, start, end))
    opening = text[slice(*found[0])].lower() if len(found) > 1 else ""
    return frozenset(found[1:] if opening in _COMPLEMENTIZERS else found)


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two ways of naming share their last name, or else their last word."""
    if not one or not other:
        return False
    ours, theirs = _parts(one), _parts(other)
    if [word for word, _ in ours] == [word for word, _ in theirs]:
        return True
    capitals = [
        [word for word, capital in each if capital and word not in _NO_NAMES] for each in (ours, theirs)
    ]
    if not all(capitals):
        capitals = [
            [word for word, _ in each if word not in _NO_NAMES] or [word for word, _ in each]
            for each in (ours, theirs)
        ]
    first, second = capitals
    return bool(first and second) and (first[-1] in second or second[-1] in first)


def _parts(name: str) -> list[tuple[str, bool]]:
    """Give the words of a name in small letters without a possessive, and whether each begins with a capital."""
    return [
        (re.sub("[’']s$", "", word.lower()), "A" <= word[0] <= "Z" and len(word) > 1)
        for word in _NAME.findall(name)
    ]


def _as_annotated(text: str, statements: Iterable[Statement]) -> list[Read]:
    joined: list[tuple[Read, tuple[str, ...]]] = []
    for each in statements:
        words = words_of(text, [(piece.start, piece.end) for piece in each.content])
        speakers = tuple(party.name for party in each.speakers)
        if not words:
            continue
        if joined and each.cue is None and speakers == joined[-1][1]:
            last = joined[-1][0]
            joined[-1] = (Read(last.words | words, last.kind, last.names, last.confidence), speakers)
        else:
            names = (each.mention.text if each.mention else None, *speakers[:1])
            joined.append((Read(words, each.kind, names, each.confidence), speakers))
    read = [each for each, _ in joined]
    return [each for each in read if not any(each.words < other.words for other in read)]


def _pairs(ours: Sequence[Words], theirs: Sequence[Words]) -> dict[int, int]:
    """Pair the numbers of `ours` with those of `theirs`, those that share most first."""
    shares = sorted(
        (
            (_share(one, other, max), _share(one, other, min), number, mate)
            for number, one in enumerate(ours)
            for mate, other in enumerate(theirs)
            if one & other
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, mate in shares:
        if number not in partner and mate not in taken:
            partner[number] = mate
            taken.add(mate)
    return partner


def _share(one: Words, other: Words, measure: Any) -> float:
    return len(one & other) / measure(len(one), len(other)) if one and other else 0.0


def _annotated(each: Mapping[str, Any], words: Words, read: Read | None) -> Annotated:
    found = read is not None and _share(words, read.words, max) >= FOUND
    named = None
    if found and read is not None and each["speaker_text"]:
        named = any(same_name(name, each["speaker_text"]) for name in read.names)
    return Annotated(each["kind"], found, named)
