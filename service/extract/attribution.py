"""Attribution: which words of a paragraph are reported, by which cue, said by whom.

Quoted speech is joined to its cue by position (the parser is unsure around quotation marks); everything else follows the
parse: the clause, infinitive or noun phrase that the cue governs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.extract.content import Content
from service.extract.cues import SUBJECTS, Cue, colon_cue, find_cues

from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.quotes import Quote
    from service.vocabulary.verbs import ReportingVerbs

_ENDS = frozenset(".?!")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_ASIDES = frozenset(("relcl", "acl", "appos", "advcl"))
_OUTSIDE, _MARK = -1, -2
"""In place of a quotation's number: a token outside quotation marks, a quotation mark."""
_SPEECH_WORDS = 4
"""A quotation without a cue of its own is taken for speech from this many words on."""


@dataclass(slots=True)
class Attribution:
    """A statement in the making. `tokens` are the reported words by paragraph index and token index.

    `subject` is the head of the speaker's noun phrase; None means whoever holds the floor. `via` are the heads of those
    through whom it came.
    """

    paragraph: Paragraph
    cue: Cue | None
    subject: Token | None
    tokens: list[tuple[Paragraph, list[int]]]
    via: list[Token] = field(default_factory=list)
    quoted: bool = False


def find_attributions(document: Document, verbs: ReportingVerbs) -> list[Attribution]:
    """Give the statements of a document in the order of their first words; headline to body, captions left out."""
    found: list[Attribution] = []
    for paragraph in document.paragraphs:
        if paragraph.role == Role.CAPTION:
            continue
        found += _Reader(paragraph, verbs, found[-1] if found else None).read()
    return found


