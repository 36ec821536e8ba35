"""Recognize a byline and the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.texts.names import split_names
from service.texts.stamps import is_stamp_word, read_stamp
from service.vocabulary.furniture import plain
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

_LONGEST = 220
_WORD = re.compile(r"[^\s,;|&/•·()]{1,60}|[,;|&/•·()]")
_MOST_JOINED = 8
_BARS = frozenset("|/•·")
_MARKS = frozenset(",;|&/•·()")
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’‑-]{0,30})")
_GLUED = re.compile(
    r"(?<=[A-Z])(?P<month>(?:JAN|FEB|MARCH|APRIL|MAY|JUNE|JULY|AUG|SEPT|OCT|NOV|DEC)[A-Z]{0,6})\.? [0-9]{1,2}, [0-9]{4}"
)
"""A date that a lost line end has glued to a name in capitals."""
_ASIDE = re.compile(r"\(([^()]{1,80})\)")
_SITE = re.compile(r"[\w-]{2,40}(?:\.[A-Za-z]{2,4}){1,2}")
_HANDLE = re.compile(r"[^\s@]{0,60}@[^\s@]{1,60}")


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors' names (none where only an outlet is named), and where in the line a printed date follows (or None).

    Where the date stands before the names ("Posted on May 3 by Jane Doe"), `names_at` is where they begin.
    """

    authors: tuple[str, ...]
    outlets: tuple[str, ...]
    date_at: int | None
    names_at: int = 0


def read_byline(line: str, furniture: Furniture) -> Byline | None:
    """Read a byline that says so ("By Jane Doe, Staff Writer") or shows it ("Jane Doe, Foreign Correspondent").

    None for every other line. A name alone is no byline by itself: `is_person` and its place decide.
    """
    if len(line) > _LONGEST:
        return None
    return _dated_first(line, furniture) or _read(line, furniture)


def _dated_first(line: str, furniture: Furniture) -> Byline | None:
    """Read "Posted on August 19, 2013 by Jane Doe"."""
    for opening in furniture.bylines.openings:
        at = line.casefold().find(f" {opening} ")
        if (
            at > 0
            and len(line.casefold()) == len(line)
            and read_stamp(plain(line[:at]), furniture.timestamps)
        ):
            byline = _read(line[at + 1 :], furniture)
            return replace(byline, date_at=None, names_at=at + 1) if byline and byline.authors else None
    return None


def _read(line: str, furniture: Furniture) -> Byline | None:
    rest = _after_opening(line, furniture)
    body, date_at = _without_date(rest, furniture)
    undated = body.rstrip(" .:")
    body = _parted(undated, furniture)
    if rest == line and not _first_part(line)[1] and not _first_part(body)[1]:
        return None
    if rest != line:
        read = _names(body, furniture) if _well_formed(body, furniture) else None
    else:
        barred = date_at is not None and not _BARS.isdisjoint(rest[len(undated) : date_at + 1])
        shown = _shows_role(body, furniture) or (barred and is_people(body, furniture))
        read = _names(body, furniture) if shown else None
    if read is None:
        return None
    return Byline(*read, date_at=None if date_at is None else len(line) - len(rest) + date_at)


def is_person(name: str, furniture: Furniture) -> bool:
    """Tell whether `name` looks like a person's: two to five capitalized words, none of them a masthead's."""
    words = name.split()
    if (
        not 2 <= len(words) <= 5
        or fold(name) in furniture.outlets
        or _bare(words[-1]) in furniture.bylines.roles
    ):
        return False
    kinds = [_name_word(word, furniture) for word in words]
    return None not in kinds and kinds[0] is True and sum(kind is True for kind in kinds) >= 2


def authors_of(line: str, furniture: Furniture) -> tuple[str, ...]:
    """Give the persons that a byline block names, in ordinary case; outlets alone give none."""
    byline = read_byline(line, furniture)
    if byline is not None:
        return byline.authors
    return tuple(map(_ordinary_case, _people(line))) if is_people(line, furniture) else ()


