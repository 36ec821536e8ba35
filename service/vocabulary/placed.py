"""Read a YAML mapping whose entries know the line they stand on; a key that is given twice is refused, not overridden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from service.vocabulary.expansion import refuse_multiplied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
"""Levels that are read; the reader in C would run out of stack at many."""


class PlacedError(ValueError):
    """A file that can't be read; the message names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry of the file: its key as written, its value, and its line, counted from 1."""

    key: str
    value: Any
    line: int


def read_placed(path: Path) -> tuple[Placed, ...]:
    """Read the entries of `path` in their order, none for an empty file.

    Raises `PlacedError` for a file that is not there, is no YAML mapping, or has a key twice at any depth.
    """
    try:
        written = path.read_text(encoding="utf-8")
        _refuse_deep(written, path)
        loader = _LOADER(written)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise _placed(path, error) from error
    try:
        node = loader.get_single_node()
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode):
            message = (
                f"{path}, line {_line(node)}: expected entries of the form `id:` with their members below"
            )
            raise PlacedError(message)
        refuse_multiplied(node)
        _refuse_twice(node, path)
        return tuple(_entry(loader, key, value, path) for key, value in node.value)
    except (ValueError, yaml.YAMLError) as error:
        raise _placed(path, error) from error
    finally:
        loader.dispose()


def _refuse_deep(written: str, path: Path) -> None:
    depth = 0
    for event in yaml.parse(written, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            message = (
                f"{path}, line {_line(event)}: nested more than {_DEEPEST} levels deep; take levels away"
            )
            raise PlacedError(message)


def _refuse_twice(root: yaml.Node, path: Path) -> None:
    for mapping in _mappings(root):
        first: dict[str, int] = {}
        for key, _ in mapping.value:
            name, line = str(key.value), _line(key)
            if name in first:
                message = f"{path}, line {line}: {name} stands on line {first[name]} already; join the two or keep one"
                raise PlacedError(message)
            first[name] = line


def _mappings(root: yaml.Node) -> Iterator[yaml.MappingNode]:
    """Give every mapping once, however often aliases lead to it."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen or not isinstance(node, yaml.CollectionNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node
            waiting += [each for pair in node.value for each in pair]
        else:
            waiting += node.value


def _entry(loader: Any, key: yaml.Node, value: yaml.Node, path: Path) -> Placed:
    try:
        return Placed(str(key.value), loader.construct_object(value, deep=True), _line(key))
    except ValueError as error:  # a day that no month has
        message = f"{path}, line {_line(key)}: {key.value}: {error}"
        raise PlacedError(message) from error


def _line(marked: yaml.Node | yaml.Event) -> int:
    return marked.start_mark.line + 1 if marked.start_mark else 1


def _placed(path: Path, error: Exception) -> PlacedError:
    if isinstance(error, PlacedError):
        return error
    if isinstance(error, FileNotFoundError):
        return PlacedError(f"{path}: there is no such file; name one that is there")
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return PlacedError(
        f"{path}, line {mark.line + 1}: {problem}" if mark is not None else f"{path}: {problem}"
    )
