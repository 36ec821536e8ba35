"""What a text itself says of its article: title, publisher, authors, dateline, language, words, printed date."""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from service.dates import parse_edtf
from service.extract.expressions import TimeKind, stated
from service.extract.found import SourceFacts
from service.extract.masthead import cut_masthead, find_publisher, line_of
from service.model import Precision, Role
from service.texts.bylines import authors_of, whereabouts
from service.texts.datelines import read_dateline, read_place_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.extract.expressions import TimeExpression
    from service.model import Block, Text
    from service.vocabulary.furniture import Furniture
    from service.vocabulary.publishers import Publishers

_BEGINNING = 2
_ARTICLE = frozenset((Role.HEADLINE, Role.DECK, Role.DATELINE, Role.BODY))
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


def find_facts(
    text: Text, publishers: Publishers, furniture: Furniture, times: Iterable[TimeExpression]
) -> SourceFacts:
    """Give the facts of `text`; front matter wins over what the article and its page show.

    `times` are the expressions of time of the whole text: the one that stands in a printed date is `printed`. `words` are
    those of headline, deck and body.
    """
    front = text.front
    return SourceFacts(
        title=(front and front.title) or _title(text, publishers),
        publisher=find_publisher(text, publishers, furniture),
        authors=(front.authors if front else ()) or _authors(text, furniture),
        dateline=(front and front.dateline) or _dateline(text, furniture),
        language=text.language,
        words=sum(len(_WORD.findall(words)) for words in _words_of(text, *_ARTICLE)),
        printed=stated(front.published) if front and front.published else _printed(text, furniture, times),
    )


def _blocks(text: Text, *roles: Role) -> Iterator[Block]:
    return (block for block in text.blocks if block.role in roles)


def _words_of(text: Text, *roles: Role) -> Iterator[str]:
    return (text.decoded[block.start : block.end] for block in _blocks(text, *roles))


def _title(text: Text, publishers: Publishers) -> str | None:
    headline = next(_words_of(text, Role.HEADLINE), None)
    if headline is None:
        return None
    return " ".join(unescape(cut_masthead(headline, publishers)[0]).replace("\xad", "").split())


def _authors(text: Text, furniture: Furniture) -> tuple[str, ...]:
    named = (name for line in _words_of(text, Role.BYLINE) for name in authors_of(line, furniture))
    return tuple(dict.fromkeys(named))


def _dateline(text: Text, furniture: Furniture) -> str | None:
    for block in _blocks(text, Role.DATELINE):
        words = text.decoded[block.start : block.end]
        dateline = read_dateline(line_of(text, block), furniture) or read_place_line(words, furniture)
        if dateline and dateline.place:
            return dateline.place
    return next((where for line in _words_of(text, Role.BYLINE) if (where := whereabouts(line))), None)


def _printed(text: Text, furniture: Furniture, times: Iterable[TimeExpression]) -> TimeExpression | None:
    """Give the day in a printed date: one that says when it was published, else an unlabelled one, else an update's.

    What stands below the body's beginning may be another article's, and tells less. Where no year is printed anywhere, it
    is the month and day.
    """
    days = [time for time in times if _is_day(time)]
    starts = [time.start for time in days]
    bodies = [block.start for block in islice(_blocks(text, Role.BODY), _BEGINNING)]
    below = bodies[-1] if bodies else len(text.decoded)
    found = [
        (time.edtf is None, _rank(text, block, time, furniture, below=block.start > below), time.start, time)
        for block in _blocks(text, Role.TIMESTAMP, Role.DATELINE)
        for time in days[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if time.end <= block.end
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def _is_day(time: TimeExpression) -> bool:
    if time.kind is TimeKind.MONTH_DAY:
        return time.last_day is None
    if time.kind is not TimeKind.STATED or time.edtf is None:
        return False
    return parse_edtf(time.edtf).precision is Precision.DAY


def _rank(text: Text, block: Block, time: TimeExpression, furniture: Furniture, *, below: bool) -> int:
    """Rank a day by the last label before it and by its place; the lowest tells best."""
    before = [word.casefold() for word in _LETTERS.findall(text.decoded[block.start : time.start])]
    label = next((word for word in reversed(before) if word in furniture.timestamps.labels), None)
    if label in furniture.timestamps.updates:
        return _UPDATE + below
    return (_UNLABELLED if label is None else _PUBLISHED) + 2 * below


_PUBLISHED, _UNLABELLED = 0, 1  # and 2 and 3 below the body's beginning
_UPDATE = 4
