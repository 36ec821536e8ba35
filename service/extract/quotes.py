"""Find quoted stretches: straight, curly, doubled single, mixed and nested marks, apostrophes told from marks.

Marks are paired paragraph by paragraph, so that one unclosed mark harms its own paragraph at most. A paragraph whose
quotation stays open and whose successor opens again is one speech over several paragraphs (the convention of English
print: each paragraph opened again, only the last closed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(r"‘‘|’’|``|''|[\"“”„‟«»‘’‚']")
_DOUBLE_OPEN = frozenset(("“", "„", "‟", "«", "``", "‘‘"))
_DOUBLE_CLOSE = frozenset(("”", "»", "’’"))
_DOUBLE_EITHER = frozenset(('"', "''"))
_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*")
_LONGEST_SINGLE = 1500
"""A stretch between single marks is looked for within this many characters, so that apostrophes stay cheap."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch. `start`/`end` take the marks in, `inner_start`/`inner_end` leave them out.

    `open_end`: no closing mark in this paragraph. `resumes`: it goes on from the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    open_end: bool = False
    resumes: bool = False


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[tuple[Quote, ...], ...]:
    """Give, for each paragraph (start, end offsets into `text`), its outermost quotes in order."""
    found = [_paragraph_quotes(text, start, end) for start, end in paragraphs]
    for i, quotes in enumerate(found):
        if not (quotes and quotes[-1].open_end):
            continue
        following = found[i + 1] if i + 1 < len(found) else []
        if following and _opens(following[0], text, paragraphs[i + 1][0]):
            following[0] = replace(following[0], resumes=True)
        elif not _introduced(text, paragraphs[i][0], quotes[-1].start) and not quotes[-1].resumes:
            quotes.pop()
    return tuple(tuple(quotes) for quotes in found)


def _opens(quote: Quote, text: str, paragraph_start: int) -> bool:
    return not text[paragraph_start : quote.start].strip()


def _introduced(text: str, paragraph_start: int, mark: int) -> bool:
    """Whether an unclosed mark stands where a speech begins: at the paragraph's head or after a comma or colon."""
    before = text[paragraph_start:mark].rstrip()
    return not before or before[-1] in ",:"


def _paragraph_quotes(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: tuple[int, int] | None = None
    marks = list(_MARK.finditer(text, start, end))
    for mark, single_end in zip(marks, _single_ends(text, marks, start, end), strict=True):
        sign, at, after = mark.group(), mark.start(), mark.end()
        if quotes and at < quotes[-1].end:
            continue
        if opened is None:
            if single_end is not None:
                quotes.append(Quote(at, single_end, after, single_end - 1))
            elif _can_open(sign, text, at, after, start, end):
                opened = (at, after)
        elif _can_close(sign, text, at, after, start, end):
            quotes.append(Quote(opened[0], after, opened[1], at))
            opened = None
        elif sign in _DOUBLE_OPEN and _BLANK.fullmatch(text, opened[1], at):
            opened = (at, after)
    if opened is not None:
        quotes.append(Quote(opened[0], end, opened[1], end, open_end=True))
    return [quote for quote in quotes if not _BLANK.fullmatch(text, quote.inner_start, quote.inner_end)]


def _space(text: str, at: int, start: int, end: int) -> bool:
    return at < start or at >= end or text[at].isspace()


def _can_open(sign: str, text: str, at: int, after: int, start: int, end: int) -> bool:
    if sign in _DOUBLE_OPEN:
        return True
    if sign not in _DOUBLE_EITHER and sign not in _DOUBLE_CLOSE:
        return False
    before_ok = _space(text, at - 1, start, end) or text[at - 1] in "([{—–-/:,;.…"
    return before_ok and not _space(text, after, start, end)


def _can_close(sign: str, text: str, at: int, after: int, start: int, end: int) -> bool:
    if sign in _DOUBLE_CLOSE:
        return True
    if sign in _DOUBLE_OPEN:  # some papers close with an opening mark; only before white space can it be one
        return (
            sign not in ("``", "‘‘", "«")
            and not _space(text, at - 1, start, end)
            and _space(text, after, start, end)
        )
    if sign not in _DOUBLE_EITHER:
        return False
    opens = _space(text, at - 1, start, end) and not _space(text, after, start, end)
    return not opens


def _single_ends(text: str, marks: list[re.Match[str]], start: int, end: int) -> Iterator[int | None]:
    """For each mark: the end of the quote that it opens when it is a single quotation mark, else None."""
    closers = [
        m.start()
        for m in marks
        if m.group() in ("’", "'")
        and not _space(text, m.start() - 1, start, end)
        and not (m.end() < end and text[m.end()].isalnum())
    ]
    position = 0
    for mark in marks:
        at = mark.start()
        while position < len(closers) and closers[position] <= at:
            position += 1
        yield _single_end(text, mark, closers, position, start, end) if mark.group() in ("‘", "'") else None


def _single_end(
    text: str, mark: re.Match[str], closers: list[int], position: int, start: int, end: int
) -> int | None:
    at, after = mark.start(), mark.end()
    before_ok = _space(text, at - 1, start, end) or text[at - 1] in "([{—–-/:"
    if not before_ok or after >= end or not (text[after].isalpha() or text[after] in "[…"):
        return None
    fallback = None
    for closer in closers[position : position + 12]:
        if closer - at > _LONGEST_SINGLE:
            break
        if text[closer - 1] in ".,?!…" or (text[closer - 1] != "s" and mark.group() == "‘"):
            return closer + 1
        if fallback is None and (text[closer - 1] != "s" or mark.group() == "‘"):
            fallback = closer + 1
    return fallback
