"""Find the headline among the first paragraphs, and tell decks and labels from the body's first sentences."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from service.model import Role
from service.texts.datelines import read_dateline
from service.texts.page import is_credit, is_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.texts.paragraphs import Paragraph
    from service.vocabulary.furniture import Furniture

_HEADLINE_WORDS = 30
_SENTENCE_WORDS = 20
_LABEL_WORDS = 4
_BODY_WORDS = 14
_DECK_WORDS = 45
_OPEN_DECK_WORDS = 30
_REACH = 20
_BESIDE = re.compile(r"\s[|>-]\s|\s::?\s")
_ADJACENT = 4
_STEM, _STEM_FEWEST, _STEM_REACH = 5, 4, 2000
_STOPS = tuple(".!?…")
_CLOSERS = "\"'”’) "


def find_headline(
    paragraphs: Sequence[Paragraph], roles: Sequence[Role | None], title: str | None, furniture: Furniture
) -> int | None:
    """Give the headline's index among paragraphs that have no role yet, None where the text begins with its body.

    `title` is the folded headline of the front matter: a paragraph of the head that repeats it is the headline.
    """
    prose = [at for at in range(min(len(roles), 4 * _REACH)) if roles[at] is None][:_REACH]
    if title is not None:
        same = next((at for at in prose if paragraphs[at].plain.rstrip(".") == title.rstrip(".")), None)
        if same is not None:
            return same
    for place, at in enumerate(prose[:-1]):
        if not _can_be_headline(paragraphs[at], furniture):
            return None
        longest = max(
            (paragraphs[later] for later in prose[place + 1 : place + 4]), key=lambda one: one.words
        )
        again = any(paragraphs[at].plain == one.plain for one in paragraphs[at + 1 : at + _ADJACENT])
        if again or _is_beside_headline(paragraphs, prose, place) or _holds_other(paragraphs, prose, place):
            continue
        if not is_sentence(paragraphs[at]):
            return at
        return at if title is None and _is_stopped_headline(paragraphs[at], longest, furniture) else None
    return None


def _is_beside_headline(paragraphs: Sequence[Paragraph], prose: Sequence[int], place: int) -> bool:
    """Tell whether a later line is the better headline: longer, unstopped too, before any sentence.

    Against a line of one or two words any is; against another, one that shares two words with the body where that line
    shares none.
    """
    line = paragraphs[prose[place]]
    later = list(takewhile(lambda one: not is_sentence(one), (paragraphs[at] for at in prose[place + 1 :])))
    longer = [one for one in later if _LABEL_WORDS <= one.words <= _HEADLINE_WORDS]
    if line.words <= 2 or not longer:
        return bool(longer)
    rest = (paragraphs[at] for at in prose[place + 1 :])
    body = {stem for one in rest if one.words > _BODY_WORDS for stem in _stems(one)}
    fewest = 1 if line.words <= _LABEL_WORDS else 2
    return bool(body) and not _stems(line) & body and any(len(_stems(one) & body) >= fewest for one in longer)


def _holds_other(paragraphs: Sequence[Paragraph], prose: Sequence[int], place: int) -> bool:
    """Tell whether a line is the page's title: a later one, with a section or an outlet beside it ("Asia | Dam to open")."""
    parts = {part.strip() for part in _BESIDE.split(paragraphs[prose[place]].plain)}
    later = (paragraphs[at] for at in prose[place + 1 :])
    return len(parts) > 1 and any(one.words >= _LABEL_WORDS and one.plain in parts for one in later)


def _stems(paragraph: Paragraph) -> set[str]:
    """Give the beginnings of a paragraph's longer words."""
    words = (word.strip(".,;:!?()\"'“”‘’") for word in paragraph.text[:_STEM_REACH].casefold().split())
    return {word[:_STEM] for word in words if len(word) >= _STEM_FEWEST}


def is_sentence(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph ends as sentences do."""
    return paragraph.text.rstrip(_CLOSERS).endswith(_STOPS)


def is_label(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a few words without a stop: a section's or an outlet's name."""
    return (
        0 < paragraph.words <= _LABEL_WORDS
        and not is_sentence(paragraph)
        and not paragraph.plain.endswith(":")
    )


def is_deck(
    paragraphs: Sequence[Paragraph],
    roles: Sequence[Role | None],
    headline: int,
    at: int,
    furniture: Furniture,
) -> bool:
    """Tell whether the prose at `at` is a deck: it stands under the headline, apart from the body.

    Apart from the body means: it has no final stop, or a byline, a date or a credit follows before any other prose, or
    a datelined paragraph does, or the headline itself leads on to it (it ends in a semicolon).
    """
    paragraph = paragraphs[at]
    if not 0 < paragraph.words <= _DECK_WORDS or paragraph.plain.endswith(":"):
        return False
    if read_dateline(paragraph.text, furniture) or any(roles[i] is None for i in range(headline + 1, at)):
        return False
    if not is_sentence(paragraph):
        if roles[at - 1] is Role.FURNITURE and not is_credit(paragraphs[at - 1], furniture):
            return False  # a player's or a list's
        apart = not is_report(paragraph, furniture) or _stands_apart(
            paragraphs, roles, headline, at, furniture
        )
        return _LABEL_WORDS < paragraph.words <= _OPEN_DECK_WORDS and apart
    leads_on = paragraphs[headline].text.rstrip().endswith(";") and Role.DECK not in roles[headline:at]
    return (leads_on and paragraph.words <= _SENTENCE_WORDS) or _stands_apart(
        paragraphs, roles, headline, at, furniture
    )


def _stands_apart(
    paragraphs: Sequence[Paragraph],
    roles: Sequence[Role | None],
    headline: int,
    at: int,
    furniture: Furniture,
) -> bool:
    # Under a byline or a date, only another of them parts a deck from the body.
    headed = any(roles[before] in {Role.BYLINE, Role.TIMESTAMP} for before in range(headline + 1, at))
    parting = {Role.BYLINE, Role.TIMESTAMP} if headed else {Role.BYLINE, Role.TIMESTAMP, Role.FURNITURE}
    between = False
    for after in range(at + 1, min(len(roles), at + _REACH)):
        role = roles[after]
        if role is None and not is_label(paragraphs[after]):
            datelined = read_dateline(paragraphs[after].text, furniture) is not None
            return between or datelined
        between = between or role in parting
    return False


def _can_be_headline(paragraph: Paragraph, furniture: Furniture) -> bool:
    return (
        0 < paragraph.words <= _HEADLINE_WORDS
        and not paragraph.plain.endswith(":")
        and read_dateline(paragraph.text, furniture) is None
    )


def _is_stopped_headline(paragraph: Paragraph, longest: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a first paragraph with a stop is a headline all the same: short, dateless, no report in full."""
    words = [word.strip(".,") for word in paragraph.plain.split()]
    if paragraph.plain.endswith(("?", "!")):
        return len(words) <= _SENTENCE_WORDS
    told = "said" in words or any(word in furniture.timestamps.weekdays for word in words)
    return len(words) <= _SENTENCE_WORDS and longest.words > len(words) and not told