def is_people(line: str, furniture: Furniture) -> bool:
    """Tell whether a line is nothing but persons' names, and perhaps where they are ("Jane Doe in Springfield")."""
    names = _people(line)
    return len(line) <= _LONGEST and bool(names) and all(is_person(name, furniture) for name in names)


def _people(line: str) -> tuple[str, ...]:
    return split_names(_WHEREABOUTS.sub("", line))


def whereabouts(line: str) -> str | None:
    """Give the place that a byline ends with: "By Jane Doe in New Delhi"; None where it names none."""
    match = _WHEREABOUTS.search(line.rstrip(" .")) if len(line) <= _LONGEST else None
    return match.group().split(None, 1)[1] if match else None


_WHEREABOUTS = re.compile(r"\sin(?: [A-Z][\w.'’-]{1,30}){1,3}(?:, [A-Z][\w.'’ -]{1,30})?$")


def _name_word(word: str, furniture: Furniture) -> bool | None:
    """Give True for a name's own word, False for a particle or suffix, None for a word that is no part of a name."""
    bare = plain(word).strip(".,")
    if bare in furniture.bylines.particles or bare in furniture.bylines.suffixes:
        return False
    unfit = bare in furniture.bylines.not_names or bare in furniture.timestamps.weekdays
    if unfit or not _NAME.fullmatch(word):
        return None
    return True


def _after_opening(line: str, furniture: Furniture) -> str:
    folded = line.casefold()
    if not folded.startswith(furniture.bylines.openings):
        return line
    for opening in furniture.bylines.openings:
        if folded.startswith(opening) and (line[len(opening) : len(opening) + 1] in {" ", "\xa0", ":"}):
            return line[len(opening) :].lstrip(" \xa0:")
    return line


def _without_date(line: str, furniture: Furniture) -> tuple[str, int | None]:
    """Cut a printed date off the end of a byline: "Jane Doe | Feb. 14, 2014"; the offset is the date's."""
    glued = _GLUED.search(line)
    if glued and is_stamp_word(_bare(glued.group("month")), furniture.timestamps):
        return line[: glued.start()].rstrip(" ,|/•·-–—("), glued.start()
    words = list(_WORD.finditer(line))
    at = len(words)
    while at and (
        words[at - 1].group() in _MARKS or is_stamp_word(_bare(words[at - 1].group()), furniture.timestamps)
    ):
        at -= 1
    while at < len(words) and (
        words[at].group() in _MARKS or _bare(words[at].group()) in furniture.timestamps.words
    ):
        at += 1
    if at == 0 or at == len(words) or not any(character.isdigit() for character in line[words[at].start() :]):
        return line, None
    cut = words[at].start()
    return line[:cut].rstrip(" ,|/•·-–—("), cut


def _bare(word: str) -> str:
    return plain(word).strip(".:;*")


def _well_formed(body: str, furniture: Furniture) -> bool:
    """Tell whether all that follows the opening are names, roles, outlets or small words of bylines."""
    words = [word for word in _WORD.findall(body) if word not in _MARKS]
    return (
        1 <= len(words) <= 24
        and words[0][:1].isupper() | (words[0].casefold() == "the")
        and all(
            word[:1].isupper()
            or _bare(word) in furniture.bylines.words
            or _bare(word) in furniture.bylines.particles
            or _HANDLE.fullmatch(word)
            for word in words
        )
    )


def _shows_role(body: str, furniture: Furniture) -> bool:
    """Tell whether it is a name, and after it a role or an outlet and nothing else."""
    name, mark, rest = _first_part(body)
    if not mark or not is_people(name, furniture) or not _well_formed(rest, furniture):
        return False
    words = {_bare(word) for word in _WORD.findall(rest)}
    outlet = fold(rest) in furniture.outlets or _SITE.fullmatch(rest.strip(" /|")) is not None
    return len(words) <= 8 and (bool(words & furniture.bylines.roles) or outlet)


