"""Cut a text into blocks: every paragraph with its role, datelines and dates in bylines as blocks of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Block, Role
from service.texts.bylines import read_byline
from service.texts.datelines import read_dateline
from service.texts.paragraphs import Paragraph, cut
from service.texts.roles import find_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.vocabulary.furniture import Furniture

_LABEL = 60
_SHORT = 0.125
_DATELINED = 2
"""Body paragraphs from the first among which a dateline is looked for; lines of up to 60 characters count for an eighth."""


def find_blocks(
    decoded: str, start: int, title: str | None, furniture: Furniture, publisher: str | None = None
) -> tuple[Block, ...]:
    """Cut ``decoded[start:]`` into blocks, in order and without overlap; white space between them belongs to none.

    `title` and `publisher` are what front matter states. Time is linear in the length of the text.
    """
    paragraphs = cut(decoded, start)
    roles = find_roles(paragraphs, title, furniture, publisher)
    return tuple(_blocks(paragraphs, roles, furniture))


def _blocks(paragraphs: tuple[Paragraph, ...], roles: list[Role], furniture: Furniture) -> Iterator[Block]:
    bodies = 0.0
    for paragraph, role in zip(paragraphs, roles, strict=True):
        if role is Role.BYLINE:
            yield from _byline(paragraph, furniture)
        elif role is Role.BODY and bodies < _DATELINED:
            found = list(_datelined(paragraph, furniture))
            bodies = (
                _DATELINED if len(found) > 1 else bodies + (1 if len(paragraph.text) > _LABEL else _SHORT)
            )
            yield from found
        else:
            yield Block(role, paragraph.start, paragraph.end)


def _byline(paragraph: Paragraph, furniture: Furniture) -> Iterator[Block]:
    byline = read_byline(paragraph.text, furniture)
    if byline and byline.names_at:
        begun = paragraph.start + byline.names_at
        yield Block(Role.TIMESTAMP, paragraph.start, begun - 1)
        yield Block(Role.BYLINE, begun, paragraph.end)
        return
    date_at = byline.date_at if byline else None
    if date_at is None:
        yield Block(Role.BYLINE, paragraph.start, paragraph.end)
        return
    names = paragraph.text[:date_at].rstrip(" ,|•·-–—(")
    yield Block(Role.BYLINE, paragraph.start, paragraph.start + len(names))
    yield Block(Role.TIMESTAMP, paragraph.start + date_at, paragraph.end)


def _datelined(paragraph: Paragraph, furniture: Furniture) -> Iterator[Block]:
    dateline = read_dateline(paragraph.text, furniture)
    if dateline is None:
        yield Block(Role.BODY, paragraph.start, paragraph.end)
        return
    yield Block(Role.DATELINE, paragraph.start, paragraph.start + dateline.length)
    if paragraph.start + dateline.rest < paragraph.end:
        yield Block(Role.BODY, paragraph.start + dateline.rest, paragraph.end)
