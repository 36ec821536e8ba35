"""Give every paragraph its role: first by its own words, then by its place among the others."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from service.model import Role
from service.texts.bars import is_bar
from service.texts.bylines import authors_of, is_job, is_people, read_byline
from service.texts.clumps import article_end, find_talk
from service.texts.datelines import read_dateline, read_place_line
from service.texts.headline import find_headline, is_deck, is_label, is_sentence
from service.texts.page import caption_score, has_pattern, is_credit, is_furniture, is_quoting, is_report
from service.texts.stamps import holds_stamp, read_stamp
from service.texts.talk import SILENT, is_desk, own_names, weigh
from service.vocabulary.furniture import plain
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.texts.paragraphs import Paragraph
    from service.vocabulary.furniture import Furniture

_HEAD_LINES = 60
_HEAD = 14
"""Paragraphs from the top among which bylines and unlabelled dates are looked for."""
_WEIGHED = 1000
"""Paragraphs from the top and from the end that are judged: no article is longer than both, a flood of lines is."""
_CAPTION = 2
_FEWEST_REPEATED = 4
_LINK_WORDS = (4, 18)
_NOTES = 3


def find_roles(
    paragraphs: Sequence[Paragraph], title: str | None, furniture: Furniture, publisher: str | None = None
) -> list[Role]:
    """Give each paragraph's role; `title` and `publisher` are what front matter states. Prose is body by default."""
    roles = _Roles(paragraphs, furniture, publisher)
    headline = find_headline(paragraphs, roles.roles, plain(title) if title else None, furniture)
    if headline is not None:
        roles.roles[headline] = Role.HEADLINE
    roles.mark_captions()
    roles.mark_head(headline)
    roles.mark_repetitions()
    roles.mark_links(0 if headline is None else headline)
    roles.mark_talk()
    roles.mark_authors_notes()
    return [role or Role.BODY for role in roles.roles]


