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
        self._kept = {name: piece for name, piece in arguments.pieces.items() if name in kept}

    def address(self, changes: Mapping[str, Iterable[str]]) -> str:
        """Give the address of the request in which the parameters in `changes` have those values, or none of them."""
        changed = {
            name: joined((name, written(self._declared[name], value)) for value in values)
            for name, values in changes.items()
        }
        pieces = self._kept | changed
        query = "&".join(pieces[name] for name in sorted(pieces, key=self._order.__getitem__) if pieces[name])
        return f"{self._path}?{query}" if query else self._path
