"""Several values in one: commas between them, and double quotes around what has a comma of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def values_of(written: str) -> Iterator[str]:
    """Cut at commas, but not within a value in double quotes, inside which "" stands for one; "" where nothing stands."""
    position = 0
    while position <= len(written):
        start = position
        while start < len(written) and written[start] == " ":
            start += 1
        quoted = _quoted(written, start)
        if quoted is not None:
            value, position = quoted
            yield value
            continue
        end = written.find(",", start)
        end = len(written) if end < 0 else end
        value, position = written[start:end].rstrip(" "), end + 1
        yield value


def written(value: str) -> str:
    """Write a value so that `values_of` reads just it: in double quotes where it would not be read as one without."""
    if not set(value) & {",", '"'} and value == value.strip(" "):
        return value
    escaped = value.replace('"', '""')
    return f'"{escaped}"'


def _quoted(written: str, start: int) -> tuple[str, int] | None:
    """Read a value in double quotes; None where none begins at `start` or nothing closes it before a comma or the end."""
    if not written.startswith('"', start):
        return None
    position, value = start + 1, ""
    while (end := written.find('"', position)) >= 0:
        value += written[position:end]
        if not written.startswith('""', end):
            after = end + 1 + (len(written[end + 1 :]) - len(written[end + 1 :].lstrip(" ")))
            return (value, after + 1) if after == len(written) or written[after] == "," else None
        value, position = f'{value}"', end + 2
    return None