def _parted(body: str, furniture: Furniture) -> str:
    """Give "Jane Doe, Diplomatic editor" for "Jane Doe Diplomatic editor", where the parts of a byline were joined."""
    words = body.split()
    jobs = furniture.bylines.roles | furniture.bylines.words
    at = len(words)
    while at > 2 and _bare(words[at - 1]) in jobs:
        at -= 1
    if (
        not words
        or at == len(words)
        or len(words) > _MOST_JOINED
        or _bare(words[-1]) not in furniture.bylines.roles
    ):
        return body
    name = " ".join(words[:at])
    return f"{name}, {' '.join(words[at:])}" if is_person(name, furniture) else body


def _first_part(body: str) -> tuple[str, str, str]:
    cuts = [
        (body.find(mark), mark)
        for mark in (", ", " | ", " / ", "/", " • ", " · ", " - ", " – ", " — ")
        if mark in body
    ]
    if not cuts:
        return body, "", ""
    at, mark = min(cuts)
    return body[:at], mark, body[at + len(mark) :].strip()


_TAIL = re.compile(r"\s(?:in|for|at|from|with|contributor|special to|of)\s.{0,200}", re.IGNORECASE)


def _names(body: str, furniture: Furniture) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the persons and the outlets that a byline names."""
    authors: list[str] = []
    outlets: list[str] = [
        one for aside in _ASIDE.findall(body) for one in split_names(aside) if fold(one) in furniture.outlets
    ]
    body = _ASIDE.sub("", body)
    for part in split_names(
        _HANDLE.sub("", body).replace(" - ", ", ").replace(" – ", ", ").replace(" — ", ", ")
    ):
        name = _after_role(_TAIL.sub("", part).strip(" ()"), furniture)
        name = _before_outlet(name, furniture)
        tail = part[len(name) :].strip(" ()").partition(" ")[2] if part.startswith(name) else ""
        outlets.extend(one for one in (part, tail) if fold(one) in furniture.outlets)
        if _is_author(name, furniture):
            authors.append(_ordinary_case(name))
    return tuple(authors), tuple(outlets)


def _after_role(name: str, furniture: Furniture) -> str:
    """Give "Jane Doe" for "Pacific affairs reporter Jane Doe"."""
    words = name.split()
    last = max((at for at, word in enumerate(words) if _bare(word) in furniture.bylines.roles), default=-1)
    person = " ".join(words[last + 1 :])
    return person if is_person(person, furniture) else name


def _before_outlet(name: str, furniture: Furniture) -> str:
    """Give "Jane Doe" for "Jane Doe Associated Press", where the line end between them was lost."""
    words = name.split()
    for at in range(2, len(words)):
        person = " ".join(words[:at])
        if fold(" ".join(words[at:])) in furniture.outlets and is_person(person, furniture):
            return person
    return name


def is_job(line: str, furniture: Furniture) -> bool:
    """Tell whether a line is nothing but a journalist's job: "Indochina Bureau Chief", "Staff Writer"."""
    words = [_bare(word).strip(",") for word in line.split()]
    known = furniture.bylines.roles | furniture.bylines.words
    return (
        1 < len(words) <= 6
        and words[-1] in furniture.bylines.roles
        and sum(w in known for w in words) * 2 >= len(words)
    )


def _is_author(name: str, furniture: Furniture) -> bool:
    words = {_bare(word) for word in name.split()}
    return is_person(name, furniture) and not words & furniture.bylines.roles


def _ordinary_case(name: str) -> str:
    """Give "JANE O'DOE" as "Jane O'Doe"; initials and names in ordinary case stay."""
    if not name.isupper() or len(name.split()) < 2:
        return name
    return " ".join(word if "." in word and len(word) <= 4 else _capitalized(word) for word in name.split())


def _capitalized(word: str) -> str:
    return re.sub(r"\w+", lambda match: match.group().capitalize(), word)
