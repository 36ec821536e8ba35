"""What a cue stands in: the paragraph's tokens, its quotations and its other cues, with small questions about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from service.extract.document import MARK, OUTSIDE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from service.extract.cues import Cue
    from service.extract.document import Paragraph
    from service.vocabulary.verbs import ReportingVerbs

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
RELATIVES = frozenset(("who", "that", "which", "whom"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
ASIDE_MARKS = frozenset((",", "—", "–", "--"))
STOPS = frozenset((".", "?", "!"))


@dataclass(slots=True)
class Setting:
    """A paragraph as cues see it: its tokens, the quotation of each (see `Paragraph`), its cues by token."""

    paragraph: Paragraph
    cues: dict[int, Cue]
    verbs: ReportingVerbs
    doc: Doc = field(init=False)
    inside: tuple[int, ...] = field(init=False)
    _starts: list[int] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Look once where sentences begin and end."""
        self.doc, self.inside = self.paragraph.doc, self.paragraph.inside
        stops = [i for i in range(len(self.doc)) if self.stops(i)]
        borders = [-1, *stops, len(self.doc)]
        self._starts = [a + 1 for a, b in pairwise(borders) for _ in range(a, b)]
        self._ends = [b for a, b in pairwise(borders) for _ in range(a, b)]

    def stops(self, i: int) -> bool:
        """Tell whether token `i` ends a sentence: a stop outside quotation marks, or the mark behind one inside."""
        if self.inside[i] == OUTSIDE:
            return self.doc[i].text in STOPS
        closes = (
            self.inside[i] == MARK and i > 0 and self.inside[i - 1] >= 0 and self.doc[i - 1].text in STOPS
        )
        behind = self.text_at(i + 1)
        return closes and (self.text_at(i + 2) if behind.isspace() else behind)[:1].isupper()

    def sentence_start(self, i: int) -> int:
        """Give the first token of the sentence in which token `i` stands, quotations passed over."""
        return self._starts[i]

    def sentence_end(self, i: int) -> int:
        """Give the token that ends the sentence of token `i`, or the number of tokens where none does."""
        return self._ends[i]

    def text_at(self, i: int) -> str:
        """Give the words of token `i`, "" before the first and behind the last."""
        return self.doc[i].text if 0 <= i < len(self.doc) else ""


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated."""
    return any(child.dep_ == "neg" for child in verb.children)


def is_infinitive(token: Token) -> bool:
    """Tell whether a token is an infinitive with "to"."""
    return token.tag_ == "VB" and any(child.lower_ == "to" and child.i < token.i for child in token.children)
