"""Which cue brings in a quotation: decided by where both stand, because the parser is unsure around quotation marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.extract.document import MARK, OUTSIDE
from service.extract.setting import FINITE, STOPS, SUBJECTS, Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.cues import Cue
    from service.extract.document import Paragraph
    from service.extract.quotes import Quote

SPEECH_WORDS = 4
"""From so many words on, a quotation is taken for speech and not for a single quoted term."""
_REACH = 150
"""Tokens before a quotation within which its cue is looked for."""
_DASHES = frozenset(("—", "–", "--"))
_ASIDES = frozenset(("relcl", "acl", "appos", "advcl"))
_LINKS = frozenset(("CCONJ", "ADV", "PUNCT", "SCONJ", "INTJ"))
_NOMINAL = frozenset(("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"))
_SPEAKERS = frozenset(("PROPN", "NOUN", "PRON"))
_WITHIN_A_PHRASE = frozenset(("det", "poss", "amod", "mark", "prep", "aux"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quotation's tokens, and the reporter's tokens of its sentence on its `left` and `right`."""

    quote: Quote
    own: Sequence[int]
    left: Sequence[int]
    right: Sequence[int]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A quotation's cue and all reported tokens, which may begin with the reporter's words that lead into it.

    `subject` is the head of the speaker's noun phrase.
    """

    cue: Cue
    tokens: list[int]
    subject: Token | None


@dataclass(slots=True)
class Introductions:
    """Finds the cues of one paragraph's quotations; `spoken` are the numbers of those already given to somebody."""

    paragraph: Paragraph
    at: Setting
    spoken: set[int] = field(default_factory=set)
    _own: dict[int, list[int]] = field(init=False)
    _covering: dict[int, Cue] = field(init=False)

    def __post_init__(self) -> None:
        """Sort tokens by quotation, and cues by every token they cover."""
        self._own = {}
        for i, number in enumerate(self.at.inside):
            if number >= 0:
                self._own.setdefault(number, []).append(i)
        cues = sorted(self.at.cues.values(), key=lambda cue: -cue.head.i)
        self._covering = {i: cue for cue in cues for i in range(cue.first.i, cue.last.i + 1)}

    def around(self, number: int) -> Surroundings | None:
        """Give what stands around quotation `number`, None where it holds no words."""
        own = self._own.get(number)
        if not own:
            return None
        return Surroundings(self.paragraph.quotes[number], own, self._left(own[0]), self._right(own[-1]))

    def find(self, place: Surroundings) -> Introduction | None:
        """Give the cue that brings a quotation in from behind or before, None where none does."""
        before = self._before(place)
        if before is not None and self._leads_straight(before, place):
            return Introduction(before, self._led(before, place), before.subject)
        after = self._after(place)
        if after is not None:
            tokens = [*self._with_lead(place), *self._tail_before(after, place)]
            return Introduction(after, tokens, self._speaker(after, place))
        return Introduction(before, self._led(before, place), before.subject) if before is not None else None

    def _speaker(self, cue: Cue, place: Surroundings) -> Token | None:
        """Give who speaks behind a quotation, by place where the parser took the quotation's own words for it."""
        if cue.subject is not None and self.at.inside[cue.subject.i] < 0:
            return cue.subject
        nominal = [self.at.doc[i] for i in place.right if self.at.doc[i].pos_ in _SPEAKERS]
        before = [token for token in nominal if token.i < cue.first.i]
        behind = [
            token for token in nominal if token.i > cue.last.i and token.dep_ not in {"compound", "poss"}
        ]
        return before[-1] if before else behind[0] if behind else None

    def _led(self, cue: Cue, place: Surroundings) -> list[int]:
        return [*self._topic(cue, place), *place.own, *self._tail(place)]

    def _tail(self, place: Surroundings) -> list[int]:
        """Give the reporter's words that finish a sentence begun in quotation marks: ""is a model" for the rest"."""
        unfinished = self._last_char(place.quote).isalnum() and place.right
        first = self.at.doc[place.right[0]] if place.right else None
        return (
            list(place.right)
            if unfinished and first is not None and first.pos_ not in {"PUNCT", "CCONJ"}
            else []
        )

    def _tail_before(self, cue: Cue, place: Surroundings) -> list[int]:
        """Give such words where the cue comes behind them: ""You hurt people" to earn more, she said"."""
        start = min(cue.first.i, cue.subject.left_edge.i if cue.subject is not None else cue.first.i)
        words = [i for i in self._tail(place) if i < start]
        return words if words and self.at.doc[words[-1]].text == "," else []

    def ends_sentence(self, number: int) -> bool:
        """Tell whether the words of quotation `number` end with a full stop, question or exclamation mark."""
        return self._last_char(self.paragraph.quotes[number]) in STOPS

    def _left(self, start: int) -> list[int]:
        """Give the tokens before a quotation, back to where the sentence or the last speech ended."""
        i = start - 1
        farthest = max(0, start - _REACH)
        while i >= farthest:
            number = self.at.inside[i]
            if number >= 0 and (number in self.spoken or self.ends_sentence(number)):
                break
            if self.at.stops(i) or (number < 0 and self.at.doc[i].text == "("):
                break
            i -= 1
        return [j for j in range(i + 1, start) if self.at.inside[j] != MARK and not self.at.doc[j].is_space]

    def _right(self, end: int) -> list[int]:
        """Give the tokens behind a quotation up to the end of the sentence or the next quotation."""
        tokens = []
        for i in range(end + 1, len(self.at.doc)):
            if self.at.inside[i] >= 0 or (self.at.inside[i] == OUTSIDE and self.at.stops(i)):
                break  # the mark behind "…?" ends no sentence here: "asked Lee" may follow
            if self.at.inside[i] != MARK and not self.at.doc[i].is_space:
                tokens.append(i)
        return tokens

    def _last_char(self, quote: Quote) -> str:
        start = self.paragraph.start
        return self.paragraph.text[quote.inner_start - start : quote.inner_end - start].rstrip(" \"'")[-1:]

    # behind -------------------------------------------------------------------------------------------------------

    def _after(self, place: Surroundings) -> Cue | None:
        """Give the cue behind a quotation: ""…," Lee said", ""…?" asked the minister, who …"."""
        last = self._last_char(place.quote)
        if not place.right or place.quote.open_end or last == ".":
            return None
        if last in {*"?!"} and self._begins_anew(place.right[0]):
            return None
        parted = last in {*",?!—–-…"} or self.at.doc[place.right[0]].text in {",", *_DASHES}
        if not parted and place.left:
            return None
        for i in place.right:
            cue = self._covering.get(i)
            if cue is not None and cue.frames.names & {"quote", "preposition"}:
                aside = cue.head.dep_ == "relcl" and self._in_aside(cue.head, place.right)
                return cue if not aside and self._agrees(cue, place) else None
            token = self.at.doc[i]
            if token.tag_ in FINITE and not _is_auxiliary(token) and not self._in_aside(token, place.right):
                return None
        return None

    def _begins_anew(self, i: int) -> bool:
        """Tell whether a sentence of the reporter's begins behind "…?": with a pronoun's capital, "…?" She said that …"."""
        return self.at.doc[i].tag_ == "PRP" and self.at.doc[i].text[0].isupper()

    def _agrees(self, cue: Cue, place: Surroundings) -> bool:
        """Tell whether the parse hangs the words that lead into a quotation on the cue behind it."""
        if not self._has_lead(place):
            return True
        start, end = place.quote.start - self.paragraph.start, place.quote.end - self.paragraph.start
        clauses = [c for c in cue.head.children if c.dep_ == "ccomp" and c.i < cue.head.i]
        clauses += [cue.head.head] if cue.head.dep_ == "parataxis" else []
        return any(c.left_edge.idx < end and c.right_edge.idx > start for c in clauses)

    def _has_lead(self, place: Surroundings) -> bool:
        left = place.left
        return bool(left) and not self._only_links(left) and self.at.doc[left[-1]].text not in {",", ":"}

    def _with_lead(self, place: Surroundings) -> list[int]:
        left = place.left
        if not left or self._only_links(left) or self.at.doc[left[-1]].text == ":":
            return list(place.own)
        if self.at.doc[left[-1]].text == "," and self._is_sentence(place):
            return list(place.own)
        return list(range(left[0], place.own[-1] + 1))

    # before ---------------------------------------------------------------------------------------------------------

    def _before(self, place: Surroundings) -> Cue | None:
        """Give the cue that leads into a quotation: "Lee said, …", "Lee told the paper: …", "Lee said that …"."""
        for i in reversed(place.left):
            cue = self._covering.get(i)
            if cue is None or not cue.frames.names & {"quote", "preposition"} or _is_told_of(cue):
                continue
            opening = [k for k in place.left if k < cue.first.i]
            if "preposition" in cue.frames.names and not self._only_links(opening):
                continue
            last = self.at.doc[place.left[-1]]
            if cue.last.i == last.i:
                return cue
            if last.text == ":":
                return None if self._clause_begun(cue, place, fragment=True) else cue
            return cue if self._leads(last, cue, place) and not self._clause_begun(cue, place) else None
        return None

    def _leads(self, last: Token, cue: Cue, place: Surroundings) -> bool:
        if "predicate" in cue.frames.names and not (last.text == "," and self._is_sentence(place)):
            return False
        if last.dep_ in {"dobj", "attr"} and last.pos_ == "NOUN" and not cue.frames.addressee_is_object:
            return False
        complementizer = last.lower_ == "that" and last.dep_ not in SUBJECTS
        ends = not place.right or self.at.doc[place.own[-1]].text in {*STOPS, ","}
        return last.text in {",", *_DASHES} or self._is_sentence(place) or (complementizer and ends)

    def _leads_straight(self, cue: Cue, place: Surroundings) -> bool:
        last = place.left[-1]
        return self.at.doc[last].text in {",", ":"} or cue.last.i == last

    def _clause_begun(self, cue: Cue, place: Surroundings, *, fragment: bool | None = None) -> bool:
        """Tell whether the reporter begins the clause himself before a fragment: "said it was a "mess""."""
        between = [i for i in place.left if i > cue.last.i]
        if fragment is None:
            fragment = self.at.doc[place.own[0]].text[:1].islower()
        verbs = (self.at.doc[i] for i in between if self.at.doc[i].tag_ in FINITE)
        return fragment and any(not self._in_aside(verb, between) for verb in verbs)

    def _is_sentence(self, place: Surroundings) -> bool:
        words = [self.at.doc[i] for i in place.own if self.at.doc[i].is_alpha]
        before = self.at.doc[place.left[-1]] if place.left else None
        inside_phrase = before is not None and before.dep_ in _WITHIN_A_PHRASE
        return len(words) >= SPEECH_WORDS and words[0].text[0].isupper() and not inside_phrase

    def _topic(self, cue: Cue, place: Surroundings) -> list[int]:
        """Give what the reporter sets before cue and quotation: "The North" in "The North, Lee said, "must act""."""
        first = self.at.doc[place.own[0]].text[:1]
        if cue.subject is None or first.isupper() or self.at.doc[place.left[-1]].text == ":":
            return []
        start = cue.subject.left_edge.i if cue.subject.i < cue.first.i else cue.first.i
        before = [i for i in place.left if i < start]
        if len(before) < 2 or self.at.doc[before[-1]].text != ",":
            return []
        words = before[:-1]
        nominal = self.at.doc[words[0]].pos_ in _NOMINAL
        return words if nominal and not any(self.at.doc[i].tag_ in FINITE for i in words) else []

    # words ----------------------------------------------------------------------------------------------------------

    def _only_links(self, tokens: Sequence[int]) -> bool:
        return all(self.at.doc[i].pos_ in _LINKS for i in tokens)

    def _in_aside(self, token: Token, within: Sequence[int]) -> bool:
        """Tell whether a verb belongs to a relative clause or apposition of the words `within`."""
        first, last = within[0], within[-1]
        while first <= token.i <= last:
            if token.dep_ in _ASIDES:
                return True
            if token.head == token:
                return False
            token = token.head
        return False


def _is_auxiliary(token: Token) -> bool:
    return token.dep_ in {"aux", "auxpass"}


def _is_told_of(cue: Cue) -> bool:
    """Tell whether a verb is passive and names nobody who says it: "had been recalled “for talks”"."""
    return cue.subject is None and any(child.dep_ == "auxpass" for child in cue.head.children)
