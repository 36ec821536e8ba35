"""What is named as texts, told by the name alone: a URL, a file with a text a line, a text."""

from __future__ import annotations


def is_url(place: str) -> bool:
    """Tell a URL from a path."""
    return "://" in place


def is_lines(name: str) -> bool:
    """Tell whether a file holds a text a line, as JSON, gzipped or not."""
    return name.casefold().endswith((".jsonl", ".jsonl.gz"))


def is_text(name: str) -> bool:
    """Tell whether a file in a folder is a text."""
    return name.casefold().endswith(".txt")
