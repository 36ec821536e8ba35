"""Read ``topics.yaml``: topics in SKOS terms, and the patterns that make one hold by meaning.

The head of the file describes the pattern language; this module checks it and gives it back parsed, with macros
(``$north-korea``) kept as names, so that a word set is matched once however many patterns use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from service.vocabulary.naming import slug
from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "topics.yaml"
DEFAULT_WITHIN = 20
_MOST_SPELLINGS = 600
_WORD = re.compile(r"<Name>(?:'s)?|[^\W_]+(?:'[^\W_]+)*\*?")
_TOPIC_KEYS = {"prefLabel", "altLabel", "definition", "broader", "holds"}
_PATTERN_KEYS = {"any", "all", "within", "order", "context", "sentence", "not", "alone"}


@dataclass(frozen=True, slots=True)
class Term:
    """A sequence of words, each as its alternatives; `away` takes away what overlaps it instead of matching."""

    words: tuple[tuple[str, ...], ...]
    away: bool = False

    def spellings(self) -> Iterator[tuple[str, ...]]:
        """Give every sequence of single words that this term stands for."""
        return product(*self.words)


@dataclass(frozen=True, slots=True)
class Group:
    """What may stand for one part of a pattern: terms of its own, and the word sets (`macros`) it names."""

    terms: tuple[Term, ...]
    macros: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicPattern:
    """One way in which a topic holds: a term of every group, in a stretch of at most `within` words.

    `context` groups must each be found somewhere in the words or in what surrounds them, `sentence` groups in the words
    or in their sentence; `unless` names what, next to
    the stretch, calls it off; an `alone` pattern counts only where no other topic holds.
    """

    name: str
    groups: tuple[Group, ...]
    within: int
    ordered: bool
    context: tuple[Group, ...]
    sentence: tuple[Group, ...]
    unless: Group | None
    alone: bool


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic of the vocabulary; one without patterns only gathers its narrower topics."""

    id: str
    label: str
    alt_labels: tuple[str, ...]
    definition: str
    broader: tuple[str, ...]
    patterns: tuple[TopicPattern, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """The topic vocabulary: entries in the file's order, word sets by name, and the words that refer back.

    `refers_back` are phrases that point at what was said before; `pronouns` do so in short contents only.
    """

    entries: tuple[TopicEntry, ...]
    words: Mapping[str, Group]
    refers_back: Group
    pronouns: Group

    def ancestors(self, topic: str) -> frozenset[str]:
        """Give the ids of all topics broader than `topic`, at any height; `KeyError` for an unknown id."""
        broader = {entry.id: entry.broader for entry in self.entries}
        found: set[str] = set()
        waiting = list(broader[topic])
        while waiting:
            above = waiting.pop()
            if above not in found:
                found.add(above)
                waiting.extend(broader[above])
        return frozenset(found)


def read_topics(folder: Path) -> Topics:
    """Read ``folder/topics.yaml``; raise `VocabularyError` naming file, topic and key where something is wrong."""
    file = str(folder / FILE)
    data = only_keys(read_yaml(folder, FILE), {"words", "refers-back", "topics"}, file)
    words: dict[str, Group] = {}
    for name, value in _mapping(data, "words", file).items():
        words[name] = _group(value, words, f"{file}: words: {name}")
    back = only_keys(data.get("refers-back", {}), {"always", "short"}, f"{file}: refers-back")
    topics = _mapping(data, "topics", file)
    topics_read = Topics(
        entries=tuple(_entry(str(key), value, words, f"{file}: {key}") for key, value in topics.items()),
        words=words,
        refers_back=_optional(back, "always", words, f"{file}: refers-back") or Group(()),
        pronouns=_optional(back, "short", words, f"{file}: refers-back") or Group(()),
    )
    _check_broader(topics_read, file)
    return topics_read


def _mapping(data: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        message = f"{where}: {key} takes a mapping, found {value!r}"
        raise VocabularyError(message)
    return value


def _entry(key: str, value: Any, words: Mapping[str, Group], where: str) -> TopicEntry:
    entry = only_keys(value, _TOPIC_KEYS, where)
    label, definition = _text(entry, "prefLabel", where), _text(entry, "definition", where)
    if slug(label) != key:
        message = f"{where}: prefLabel {label!r} has the slug {slug(label)!r}; a topic's key is the slug of its label"
        raise VocabularyError(message)
    holds = _mapping(entry, "holds", where)
    patterns = tuple(
        _pattern(str(name), rule, words, f"{where}: holds: {name}") for name, rule in holds.items()
    )
    alts, broader = strings(entry, "altLabel", where), strings(entry, "broader", where)
    return TopicEntry(key, label, alts, " ".join(definition.split()), broader, patterns)


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: {key} takes some words, found {value!r}"
        raise VocabularyError(message)
    return value


def _pattern(name: str, value: Any, words: Mapping[str, Group], where: str) -> TopicPattern:
    rule = only_keys(value, _PATTERN_KEYS, where)
    if ("any" in rule) == ("all" in rule):
        message = f"{where}: give either any (one of these terms) or all (a term of each of these lists)"
        raise VocabularyError(message)
    groups = (
        _groups(rule, "all", words, where)
        if "all" in rule
        else (_group(rule["any"], words, f"{where}: any"),)
    )
    within = rule.get("within", DEFAULT_WITHIN)
    if type(within) is not int or within < 1:
        message = f"{where}: within takes a number of words from 1, found {within!r}"
        raise VocabularyError(message)
    return TopicPattern(
        name=name,
        groups=groups,
        within=within,
        ordered=_flag(rule, "order", where),
        context=_groups(rule, "context", words, where),
        sentence=_groups(rule, "sentence", words, where),
        unless=_optional(rule, "not", words, where),
        alone=_flag(rule, "alone", where),
    )


def _flag(rule: dict[str, Any], key: str, where: str) -> bool:
    value = rule.get(key, False)
    if not isinstance(value, bool):
        message = f"{where}: {key} takes true or false, found {value!r}"
        raise VocabularyError(message)
    return value


def _groups(rule: dict[str, Any], key: str, words: Mapping[str, Group], where: str) -> tuple[Group, ...]:
    value = rule.get(key, [])
    if not isinstance(value, list):
        message = f"{where}: {key} takes a list of lists of terms, found {value!r}"
        raise VocabularyError(message)
    return tuple(_group(item, words, f"{where}: {key}") for item in value)


def _optional(rule: dict[str, Any], key: str, words: Mapping[str, Group], where: str) -> Group | None:
    return _group(rule[key], words, f"{where}: {key}") if key in rule else None


def _group(value: Any, words: Mapping[str, Group], where: str) -> Group:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        message = f"{where}: expected a list of terms, found {value!r}; on, off, yes, no and numbers need quotation marks"
        raise VocabularyError(message)
    macros = tuple(text.removeprefix("$") for text in texts if text.startswith("$"))
    for macro in macros:
        if macro not in words:
            message = f"{where}: no word set {macro!r} stands above this place; known are {', '.join(sorted(words))}"
            raise VocabularyError(message)
    return Group(tuple(_term(text, where) for text in texts if not text.startswith("$")), macros)


def _term(text: str, where: str) -> Term:
    away = text.startswith("!")
    parts = text.removeprefix("!").replace("-", " ").replace("’", "'").split()
    words = tuple(tuple(part.split("|")) for part in parts)
    if not words or not all(_WORD.fullmatch(word) for alternatives in words for word in alternatives):
        message = (
            f"{where}: {text!r} is no term: words, word* or one|two, with a ! before what is to be taken away"
        )
        raise VocabularyError(message)
    spellings = 1
    for alternatives in words:
        spellings *= len(alternatives)
    if spellings > _MOST_SPELLINGS:
        message = f"{where}: {text!r} stands for {spellings} spellings, more than {_MOST_SPELLINGS}; use all: instead"
        raise VocabularyError(message)
    return Term(words, away)


def _check_broader(topics: Topics, file: str) -> None:
    known = {entry.id for entry in topics.entries}
    for entry in topics.entries:
        for above in entry.broader:
            if above not in known:
                message = f"{file}: {entry.id}: broader: there is no topic {above!r}"
                raise VocabularyError(message)
    for entry in topics.entries:
        if entry.id in topics.ancestors(entry.id):
            message = f"{file}: {entry.id}: broader: the topic is broader than itself"
            raise VocabularyError(message)
