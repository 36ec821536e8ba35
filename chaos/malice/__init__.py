"""More than a thousand requests that nobody sends who means well."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from chaos.malice.bodies import bodies
from chaos.malice.broken import mutants, pieces
from chaos.malice.headers import headers
from chaos.malice.lengths import smuggling
from chaos.malice.lines import lines
from chaos.malice.values import paths, values

if TYPE_CHECKING:
    from chaos.malice.request import Hostile

_MUTANTS: Final = 200


def hostile() -> list[Hostile]:
    """Give more than a thousand hostile requests, the same every time."""
    made = [*smuggling(), *lines(), *headers(), *paths(), *values(), *bodies(), *pieces()]
    return [*made, *itertools.islice(mutants(made), _MUTANTS)]
