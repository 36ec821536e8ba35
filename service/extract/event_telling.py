"""One telling of an event: the words, who, where and when; and what all readers of tellings share."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.extract.event_places import place_words
from service.extract.event_stretches import sentence
from service.extract.event_syntax import clause_verb, governors
from service.extract.expressions import TimeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.event_parties import Parties
    from service.extract.expressions import TimeExpression
    from service.extract.found import Range
    from service.model import Status
    from service.vocabulary.event_triggers import EventTriggers

LONGEST_MENTION = 300
_LEAN = frozenset(("ADP", "SCONJ", "ADV", "NUM", "PUNCT"))
_TIMES_AND_PLACES = frozenset(("DATE", "TIME", "GPE", "LOC", "FAC"))
_COUNTED = frozenset((TimeKind.CALENDAR, TimeKind.AGO, TimeKind.WITHIN))
_FARTHEST = 400
"""Characters within which a time can belong to a word."""
_PRESENT = frozenset(("VBZ", "VBP"))

RoleWords = dict[str, list["Token"]]
"""The heads of the nouns in each role around a trigger: "doer", "partner", "target" …"""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell an event. `types` are what it can be, the likeliest first; `head` stands at `offset`.

    `fresh` when enough is told for an event of its own, else the words only refer back; `own` are those whom the words
    themselves name, `parties` with those of the clause around; `number` tells one of several apart ("third", "latest").
    `anchors` are the offsets of nouns that date it ("after the meeting"). `pointing` words can only mean what was told
    shortly before ("the first one"). `over` is when it was over at the latest: "said on Sunday after talks".
    """

    types: tuple[str, ...]
    offset: int
    range: Range
    sentence: Range
    status: Status
    parties: tuple[int, ...]
    place: Range | None = None
    time: TimeExpression | None = None
    fresh: bool = True
    definite: bool = False
    number: str | None = None
    current: bool = False
    noun: str | None = None
    several: bool = False
    anchors: tuple[int, ...] = ()
    pointing: bool = False
    over: TimeExpression | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers of one text need: its people, its expressions of time in order, the triggers."""

    parties: Parties
    times: Sequence[TimeExpression]
    triggers: EventTriggers
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the expressions by where they begin."""
        object.__setattr__(self, "_starts", [time.start for time in self.times])

    def within(self, start: int, end: int) -> Sequence[TimeExpression]:
        """Give the expressions that begin in the stretch from `start` to `end`."""
        return self.times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def time_at(self, paragraph: Paragraph, head: Token) -> TimeExpression | None:
        """Give the expression that hangs from `head` with nothing but prepositions, places and times between."""
        at = paragraph.start + head.idx
        near = self.within(at - _FARTHEST, at + _FARTHEST)
        attached = [time for time in near if _hangs(paragraph, time, head)]
        return min(
            attached, key=lambda time: (time.kind is TimeKind.VAGUE, abs(time.start - at)), default=None
        )

    def time_beside(self, paragraph: Paragraph, first: Token, last: Token) -> TimeExpression | None:
        """Give the expression right before or behind the words from `first` to `last`.

        "The day before" right before them counts from them, and tells the time of something else.
        """
        start, end = paragraph.range(first, last)
        before = paragraph.range(first.nbor(-1), first.nbor(-1))[1] if first.i else start
        for time in self.within(max(start - 40, paragraph.start + sentence(first)[0].idx), end + 3):
            if (time.end == before and time.kind is not TimeKind.BESIDE) or time.start - end in {0, 1}:
                verbs = {clause_verb(paragraph.token_at(time.start)), clause_verb(first), clause_verb(last)}
                return time if len(verbs) == 1 or None in verbs else None
        return None

    def entities(self, paragraph: Paragraph, type_: str, words: RoleWords) -> tuple[int, ...]:
        """Give those of `words` who can take part in an event of `type_`, role by role."""
        kind = self.triggers.kinds[type_]
        found: dict[int, None] = {}
        for role in kind.roles:
            nouns = words.get(role, [])
            if kind.takes == "state":
                nouns = [self.parties.actor(paragraph, noun) for noun in nouns]
            for index in self.parties.of(paragraph, nouns):
                if (kept := self._kept(index, kind.takes)) is not None:
                    found[kept] = None
        if not found and kind.takes == "person":
            found = dict.fromkeys(self.parties.of(paragraph, self._delegations(words)))
        named = [index for index in found if not self.parties.is_crowd(index)]
        if kind.people:
            named += self._with_states(self.parties.of(paragraph, words.get("kin", [])))
            named += self._states(named)
        return tuple(dict.fromkeys(named or found))

    def _delegations(self, words: RoleWords) -> list[Token]:
        """Give those who are sent for a state and do what a person does: "a Spanish delegation travelled"."""
        return [
            noun for noun in words.get("doer", []) if noun.lemma_.lower() in self.triggers.words.delegates
        ]

    def _with_states(self, people: Iterable[int]) -> list[int]:
        """Give those of `people` whose states the text names: a relative of nobody in particular tells nothing."""
        return [index for index in people if self.parties.state_of(index) != index]

    def _states(self, people: Iterable[int]) -> list[int]:
        """Give the states of `people`, as far as the text names them."""
        states = ((index, self.parties.state_of(index)) for index in people)
        return [state for index, state in states if state != index]

    def _kept(self, index: int, takes: str) -> int | None:
        if takes == "any":
            return index
        if takes == "person":
            return index if self.parties.is_person(index) or self.parties.is_crowd(index) else None
        state = self.parties.state_of(index) if self.parties.is_person(index) else index
        return None if self.parties.is_person(state) or self.parties.is_crowd(state) else state


