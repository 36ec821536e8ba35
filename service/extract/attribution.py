"""Attribution: which words of a paragraph are reported, by which cue, said by whom.

Quoted speech is joined to its cue by position; everything else follows the parse: the clause, infinitive or noun phrase
that the cue governs. Quotations that are left belong to the statement they follow, or to whoever holds the floor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.extract.content import Content
from service.extract.cues import Cue, colon_cue, find_cues
from service.extract.document import OUTSIDE
from service.extract.introduction import SPEECH_WORDS, Introductions, Surroundings
from service.extract.setting import Setting
from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.vocabulary.verbs import ReportingVerbs


@dataclass(slots=True)
class Attribution:
    """A statement in the making. `tokens` are the reported words: paragraphs with their token numbers.

    `subject` is the head of the speaker's noun phrase, None for whoever holds the floor; `via` the heads of those
    through whom it came; `quoted` says that the cue was found by a quotation's place.
    """

    paragraph: Paragraph
    cue: Cue | None
    subject: Token | None
    tokens: list[tuple[Paragraph, list[int]]]
    via: list[Token] = field(default_factory=list)
    quoted: bool = False

    @property
    def start(self) -> int:
        """Give the number of its first token."""
        return self.tokens[0][1][0]


def find_attributions(document: Document, verbs: ReportingVerbs) -> list[Attribution]:
    """Give the statements of a document, paragraph by paragraph in the order of their words; captions hold none."""
    people = {p.doc[person.last].lower_ for p in document.paragraphs for person in p.people}
    found: list[Attribution] = []
    for paragraph in document.paragraphs:
        if paragraph.role != Role.CAPTION:
            found += _Reader(paragraph, verbs, people, found[-1] if found else None).read()
    return found


class _Reader:
    """Reads one paragraph; `people` are the last words of names in the text, `previous` is the last statement before."""

    def __init__(
        self,
        paragraph: Paragraph,
        verbs: ReportingVerbs,
        people: Container[str],
        previous: Attribution | None,
    ) -> None:
        self.paragraph = paragraph
        self.previous = previous
        cues: dict[int, Cue] = {}
        for cue in find_cues(paragraph.doc, verbs):
            if paragraph.inside[cue.head.i] < 0:
                cues.setdefault(cue.head.i, cue)  # the "saying" of "quoted as saying" is no cue of its own
        opening = colon_cue(paragraph.doc, verbs, people, headline=paragraph.role == Role.HEADLINE)
        if opening is not None and not any(i < opening.head.i for i in cues):
            cues[opening.head.i] = opening
        self.at = Setting(paragraph, cues, verbs)
        self.introductions = Introductions(paragraph, self.at)
        self.found: dict[int, Attribution] = {}
        """Statements by the token of their cue."""
        self.floor: list[Attribution] = []

    def read(self) -> list[Attribution]:
        for number in range(len(self.paragraph.quotes)):
            self._read_quotation(number)
        self._read_cues()
        for number in range(len(self.paragraph.quotes)):
            self._read_floor(number)
        said = (a for a in (*self.found.values(), *self.floor) if _has_words(a))
        return sorted(said, key=lambda a: a.start)

    def _read_quotation(self, number: int) -> None:
        place = self.introductions.around(number)
        introduction = self.introductions.find(place) if place else None
        if place is None or introduction is None:
            return
        self.introductions.spoken.add(number)
        head = introduction.cue.head.i
        if head in self.found:
            self.found[head].tokens[-1][1].extend(place.own)
        else:
            self.found[head] = self._new(introduction.cue, introduction.tokens, quoted=True)
            self.found[head].subject = introduction.subject

    def _read_cues(self) -> None:
        content = Content(self.at)
        for i, cue in self.at.cues.items():
            tokens = content.of(cue) if i not in self.found else []
            if tokens:
                self.found[i] = self._new(cue, tokens)
        for i, subject in content.subjects.items():
            if i in self.found:
                self.found[i].subject = subject

    def _new(self, cue: Cue, tokens: list[int], *, quoted: bool = False) -> Attribution:
        via = [cue.quoter] if cue.quoter is not None else []
        subject = cue.subject
        if subject is not None and self.at.inside[subject.i] >= 0:
            subject = self._speaker_before(cue)
        return Attribution(self.paragraph, cue, subject, [(self.paragraph, tokens)], via, quoted)

    def _speaker_before(self, cue: Cue) -> Token | None:
        """Give the subject of the last cue before in the sentence: the parser took one from within a quotation."""
        start = self.at.sentence_start(cue.head.i)
        before = [a for i, a in self.found.items() if start <= i < cue.head.i]
        return max(before, key=lambda a: a.cue.head.i if a.cue else 0).subject if before else None

    def _read_floor(self, number: int) -> None:
        """Give a quotation without a cue to the statement it follows or to whoever holds the floor."""
        place = self.introductions.around(number) if number not in self.introductions.spoken else None
        if place is None or self._is_reported(place) or not self._is_speech(number, place):
            return
        if place.left and self.at.doc[place.left[-1]].text != ":":
            return
        self.introductions.spoken.add(number)
        own = list(place.own)
        earlier = [a for a in (*self.found.values(), *self.floor) if a.start < own[0]]
        last = max(earlier, key=lambda a: (self._same_sentence(a, own[0]), a.quoted, a.start), default=None)
        if last is not None and self._follows(last, own[0]):
            last.tokens[-1][1].extend(own)
        else:
            subject = self._subject_before(own[0])
            self.floor.append(
                Attribution(self.paragraph, None, subject, [(self.paragraph, own)], quoted=True)
            )

    def _is_reported(self, place: Surroundings) -> bool:
        """Tell whether a quotation already stands in a statement's words."""
        middle = place.own[len(place.own) // 2]
        return any(
            middle in tokens for a in self.found.values() for p, tokens in a.tokens if p is self.paragraph
        )

    def _is_speech(self, number: int, place: Surroundings) -> bool:
        words = sum(not self.at.doc[i].is_punct for i in place.own)
        return words >= SPEECH_WORDS or (words > 0 and self.introductions.ends_sentence(number))

    def _follows(self, last: Attribution, start: int) -> bool:
        """Tell whether only the end of a statement's own sentence stands between it and a quotation."""
        ends = [tokens[-1] for p, tokens in last.tokens if p is self.paragraph]
        ends += [last.cue.last.i] if last.cue is not None else []
        between = range(max(ends) + 1, start)
        stops = [i for i in between if self.at.stops(i)]
        behind = range(stops[0] + 1, start) if stops else range(0)
        quoted = any(self.at.inside[i] >= 0 for i in between)
        return not quoted and len(stops) <= 1 and not any(self.at.doc[i].is_alpha for i in behind)

    def _same_sentence(self, a: Attribution, start: int) -> bool:
        """Tell whether a statement's cue, or its last word, stands in the sentence right before token `start`."""
        end = a.cue.head.i if a.cue is not None else a.tokens[-1][1][-1]
        stop = self.at.sentence_end(end)
        return not any(self.at.stops(i) for i in range(stop + 1, start))

    def _subject_before(self, start: int) -> Token | None:
        """Give the subject of the sentence before a quotation that has no cue."""
        for i in range(start - 1, -1, -1):
            token = self.at.doc[i]
            if (
                self.at.inside[i] == OUTSIDE
                and token.dep_ in {"nsubj", "nsubjpass"}
                and token.head.dep_ == "ROOT"
            ):
                return token
        return None


def _has_words(a: Attribution) -> bool:
    """Tell whether anything but marks and signs is reported: "said ""%" says nothing."""
    return any(sign.isalnum() for p, tokens in a.tokens for i in tokens for sign in p.doc[i].text)
