"""Which code this is: the release and a hash over the package's own modules and the page's files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

VERSION = "0.1.0"
"""The release, as in pyproject.toml and CHANGELOG.md."""

_PACKAGE = Path(__file__).parent
_SHOWN = 12
_CODE = frozenset((".py", ".md", ".html", ".css", ".js"))


@lru_cache(maxsize=1)
def code_version() -> str:
    """Give the release with a hash over the package's modules and its page's files: ``0.1.0+3f2a…``, new with any line of them.

    Read once; the same files give the same version wherever they lie.
    """
    return f"{VERSION}+{digest(_PACKAGE)}"


def digest(package: Path) -> str:
    """Hash the names and bytes of all files below `package` that are code or that the page is made of."""
    hashed = hashlib.sha256()
    files = (path for path in package.rglob("*") if path.suffix in _CODE)
    for path in sorted(files, key=lambda path: path.relative_to(package).as_posix()):
        content = path.read_bytes()
        hashed.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode() + content)
    return hashed.hexdigest()[:_SHOWN]
