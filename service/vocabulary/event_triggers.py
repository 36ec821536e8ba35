"""The verbs and nouns by which news tells events, read from ``event_triggers.yaml``, which explains every member."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args

from service.vocabulary.event_words import EventWords
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

FILE = "event_triggers.yaml"
Frame = Literal[
    "counterpart",
    "journey",
    "noun",
    "gathering",
    "joint",
    "chamber",
    "person",
    "office",
    "commitment",
    "forces",
    "aimed",
    "following",
]
Doer = Literal["person", "state", "any"]
RoleName = Literal["doer", "owner", "partner", "patient", "target", "source", "nation", "purpose"]
Need = Literal[
    "party",
    "parties",
    "person",
    "agent",
    "owner",
    "place",
    "time",
    "audience",
    "plan",
    "number",
    "new",
    "back",
]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class VerbTrigger:
    """Verbs that tell an event of `type` where `frame` holds; the words are lemmas in small letters."""

    type: str
    frame: Frame
    objects: frozenset[str]
    modifiers: frozenset[str]
    through: frozenset[str]
    by: Doer
    offices: bool
    bodies: bool


@dataclass(frozen=True, slots=True)
class NounTrigger:
    """Nouns that name an event of `type`; one of the sets of `needs` must be told for the noun to tell a new one."""

    type: str
    modifiers: frozenset[str]
    without: frozenset[str]
    plural: bool
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class EventKind:
    """What an event of one type takes; ``event_triggers.yaml`` explains each member."""

    takes: Doer
    roles: tuple[str, ...]
    people: bool
    current: bool
    title: str | None


@dataclass(frozen=True, slots=True)
class EventTriggers:
    """Triggers by lemma; `refers` gives for a noun that only refers back the types of event it can mean.

    `callings` gives for a noun that counts people ("the two leaders") the words in the roles of those it can mean.
    """

    kinds: Mapping[str, EventKind]
    verbs: Mapping[str, tuple[VerbTrigger, ...]]
    nouns: Mapping[str, tuple[NounTrigger, ...]]
    refers: Mapping[str, tuple[str, ...]]
    forums: Mapping[str, tuple[str, ...]]
    callings: Mapping[str, tuple[str, ...]]
    ordinals: tuple[str, ...]
    words: EventWords


def read_event_triggers(folder: Path, types: Collection[str]) -> EventTriggers:
    """Read ``folder/event_triggers.yaml``; raise `VocabularyError` where an entry is wrong or its type is not of `types`."""
    where = str(folder / FILE)
    entry = only_keys(
        read_yaml(folder, FILE),
        {"kinds", "verbs", "nouns", "refers", "forums", "callings", "ordinals", "words"},
        where,
    )
    words = only_keys(entry.get("words"), {field.name for field in fields(EventWords)}, f"{where}: words")
    referring = _entries(entry, "refers", where)
    kinds = only_keys(entry.get("kinds"), set(types), f"{where}: kinds")
    found = EventTriggers(
        {name: _kind(kinds.get(name), f"{where}: kind {name}") for name in types},
        _by_lemma(_entries(entry, "verbs", where), "verbs", _verb),
        _by_lemma(_entries(entry, "nouns", where), "nouns", _noun),
        {noun: strings(one, "types", at) for at, one in referring for noun in strings(one, "nouns", at)},
        {str(one.get("name")): strings(one, "countries", at) for at, one in _entries(entry, "forums", where)},
        {str(one.get("name")): strings(one, "roles", at) for at, one in _entries(entry, "callings", where)},
        strings(entry, "ordinals", where),
        EventWords(
            **{field.name: frozenset(strings(words, field.name, where)) for field in fields(EventWords)}
        ),
    )
    _check_types(found, types, where)
    return found


def _entries(entry: dict[str, Any], key: str, where: str) -> list[tuple[str, dict[str, Any]]]:
    listed = entry.get(key)
    if not isinstance(listed, list):
        message = f"{where}: {key} takes a list of triggers, found {listed!r}"
        raise VocabularyError(message)
    allowed = {
        "type",
        "types",
        "frame",
        "verbs",
        "nouns",
        "objects",
        "modifiers",
        "through",
        "by",
        "offices",
        "bodies",
        "not",
        "plural",
        "needs",
        "name",
        "countries",
        "roles",
    }
    return [
        (at, only_keys(one, allowed, at))
        for number, one in enumerate(listed, 1)
        for at in [f"{where}: {key} {number}"]
    ]


def _by_lemma(
    entries: list[tuple[str, dict[str, Any]]], key: str, make: Callable[[dict[str, Any], str], _T]
) -> dict[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = {}
    for where, entry in entries:
        trigger = make(entry, where)
        for lemma in strings(entry, key, where):
            found.setdefault(lemma, []).append(trigger)
    return {lemma: tuple(triggers) for lemma, triggers in found.items()}


def _kind(entry: Any, where: str) -> EventKind:
    entry = only_keys(entry, {"takes", "roles", "people", "current", "title"}, where)
    for role in strings(entry, "roles", where):
        _one_of(role, get_args(RoleName), "roles", where)
    return EventKind(
        takes=cast("Doer", _one_of(entry.get("takes", "any"), get_args(Doer), "takes", where)),
        roles=strings(entry, "roles", where),
        people=entry.get("people") is True,
        current=entry.get("current") is True,
        title=entry.get("title"),
    )


def _verb(entry: dict[str, Any], where: str) -> VerbTrigger:
    return VerbTrigger(
        type=str(entry.get("type")),
        frame=cast("Frame", _one_of(entry.get("frame"), get_args(Frame), "frame", where)),
        objects=frozenset(strings(entry, "objects", where)),
        modifiers=frozenset(strings(entry, "modifiers", where)),
        through=frozenset(strings(entry, "through", where)),
        by=cast("Doer", _one_of(entry.get("by", "any"), get_args(Doer), "by", where)),
        offices=entry.get("offices") is True,
        bodies=entry.get("bodies") is True,
    )


def _noun(entry: dict[str, Any], where: str) -> NounTrigger:
    needs = [need.split("+") for need in strings(entry, "needs", where)]
    for need in (word for words in needs for word in words):
        _one_of(need, get_args(Need), "needs", where)
    return NounTrigger(
        type=str(entry.get("type")),
        modifiers=frozenset(strings(entry, "modifiers", where)),
        without=frozenset(strings(entry, "not", where)),
        plural=entry.get("plural") is True,
        needs=tuple(frozenset(need) for need in needs),
    )


def _one_of(value: Any, allowed: tuple[str, ...], key: str, where: str) -> str:
    if value not in allowed:
        message = f"{where}: {key} takes one of {', '.join(allowed)}, found {value!r}"
        raise VocabularyError(message)
    return str(value)


def _check_types(found: EventTriggers, types: Collection[str], where: str) -> None:
    used = {trigger.type for triggers in found.verbs.values() for trigger in triggers}
    used.update(trigger.type for triggers in found.nouns.values() for trigger in triggers)
    used.update(type_ for refers in found.refers.values() for type_ in refers)
    if unknown := sorted(used - set(types)):
        message = f"{where}: no event type {unknown[0]!r}; known are {', '.join(sorted(types))}"
        raise VocabularyError(message)
