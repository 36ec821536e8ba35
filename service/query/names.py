"""The names people use for the values of a filter, and what comes near a name that nobody has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import fuzz, process

from service.query.groups import Groups
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEAR_LIMIT = 5
"""How many near names are offered at most."""

NEAR_SCORE = 72
"""How alike, of 100, a near name is at least."""

_NEAR_WORD_SCORE = 80
_NEAR_WORD_LOSS = 10
_BEGINNING = 4
_NEAR_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with its id, the name people read and the other names it goes by."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


def key(name: str) -> str:
    """Fold `name` until spelling variants meet: case, accents, hyphens, spaces, full stops and a leading "the" go."""
    return "".join(fold(name).split())


def initials(name: str) -> tuple[str, ...]:
    """Give the initials by which a name of three words or more is known ("Voice of America" gives "VOA")."""
    words = name.removeprefix("The ").split()
    return ("".join(word[0] for word in words).upper(),) if len(words) > 2 else ()


class LookUp(Protocol):
    """Finds ids by what people call them."""

    def name(self, identity: str) -> str:
        """Give the name of what has this id; raise `KeyError` where nothing has."""

    def resolve(self, value: str) -> tuple[str, ...]:
        """Give the ids that `value` stands for; () where it stands for none."""

    def near(self, value: str) -> tuple[str, ...]:
        """Give a few ids whose names look like `value`, the likest first."""


@dataclass(frozen=True, slots=True)
class PreparedNames:
    """What a look-up is made of: the values' ids and names, and by their numbers whom each folded name and word stands for."""

    ids: list[str]
    names: list[str]
    called: list[str]
    called_so: Groups
    words: list[str]
    having: Groups

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> PreparedNames:
        """Fold the names of `entries`, whose order does not matter; of several with one id the first gives the name."""
        names: dict[str, str] = {}
        numbers: dict[str, int] = {}
        called: defaultdict[str, dict[int, None]] = defaultdict(dict)
        words: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for entry in entries:
            names.setdefault(entry.id, entry.name)
            number = numbers.setdefault(entry.id, len(numbers))
            for folded in {fold(name): None for name in (entry.id, entry.name, *entry.aliases)}:
                pieces = folded.split()
                called["".join(pieces)][number] = None
                for word in pieces:
                    words[word][number] = None
        called.pop("", None)
        return cls(
            [*names],
            [*names.values()],
            [*called],
            Groups.of(called.values()),
            [*words],
            Groups.of(words.values()),
        )


class Names:
    """Look-up of values by id, name or alias."""

    def __init__(self, prepared: PreparedNames) -> None:
        """Take the names as they were prepared."""
        self._known = prepared.ids
        self._names = dict(zip(prepared.ids, prepared.names, strict=True))
        # A name that is one id's alone, as most are, takes no room beside it.
        self._ids = dict(zip(prepared.called, map(self._several, prepared.called_so), strict=True))
        self._words = {word: number for number, word in enumerate(prepared.words)}
        self._having = prepared.having

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Names:
        """Index `entries`; the order does not matter to any look-up, but the first of one id gives the name."""
        return cls(PreparedNames.of(entries))

    def _several(self, numbers: Sequence[int]) -> str | tuple[str, ...]:
        if len(numbers) == 1:
            return self._known[numbers[0]]
        return tuple(sorted(self._known[number] for number in numbers))

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all entries, in their order."""
        return self._known

    def name(self, identity: str) -> str:
        """Give the name of the entry with this id; raise `KeyError` where there is none."""
        return self._names[identity]

    def resolve(self, value: str) -> tuple[str, ...]:
        """Give the ids `value` stands for, sorted: itself where it is an id, else all that go by it; () where none."""
        return (value,) if value in self._names else self._called(key(value))

    def near(self, value: str) -> tuple[str, ...]:
        """Give at most `NEAR_LIMIT` ids whose names look like `value`, the likest first.

        Alike are names of which a few letters differ, that have such a word, that begin so, or that have all its words.
        """
        wanted = key(value[:_NEAR_LENGTH])
        scored: list[tuple[float, Iterable[str]]] = []
        scored += [(score, self._called(name)) for name, score in _alike(wanted, self._ids, NEAR_SCORE)]
        words = _alike(wanted, self._words, _NEAR_WORD_SCORE)
        scored += [(score - _NEAR_WORD_LOSS, self._with(word)) for word, score in words]
        if len(wanted) >= _BEGINNING:
            begun = (name for name in self._ids if name.startswith(wanted))
            scored += [(_NEAR_WORD_SCORE, self._called(name)) for name in begun]
        scored.append((_NEAR_WORD_SCORE, self._with_all(fold(value[:_NEAR_LENGTH]).split())))
        best: dict[str, float] = {}
        for score, ids in scored:
            best |= {identity: max(score, best.get(identity, 0)) for identity in ids}
        return tuple(nsmallest(NEAR_LIMIT, best, key=lambda identity: (-best[identity], identity)))

    def _called(self, folded: str) -> tuple[str, ...]:
        """Give the ids that go by a name, which is folded already."""
        found = self._ids.get(folded, ())
        return (found,) if isinstance(found, str) else found

    def _with(self, word: str) -> set[str]:
        """Give the ids that have a word in their names."""
        number = self._words.get(word)
        return set() if number is None else {self._known[each] for each in self._having[number]}

    def _with_all(self, words: list[str]) -> set[str]:
        """Give the ids that have all of several words in their names."""
        return set.intersection(*map(self._with, words)) if len(words) > 1 else set()


def _alike(wanted: str, names: Iterable[str], floor: float) -> Iterable[tuple[str, float]]:
    """Give the names that look like `wanted` with a score from `floor` to 100, the share of letters in common."""
    found = process.extract(wanted, list(names), scorer=fuzz.ratio, score_cutoff=floor, limit=None)
    return ((name, score) for name, score, _ in found)
