"""What an unknown path may have meant."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from urllib.parse import quote

from service.http.near import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

_VARIABLE = "<identity>"
_ALIKE = 0.6


def near_path(path: str, templates: Iterable[str]) -> str | None:
    """Give the likeliest path that is served, where `templates` are all there are; None where none looks like `path`.

    Slashes too many count for nothing, and a path's variable is kept as it stands.
    """
    segments = [segment for segment in path[:LONGEST].split("/") if segment]
    best, meant = max((_rated(segments, each.strip("/").split("/")) for each in templates), default=(0.0, []))
    return quote("/" + "/".join(meant), safe="/-._~:") if best >= _ALIKE else None


def _rated(segments: list[str], parts: list[str]) -> tuple[float, list[str]]:
    """Tell how much `segments` look like the template of `parts`, and give this with their variable in its place.

    A first part may be missing; the variable itself says nothing.
    """
    if _VARIABLE not in parts:
        return _likeness(segments, parts), parts
    missing, place = len(parts) - len(segments), parts.index(_VARIABLE)
    if missing not in {0, 1}:
        return 0.0, []
    variable = segments[place - missing]
    fixed = [*segments[: place - missing], "", *segments[place - missing + 1 :]]
    meant = [variable if part == _VARIABLE else part for part in parts]
    return _likeness(fixed, ["" if part == _VARIABLE else part for part in parts]), meant


def _likeness(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, "/".join(one).lower(), "/".join(other).lower(), autojunk=False).ratio()
