"""Links to requests like the one at hand: its query string with the values of some parameters replaced."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from service.http.arguments import joined, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.http.arguments import Arguments
    from service.http.parameters import Parameter


class Rewriting:
    """Writes requests to `path`, which takes the parameters `declared`, that differ from `arguments` in some values.

    They are written as `links.self` would have them: in the order of declaration, each value quoted where it must be.
    """

    def __init__(
        self, path: str, declared: Iterable[Parameter], arguments: Arguments, without: Iterable[str]
    ) -> None:
        """Keep of `arguments` what is declared and not in `without`."""
        self._path = path
        self._declared = {parameter.name: parameter for parameter in declared}
        self._order = {name: number for number, name in enumerate(self._declared)}
        kept = self._declared.keys() - without
        self._kept = {each.name: each.piece for each in arguments.said if each.name in kept}
        self._frames: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def address(self, changes: Mapping[str, Iterable[str]]) -> str:
        """Give the address of the request in which the parameters in `changes` have those values, or none of them."""
        frame = self._frame(tuple(changes))
        pieces = [self._piece(name, changes[name]) if name else fixed for name, fixed in frame]
        query = "&".join(filter(None, pieces))
        return f"{self._path}?{query}" if query else self._path

    def _frame(self, changed: tuple[str, ...]) -> list[tuple[str, str]]:
        """Give what the request says where these are `changed`, in order: the names of these, "" with what is between."""
        if changed not in self._frames:
            names = sorted({*self._kept, *changed}, key=self._order.__getitem__)
            runs = groupby(names, lambda name: name if name in changed else "")
            self._frames[changed] = [
                (name, "" if name else "&".join([self._kept[each] for each in run])) for name, run in runs
            ]
        return self._frames[changed]

    def _piece(self, name: str, values: Iterable[str]) -> str:
        parameter = self._declared[name]
        return joined([(name, written(parameter, value)) for value in values])
