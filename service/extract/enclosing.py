"""The sentence around a cue that closes it or is set between commas: "…, Lee said on Friday, …"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.document import OUTSIDE
from service.extract.setting import ASIDE_MARKS, FINITE, RELATIVES, SUBJECTS, Setting

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.cues import Cue

_NEAR = 9
"""Words behind a cue within which the comma stands that closes it."""
_OPENERS = frozenset(("ADP", "SCONJ", "PART", "CCONJ", "ADV"))


@dataclass(frozen=True, slots=True)
class Enclosing:
    """Finds the words around such cues in one paragraph."""

    at: Setting

    def is_parted(self, cue: Cue) -> bool:
        """Tell whether cue and speaker stand behind a comma, a dash or a quotation, and not behind a colon."""
        before = self._clause_start(cue) - 1
        return before < 0 or self.at.inside[before] != OUTSIDE or self.at.text_at(before) != ":"

    def is_set_off(self, cue: Cue) -> bool:
        """Tell whether cue and speaker alone stand behind a comma, or between two: "…, Lee said on Friday"."""
        verb = cue.head
        start = self._clause_start(cue)
        if any(c.dep_ in SUBJECTS and c.lower_ in RELATIVES for c in verb.children):
            return False
        if start < 2 or self.at.text_at(start - 1) not in {*ASIDE_MARKS, "?", "!"}:
            return False
        end = next(
            (
                i
                for i in range(verb.i + 1, len(self.at.doc))
                if self.at.doc[i].text in {*ASIDE_MARKS, *".?!;"}
            ),
            len(self.at.doc),
        )
        behind = self.at.doc[verb.i + 1 : end]
        return verb.tag_ in FINITE and not any(
            t.pos_ in {"VERB", "AUX", "SCONJ", "INTJ"} or t.dep_ == "dobj" for t in behind
        )

    def _clause_start(self, cue: Cue) -> int:
        first = cue.first.i
        subject = next((c for c in cue.head.children if c.dep_ in SUBJECTS and c.i < first), None)
        return subject.left_edge.i if subject is not None else first

    def before(self, cue: Cue) -> set[int]:
        """Give the words of the sentence before a cue that closes it or is set between commas."""
        start = self._clause_start(cue)
        first = start
        while first > 0 and not (self.at.inside[first - 1] == -1 and self.at.doc[first - 1].text in ".?!"):
            first -= 1
        return set(range(first, start))

    def resumed(self, verb: Token, before: set[int]) -> set[int]:
        """Give what follows a cue set between commas: "The North, he said, would not yield"."""
        stop = next(
            (
                i
                for i in range(verb.i + 1, min(verb.i + _NEAR, len(self.at.doc)))
                if self.at.doc[i].text in ASIDE_MARKS
            ),
            None,
        )
        if stop is None or any(self.at.doc[i].pos_ in {"VERB", "AUX"} for i in range(verb.i + 1, stop)):
            return set()
        first = stop + 1
        if (
            first >= len(self.at.doc)
            or self.at.doc[first].tag_ in {"VBG", "WP", "WDT"}
            or self.at.inside[first] != -1
        ):
            return set()
        end = next(
            (
                i
                for i in range(first, len(self.at.doc))
                if self.at.doc[i].text in ".?!" and self.at.inside[i] < 0
            ),
            len(self.at.doc),
        )
        words = range(first, end)
        if any(i in self.at.cues and self._has_subject_in(self.at.doc[i], words) for i in words):
            return set()
        if self.at.doc[first].dep_ == "cc" and not any(self.at.doc[i].dep_ in SUBJECTS for i in words):
            return set()
        opens = self.at.doc[first].pos_ in _OPENERS
        told = any(self.at.doc[i].tag_ in FINITE and not _in_relative(self.at.doc[i]) for i in words)
        last = max((i for i in before if not self.at.doc[i].is_punct), default=0)
        broken_off = self.at.doc[last].dep_ in {"aux", "auxpass"} or self.at.doc[last].tag_ == "MD"
        unfinished = broken_off or not any(self.at.doc[i].tag_ in FINITE for i in before)
        return set(words) if opens or told or unfinished else set()

    def _has_subject_in(self, verb: Token, words: range) -> bool:
        return any(child.dep_ in SUBJECTS and child.i in words for child in verb.children)


def _in_relative(token: Token) -> bool:
    return token.dep_ == "relcl" or (token.dep_ in {"aux", "auxpass"} and token.head.dep_ == "relcl")
