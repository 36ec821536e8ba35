"""Links to requests like the one at hand: its query string with the values of some parameters replaced."""

from __future__ import annotations

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
        self._orders: dict[frozenset[str], list[str]] = {}

    def address(self, changes: Mapping[str, Iterable[str]]) -> str:
        """Give the address of the request in which the parameters in `changes` have those values, or none of them."""
        pieces = self._kept | {name: self._piece(name, values) for name, values in changes.items()}
        written = [piece for name in self._ordered(frozenset(changes)) if (piece := pieces[name])]
        return f"{self._path}?{'&'.join(written)}" if written else self._path

    def _ordered(self, changed: frozenset[str]) -> list[str]:
        """Give what the request says with these `changed`, in the order of declaration."""
        if changed not in self._orders:
            self._orders[changed] = sorted(self._kept.keys() | changed, key=self._order.__getitem__)
        return self._orders[changed]

    def _piece(self, name: str, values: Iterable[str]) -> str:
        parameter = self._declared[name]
        return joined([(name, written(parameter, value)) for value in values])
