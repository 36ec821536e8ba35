"""What a cue stands in: the paragraph's tokens, its quotations and its other cues, with small questions about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from service.extract.cues import Cue
    from service.extract.document import Paragraph
    from service.extract.quotes import Quote
    from service.vocabulary.verbs import ReportingVerbs

OUTSIDE, MARK = -1, -2
"""In place of a quotation's number: a token outside quotation marks, a quotation mark."""
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
RELATIVES = frozenset(("who", "that", "which", "whom"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
ASIDE_MARKS = frozenset((",", "—", "–", "--"))
STOPS = frozenset((".", "?", "!"))


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph as cues see it. `inside` gives each token's quotation number, `OUTSIDE` or `MARK`; `cues` by token."""

    doc: Doc
    inside: list[int]
    cues: dict[int, Cue]
    verbs: ReportingVerbs

    def stops(self, i: int) -> bool:
        """Tell whether token `i` ends a sentence: a stop outside quotation marks, or the mark behind one inside."""
        if self.inside[i] == OUTSIDE:
            return self.doc[i].text in STOPS
        closes = (
            self.inside[i] == MARK and i > 0 and self.inside[i - 1] >= 0 and self.doc[i - 1].text in STOPS
        )
        return closes and self.text_at(i + 1)[:1].isupper()

    def sentence_start(self, i: int) -> int:
        """Give the first token of the sentence in which token `i` stands, quotations passed over."""
        while i > 0 and not self.stops(i - 1):
            i -= 1
        return i

    def sentence_end(self, i: int) -> int:
        """Give the token that ends the sentence of token `i`, or the number of tokens where none does."""
        while i < len(self.doc) and not self.stops(i):
            i += 1
        return i

    def text_at(self, i: int) -> str:
        """Give the words of token `i`, "" before the first and behind the last."""
        return self.doc[i].text if 0 <= i < len(self.doc) else ""


def inside_of(paragraph: Paragraph) -> list[int]:
    """Give, for each token, the number of the quotation in whose words it stands, `OUTSIDE`, or `MARK` for a mark."""
    numbers = []
    quotes: tuple[Quote, ...] = paragraph.quotes
    position = 0
    for token in paragraph.doc:
        at = paragraph.start + token.idx
        while position < len(quotes) and quotes[position].end <= at:
            position += 1
        if position < len(quotes) and quotes[position].start <= at:
            quote = quotes[position]
            numbers.append(position if quote.inner_start <= at < quote.inner_end else MARK)
        else:
            numbers.append(OUTSIDE)
    return numbers


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated."""
    return any(child.dep_ == "neg" for child in verb.children)


def is_infinitive(token: Token) -> bool:
    """Tell whether a token is an infinitive with "to"."""
    return token.tag_ == "VB" and any(child.lower_ == "to" and child.i < token.i for child in token.children)
