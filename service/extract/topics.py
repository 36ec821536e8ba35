"""Find which topics words are about, by the patterns of the topic vocabulary, and say where and why.

Everything is compiled once; a stretch of text is cut into words and matched in one pass, then only the patterns whose
first group was found are looked at. Time is linear in the length of a piece, of which the first 20,000 code points are
looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from service.extract.topic_terms import Stretch, TermTree, Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.extract.surroundings import Surroundings
    from service.vocabulary.topics import Group, Term, TopicPattern, Topics

_LONGEST_TEXT = 20_000
"""Code points of a piece that are looked at; a statement that long has shown by then what it is about."""
_SHORT = 14
"""Words of a content in which a mere pronoun counts as referring back; the first word is the speaker, if any."""
_BESIDE = 6
"""Words on either side of a stretch in which `not` terms call it off."""


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic, the pattern that made it hold, and the words that did.

    `start` and `end` are code points into the piece named by `where`: "text" (what was handed in; of a statement, its
    content), "sentence" (what of its sentence comes before), "before-1" and "before-2" for the sentences before, or
    "headline".
    """

    topic: str
    start: int
    end: int
    pattern: str
    words: str
    where: str = "text"


@dataclass(frozen=True, slots=True)
class _Rule:
    topic: str
    name: str
    groups: tuple[tuple[int, ...], ...]
    within: int
    ordered: bool
    context: tuple[tuple[int, ...], ...]
    sentence: tuple[tuple[int, ...], ...]
    unless: tuple[int, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class _Scan:
    text: str
    words: list[Word]
    found: dict[int, list[Stretch]]
    away: dict[int, frozenset[int]]

    def stretches(self, group: tuple[int, ...]) -> list[Stretch]:
        hits = {hit for number in group for hit in self.found.get(number, ())}
        for number in group:
            if number in self.away:
                hits = {hit for hit in hits if self.away[number].isdisjoint(range(hit[0], hit[1] + 1))}
        return sorted(hits)


class TopicFinder:
    """The topic vocabulary, compiled; safe to share between threads."""

    def __init__(self, topics: Topics) -> None:
        """Compile `topics`."""
        self._sets: list[tuple[Term, ...]] = []
        self._numbers: dict[tuple[Term, ...], int] = {}
        self._topics = topics
        self._order = {entry.id: number for number, entry in enumerate(topics.entries)}
        self._above = {entry.id: topics.ancestors(entry.id) for entry in topics.entries}
        self._refers_back = self._numbered(topics.refers_back)
        self._pronouns = self._numbered(topics.pronouns)
        self._by_first: dict[int, list[_Rule]] = {}
        for entry in topics.entries:
            for pattern in entry.patterns:
                rule = self._rule(entry.id, pattern)
                for number in rule.groups[0]:
                    self._by_first.setdefault(number, []).append(rule)
        self._tree = TermTree(self._sets)
        self._scan = lru_cache(maxsize=512)(self._scanned)

    def find(self, text: str, context: Sequence[str] = ()) -> tuple[TopicHit, ...]:
        """Give the most specific topics of `text`, the best place for each pattern, by topic in vocabulary order.

        `context` is what surrounds the text, its own sentence first, where a pattern may look for what it leaves unsaid.
        """
        around = [self._scan(piece) for piece in context]
        return self._hits(self._scan(text), around, "text")

    def statement_topics(self, content: str, around: Surroundings) -> tuple[TopicHit, ...]:
        """Give the topics of a statement whose words are `content`.

        The content decides. Where it holds no topic but refers back, the first of the places it may point at that holds
        one does.
        """
        scans = [self._scan(piece) for piece in around.pieces()]
        own = self._scan(content)
        hits = self._hits(own, scans, "text")
        for where, piece in () if hits else self._pointed_at(own, around):
            hits = self._hits(self._scan(piece), scans, where)
            if hits:
                break
        return hits

    def _pointed_at(self, own: _Scan, around: Surroundings) -> list[tuple[str, str]]:
        if own.stretches(self._refers_back):
            return around.named()
        if around.points:
            return around.nearest()
        pronouns = own.stretches(self._pronouns) if len(own.words) <= _SHORT else []
        return around.own_paragraph() if any(first > 0 for first, _ in pronouns) else []

    def _scanned(self, text: str) -> _Scan:
        words = words_of(text[:_LONGEST_TEXT])
        return _Scan(text, words, *self._tree.scan(words))

    def _hits(self, scan: _Scan, around: Sequence[_Scan], where: str) -> tuple[TopicHit, ...]:
        rules = {id(rule): rule for number in scan.found for rule in self._by_first.get(number, ())}
        held = [(rule, stretch) for rule in rules.values() if (stretch := _holds(rule, scan, around))]
        if any(not rule.alone for rule, _ in held):
            held = [(rule, stretch) for rule, stretch in held if not rule.alone]
        topics = {rule.topic for rule, _ in held}
        wider = {above for topic in topics for above in self._above[topic]}
        hits = [_hit(rule, stretch, scan, where) for rule, stretch in held if rule.topic not in wider]
        return tuple(sorted(hits, key=lambda hit: (self._order[hit.topic], hit.start, hit.end, hit.pattern)))

    def _rule(self, topic: str, pattern: TopicPattern) -> _Rule:
        return _Rule(
            topic=topic,
            name=pattern.name,
            groups=tuple(self._numbered(group) for group in pattern.groups),
            within=pattern.within,
            ordered=pattern.ordered,
            context=tuple(self._numbered(group) for group in pattern.context),
            sentence=tuple(self._numbered(group) for group in pattern.sentence),
            unless=self._numbered(pattern.unless) if pattern.unless else (),
            alone=pattern.alone,
        )

    def _numbered(self, group: Group) -> tuple[int, ...]:
        own = (self._number(group.terms),) if group.terms else ()
        return own + tuple(n for macro in group.macros for n in self._numbered(self._topics.words[macro]))

    def _number(self, terms: tuple[Term, ...]) -> int:
        if terms not in self._numbers:
            self._numbers[terms] = len(self._sets)
            self._sets.append(terms)
        return self._numbers[terms]


def topic_ids(hits: Iterable[TopicHit]) -> tuple[str, ...]:
    """Give the topics of `hits`, each once, in their order."""
    return tuple(dict.fromkeys(hit.topic for hit in hits))


def _hit(rule: _Rule, stretch: Stretch, scan: _Scan, where: str) -> TopicHit:
    start, end = scan.words[stretch[0]].start, scan.words[stretch[1]].end
    return TopicHit(rule.topic, start, end, rule.name, scan.text[start:end], where)


def _holds(rule: _Rule, scan: _Scan, around: Sequence[_Scan]) -> Stretch | None:
    groups = [scan.stretches(group) for group in rule.groups]
    if not all(groups):
        return None
    if not (_told(rule.context, (scan, *around)) and _told(rule.sentence, (scan, *around[:1]))):
        return None
    against = scan.stretches(rule.unless)
    places = _in_order(groups) if rule.ordered else _together(groups)
    for first, last in places:
        if last - first < rule.within and not _near(against, first, last):
            return first, last
    return None


def _told(groups: tuple[tuple[int, ...], ...], pieces: Sequence[_Scan]) -> bool:
    return all(any(piece.stretches(group) for piece in pieces) for group in groups)


def _near(against: list[Stretch], first: int, last: int) -> bool:
    at = bisect_left(against, (first - _BESIDE, -1))
    return at < len(against) and against[at][0] <= last + _BESIDE


def _in_order(groups: list[list[Stretch]]) -> Iterator[Stretch]:
    for first, last in groups[0]:
        end = last
        for later in groups[1:]:
            at = bisect_left(later, (end + 1, -1))
            if at == len(later):
                return
            end = later[at][1]
        yield first, end


def _together(groups: list[list[Stretch]]) -> Iterator[Stretch]:
    """Give the tightest stretches that hold a hit of every group, from left to right."""
    hits = sorted((first, last, number) for number, group in enumerate(groups) for first, last in group)
    counts = [0] * len(groups)
    missing, left = len(groups), 0
    for _, last, number in hits:
        missing -= counts[number] == 0
        counts[number] += 1
        while missing == 0:
            start, end, gone = hits[left]
            yield start, max(end, last)
            counts[gone] -= 1
            missing += counts[gone] == 0
            left += 1
