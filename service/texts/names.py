"""Cut a line that names several people into the names."""

from __future__ import annotations

import re

_JOINTS = re.compile(r"\s{0,4}(?:[,;|&/•·]|\s[aA][nN][dD]\s)\s{0,4}(?:[aA][nN][dD]\s)?")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md"))


def split_names(line: str) -> tuple[str, ...]:
    """Give the names of "Jane Doe, John Roe Jr. and Ann Poe"; "Roe, Jr." stays one name."""
    names: list[str] = []
    for part in _JOINTS.split(line):
        name = " ".join(part.split())
        if names and name.strip(".").casefold() in _SUFFIXES:
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return tuple(names)
