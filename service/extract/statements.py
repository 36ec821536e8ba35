"""Turn attributions into statements: exact spans, speakers, via, date, place, topics, confidence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from service.extract.attribution import find_attributions, inside_of
from service.extract.found import FoundStatement
from service.extract.topics import topic_ids
from service.model import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.attribution import Attribution
    from service.extract.document import Document, Paragraph
    from service.extract.expressions import TimeExpression
    from service.extract.found import FoundEvent, Range
    from service.extract.lexicon import Lexicon
    from service.extract.people import People
    from service.extract.topics import TopicFinder, TopicHit
    from service.vocabulary.publishers import Publishers
    from service.vocabulary.verbs import ReportingVerbs

_PLACE_PREPOSITIONS = frozenset(("in", "at"))
_BEFORE = 6
_SURE = {"quote": 0.95, "clause": 0.9, "preposition": 0.85, "colon": 0.7, "predicate": 0.75, "infinitive": 0.75}
_UNSURE = 0.6


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
        headline = next(document.of_role(Role.HEADLINE), None)
        self.headline = document.text.decoded[headline.start : headline.end] if headline else None
        self.sentences = [
            (paragraph.start + sent.start_char, paragraph.start + sent.end_char)
            for paragraph in document.paragraphs
            for sent in paragraph.doc.sents
        ]

    def read(self) -> tuple[FoundStatement, ...]:
        floor: tuple[int, ...] = ()
        attributions = find_attributions(self.document, self.tools.verbs)
        found: list[FoundStatement] = []
        speakers_of: dict[int, tuple[int, ...]] = {}
        for attribution in attributions:
            speakers = self._speakers(attribution) or (floor if attribution.subject is None else ())
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
            if id(attribution) not in tags and not repeated and self._can_speak(attribution):
                found.append(self._statement(attribution, speakers, self._via(attribution, outer, speakers_of)))
        return tuple(found)

    def _can_speak(self, a: Attribution) -> bool:
        """Whether what a participle hangs on can say something: "a letter warning of …", not "a pipe reporting to …"."""
        noun = a.subject
        if a.cue is None or noun is None or a.cue.head.dep_ != "acl" or noun.pos_ != "NOUN":
            return True
        lexicon, word = self.tools.lexicon, noun.lemma_.lower()
        return (
            (word in lexicon.roles.documents and "clause" in a.cue.frames.names)
            or lexicon.is_person_noun(word)
            or lexicon.is_organization_noun(word)
            or lexicon.is_group_noun(noun.lower_)
        )

    def _is_source_tag(self, a: Attribution, speakers: tuple[int, ...]) -> bool:
        """Whether it only tells where another statement comes from: "Lee said …, according to …", "…, reports Reuters"."""
        if a.cue is None:
            return False
        if "preposition" in a.cue.frames.names:
            return True
        behind = a.tokens[0][1][-1] < a.cue.head.i
        names = [self.tools.people.entities[entity].name for entity in speakers]
        return behind and bool(names) and all(self.tools.publishers.lookup(name) for name in names)

    def _statement(self, a: Attribution, speakers: tuple[int, ...], via: tuple[int, ...]) -> FoundStatement:
        content, quotes = spans(a)
        kind = _kind(a)
        context = self._context(a, content)
        cue = a.cue and a.paragraph.range(a.cue.first, a.cue.last)
        mention = a.paragraph.range(*_phrase(a.subject)) if a.subject is not None else None
        return FoundStatement(
            kind=kind,
            content=content,
            quotes=quotes,
            cue=cue,
            mention=mention,
            speakers=speakers,
            via=via,
            addressee=_addressee(a),
            place=_place(a),
            time=self._time(a, context, content),
            context=context,
            topics=topic_ids(self._topics(content, context)),
            confidence=_confidence(a, kind, speakers),
            event=self._event(a, context),
        )

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
        told = _addressee_token(a)
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
        return _whole(self.sentences, start, end)

    def _time(self, a: Attribution, context: Range, content: Sequence[Range]) -> TimeExpression | None:
        if a.cue is None:
            return None
        lo, hi = a.paragraph.start, a.paragraph.end
        head = a.cue.head
        best: tuple[int, TimeExpression] | None = None
        for time in self.tools.times:
            if not (max(context[0], lo) <= time.start and time.end <= min(context[1], hi)):
                continue
            if any(start < time.end and time.start < end for start, end in content):
                continue
            token = a.paragraph.token_at(time.start)
            distance = _distance(token, head)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, time
        return best[1] if best else self._time_before(a, context)

    def _time_before(self, a: Attribution, context: Range) -> TimeExpression | None:
        """The expression that leads into the cue's clause with no verb between: "but a day earlier in Rome had said"."""
        first = a.cue.first if a.cue is not None else None
        for time in reversed(self.tools.times):
            if first is None or time.end > a.paragraph.start + first.idx or time.start < max(context[0], a.paragraph.start):
                continue
            between = a.paragraph.doc[a.paragraph.token_at(time.end - 1).i + 1 : first.i]
            clear = not any(token.pos_ in {"VERB", "AUX"} or token.text in {".", ";"} for token in between)
            return time if clear else None
        return None

    def _topics(self, content: Sequence[Range], context: Range) -> tuple[TopicHit, ...]:
        decoded = self.document.text.decoded
        words = " … ".join(decoded[start:end] for start, end in content)
        before = [decoded[start:end] for start, end in self.sentences if end <= context[0]][-_BEFORE:]
        return self.tools.topics.statement_topics(words, decoded[slice(*context)], before, self.headline)

    def _event(self, a: Attribution, context: Range) -> int | None:
        """The event at which it was said: one whose words take in the cue or stand beside it in its clause."""
        if a.cue is None:
            return None
        start, end = a.paragraph.range(a.cue.first, a.cue.last)
        for number, event in enumerate(self.tools.events):
            for mention in event.mentions:
                inside = mention.range[0] <= start and end <= mention.range[1]
                governed = (
                    context[0] <= mention.range[0] < context[1]
                    and mention.range[0] >= end
                    and _distance(a.paragraph.token_at(mention.range[1] - 1), a.cue.head) is not None
                )
                if (inside or governed) and event.type in {"press-conference", "meeting", "talks", "speech"}:
                    return number
        return None


