"""How large a YAML document is with every alias written out, which a few lines can make larger than any memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 1_000_000
"""Values, and keys, that are read of a document; the largest of the package has a twentieth of it."""


class ExpansionError(ValueError):
    """A document that aliases make larger than is read."""

    def __init__(self, line: int) -> None:
        """Name the line, counted from 1, of the value that is too large."""
        super().__init__(
            f"line {line}: with its aliases (`*name`) written out it has more than {MOST} values, or no end; write them out"
        )


def refuse_multiplied(root: yaml.Node) -> None:
    """Raise `ExpansionError` where `root` has more than `MOST` nodes, each counted as often as aliases lead to it."""
    sizes: dict[int, int] = {}
    begun: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting[-1]
        if id(node) in sizes:
            waiting.pop()
        elif id(node) not in begun:
            begun.add(id(node))
            inside = list(_inside(node))
            if any(id(one) in begun and id(one) not in sizes for one in inside):
                raise ExpansionError(_line(node))
            waiting += (one for one in inside if id(one) not in sizes)
        else:
            waiting.pop()
            sizes[id(node)] = 1 + sum(sizes[id(one)] for one in _inside(node))
            if sizes[id(node)] > MOST:
                raise ExpansionError(_line(node))


def _inside(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1 if node.start_mark else 1
