"""Words for states: adjectives ("North Korean"), joined names ("North and South Korea") and plurals ("the Koreas")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from service.vocabulary.countries import Countries


class Nations:
    """Reads words for states; what words it has met are remembered."""

    def __init__(self, countries: Countries) -> None:
        """Read by the names in `countries`."""
        self._countries = countries
        self._codes: dict[str, str | None] = {}

    def called(self, word: Token) -> str | None:
        """Give the code of the state that an adjective or name ending in `word` tells: "Chinese", "U.S."."""
        for start in range(max(0, word.i - 2), word.i + 1):
            if code := self._code(word.doc[start : word.i + 1].text):
                return code
        return None

    def _code(self, words: str) -> str | None:
        if words not in self._codes:
            found = self._countries.by_adjective(words) or self._countries.lookup(words)
            self._codes[words] = found.code if found else None
        return self._codes[words]

    def twins(self, noun: Token, names: Mapping[str, str]) -> tuple[str, ...]:
        """Give the codes of the states that one noun tells together; `names` are those of the text's states by code."""
        word = noun.text
        if word.endswith("s") and self._countries.lookup(word) is None:
            ending = f" {word[:-1]}"
            return tuple(code for code, name in names.items() if name.endswith(ending))
        for child in noun.children:
            others = [one for one in child.conjuncts if one.i < noun.i] if child.i < noun.i else []
            joined = [f"{one.text} {word}" for one in (child, *others)] if others else []
            found = [self._countries.lookup(name) for name in joined]
            if len(found) > 1 and all(found):
                return tuple(one.code for one in found if one)
        return ()