def spans(a: Attribution) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """Give the pieces of what was said, and the stretches of it inside quotation marks (marks left out)."""
    content: list[Range] = []
    quotes: list[Range] = []
    for paragraph, tokens in a.tokens:
        inside = inside_of(paragraph)
        ordered = sorted(set(tokens))
        numbers = dict.fromkeys(inside[i] for i in ordered if inside[i] >= 0)
        quotes += [_stripped(paragraph, paragraph.quotes[n].inner_start, paragraph.quotes[n].inner_end) for n in numbers]
        content += [_piece(paragraph, run, inside) for run in _runs(paragraph, ordered, inside)]
    return tuple(sorted(content)), tuple(sorted(quotes))


def _runs(paragraph: Paragraph, ordered: list[int], inside: list[int]) -> list[list[int]]:
    runs = [[ordered[0]]]
    for before, after in pairwise(ordered):
        gap = range(before + 1, after)
        words = any((paragraph.doc[i].is_alpha or paragraph.doc[i].like_num) and paragraph.doc[i].pos_ != "CCONJ" for i in gap)
        stop = inside[before] != inside[after] and any(paragraph.doc[i].text in ".?!" and inside[i] == -1 for i in gap)
        both_quoted = inside[before] >= 0 and inside[after] >= 0 and inside[before] != inside[after]
        if words or stop or (both_quoted and not any(inside[i] == -1 for i in gap)):
            runs.append([])
        runs[-1].append(after)
    return runs


def _piece(paragraph: Paragraph, run: list[int], inside: list[int]) -> Range:
    numbers = {inside[i] for i in run}
    start, end = paragraph.range(paragraph.doc[run[0]], paragraph.doc[run[-1]])
    first, last = inside[run[0]], inside[run[-1]]
    if len(numbers) == 1 and first >= 0:
        return _stripped(paragraph, paragraph.quotes[first].inner_start, paragraph.quotes[first].inner_end)
    start = paragraph.quotes[first].start if first >= 0 else start
    end = paragraph.quotes[last].end if last >= 0 else end
    return start, end


