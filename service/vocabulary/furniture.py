"""What the page around an article looks like, read from ``furniture.yaml``: phrases and words, compared folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.vocabulary.names import read_names
from service.vocabulary.naming import fold
from service.vocabulary.publishers import read_publishers
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from service.vocabulary.names import GivenNames
    from service.vocabulary.publishers import Publishers

_FILE = "furniture.yaml"
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "―": "-", "‑": "-", "‐": "-"}
)


def plain(words: str) -> str:
    """Give `words` in small letters with straight quotation marks, hyphens for dashes and single spaces."""
    return " ".join(words.casefold().translate(_PLAIN).split())


@dataclass(frozen=True, slots=True)
class Credits:
    """How photographers and picture desks are named."""

    openings: tuple[str, ...]
    agencies: frozenset[str]
    nouns: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Captions:
    """What tells a caption: how it begins, what stands in it, the verbs that say what the picture shows.

    `places` follow the names in a caption without a verb ("with", "at"); a word of `finite` shows that there is a verb.
    """

    openings: tuple[str, ...]
    marks: tuple[str, ...]
    verbs: frozenset[str]
    places: frozenset[str]
    finite: frozenset[str]


@dataclass(frozen=True, slots=True)
class SelfTalk:
    """The words by which a page speaks of itself to its reader, whatever its outlet.

    `second` and `first` are the persons; `pointers` before one of `pages` point at the page ("this page"),
    as do `places` after one ("the comments below"); after a person, `belongings` are the page's or the reader's on it ("your account"); `buttons` are words of which whole rows consist; `staff` beside the outlet's name make no article; `interruptions` are lines that stand within articles.
    """

    second: frozenset[str]
    first: frozenset[str]
    pointers: frozenset[str]
    interruptions: frozenset[str]
    pages: frozenset[str]
    places: frozenset[str]
    belongings: frozenset[str]
    courtesies: frozenset[str]
    platforms: frozenset[str]
    buttons: frozenset[str]
    staff: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stamps:
    """The words of a printed date and time."""

    months: frozenset[str]
    weekdays: frozenset[str]
    labels: frozenset[str]
    zones: frozenset[str]
    words: frozenset[str]
    updates: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bylines:
    """The words of a byline: how it begins, what stands beside names, what is never part of one."""

    openings: tuple[str, ...]
    words: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    not_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Datelines:
    """What stands at a paragraph's head like a place and is none, and the small words inside places' names.

    `cities` are those from which news is written, folded as `service.vocabulary.naming.fold` does.
    """

    not_places: frozenset[str]
    particles: frozenset[str]
    cities: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)  # thousands of phrases say nothing in a traceback
class Furniture:
    """Everything that tells an article from its page; every word and phrase is `plain`.

    `outlets` are the names of all publishers, `given_names` those of people, folded as `service.vocabulary.naming.fold` does.
    """

    lines: frozenset[str]
    openings: tuple[str, ...]
    anywhere: tuple[str, ...]
    patterns: re.Pattern[str]
    imperatives: frozenset[str]
    services: frozenset[str]
    offers: frozenset[str]
    reports: frozenset[str]
    talk: SelfTalk
    credits: Credits
    captions: Captions
    timestamps: Stamps
    bylines: Bylines
    datelines: Datelines
    function_words: frozenset[str]
    outlets: frozenset[str]
    given_names: frozenset[str]


def read_furniture(
    folder: Path, publishers: Publishers | None = None, names: GivenNames | None = None
) -> Furniture:
    """Read ``furniture.yaml`` of a vocabulary folder; raise `VocabularyError`.

    `publishers`, whose names and phrases go into it, and people's `names` are read from the folder where they are not given.
    """
    entry = only_keys(read_yaml(folder, _FILE), _KEYS, _FILE)
    words, phrases = _words(entry, _FILE), _phrases(entry, _FILE)
    publishers, names = publishers or read_publishers(folder), names or read_names(folder)
    return Furniture(
        lines=frozenset(line.rstrip(".:!?…") or line for line in phrases("lines")),
        openings=phrases("openings"),
        anywhere=(
            *phrases("anywhere"),
            *(plain(own) for outlet in publishers.outlets for own in outlet.recognized_by),
        ),
        patterns=_patterns(strings(entry, "patterns", _FILE)),
        imperatives=words("imperatives"),
        services=words("services"),
        offers=words("offers"),
        reports=words("reports"),
        talk=_talk(entry),
        credits=_credits(entry),
        captions=_captions(entry),
        timestamps=_stamps(entry),
        bylines=_bylines(entry),
        datelines=_datelines(entry),
        function_words=words("function_words"),
        outlets=frozenset(fold(name) for name in publishers.names()),
        given_names=names.men | names.women,
    )


_KEYS = set(Furniture.__slots__) - {"outlets", "given_names"}


def _words(entry: dict[str, Any], where: str) -> Callable[[str], frozenset[str]]:
    return lambda key: frozenset(map(plain, strings(entry, key, where)))


def _phrases(entry: dict[str, Any], where: str) -> Callable[[str], tuple[str, ...]]:
    return lambda key: tuple(map(plain, strings(entry, key, where)))


def _part(entry: dict[str, Any], key: str, keys: Iterable[str]) -> tuple[dict[str, Any], str]:
    where = f"{_FILE}, {key}"
    return only_keys(entry.get(key, {}), set(keys), where), where


def _credits(entry: dict[str, Any]) -> Credits:
    part, where = _part(entry, "credits", Credits.__slots__)
    return Credits(_phrases(part, where)("openings"), *map(_words(part, where), Credits.__slots__[1:]))


def _captions(entry: dict[str, Any]) -> Captions:
    part, where = _part(entry, "captions", Captions.__slots__)
    phrases = _phrases(part, where)
    words = map(_words(part, where), Captions.__slots__[2:])
    return Captions(phrases("openings"), phrases("marks"), *words)


def _talk(entry: dict[str, Any]) -> SelfTalk:
    part, where = _part(entry, "talk", SelfTalk.__slots__)
    return SelfTalk(*map(_words(part, where), SelfTalk.__slots__))


def _stamps(entry: dict[str, Any]) -> Stamps:
    part, where = _part(entry, "timestamps", Stamps.__slots__)
    return Stamps(*map(_words(part, where), Stamps.__slots__))


def _bylines(entry: dict[str, Any]) -> Bylines:
    part, where = _part(entry, "bylines", Bylines.__slots__)
    return Bylines(_phrases(part, where)("openings"), *map(_words(part, where), Bylines.__slots__[1:]))


def _datelines(entry: dict[str, Any]) -> Datelines:
    part, where = _part(entry, "datelines", Datelines.__slots__)
    cities = frozenset(map(fold, strings(part, "cities", where)))
    words = _words(part, where)
    return Datelines(words("not_places"), words("particles"), cities)


def _patterns(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Join the patterns into one, after each was seen to be right by itself."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            message = f"{_FILE}, patterns: {pattern!r} is no regular expression: {error}"
            raise VocabularyError(message) from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")
