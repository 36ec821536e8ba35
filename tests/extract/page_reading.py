"""Raw pages with what is right about them, from ``pages.yaml``, and how the service reads one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import service.vocabulary
from service.extract.source import find_facts
from service.extract.times import Times
from service.texts.read import read_file
from service.vocabulary.furniture import read_furniture
from service.vocabulary.publishers import read_publishers
from service.vocabulary.times import read_times

if TYPE_CHECKING:
    from service.extract.found import SourceFacts
    from service.model import Text

_FOLDER = Path(service.vocabulary.__path__[0])
_SPOKEN_OF = str.maketrans({"␣": "\xa0", "¬": "\xad"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page and the roles it may have."""

    roles: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's file as bytes, its pieces in order, and the facts of its article."""

    name: str
    data: bytes
    pieces: tuple[Piece, ...]
    facts: dict[str, Any]


def read_pages(name: str = "pages.yaml") -> tuple[Page, ...]:
    """Give the pages of a file beside this one."""
    entries = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return tuple(map(_page, entries))


def _page(entry: dict[str, Any]) -> Page:
    gap = entry.get("newline", "\n") * (1 + entry.get("gap", True))
    lines = [_pieces(line) for line in entry["lines"].translate(_SPOKEN_OF).splitlines()]
    whole = gap.join("".join(piece.words for piece in line) for line in lines)
    facts = {key: entry[key] for key in ("title", "publisher", "authors", "dateline")}
    facts["published"] = entry["published"] and entry["published"].isoformat()
    pieces = tuple(piece for line in lines for piece in line)
    return Page(entry["page"], whole.encode(entry["encoding"]), pieces, facts)


def _pieces(line: str) -> list[Piece]:
    roles, _, words = line.partition("|")
    first, mark, rest = words.partition("‖")
    follows = {"byline": "timestamp", "timestamp": "byline"}.get(roles, "body")
    pieces = [Piece(frozenset(roles.split("/")), first)]
    return [*pieces, Piece(frozenset({follows}), rest)] if mark else pieces


@cache
def reader() -> _Reader:
    """Give the reader, whose vocabulary is read once."""
    return _Reader()


class _Reader:
    def __init__(self) -> None:
        self._furniture = read_furniture(_FOLDER)
        self._publishers = read_publishers(_FOLDER)
        self._times = Times(read_times(_FOLDER))

    def text(self, page: Page, folder: Path) -> Text:
        path = folder / f"{page.name}.txt"
        path.write_bytes(page.data)
        text = read_file(path, self._furniture, max_bytes=10**6)
        if isinstance(text, service.model.Rejected):
            raise TypeError(text.reason)
        return text

    def facts(self, text: Text) -> SourceFacts:
        return find_facts(text, self._publishers, self._furniture, self._times.find(text.decoded))


def facts_of(found: SourceFacts) -> dict[str, Any]:
    """Give the facts found in the form of `Page.facts`."""
    printed = found.printed
    return {
        "title": found.title,
        "publisher": found.publisher and found.publisher.name,
        "authors": list(found.authors),
        "published": printed and printed.edtf,
        "dateline": found.dateline,
    }


def misread(text: Text, pieces: tuple[Piece, ...]) -> list[tuple[str, str, str]]:
    """Give the pieces of other roles than theirs: the right role, the one found, the words."""
    wrong = []
    at = 0
    for piece in pieces:
        start = text.decoded.find(piece.words, at)
        if start < 0:
            wrong.append(("its words", "others", piece.words))
            continue
        at = start + len(piece.words)
        found = next((block.role for block in text.blocks if block.start <= start < block.end), "none")
        if found not in piece.roles:
            wrong.append(("/".join(sorted(piece.roles)), str(found), piece.words))
    return wrong