def _stripped(paragraph: Paragraph, start: int, end: int) -> Range:
    words = paragraph.doc.text[start - paragraph.start : end - paragraph.start]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _kind(a: Attribution) -> Kind:
    quoted = [
        inside[i] >= 0
        for paragraph, tokens in a.tokens
        for inside in (inside_of(paragraph),)
        for i in tokens
        if not paragraph.doc[i].is_punct
    ]
    return Kind.DIRECT if all(quoted) else Kind.MIXED if any(quoted) else Kind.INDIRECT


def _phrase(head: Token) -> tuple[Token, Token]:
    """The noun phrase of `head` without relative clauses, appositions and what is coordinated."""
    first, last = head, head
    doc = head.doc
    while first.i > head.left_edge.i and not doc[first.i - 1].is_punct:
        first = doc[first.i - 1]
    for child in head.rights:
        if child.dep_ == "prep" and child.i == last.i + 1 and child.lower_ in {"of", "from", "for", "at"}:
            last = child.right_edge
    return first, last


def _whole(sentences: Sequence[Range], start: int, end: int) -> Range:
    """Widen to whole sentences."""
    first = next((s for s, e in sentences if s <= start < e), start)
    last = next((e for s, e in sentences if s < end <= e), end)
    return first, last


def _nesting(attributions: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    """For each statement those whose reported words hold its cue: it came through their speakers."""
    outer: dict[int, list[Attribution]] = {}
    by_paragraph: dict[int, list[Attribution]] = {}
    for a in attributions:
        by_paragraph.setdefault(a.paragraph.index, []).append(a)
    for group in by_paragraph.values():
        for a in group:
            if a.cue is None:
                continue
            around = [b for b in group if b is not a and any(a.cue.head.i in tokens for p, tokens in b.tokens if p is b.paragraph)]
            if around:
                outer[id(a)] = around
    return outer


def _addressee_token(a: Attribution) -> Token | None:
    if a.cue is None or not a.cue.frames.addressee_is_object:
        return None
    return next((c for c in a.cue.head.children if c.dep_ in {"dobj", "dative"} and c.i > a.cue.head.i), None)


def _addressee(a: Attribution) -> Range | None:
    token = _addressee_token(a)
    return a.paragraph.range(*_phrase(token)) if token is not None else None


def _place(a: Attribution) -> Range | None:
    if a.cue is None:
        return None
    for child in (c for c in a.cue.head.children if c.dep_ == "prep" and c.lower_ in _PLACE_PREPOSITIONS):
        for thing in child.children:
            if thing.dep_ == "pobj" and thing.ent_type_ in {"GPE", "LOC", "FAC"}:
                return a.paragraph.range(*_phrase(thing))
    return None


def _distance(token: Token, head: Token) -> int | None:
    """Steps from a word up to the verb that governs it, through no other clause; None where it belongs elsewhere."""
    for steps in range(8):
        if token == head:
            return steps
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "pcomp", "advcl"}:
            return None
        if token.head == token:
            return None
        token = token.head
    return None


def _confidence(a: Attribution, kind: Kind, speakers: tuple[int, ...]) -> float:
    """How sure: by what the cue governs; less for a speaker who had to be guessed, or none, and for short words."""
    if a.quoted:
        value = _SURE["quote"] if a.cue is not None else 0.7
    else:
        names = a.cue.frames.names if a.cue is not None else frozenset[str]()
        value = next((sure for frame, sure in _SURE.items() if frame in names and frame != "quote"), _UNSURE)
    if not speakers:
        value -= 0.3
    elif a.subject is not None and a.subject.pos_ == "PRON":
        value -= 0.05
    if kind is Kind.INDIRECT and sum(len(tokens) for _, tokens in a.tokens) < 4:
        value -= 0.2
    return round(max(0.05, value), 2)
