"""Judge lines by the company they keep: what stands among the page's lines, or after the article's end, needs less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.texts.page import is_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.texts.paragraphs import Paragraph
    from service.texts.talk import Talk
    from service.vocabulary.furniture import Furniture

_LONG = 18
_ENOUGH, _ENOUGH_UNADDRESSED = 6, 7
_LABEL_ENOUGH = 2
_BARE_WORDS = 20


@dataclass(frozen=True, slots=True)
class Company:
    """The place of a line.

    `neighbours` counts those that are the page's (twice where no empty line stands between, and the text's end as two);
    `between`: there is one on both sides; `joined`, `joined_below`: one stands without an empty line; `tail`: nothing
    follows that must be the article's.
    """

    neighbours: int
    between: bool
    joined: bool
    joined_below: bool
    tail: bool

    @property
    def weight(self) -> int:
        """Give what the place adds to a line's own score."""
        return self.neighbours + self.tail


def find_talk(
    paragraphs: Sequence[Paragraph],
    talks: Sequence[Talk],
    prose: Sequence[int],
    page: Sequence[bool],
    furniture: Furniture,
    *,
    joins_tell: bool,
) -> set[int]:
    """Give the indexes among `prose` that are the page's talk by their place.

    `page` tells of every paragraph whether it is known for the page's; `joins_tell`, whether the text has empty lines.
    """
    known = list(page)
    end = article_end(paragraphs, talks, prose, furniture)
    after_end = next((at for at in range(end + 1, len(known)) if known[at]), len(known))
    for at in prose:
        known[at] = known[at] or (at > after_end and _is_remnant(talks[at]))
    # Upwards, then downwards: a clump is entered from whichever of its lines is recognized.
    for at in (*reversed(prose), *prose):
        if not known[at] and (known[at - 1] or known[min(at + 1, len(known) - 1)]):
            company = _company(paragraphs, known, at, end, joins_tell=joins_tell)
            known[at] = at > 0 and _fits(paragraphs[at], talks[at], company)
    return {at for at in prose if known[at]}


def _is_remnant(talk: Talk) -> bool:
    """Tell whether a line is the page's once the page has begun to speak after the article's end."""
    return talk.label or (talk.bare and (talk.addressed or talk.score > 0))


def article_end(
    paragraphs: Sequence[Paragraph], talks: Sequence[Talk], prose: Sequence[int], furniture: Furniture
) -> int:
    """Give the index of the last paragraph that must be the article's: a report, or long and silent about the page."""
    certain = (
        at
        for at in reversed(prose)
        if is_report(paragraphs[at], furniture) or (paragraphs[at].words > _LONG and talks[at].score <= 1)
    )
    return next(certain, len(paragraphs))


def _company(
    paragraphs: Sequence[Paragraph], known: Sequence[bool], at: int, end: int, *, joins_tell: bool
) -> Company:
    last = at + 1 == len(known)
    above, below = known[at - 1], not last and known[at + 1]
    joined_above = joins_tell and above and paragraphs[at].joined
    joined_below = joins_tell and below and paragraphs[at + 1].joined
    return Company(
        neighbours=above + below + joined_above + joined_below + 2 * (last and above),
        between=above and (below or last),
        joined=joined_above or joined_below,
        joined_below=joined_below,
        tail=at > end,
    )


def _fits(paragraph: Paragraph, talk: Talk, company: Company) -> bool:
    if talk.label and (company.between or company.joined_below or company.tail + talk.score >= _LABEL_ENOUGH):
        return True
    if (
        (company.joined or company.between)
        and talk.bare
        and talk.score > 0
        and paragraph.words <= _BARE_WORDS
    ):
        return True
    return talk.score + company.weight >= (_ENOUGH if talk.addressed else _ENOUGH_UNADDRESSED)
