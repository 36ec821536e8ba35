"""What is named as texts, told by the name alone: a URL, a file with a text a line, a text."""

from __future__ import annotations

from pathlib import Path

Place = Path | str
"""Where texts are: a path, or a URL as a string."""


def place(written: str) -> Place:
    """Read what was written as a path, or as a URL where it is one."""
    return written if is_url(written) else Path(written)


def is_url(place: str) -> bool:
    """Tell a URL from a path."""
    return "://" in place


def is_lines(name: str) -> bool:
    """Tell whether a file holds a text a line, as JSON, gzipped or not."""
    return name.casefold().endswith((".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"))


def is_text(name: str) -> bool:
    """Tell whether a file in a folder is a text."""
    return name.casefold().endswith(".txt")
