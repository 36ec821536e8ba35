"""Cut a text into paragraphs: lines, where the lines of a hard-wrapped paragraph are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from service.vocabulary.furniture import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 600
"""Characters beyond which a paragraph is prose whatever stands in it."""

_FIRST_WORD = re.compile(r"\S{1,200}")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_EDGE = " \t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_NARROWEST, _WIDEST = 40, 110
"""Characters of the longest line of a text that may be hard-wrapped."""
_SLACK = 10
_ENDS = ".!?:;\"”’')"
_PROOF = 3
"""Lines that go on in the middle of a sentence before a text counts as hard-wrapped."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's place and words.

    `plain` are its words folded, "" where it is too long to be anything but prose; `joined` says that no empty line
    stands between it and the one before.
    """

    start: int
    end: int
    text: str
    joined: bool
    plain: str = field(default="")

    @property
    def words(self) -> int:
        """Words of a short paragraph; a long one has no less than a hundred."""
        return len(self.plain.split()) if self.plain else 100


def cut(decoded: str, start: int) -> tuple[Paragraph, ...]:
    """Give the paragraphs of `decoded` from `start` on, white space at their edges left out."""
    lines = list(_lines(decoded, start))
    return tuple(_paragraph(decoded, *run) for run in _runs(decoded, lines))


_Line = tuple[int, int, bool]
"""A line's start and end without white space, and whether it follows the one before without an empty line."""


def _lines(decoded: str, start: int) -> Iterator[_Line]:
    last_end = -1
    for match in _LINE.finditer(decoded, start):
        words = match.group()
        stripped = words.strip(_EDGE)
        if not stripped:
            continue
        left = match.start() + len(words) - len(words.lstrip(_EDGE))
        right = left + len(stripped)
        joined = (
            last_end >= 0
            and match.start() - last_end <= 2
            and not _blank_between(decoded, last_end, match.start())
        )
        yield left, right, joined
        last_end = match.end()


def _blank_between(decoded: str, end: int, start: int) -> bool:
    return start - end == 2 and decoded[end:start] != "\r\n"


def _wrap_width(decoded: str, lines: Sequence[_Line]) -> int:
    """Give the width at which the whole text is hard-wrapped, 0 where it is not.

    Proof are three lines that go on in the middle of a sentence, in a text without long lines.
    """
    width = max((end - start for start, end, _ in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    proofs = sum(
        decoded[line[0]].islower() and _goes_on(decoded, before, line, width)
        for before, line in pairwise(lines)
    )
    return width if proofs >= _PROOF else 0


def _runs(decoded: str, lines: Sequence[_Line]) -> Iterator[_Line]:
    """Give the paragraphs' places: the lines, joined where the text is hard-wrapped."""
    width = _wrap_width(decoded, lines)
    first: _Line | None = None
    last: _Line | None = None
    for line in lines:
        if first and last and not (width and _goes_on(decoded, last, line, width)):
            yield first[0], last[1], first[2]
            first = line
        first, last = first or line, line
    if first and last:
        yield first[0], last[1], first[2]


def _goes_on(decoded: str, before: _Line, line: _Line, width: int) -> bool:
    """Tell whether the line before ended only because the next word did not fit.

    Where it ends a sentence, the next word must be too long for what was left of the line; in mid-sentence a line may be
    shorter, as not every hand fills its lines.
    """
    if not line[2]:
        return False
    length = before[1] - before[0]
    word = _FIRST_WORD.match(decoded, line[0])
    needed = length + 1 + (len(word.group()) if word else 0)
    if decoded[before[1] - 1] in _ENDS:
        return needed > width
    return needed > width - _SLACK or (decoded[line[0]].islower() and length >= 0.7 * width)


def _paragraph(decoded: str, start: int, end: int, joined: bool) -> Paragraph:  # noqa: FBT001 - a member of the tuple
    text = decoded[start:end]
    return Paragraph(start, end, text, joined, plain(text) if len(text) <= LONG else "")
