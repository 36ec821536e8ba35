"""Recognize a dateline: the place (and agency, and day) before the first words of an article's body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.texts.places import is_city, is_place, ordinary, read_head, with_initials

if TYPE_CHECKING:
    from service.texts.places import Head
    from service.vocabulary.furniture import Furniture

_REACH = 110
_MOST_BREAKS = 8
_PROSE = 200
_BREAK = re.compile(
    r"(?P<dash>\s?(?:[—–―‒]|--)\s?|\s[-_|]\s|\s-(?=$)|(?<=\))\s?\.?-\s?)"
    r"|(?P<colon>(?<=[\w.)]):\s)"
    r"|(?P<bracket>(?<=\))\s{0,2}(?=[\"“‘'A-ZÀ-Þ0-9])|(?<=/)\.\s|(?<=\])\s)"
)
_STOPS = tuple(".!?…")
_CLOSERS = "\"'”’) \xa0"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline of `length` characters (dash included, the space after it not), its place in ordinary case.

    `rest` is where the body's words begin; `agency` what stands in brackets.
    """

    length: int
    rest: int
    place: str | None
    agency: str | None


def read_dateline(paragraph: str, furniture: Furniture) -> Dateline | None:
    """Read the dateline at the head of `paragraph`; None where it has none.

    ``"SEOUL, South Korea (AP) — The …"`` gives the place "Seoul, South Korea" and the agency "AP".
    """
    start, head = 0, None
    for mark in _breaks(paragraph):
        found = _read(paragraph, start, mark, furniture, head)
        if found is None and head is not None:
            break
        if found is not None:
            head, start = found, mark.end()
    if head is None:
        return None
    length = len(paragraph[:start].rstrip())
    return Dateline(
        length, len(paragraph) - len(paragraph[length:].lstrip()), _shown(head, furniture), head.agency
    )


def read_place_line(line: str, furniture: Furniture) -> Dateline | None:
    """Read a line that is nothing but a dateline: "SEOUL, South Korea", "BEIJING, Feb. 14", "Oslo, 3 March 2021".

    With a year behind it, or where it is a known city, the place may stand in ordinary case.
    """
    if len(line) > _REACH:
        return None
    head = read_head(line.rstrip(" :"), furniture)
    if head is None or not head.parts or not is_place(head, furniture):
        return None
    city = is_city(head.parts[0], furniture)
    capitals = with_initials(head.parts[0])
    alone = len(head.parts) == 1 and not head.dated and head.agency is None
    told = capitals and city if alone else capitals or city or head.year
    return Dateline(len(line), len(line), _shown(head, furniture), head.agency) if told else None


def _breaks(paragraph: str) -> list[re.Match[str]]:
    """Give the first marks that may part a dateline from the body."""
    found = []
    for mark in _BREAK.finditer(paragraph[:_REACH]):
        found.append(mark)
        if len(found) == _MOST_BREAKS:
            break
    return found


def _read(
    paragraph: str, start: int, mark: re.Match[str], furniture: Furniture, before: Head | None
) -> Head | None:
    """Read what stands before `mark` (and behind `before`) as a dateline, None where it is none or adds nothing to it."""
    head = read_head(paragraph[start : mark.start()], furniture)
    if head is None or not (head.parts or head.agency or before):
        return None
    if before is not None:
        return _joined(before, head, furniture)
    following = paragraph[mark.end() : mark.end() + 1]
    allowed = _is_dateline(head, str(mark.lastgroup), furniture)
    sure = with_initials(head.parts[0]) if head.parts else head.agency is not None
    plain_dash = mark.lastgroup == "dash" and (sure or head.agency is not None)
    if allowed and (plain_dash or (_is_prose(paragraph) and not following.islower())):
        return head
    return None


def _joined(before: Head, head: Head, furniture: Furniture) -> Head | None:
    """Add a day behind the place ("PARIS — March 3 —"), or a place behind the agency ("(ANSA) - ROME, MAR 3 -")."""
    if not head.parts and head.dated and head.agency is None:
        return before
    if before.parts or not head.parts or head.agency or not _is_dateline(head, "dash", furniture):
        return None
    return head.by(before.agency)


def _is_dateline(head: Head, mark: str, furniture: Furniture) -> bool:
    """Tell whether a head is a dateline by the `mark` behind it: "dash", "colon" or "bracket"."""
    if not head.parts:
        return head.agency is not None and (mark == "dash" or (mark == "bracket" and head.outlet))
    if not is_place(head, furniture):
        return False
    city, capitals = is_city(head.parts[0], furniture), with_initials(head.parts[0])
    if mark == "dash":
        return capitals or city or head.year or head.agency is not None
    if mark == "colon":
        return city or (capitals and (head.dated or head.agency is not None))
    return head.outlet or (head.dated and head.agency is not None) or (head.framed and (city or capitals))


def _is_prose(paragraph: str) -> bool:
    """Tell whether it ends as sentences do, or is too long for anything but prose."""
    return len(paragraph) >= _PROSE or paragraph.rstrip(_CLOSERS).endswith(_STOPS)


def _shown(head: Head, furniture: Furniture) -> str | None:
    return ", ".join(ordinary(part, furniture) for part in head.parts) or None
