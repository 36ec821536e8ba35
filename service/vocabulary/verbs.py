"""Reporting cues: verbs with what they take as the words reported, fixed phrases, prepositions and nouns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from pathlib import Path

FILE = "verbs.yaml"
_PLAIN_FRAMES = frozenset(("clause", "quote", "infinitive", "object", "predicate"))


@dataclass(frozen=True, slots=True)
class Frames:
    """What a reporting verb may take as the words reported (see verbs.yaml for the names).

    `prepositions` maps a preposition to whether an infinitive follows its object ("called on Spain to …").
    """

    names: frozenset[str] = frozenset()
    prepositions: dict[str, bool] = field(default_factory=dict)
    addressee_is_object: bool = False

    def __or__(self, other: Frames) -> Frames:
        """Join what two groups say of one verb."""
        return Frames(
            self.names | other.names,
            self.prepositions | other.prepositions,
            self.addressee_is_object or other.addressee_is_object,
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase: `verb` (lemma) with all of `words` behind it takes what `frames` says."""

    words: frozenset[str]
    frames: Frames


@dataclass(frozen=True, slots=True)
class ReportingVerbs:
    """The reader's result. Keys of `verbs` are lemmas, with a particle behind a space ("point out").

    `irregular` gives lemmas by past forms; `sourcing` are verbs whose participle names a source; `withheld` are verbs whose negation says that nothing more was said ("did not elaborate"); `unrealized` those whose
    infinitive was not, or not yet, said ("wanted to announce"); `refusing` those that say so by themselves ("declined"); `issuing` those by which a document is given out; `speaking` those whose
    participle tells on which occasion something was said.
    """

    verbs: dict[str, Frames]
    phrases: dict[str, tuple[Phrase, ...]]
    prepositions: tuple[tuple[str, ...], ...]
    clause_nouns: frozenset[str]
    infinitive_nouns: frozenset[str]
    withheld: frozenset[str]
    unrealized: frozenset[str]
    irregular: dict[str, str] = field(default_factory=dict)
    sourcing: frozenset[str] = frozenset()
    refusing: frozenset[str] = frozenset()
    issuing: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()

    def has_form(self, word: str) -> bool:
        """Tell whether a word in small letters is a finite form of a reporting verb: "said", "denies", "quipped"."""
        if word in self.irregular:
            return self.irregular[word] in self.verbs
        stem = word.removesuffix("s").removesuffix("d")
        bare = stem.removesuffix("e")
        doubled = bare[:-1] if bare[-1:] == bare[-2:-1] else bare
        forms = {stem, bare, doubled, bare.removesuffix("i") + "y"} - {word}
        return not forms.isdisjoint(self.verbs)


def read_verbs(folder: Path) -> ReportingVerbs:
    """Read ``verbs.yaml`` in `folder`; raise `VocabularyError` naming file, entry and mend."""
    data = only_keys(
        read_yaml(folder, FILE),
        {
            "verbs",
            "phrases",
            "prepositions",
            "nouns",
            "withheld",
            "unrealized",
            "irregular",
            "sourcing",
            "refusing",
            "issuing",
            "speaking",
        },
        FILE,
    )
    verbs: dict[str, Frames] = {}
    for group in data.get("verbs", []):
        where = f"{FILE}: group {group.get('group')!r}" if isinstance(group, dict) else FILE
        entry = only_keys(group, {"group", "frames", "addressee", "verbs"}, where)
        frames = _frames(entry, where)
        for verb in strings(entry, "verbs", where):
            verbs[verb] = verbs.get(verb, Frames()) | frames
    phrases: dict[str, tuple[Phrase, ...]] = {}
    for item in data.get("phrases", []):
        entry = only_keys(item, {"verb", "words", "frames", "addressee"}, f"{FILE}: phrases")
        where = f"{FILE}: phrase with {entry.get('verb')!r}"
        phrase = Phrase(frozenset(strings(entry, "words", where)), _frames(entry, where))
        phrases[entry["verb"]] = (*phrases.get(entry["verb"], ()), phrase)
    nouns = only_keys(data.get("nouns", {}), {"clause", "infinitive"}, f"{FILE}: nouns")
    return ReportingVerbs(
        verbs,
        phrases,
        tuple(tuple(words.split()) for words in strings(data, "prepositions", FILE)),
        frozenset(strings(nouns, "clause", f"{FILE}: nouns")),
        frozenset(strings(nouns, "infinitive", f"{FILE}: nouns")),
        frozenset(strings(data, "withheld", FILE)),
        frozenset(strings(data, "unrealized", FILE)),
        _irregular(data),
        frozenset(strings(data, "sourcing", FILE)),
        frozenset(strings(data, "refusing", FILE)),
        frozenset(strings(data, "issuing", FILE)),
        frozenset(strings(data, "speaking", FILE)),
    )


def _irregular(data: dict[str, Any]) -> dict[str, str]:
    forms = data.get("irregular", {})
    if not isinstance(forms, dict) or not all(isinstance(x, str) for x in (*forms, *forms.values())):
        message = f"{FILE}: irregular takes past forms with their verbs (said: say), found {forms!r}"
        raise VocabularyError(message)
    return forms


def _frames(entry: dict[str, object], where: str) -> Frames:
    names, prepositions = set(), {}
    for frame in strings(entry, "frames", where):
        kind, _, rest = frame.partition(":")
        if frame in _PLAIN_FRAMES:
            names.add(frame)
        elif kind == "prep" and rest:
            word, _, behind = rest.partition(" ")
            prepositions[word] = behind == "infinitive"
        else:
            message = f"{where}: unknown frame {frame!r}; known are {', '.join(sorted(_PLAIN_FRAMES))} and prep:NAME"
            raise VocabularyError(message)
    addressee = entry.get("addressee")
    if addressee not in {None, "object"}:
        message = f"{where}: addressee takes 'object' or is left out, found {addressee!r}"
        raise VocabularyError(message)
    return Frames(frozenset(names), prepositions, addressee == "object")
