"""Countries with the names, adjectives, capitals and seats of government that news uses for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.vocabulary.naming import fold, slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FILE = "countries.yaml"
_LISTS = ("adjectives", "nationals", "aliases", "exact", "capitals", "seats", "context_names")
_KEYS = {"code", "name", "family_first", *_LISTS}


@dataclass(frozen=True, slots=True)
class Country:
    """A state, or a place that speaks like one. `code` is ISO 3166-1 alpha-2, `id` the slug of `name`.

    `exact` are aliases that hold only as written; `context_names` ("the North") hold only where the text has named the
    country or its neighbour in full; `family_first` that people's family names stand before their given names.
    """

    id: str
    code: str
    name: str
    adjectives: tuple[str, ...]
    nationals: tuple[str, ...]
    aliases: tuple[str, ...]
    exact: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    context_names: tuple[str, ...]
    family_first: bool = False


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries and the ways to find one; every look-up folds case, accents, full stops, hyphens and "the"."""

    countries: tuple[Country, ...]
    _codes: dict[str, Country] = field(repr=False)
    _names: dict[str, Country] = field(repr=False)
    _exact: dict[str, Country] = field(repr=False)
    _adjectives: dict[str, Country] = field(repr=False)
    _capitals: dict[str, Country] = field(repr=False)
    _seats: dict[str, Country] = field(repr=False)
    _contexts: dict[str, Country] = field(repr=False)

    def by_code(self, code: str) -> Country | None:
        """Find by ISO 3166-1 alpha-2 code, in capitals."""
        return self._codes.get(code)

    def lookup(self, name: str) -> Country | None:
        """Find by name or alias: "North Korea", "the U.S.", "DPRK"; "US" only in capitals."""
        return self._names.get(fold(name)) or self._exact.get(_bare(name))

    def by_adjective(self, word: str) -> Country | None:
        """Find by adjective or by what its people are called: "Chinese", "U.S.", "Russians", "Briton"."""
        exact = self._exact.get(_bare(word))
        return exact or self._adjectives.get(fold(word))

    def capital_of(self, name: str) -> Country | None:
        """Give the country whose government the city `name` stands for: "Beijing"."""
        return self._capitals.get(fold(name))

    def seat(self, name: str) -> Country | None:
        """Give the country whose government the building `name` stands for: "the Kremlin"."""
        return self._seats.get(fold(name))

    def by_context_name(self, name: str) -> Country | None:
        """Give the country a short name means where the text has named it before: "the North"."""
        return self._contexts.get(fold(name))


def read_countries(folder: Path) -> Countries:
    """Read ``folder/countries.yaml``; raise `VocabularyError` where an entry is wrong or a word has two countries."""
    entries = read_yaml(folder, _FILE)
    if not isinstance(entries, list):
        message = f"{folder / _FILE}: expected a list of countries, found {type(entries).__name__}"
        raise VocabularyError(message)
    countries = tuple(
        _country(entry, f"{folder / _FILE}: country {number}") for number, entry in enumerate(entries, 1)
    )
    return Countries(
        countries,
        _index(((c.code, c) for c in countries), "code"),
        _index(((fold(n), c) for c in countries for n in (c.name, *c.aliases)), "name"),
        _index(((_bare(n), c) for c in countries for n in c.exact), "exact alias"),
        _index(((fold(n), c) for c in countries for n in _people(c)), "adjective"),
        _index(((fold(n), c) for c in countries for n in c.capitals), "capital"),
        _index(((fold(n), c) for c in countries for n in c.seats), "seat"),
        _index(((fold(n), c) for c in countries for n in c.context_names), "context name"),
    )


def _bare(name: str) -> str:
    return name.replace(".", "").strip().removeprefix("the ").removeprefix("The ")


def _people(country: Country) -> Iterable[str]:
    for word in country.adjectives + country.nationals:
        if word not in country.exact:
            yield word
            yield (
                word.removesuffix("man") + "men"
                if word.endswith("man") and word in country.nationals
                else f"{word}s"
            )


def _country(entry: Any, where: str) -> Country:
    entry = only_keys(entry, _KEYS, where)
    code, name = entry.get("code"), entry.get("name")
    if not (isinstance(code, str) and len(code) == 2 and code.isascii() and code.isupper()):
        message = f"{where}: code takes two capital letters in quotation marks, found {code!r}"
        raise VocabularyError(message)
    if not isinstance(name, str) or not slug(name):
        message = f"{where}: name takes the country's preferred name, found {name!r}"
        raise VocabularyError(message)
    lists = {key: strings(entry, key, where) for key in _LISTS}
    family_first = entry.get("family_first", False)
    if not isinstance(family_first, bool):
        message = f"{where}: family_first takes true or false, found {family_first!r}"
        raise VocabularyError(message)
    return Country(id=slug(name), code=code, name=name, **lists, family_first=family_first)


def _index(pairs: Iterable[tuple[str, Country]], what: str) -> dict[str, Country]:
    found: dict[str, Country] = {}
    for key, country in pairs:
        if found.setdefault(key, country) is not country:
            message = f"{_FILE}: {what} {key!r} is given to both {found[key].name} and {country.name}; leave it to one"
            raise VocabularyError(message)
    return found