class _Reader:
    """Reads one paragraph."""

    def __init__(self, paragraph: Paragraph, verbs: ReportingVerbs, previous: Attribution | None) -> None:
        self.paragraph = paragraph
        self.previous = previous
        self.doc = paragraph.doc
        self.inside = inside_of(paragraph)
        self.cues = [cue for cue in find_cues(self.doc, verbs) if self.inside[cue.head.i] < 0]
        opening = colon_cue(self.doc, headline=paragraph.role == Role.HEADLINE)
        if opening is not None and not any(cue.head.i < opening.head.i for cue in self.cues):
            self.cues.append(opening)
        self.used: set[int] = set()
        self.spoken: dict[int, Attribution] = {}
        self.content = Content(paragraph, self.inside, self.cues, verbs.withheld)

    def read(self) -> list[Attribution]:
        found: list[Attribution] = []
        for number in range(len(self.paragraph.quotes)):
            attribution = self._quoted(number)
            if attribution is not None:
                found.append(attribution)
        for cue in self.cues:
            if cue.head.i in self.used:
                continue
            tokens = self.content.of(cue)
            if tokens:
                found.append(Attribution(self.paragraph, cue, cue.subject, [(self.paragraph, tokens)]))
                if cue.quoter is not None:
                    found[-1].via.append(cue.quoter)
        for attribution in found:
            if attribution.cue is not None and attribution.cue.head.i in self.content.subjects:
                attribution.subject = self.content.subjects[attribution.cue.head.i]
        self._floor(found)
        found = [a for a in found if a.tokens]
        return sorted(found, key=lambda a: a.tokens[0][1][0])

    # quotations -----------------------------------------------------------------------------------------------------

    def _tokens_of(self, number: int) -> list[int]:
        return [i for i, quote in enumerate(self.inside) if quote == number]

    def _quoted(self, number: int) -> Attribution | None:
        quote = self.paragraph.quotes[number]
        own = self._tokens_of(number)
        if not own:
            return None
        left, right = self._left(own[0]), self._right(own[-1])
        before = self._cue_before(own, left)
        led = before is not None and (self.doc[left[-1]].text in {",", ":"} or before.last.i == left[-1])
        after = None if led else self._cue_after(quote, right, left)
        cue = after or before
        if cue is None:
            return None
        known = next((a for a in self.spoken.values() if a.cue is cue), None)
        if known is not None:
            known.tokens[-1][1].extend(own)
            self.spoken[number] = known
            return None
        tokens = own if after else [*self._topicalized(cue, left, own), *own]
        if after and left and not self._only_link(left) and self.doc[left[-1]].text != ":":
            tokens = list(range(left[0], own[-1] + 1))
        self.used.add(cue.head.i)
        attribution = Attribution(self.paragraph, cue, cue.subject, [(self.paragraph, tokens)], quoted=True)
        if cue.quoter is not None:
            attribution.via.append(cue.quoter)
        self.spoken[number] = attribution
        return attribution

    def _left(self, start: int) -> list[int]:
        """Tokens of the sentence before a quotation, back to where the sentence or the last speech ended."""
        i = start - 1
        while i >= 0:
            number = self.inside[i]
            if number >= 0 and (number in self.spoken or self._ends_sentence(number)):
                break
            if number == _OUTSIDE and (self.doc[i].text in _ENDS or self.doc[i].text == "("):
                break
            i -= 1
        return [j for j in range(i + 1, start) if self.inside[j] != _MARK]

    def _right(self, end: int) -> list[int]:
        """Tokens behind a quotation up to the end of the sentence or the next quotation."""
        tokens = []
        for i in range(end + 1, len(self.doc)):
            if self.inside[i] >= 0 or (self.inside[i] != _MARK and self.doc[i].text in _ENDS):
                break
            if self.inside[i] != _MARK:
                tokens.append(i)
        return tokens

    def _ends_sentence(self, number: int) -> bool:
        return self._last_char(self.paragraph.quotes[number]) in _ENDS

    def _last_char(self, quote: Quote) -> str:
        inner = self.paragraph.doc.text[
            quote.inner_start - self.paragraph.start : quote.inner_end - self.paragraph.start
        ].rstrip(" \"'")
        return inner[-1:] if inner else ""

    def _only_link(self, left: list[int]) -> bool:
        return all(self.doc[i].pos_ in {"CCONJ", "ADV", "PUNCT", "SCONJ", "INTJ"} for i in left)

    def _cue_after(self, quote: Quote, right: list[int], left: list[int]) -> Cue | None:
        last = self._last_char(quote)
        if not right or quote.open_end or last == ".":
            return None
        parted = last in ",?!—–-…" or self.doc[right[0]].text in {",", "—", "–", "--"}
        if not parted and left:
            return None
        for i in right:
            cue = self._cue_at(i)
            if cue is not None and cue.frames.names & {"quote", "preposition"}:
                return cue if not self._in_aside(cue, right) and self._agrees(cue, quote, left) else None
            token = self.doc[i]
            if token.tag_ in _FINITE and not self._aside(token, right) and not self._is_auxiliary(token):
                return None
        return None

    def _agrees(self, cue: Cue, quote: Quote, left: list[int]) -> bool:
        """Where the reporter's words lead into a quotation, the parse has to hang them on the cue behind it."""
        if not left or self._only_link(left) or self.doc[left[-1]].text in {",", ":"}:
            return True
        start, end = quote.start - self.paragraph.start, quote.end - self.paragraph.start
        clauses = [c for c in cue.head.children if c.dep_ == "ccomp" and c.i < cue.head.i]
        clauses += [cue.head.head] if cue.head.dep_ == "parataxis" else []
        return any(self.doc[c.left_edge.i].idx < end and c.right_edge.idx > start for c in clauses)

    def _is_auxiliary(self, token: Token) -> bool:
        return token.dep_ in {"aux", "auxpass"}

    def _aside(self, token: Token, within: list[int]) -> bool:
        """Whether a verb belongs to a relative clause or aside of the words `within`."""
        while token.i in within:
            if token.dep_ in _ASIDES:
                return True
            if token.head == token:
                return False
            token = token.head
        return False

    def _in_aside(self, cue: Cue, right: list[int]) -> bool:
        return cue.head.dep_ in {"relcl"} and self._aside(cue.head, right)

    def _cue_at(self, i: int) -> Cue | None:
        return next((cue for cue in self.cues if cue.first.i <= i <= cue.last.i), None)

    def _cue_before(self, own: list[int], left: list[int]) -> Cue | None:
        """The cue that leads into a quotation: "Lee said, …", "Lee told the paper: …", "Lee said that …"."""
        if not left:
            return None
        last = self.doc[left[-1]]
        introduced = last.text in {",", ":", "—", "–", "--"}
        for i in reversed(left):
            cue = self._cue_at(i)
            if cue is None or not cue.frames.names & {"quote", "preposition"}:
                continue
            if "preposition" in cue.frames.names and not self._only_link([k for k in left if k < cue.first.i]):
                continue
            if last.text == ":" or cue.last.i == last.i:
                return cue
            begun = self._clause_begun(cue, left, own)
            leads = introduced or self._sentence_like(own) or (self._is_complementizer(last) and self._ends(own))
            return cue if leads and not begun else None
        return None

    def _topicalized(self, cue: Cue, left: list[int], own: list[int]) -> list[int]:
        """What the reporter puts before cue and quotation: "The North, Lee said, "must act"" begins with "The North"."""
        if cue.subject is None or self.doc[own[0]].text[:1].isupper() or self.doc[left[-1]].text == ":":
            return []
        start = cue.subject.left_edge.i if cue.subject.i < cue.first.i else cue.first.i
        before = [i for i in left if i < start]
        if len(before) < 2 or self.doc[before[-1]].text != ",":
            return []
        words = before[:-1]
        nominal = self.doc[words[0]].pos_ in {"DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"}
        return words if nominal and not any(self.doc[i].tag_ in _FINITE for i in words) else []

    def _clause_begun(self, cue: Cue, left: list[int], own: list[int]) -> bool:
        """Whether the reporter has begun the reported clause himself before a fragment: "said it was a "mess""."""
        between = (self.doc[i] for i in left if i > cue.last.i)
        return self.doc[own[0]].text[:1].islower() and any(
            t.tag_ in _FINITE and not self._aside(t, left) for t in between
        )

    def _ends(self, own: list[int]) -> bool:
        """Whether the sentence ends with a quotation."""
        return not self._right(own[-1]) or self.doc[own[-1]].text in {".", "?", "!", ","}

    def _is_complementizer(self, token: Token) -> bool:
        return token.lower_ == "that" and token.dep_ not in SUBJECTS

    def _sentence_like(self, own: list[int]) -> bool:
        words = [self.doc[i] for i in own if self.doc[i].is_alpha]
        return len(words) >= _SPEECH_WORDS and words[0].text[0].isupper() and self.doc[own[0] - 1].dep_ not in {
            "det", "poss", "amod", "mark", "prep", "aux"}

    # what belongs to nobody yet -------------------------------------------------------------------------------------

    def _floor(self, found: list[Attribution]) -> None:
        """Give speech without a cue to whoever holds the floor."""
        covered = {i for a in found for p, tokens in a.tokens if p is self.paragraph for i in tokens}
        for number, quote in enumerate(self.paragraph.quotes):
            own = self._tokens_of(number)
            if number in self.spoken or not own or own[len(own) // 2] in covered:
                continue
            left = self._left(own[0])
            if left and self.doc[left[-1]].text not in {",", ":"}:
                continue
            if left or not self._is_speech(own, quote):
                continue
            earlier = [a for a in found if a.tokens[0][1][0] < own[0]]
            if quote.resumes and self.previous is not None and not earlier:
                self.previous.tokens.append((self.paragraph, own))
                self.spoken[number] = self.previous
                continue
            last = max(earlier, key=lambda a: a.tokens[0][1][0], default=None)
            if last is not None and self._follows(last, own[0]):
                last.tokens[-1][1].extend(own)
                self.spoken[number] = last
                continue
            new = Attribution(self.paragraph, None, self._subject_before(own[0]), [(self.paragraph, own)], quoted=True)
            self.spoken[number] = new
            found.append(new)

    def _is_speech(self, own: list[int], quote: Quote) -> bool:
        words = [self.doc[i] for i in own if not self.doc[i].is_punct]
        return bool(words) and (len(words) >= _SPEECH_WORDS or self._ends_sentence(self.paragraph.quotes.index(quote)))

    def _follows(self, last: Attribution, start: int) -> bool:
        """Whether only the end of the statement's own sentence stands between it and a quotation."""
        ends = [tokens[-1] for p, tokens in last.tokens if p is self.paragraph]
        if last.cue is not None:
            ends.append(last.cue.last.i)
        between = range(max(ends) + 1, start)
        stops = [i for i in between if self.inside[i] == _OUTSIDE and self.doc[i].text in _ENDS]
        return not any(self.inside[i] >= 0 for i in between) and (
            len(stops) <= 1 and (not stops or not any(self.doc[i].is_alpha for i in range(stops[0] + 1, start)))
        )

    def _subject_before(self, start: int) -> Token | None:
        """The subject of the sentence before a cue-less quotation in the same paragraph."""
        for i in range(start - 1, -1, -1):
            if self.inside[i] < 0 and self.doc[i].dep_ in {"nsubj", "nsubjpass"} and self.doc[i].head.dep_ in {"ROOT"}:
                return self.doc[i]
        return None


def inside_of(paragraph: Paragraph) -> list[int]:
    """For each token the number of the quotation in whose words it stands, marks left out, else -1 (marks: -2)."""
    numbers = []
    quotes: Iterable[tuple[int, Quote]] = enumerate(paragraph.quotes)
    ordered = list(quotes)
    position = 0
    for token in paragraph.doc:
        at = paragraph.start + token.idx
        while position < len(ordered) and ordered[position][1].end <= at:
            position += 1
        if position < len(ordered) and ordered[position][1].start <= at:
            quote = ordered[position][1]
            numbers.append(position if quote.inner_start <= at < quote.inner_end else _MARK)
        else:
            numbers.append(_OUTSIDE)
    return numbers
