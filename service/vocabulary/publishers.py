"""The outlets that publish news, read from ``publishers.yaml``: looked up by name, alias or domain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from service.vocabulary.naming import fold, slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE = "publishers.yaml"
_STRAIGHT = str.maketrans("’‘", "''")
_KINDS = ("agency", "paper", "broadcaster", "web", "magazine")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher as the vocabulary knows it.

    `id` is the slug of the preferred `name`; `country` ISO 3166-1 alpha-2; `recognized_by` phrases of its page
    furniture that no other outlet uses; `common` marks names that are everyday words too ("Time"), which name the outlet
    only where they stand alone.
    """

    id: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    recognized_by: tuple[str, ...] = ()
    common: bool = False


class Publishers:
    """All outlets, in the vocabulary's order."""

    def __init__(self, outlets: tuple[Outlet, ...]) -> None:
        """Index `outlets`; no two of them share a name."""
        self.outlets = outlets
        self._by_name = {fold(name): outlet for outlet in reversed(outlets) for name in outlet.aliases}
        self._by_name |= {fold(outlet.name): outlet for outlet in reversed(outlets)}
        self._by_domain = {domain: outlet for outlet in reversed(outlets) for domain in outlet.domains}

    @cached_property
    def _in_text(self) -> re.Pattern[str]:  # compiled when the first text is extracted, as are the phrases
        named = (
            name
            for one in self.outlets
            if not one.common
            for name in (one.name, *one.aliases)
            if _is_telling(name)
        )
        ordered = sorted(named, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?!\w)")

    @cached_property
    def _phrases(self) -> tuple[tuple[re.Pattern[str], Outlet], ...]:
        return tuple((_phrase(words), one) for one in self.outlets for words in one.recognized_by)

    def lookup(self, name: str) -> Outlet | None:
        """Give the outlet of this name or alias, folding case, accents, hyphens and "the"; None where none has it."""
        own = self._by_name.get(fold(name))
        return own or self._by_name.get(fold(name.removesuffix("'s").removesuffix("’s")))

    def of_domain(self, host: str) -> Outlet | None:
        """Give the outlet of a host name: its own domain or one above it ("edition.cnn.com" is cnn.com's)."""
        labels = host.casefold().strip(".").split(".")
        hosts = (".".join(labels[at:]) for at in range(len(labels) - 1))
        return next((self._by_domain[host] for host in hosts if host in self._by_domain), None)

    def find_names(self, words: str) -> Iterator[tuple[int, int, Outlet]]:
        """Give where `words` name an outlet in running text, in order: start, end, outlet. Case tells.

        Names that are everyday words, and short ones that are no abbreviations, are not looked for.
        """
        for match in self._in_text.finditer(words):
            yield match.start(), match.end(), self._by_name[fold(match.group())]

    def find_phrases(self, words: str) -> Iterator[tuple[int, int, Outlet]]:
        """Give where `words` hold a phrase of an outlet's own page furniture: start, end, outlet. Case does not tell."""
        straight = words.translate(_STRAIGHT)
        for pattern, outlet in self._phrases:
            for match in pattern.finditer(straight):
                yield match.start(), match.end(), outlet

    def names(self) -> Iterator[str]:
        """Give every preferred name and alias."""
        for outlet in self.outlets:
            yield from (outlet.name, *outlet.aliases)


def read_publishers(folder: Path) -> Publishers:
    """Read ``publishers.yaml`` of a vocabulary folder; raise `VocabularyError` naming entry and mend."""
    entries = read_yaml(folder, _FILE)
    if not isinstance(entries, list):
        message = f"{_FILE}: expected a list of publishers"
        raise VocabularyError(message)
    outlets = tuple(_outlet(entry, f"{_FILE}, entry {number}") for number, entry in enumerate(entries, 1))
    _refuse_twins(outlets)
    return Publishers(outlets)


def _is_telling(name: str) -> bool:
    return " " in name or len(name) > 4 or (len(name) > 2 and name.isupper())


def _phrase(words: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in words.translate(_STRAIGHT).split())
    return re.compile(r"(?<!\w)" + r"\s{1,3}".join(parts), re.IGNORECASE)


_REQUIRED = ("id", "name", "kind", "country")


def _outlet(entry: Any, where: str) -> Outlet:
    entry = only_keys(entry, set(Outlet.__slots__), where)
    for key in _REQUIRED:
        if not isinstance(entry.get(key), str):
            message = f"{where}: {key} is missing or no string; put quotation marks around {entry.get(key)!r}"
            raise VocabularyError(message)
    where = f"{_FILE}, {entry['id']}"
    if entry["id"] != slug(entry["name"]):
        message = f"{where}: the id must be the slug of the name, {slug(entry['name'])!r}"
        raise VocabularyError(message)
    if entry["kind"] not in _KINDS:
        message = f"{where}: kind {entry['kind']!r} is none of {', '.join(_KINDS)}"
        raise VocabularyError(message)
    lists: dict[str, Any] = {
        key: strings(entry, key, where) for key in ("aliases", "domains", "recognized_by")
    }
    stated = {key: entry[key] for key in _REQUIRED}
    return Outlet(**stated, **lists, common=entry.get("common") is True)


def _refuse_twins(outlets: tuple[Outlet, ...]) -> None:
    owners: dict[str, str] = {}
    for outlet in outlets:
        for name in {fold(name) for name in (outlet.name, *outlet.aliases)}:
            if owners.setdefault(name, outlet.id) != outlet.id:
                message = f"{_FILE}, {outlet.id}: {name!r} names {owners[name]} too; keep it in one of them"
                raise VocabularyError(message)