def _hangs(paragraph: Paragraph, time: TimeExpression, head: Token) -> bool:
    return any(_leads_to(paragraph, token, time, head) for token in _tokens(paragraph, time, head))


def _leads_to(paragraph: Paragraph, token: Token, time: TimeExpression, head: Token) -> bool:
    """Whether nothing but lean words stands between a word of the time and `head`."""
    for above in governors(token):
        if above == head:
            return True
        within = time.start <= paragraph.start + above.idx < time.end
        if not within and above.pos_ not in _LEAN and above.ent_type_ not in _TIMES_AND_PLACES:
            return False
    return False


def _tokens(paragraph: Paragraph, time: TimeExpression, head: Token) -> list[Token]:
    """Give the tokens of the words of `time` that stand in the paragraph, `head` itself left out."""
    start, end = max(time.start, paragraph.start), min(time.end, paragraph.end)
    if start >= end:
        return []
    first, last = paragraph.token_at(start), paragraph.token_at(end - 1)
    return [token for token in head.doc[first.i : last.i + 1] if token != head]


def range_of_place(paragraph: Paragraph, places: Sequence[Token]) -> Range | None:
    """Give the words of the first of `places`, None where there is none."""
    return paragraph.range(*place_words(places[0])) if places else None


def capped(paragraph: Paragraph, first: Token, last: Token, head: Token) -> Range:
    """Give the stretch from `first` to `last`, cut to three hundred characters around `head`, at word ends."""
    start, end = paragraph.range(first, last)
    if end - start <= LONGEST_MENTION:
        return start, end
    at = paragraph.start + head.idx
    if at - start > LONGEST_MENTION // 2:
        start = at
    while last.i > head.i and paragraph.start + last.idx + len(last.text) > start + LONGEST_MENTION:
        last = last.nbor(-1)
    return start, paragraph.start + last.idx + len(last.text)


def is_current(head: Token) -> bool:
    """Tell whether the clause around `head` is told in a tense of the day's news: past, present, present perfect."""
    verb = clause_verb(head)
    if verb is None:
        return True
    for one in (verb, *governors(verb)):
        forms = {one.tag_, *(child.tag_ for child in one.children if child.dep_ in {"aux", "auxpass"})}
        if forms & _PRESENT or "MD" in forms:
            return True
        if "VBD" in forms:
            return not (one.tag_ == "VBN" and any(c.lower_ == "had" for c in one.children))
    return False


def is_to_come(time: TimeExpression | None) -> bool:
    """Tell whether the words for a time themselves point ahead: "next week", "in three days"."""
    ahead = time is not None and time.kind in _COUNTED and time.count is not None and time.count > 0
    return ahead and time is not None and time.unit is not None


def number_of(reading: Reading, noun: Token) -> str | None:
    """Give the word that tells one of a series from the others: "third", "latest", "additional"."""
    before = [child for child in noun.children if child.i < noun.i]
    settled = reading.triggers.words.settled
    numbers = (child.lower_ for child in before if child.ent_type_ == "ORDINAL" or child.lower_ in settled)
    return next(numbers, None) or _counted(reading, before)


def _counted(reading: Reading, before: list[Token]) -> str | None:
    """Give the word by which a number counts further ones: "three more tests", "two other tests"."""
    if not any(child.dep_ == "nummod" for child in before):
        return None
    words = (word for child in before for word in (child, *child.children))
    return next((word.lower_ for word in words if word.lower_ in reading.triggers.words.counting), None)
