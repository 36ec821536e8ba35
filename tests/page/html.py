"""Reading pages as a test needs them: links, figures and text, without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

PEOPLE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
"""What browsers send."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a page shows: the request to the API that gives it, and where it stands in its answer."""

    shown: str
    address: str
    path: str


@dataclass(slots=True)
class Read:
    """What was read of a page: where it leads, its ids, its figures, its tags, and its text in one line."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self._figure: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.read.tags.append((tag, found))
        if tag == "a" and found.get("href"):
            self.read.links.append(str(found["href"]))
        if found.get("id"):
            self.read.ids.append(str(found["id"]))
        if tag == "data":
            self._figure = found

    def handle_data(self, data: str) -> None:
        self.read.text += data
        if self._figure is not None:
            told = self._figure
            self.read.figures.append(Figure(data, str(told["data-api"]), str(told["data-path"])))
            self._figure = None


def read(page: str) -> Read:
    """Read a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.read.text = " ".join(reader.read.text.split())
    return reader.read