class _Roles:
    """The roles of a text's paragraphs while they are being settled; None is prose that nothing has claimed yet."""

    def __init__(self, paragraphs: Sequence[Paragraph], furniture: Furniture, publisher: str | None) -> None:
        self._paragraphs = paragraphs
        self._furniture = furniture
        self._own_names = own_names(paragraphs, publisher, furniture)
        self._talks = [SILENT] * len(paragraphs)
        self._credits = [
            self._is_judged(at) and is_credit(paragraph, furniture) for at, paragraph in enumerate(paragraphs)
        ]
        # Where every line follows the last without an empty one, that they do so tells nothing.
        self._joins_tell = sum(paragraph.joined for paragraph in paragraphs) * 2 < len(paragraphs)
        self.roles: list[Role | None] = [self._own_role(at) for at in range(len(paragraphs))]

    def _is_judged(self, at: int) -> bool:
        return at < _WEIGHED or at >= len(self._paragraphs) - _WEIGHED

    def _own_role(self, at: int) -> Role | None:
        if not self._is_judged(at):
            return None
        paragraph, furniture = self._paragraphs[at], self._furniture
        stamp = read_stamp(paragraph.plain, furniture.timestamps) if paragraph.plain else None
        if stamp is not None and (stamp.day or not has_pattern(paragraph, furniture)):
            # A day without a label far from the head is no date of publication: a correction's, a list's.
            return Role.TIMESTAMP if stamp.labelled or not stamp.day or at < _HEAD else Role.FURNITURE
        dated = at < _HEAD and holds_stamp(paragraph.text, furniture.timestamps)
        if dated and read_place_line(paragraph.text, furniture) is None:
            return Role.BYLINE if read_byline(paragraph.text, furniture) else Role.TIMESTAMP
        if is_furniture(paragraph, furniture) or self._talks_of_itself(at):
            return Role.FURNITURE
        return Role.BYLINE if at < _HEAD and read_byline(paragraph.text, furniture) else None

    def _talks_of_itself(self, at: int) -> bool:
        """Weigh a paragraph and tell whether its words are the page's, be it in a row of links or to the reader."""
        paragraph, furniture = self._paragraphs[at], self._furniture
        self._talks[at] = weigh(paragraph, self._own_names, furniture)
        return (
            self._talks[at].is_page
            or is_bar(paragraph, furniture)
            or is_desk(paragraph, self._own_names, furniture)
        )

    def _prose(self, start: int = 0, end: int | None = None) -> list[int]:
        return [at for at in range(len(self.roles))[start:end] if self.roles[at] is None]

    def _role(self, at: int) -> Role | None:
        return self.roles[at] if 0 <= at < len(self.roles) else None

    def mark_captions(self) -> None:
        """Mark what its own words, a credit beside it or its repetition show to describe a picture."""
        twice = self._standing_twice()
        for at in filter(self._is_judged, self._prose()):
            paragraph = self._paragraphs[at]
            if not paragraph.plain or read_dateline(paragraph.text, self._furniture):
                continue
            if at < _HEAD and read_place_line(paragraph.text, self._furniture):
                continue
            score = caption_score(paragraph, self._furniture)
            if score < _CAPTION and not is_report(paragraph, self._furniture):
                score += self._beside_credit(at) + _CAPTION * (at in twice)
            if score >= _CAPTION:
                self.roles[at] = Role.CAPTION

    def _standing_twice(self) -> set[int]:
        """Prose that stands twice, with nothing but credits and page lines between."""
        found: set[int] = set()
        for first, second in pairwise(self._prose()):
            one, other = self._paragraphs[first], self._paragraphs[second]
            if one.plain and one.plain == other.plain and one.words >= _FEWEST_REPEATED:
                found |= {first, second}
        return found

    def _beside_credit(self, at: int) -> int:
        """2 for a line that a credit follows or leads without an empty line, 1 with one, 0 without a credit.

        2 also where a credit follows and the line stands apart from the body.
        """
        after = at + 1 < len(self._credits) and self._credits[at + 1]
        before = at > 0 and self._credits[at - 1]
        if after and at > 0 and self._role(at - 1) in {Role.FURNITURE, Role.BYLINE, Role.TIMESTAMP}:
            return 2
        if after and self._paragraphs[at + 1].joined and self._joins_tell:
            return 2
        if before and self._paragraphs[at].joined and self._joins_tell and not self._claimed(at - 1):
            return 2
        return 1 if after or before else 0

    def _claimed(self, credit: int) -> bool:
        """Tell whether the line before a credit, with no empty line between, has the better claim to it."""
        return self._paragraphs[credit].joined and self._role(credit - 1) in {None, Role.CAPTION}

    def mark_head(self, headline: int | None) -> None:
        """Name the short lines around the headline: bare names, decks, datelines, labels."""
        if headline is None:
            return
        for at in self._prose(0, headline):
            self.roles[at] = Role.FURNITURE
        for at in self._prose(headline + 1, headline + _HEAD_LINES):
            role = self._head_role(headline, at)
            if role is None:
                return
            self.roles[at] = role

    def _head_role(self, headline: int, at: int) -> Role | None:
        paragraph = self._paragraphs[at]
        if self._is_name(at):
            return Role.BYLINE
        if read_place_line(paragraph.text, self._furniture):
            return Role.DATELINE
        if is_label(paragraph):
            return Role.FURNITURE
        return Role.DECK if is_deck(self._paragraphs, self.roles, headline, at, self._furniture) else None

    def _is_name(self, at: int) -> bool:
        """Tell whether it is only names of persons, beside a date or under the headline, and nowhere else."""
        paragraph = self._paragraphs[at]
        if at >= _HEAD or not is_people(paragraph.text, self._furniture):
            return False
        above, below = self._role(at - 1), self._role(at + 1)
        placed = above in {Role.HEADLINE, Role.DECK, Role.TIMESTAMP} or below is Role.TIMESTAMP
        job = at + 1 < len(self._paragraphs) and is_job(self._paragraphs[at + 1].text, self._furniture)
        placed = placed or job or fold(paragraph.text.split(maxsplit=1)[0]) in self._furniture.given_names
        return placed and not any(
            paragraph.plain in (other.plain or other.text.casefold())
            for number, other in enumerate(self._paragraphs)
            if number != at and self.roles[number] is not Role.FURNITURE
        )

    def mark_repetitions(self) -> None:
        """Mark what stands in the text already: a caption again, or else the page's doing."""
        seen: dict[str, Role] = {}
        for at, paragraph in enumerate(self._paragraphs):
            role = self.roles[at]
            key = paragraph.plain.rstrip(".;: ")
            if (
                role in {Role.FURNITURE, Role.TIMESTAMP, Role.BYLINE}
                or paragraph.words < _FEWEST_REPEATED
                or not key
            ):
                continue
            if key in seen:
                self.roles[at] = Role.CAPTION if seen[key] is Role.CAPTION else Role.FURNITURE
            else:
                seen[key] = role or Role.BODY

    def mark_links(self, headline: int) -> None:
        """Mark headlines of other articles: words without a stop, capitalized or right after a line of the page."""
        fewest, most = _LINK_WORDS
        prose = self._prose(headline + 1)
        end = article_end(self._paragraphs, self._talks, prose, self._furniture)
        for at in filter(self._is_judged, prose):
            paragraph = self._paragraphs[at]
            if not fewest <= paragraph.words <= most or is_quoting(paragraph):
                continue
            follows = at > prose[0] and self._is_page(at - 1)
            unstopped = _is_unstopped(paragraph)
            enclosed = follows and at + 1 < len(self.roles) and self._is_page(at + 1)
            if (unstopped and _is_titled(paragraph)) or (
                follows and (unstopped or ((at > end or enclosed) and _is_question(paragraph)))
            ):
                self.roles[at] = Role.FURNITURE

    def mark_talk(self) -> None:
        """Mark the page's talk that only the lines around it show to be that."""
        page = [self._is_page(at) for at in range(len(self.roles))]
        prose = list(filter(self._is_judged, self._prose()))
        for at in find_talk(
            self._paragraphs, self._talks, prose, page, self._furniture, joins_tell=self._joins_tell
        ):
            self.roles[at] = Role.FURNITURE

    def _is_page(self, at: int) -> bool:
        """Tell whether a line is the page's and no credit, nor an advertisement's mark, as stand within articles."""
        interrupts = self._paragraphs[at].plain.rstrip(".") in self._furniture.talk.interruptions
        return self.roles[at] is Role.FURNITURE and not (self._credits[at] or interrupts)

    def mark_authors_notes(self) -> None:
        """Mark what follows the body about its authors."""
        bylines = [at for at in range(len(self.roles)) if self.roles[at] is Role.BYLINE]
        names = {
            name.casefold()
            for at in bylines
            for name in authors_of(self._paragraphs[at].text, self._furniture)
        }
        for at in self._prose()[-_NOTES:]:
            paragraph = self._paragraphs[at]
            noted = paragraph.plain.startswith(tuple(names)) or _introduces(
                paragraph, self._own_names, self._furniture
            )
            if noted and not is_report(paragraph, self._furniture):
                self.roles[at] = Role.FURNITURE


_IS_A = re.compile(r"(?:the )?(?P<name>.{2,60}?)(?:'s [^.,]{2,40})? is (?:a|an|the) ")


def _introduces(paragraph: Paragraph, names: frozenset[str], furniture: Furniture) -> bool:
    """Tell whether a paragraph says what an outlet or its desk is ("The Courier is a weekly that ...")."""
    match = _IS_A.match(paragraph.plain)
    return match is not None and (match["name"] in names or fold(match["name"]) in furniture.outlets)


def _is_unstopped(paragraph: Paragraph) -> bool:
    """Tell whether a line ends without a stop or colon and begins like no item of a list and no quotation."""
    return not is_sentence(paragraph) and paragraph.text[-1] != ":" and paragraph.text[0] not in "-•*\"“‘'"


def _is_question(paragraph: Paragraph) -> bool:
    """Tell whether a line is one question and nothing else."""
    return paragraph.text[-1] == "?" and not any(mark in paragraph.text[:-1] for mark in ".:?!")


def _is_titled(paragraph: Paragraph) -> bool:
    """Tell whether most of a line's longer words begin with a capital."""
    words = [word for word in paragraph.text.split() if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
