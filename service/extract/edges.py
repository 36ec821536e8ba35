"""Where reported words end: without the reporter's asides, with whole quotations, without loose marks at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.asides import Asides
from service.extract.setting import (
    STOPS,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from service.extract.cues import Cue

_COMPLEMENTIZERS = frozenset(("mark", "complm", "dobj", "advmod"))
"""What the parser may call the "that" which opens a clause."""
_UNITS = frozenset(("%", "‰", "°"))
_BRACKETS = {")": "(", "]": "["}
_LIST_WORDS = frozenset((",", "and", "or", "a", "an", "the", '"', "''", "``", " "))


@dataclass(frozen=True, slots=True)
class Edges:
    """Cuts reported tokens to size."""

    at: Setting
    _asides: Asides

    @classmethod
    def of(cls, setting: Setting) -> Edges:
        """Give the edges of a paragraph's statements."""
        return cls(setting, Asides(setting))

    @property
    def subjects(self) -> dict[int, Token | None]:
        """Give, by the token of a cue, the subject of the cue with which it goes on ("said … and warned …")."""
        return self._asides.subjects

    def cut(self, tokens: set[int], cue: Cue) -> list[int]:
        """Give `tokens` of what `cue` reports in order, cut to what was said."""
        if "colon" not in cue.frames.names:
            tokens = self._asides.without(self._one_sentence(tokens, cue), cue)
        return self._trimmed(self._with_list(self._whole_quotes(tokens))) if tokens else []

    def _one_sentence(self, tokens: set[int], cue: Cue) -> set[int]:
        """Keep to the cue's own sentence where the parser ran two together, and end before "; they left on Friday"."""
        first, last = self.at.sentence_start(cue.head.i), self.at.sentence_end(cue.head.i)
        if "clause" in cue.frames.names:
            behind = range(cue.last.i, min(last, len(self.at.doc)))
            last = next((i for i in behind if self._parts_sentences(i)), last)
        return {i for i in tokens if first <= i <= last}

    def _parts_sentences(self, i: int) -> bool:
        """Tell whether token `i` is a semicolon that does not go on with another "that"."""
        if self.at.text_at(i) != ";" or self.at.inside[i] >= 0:
            return False
        return not any(word.lower_ == "that" for word in self.at.doc[i + 1 : i + 3])

    def _with_list(self, tokens: set[int]) -> set[int]:
        """Take in the rest of a list of quotations: a “bully,” a “loser” and “weak”."""
        last = max(tokens)
        while self.at.inside[last] >= 0 and self.at.doc[last].text not in STOPS:
            first = last + 1
            while (
                first < len(self.at.doc)
                and self.at.inside[first] < 0
                and self.at.doc[first].lower_ in _LIST_WORDS
            ):
                first += 1
            if first >= len(self.at.doc) or self.at.inside[first] < 0:
                break
            number = self.at.inside[first]
            more = [i for i in range(first, len(self.at.doc)) if self.at.inside[i] == number]
            tokens = tokens | {*range(last + 1, more[-1] + 1)}
            last = more[-1]
        return tokens

    def _whole_quotes(self, tokens: set[int]) -> set[int]:
        numbers = {self.at.inside[i] for i in tokens if self.at.inside[i] >= 0}
        return tokens | {i for i, number in enumerate(self.at.inside) if number in numbers}

    def _trimmed(self, tokens: Iterable[int]) -> list[int]:
        ordered = sorted(tokens)
        while ordered and self.at.inside[ordered[0]] < 0 and _edge(self.at.doc[ordered[0]], leading=True):
            ordered.pop(0)
        open_brackets = {self.at.doc[i].text for i in ordered} & {"(", "["}
        while ordered and self.at.inside[ordered[-1]] < 0 and _edge(self.at.doc[ordered[-1]], leading=False):
            if _BRACKETS.get(self.at.doc[ordered[-1]].text) in open_brackets:
                break
            ordered.pop()
        return ordered


def _edge(token: Token, *, leading: bool) -> bool:
    if (token.is_punct and token.text not in _UNITS) or token.is_space:
        return True
    if leading and token.lower_ == "that":
        named = token.dep_ == "det" and token.head.pos_ == "PROPN" and token.head.i > token.i + 1
        return named or token.dep_ in _COMPLEMENTIZERS
    if leading:
        return False
    return token.lower_ in {"and", "but"}
