"""Turn attributions into statements: exact spans, speakers, via, date, place, topics, confidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.attribution import find_attributions
from service.extract.circumstances import Circumstances, addressee_of, addressee_token, place_of
from service.extract.confidence import confidence
from service.extract.found import FoundStatement
from service.extract.setting import SUBJECTS
from service.extract.spans import kind_of, phrase_of, spans
from service.extract.statement_topics import StatementTopics
from service.extract.topics import topic_ids
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.attribution import Attribution
    from service.extract.cues import Cue
    from service.extract.document import Document
    from service.extract.expressions import TimeExpression
    from service.extract.found import FoundEvent, Range
    from service.extract.lexicon import Lexicon
    from service.extract.people import People
    from service.extract.topics import TopicFinder
    from service.vocabulary.publishers import Publishers
    from service.vocabulary.verbs import ReportingVerbs

_JUDGING = frozenset(("object", "predicate"))


@dataclass(frozen=True, slots=True)
class Tools:
    """What statements are read with: the text's people, times and events, and the vocabularies' finders."""

    people: People
    times: Sequence[TimeExpression]
    events: Sequence[FoundEvent]
    topics: TopicFinder
    verbs: ReportingVerbs
    publishers: Publishers
    lexicon: Lexicon


def find_statements(document: Document, tools: Tools) -> tuple[FoundStatement, ...]:
    """Give the statements of `document` in the order of their first words."""
    return _Statements(document, tools).read()


class _Statements:
    def __init__(self, document: Document, tools: Tools) -> None:
        self.document = document
        self.tools = tools
        self.circumstances = Circumstances(tools.times, tools.events, tools.verbs)
        self.said: dict[int, list[tuple[Sequence[Range], set[int]]]] = {}
        """What is said in each paragraph: stretches of the text, and the tokens of the paragraph."""
        self.topics = StatementTopics(document, tools.topics)

    def read(self) -> tuple[FoundStatement, ...]:
        floor: tuple[int, ...] = ()
        attributions = find_attributions(self.document, self.tools.verbs)
        for attribution in attributions:
            tokens = {
                i for paragraph, own in attribution.tokens if paragraph is attribution.paragraph for i in own
            }
            self.said.setdefault(attribution.paragraph.index, []).append((spans(attribution)[0], tokens))
        attributions = [a for a in attributions if self._can_speak(a)]
        found: list[FoundStatement] = []
        speakers_of: dict[int, tuple[int, ...]] = {}
        for attribution in attributions:
            speakers = self._speakers(attribution) or (floor if attribution.cue is None else ())
            speakers_of[id(attribution)] = speakers
            floor = speakers or floor
        outer = _nesting(attributions)
        tags = {
            id(around)
            for inner in outer.values()
            for around in inner
            if self._is_source_tag(around, speakers_of[id(around)])
        }
        for attribution in attributions:
            speakers = speakers_of[id(attribution)]
            around = outer.get(id(attribution), [])
            repeated = any(speakers_of[id(a)] == speakers and id(a) not in tags for a in around)
            said_by_nobody = not speakers and not attribution.quoted
            if id(attribution) not in tags and not (repeated or said_by_nobody):
                found.append(
                    self._statement(attribution, speakers, self._via(attribution, outer, speakers_of))
                )
        return tuple(found)

    def _can_speak(self, a: Attribution) -> bool:
        """Whether what a participle hangs on can say something: "a letter warning of …", not "a pipe reporting to …"."""
        noun = a.subject
        if a.cue is not None and self._names_source(a, a.cue.head):
            return False
        if a.cue is not None and noun is not None and self._is_polled(a.cue.head, noun):
            return False
        if a.cue is None or noun is None or a.cue.head.dep_ != "acl" or noun.pos_ != "NOUN":
            return True
        lexicon, word = self.tools.lexicon, noun.lemma_.lower()
        return (
            self._is_told_by(a.cue, word)
            or lexicon.is_person_noun(word)
            or lexicon.is_organization_noun(word)
            or lexicon.is_group_noun(noun.lower_)
        )

    def _is_told_by(self, cue: Cue, document: str) -> bool:
        """Whether a document says it: "a letter warning that …", "a statement condemning …"; a resolution only does."""
        roles, names = self.tools.lexicon.roles, cue.frames.names
        return document in roles.documents and (
            "clause" in names or (bool(names & _JUDGING) and document not in roles.deeds)
        )

    def _is_polled(self, verb: Token, noun: Token) -> bool:
        """Whether it is a poll's figure: "the survey found that 54 percent of voters said …"."""
        roles = self.tools.lexicon.roles
        found_by = next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)
        return (
            noun.lemma_.lower() in roles.shares
            and verb.dep_ == "ccomp"
            and found_by is not None
            and found_by.lemma_.lower() in roles.documents
        )

    def _names_source(self, a: Attribution, verb: Token) -> bool:
        """Whether it only tells from whom something comes: "…, citing officials"."""
        if verb.tag_ != "VBG" or verb.lemma_.lower() not in self.tools.verbs.sourcing:
            return False
        objects = (child for child in verb.children if child.dep_ == "dobj")
        return any(self.tools.people.of(a.paragraph, thing) is not None for thing in objects)

    def _is_source_tag(self, a: Attribution, speakers: tuple[int, ...]) -> bool:
        """Whether it only tells where another statement comes from: "Lee said …, according to …", "…, reports Reuters"."""
        if a.cue is None:
            return False
        if "preposition" in a.cue.frames.names and self._is_written(a, speakers):
            return True
        behind = a.tokens[0][1][-1] < a.cue.head.i
        names = [self.tools.people.entities[entity].name for entity in speakers]
        known = bool(names) and all(self.tools.publishers.lookup(name) for name in names)
        return behind and (known or self._is_press(a))

    def _is_press(self, a: Attribution) -> bool:
        """Tell whether unnamed media tell it: "…, state media reported"."""
        press = self.tools.lexicon.roles.press
        return a.subject is not None and bool({a.subject.lower_, a.subject.lemma_.lower()} & press)

    def _statement(self, a: Attribution, speakers: tuple[int, ...], via: tuple[int, ...]) -> FoundStatement:
        content, quotes = spans(a)
        kind = kind_of(a)
        context = self._context(a, content)
        cue = a.paragraph.range(a.cue.first, a.cue.last) if a.cue is not None else None
        mention = a.paragraph.range(*phrase_of(a.subject)) if a.subject is not None else None
        relative = a.cue.relative if a.cue is not None else None
        return FoundStatement(
            kind=kind,
            content=content,
            quotes=quotes,
            cue=cue,
            mention=mention if relative is None else a.paragraph.range(relative, relative),
            speakers=speakers,
            via=via,
            addressee=addressee_of(a),
            place=place_of(a),
            time=self.circumstances.time(a, context, self._said(a)),
            context=context,
            topics=topic_ids(self.topics.hits(content, context, mention)),
            confidence=confidence(a, speakers),
            event=self.circumstances.event(a, context),
        )

    def _is_written(self, a: Attribution, speakers: tuple[int, ...]) -> bool:
        """Whether a paper, a survey or the like tells it, which passes on what others said."""
        document = a.subject is not None and a.subject.lemma_.lower() in self.tools.lexicon.roles.documents
        types = {self.tools.people.entities[entity].type for entity in speakers}
        return document or types == {SpeakerType.ORGANIZATION}

    def _said(self, a: Attribution) -> list[Range]:
        """Give the reported words of a paragraph, but for those within which the cue of `a` itself stands."""
        head = a.cue.head.i if a.cue is not None else -1
        others = (pieces for pieces, tokens in self.said[a.paragraph.index] if head not in tokens)
        return [piece for pieces in others for piece in pieces]

    def _speakers(self, a: Attribution) -> tuple[int, ...]:
        if a.subject is None:
            return ()
        return tuple(dict.fromkeys(self.tools.people.joint(a.paragraph, a.subject)))

    def _via(
        self, a: Attribution, outer: dict[int, list[Attribution]], speakers_of: dict[int, tuple[int, ...]]
    ) -> tuple[int, ...]:
        found: list[int] = []
        for token in a.via:
            found += self.tools.people.joint(a.paragraph, token)
        for around in outer.get(id(a), []):
            found += speakers_of[id(around)]
            for token in around.via:
                found += self.tools.people.joint(around.paragraph, token)
        told = addressee_token(a)
        if told is not None:
            entity = self.tools.people.of(a.paragraph, told)
            if entity is not None and self.tools.publishers.lookup(self.tools.people.entities[entity].name):
                found.append(entity)
        own = set(speakers_of[id(a)])
        return tuple(entity for entity in dict.fromkeys(found) if entity not in own)

    def _context(self, a: Attribution, content: Sequence[Range]) -> Range:
        start, end = content[0][0], content[-1][1]
        if a.cue is not None:
            first, last = a.paragraph.range(a.cue.first, a.cue.last)
            start, end = min(start, first), max(end, last)
        return _whole(self.topics.sentences, start, end)


def _whole(sentences: Sequence[Range], start: int, end: int) -> Range:
    """Widen to whole sentences."""
    first = bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1
    last = bisect_left(sentences, end, key=lambda sentence: sentence[1])
    opens = sentences[first][0] if first >= 0 and start < sentences[first][1] else start
    closes = sentences[last][1] if last < len(sentences) and sentences[last][0] < end else end
    return opens, closes


def _nesting(attributions: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    """For each statement those whose reported words hold its cue: it came through their speakers."""
    by_cue = {(a.paragraph.index, a.cue.head.i): a for a in attributions if a.cue is not None}
    outer: dict[int, list[Attribution]] = {}
    for b in attributions:
        for paragraph, tokens in b.tokens:
            inner = (by_cue.get((paragraph.index, i)) for i in tokens if paragraph is b.paragraph)
            for a in inner:
                if a is not None and a is not b:
                    outer.setdefault(id(a), []).append(b)
    return outer
