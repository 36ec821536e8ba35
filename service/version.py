"""Which code this is: the release and a hash over the package's own modules and the page's files."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = "0.1.0"
"""The release, as in pyproject.toml and CHANGELOG.md."""

EXTRACTION = ("model.py", "dates.py", "vocabulary", "texts", "extract")
"""The modules and parts that decide what is found in a text: those that come up to `extract` in the order of imports."""

RECORD = (
    "model.py",
    "dates.py",
    "vocabulary/naming.py",
    "query/axes.py",
    "query/columns.py",
    "query/events.py",
    "query/forward.py",
    "query/grains.py",
    "query/groups.py",
    "query/ids.py",
    "query/index.py",
    "query/making.py",
    "query/names.py",
    "query/orders.py",
    "query/parts.py",
    "query/pieces.py",
    "query/prepared.py",
    "query/search.py",
    "query/segments.py",
    "query/sources.py",
    "query/statements.py",
    "query/table.py",
    "query/terms.py",
    "query/withheld.py",
    "query/words.py",
    "http/fields.py",
    "http/parts.py",
    "http/schemas.py",
    "http/views.py",
)
"""The modules that decide how a finished record is written down: what `making` and `views` are made of."""

_PACKAGE = Path(__file__).parent
_SHOWN = 12
_CODE = (".py", ".md", ".html", ".css", ".js")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Give the release with a hash over the package's modules and its page's files: ``0.1.0+3f2a…``, new with any line of them.

    Read once; the same files give the same version wherever they lie.
    """
    return f"{VERSION}+{digest(_PACKAGE)}"


@lru_cache(maxsize=1)
def extraction_version() -> str:
    """Give a hash over the modules that decide what is found in a text, changing with any line of theirs."""
    return digest(_PACKAGE, EXTRACTION)


@lru_cache(maxsize=1)
def record_version() -> str:
    """Give a hash over the modules that decide how a finished record is written down."""
    return digest(_PACKAGE, RECORD)


def digest(package: Path, parts: Sequence[str] = ()) -> str:
    """Hash the names and bytes of all files below `package` that are code or that the page is made of.

    Where `parts` are named, modules or folders by their paths in the package, only their files count.
    """
    hashed = hashlib.sha256()
    inside = tuple(f"{part}/" for part in parts)
    for name, path in sorted(_files(package)):
        if parts and name not in parts and not name.startswith(inside):
            continue
        with open(path, "rb") as file:  # noqa: PTH123 - a start opens hundreds, and waits for it
            content = file.read()
        hashed.update(f"{name} {len(content)}\n".encode() + content)
    return hashed.hexdigest()[:_SHOWN]


def _files(package: Path) -> Iterator[tuple[str, str]]:
    """Give the names below `package` of all files that are code, with their paths."""
    for folder, _, names in os.walk(package):
        inside = folder.removeprefix(str(package)).replace(os.sep, "/").removeprefix("/")
        for name in names:
            if name.endswith(_CODE):
                yield f"{inside}/{name}" if inside else name, os.path.join(folder, name)  # noqa: PTH118 - the same
