"""What a statement's own clause tells beside the words: to whom, when, where, at which event."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from service.extract.expressions import TimeKind, points_ahead
from service.extract.setting import SUBJECTS
from service.extract.spans import phrase_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.attribution import Attribution
    from service.extract.cues import Cue
    from service.extract.expressions import TimeExpression
    from service.extract.found import FoundEvent, Range
    from service.vocabulary.verbs import ReportingVerbs

_PLACE_PREPOSITIONS = frozenset(("in", "at"))
_GATHERINGS = frozenset(("press-conference", "meeting", "talks", "speech"))
_AT = frozenset(("at", "in", "during"))
_STEPS = 8
"""Words up the parse within which something belongs to a cue."""


class Circumstances:
    """Reads the clauses of cues; `times` are the text's expressions of time in order, `events` its events."""

    def __init__(
        self, times: Sequence[TimeExpression], events: Sequence[FoundEvent], verbs: ReportingVerbs
    ) -> None:
        """Sort the mentions of events at which things are said."""
        self._times = times
        self._verbs = verbs
        self._gatherings = sorted(
            (mention.range, number)
            for number, event in enumerate(events)
            if event.type in _GATHERINGS
            for mention in event.mentions
        )

    def time(self, a: Attribution, context: Range, said: Sequence[Range]) -> TimeExpression | None:
        """Give the expression that dates the saying, None without one.

        It is none of the words `said` here and there, and none that points ahead: what is told as said lies behind.
        """
        if a.cue is None:
            return None
        head = a.cue.head
        best: tuple[tuple[bool, int], TimeExpression] | None = None
        times = [
            time
            for time in self._times_in(a, context)
            if not points_ahead(time)
            and not any(start < time.end and time.start < end for start, end in said)
        ]
        for time in times:
            token = a.paragraph.token_at(time.start)
            distance = 0 if _is_right_behind(token, a.cue.last) else _distance(token, head)
            if distance is None:
                continue
            trust = time.kind is TimeKind.VAGUE, distance
            if best is None or trust < best[0]:
                best = trust, time
        return best[1] if best else self._time_before(a, times)

    def _time_before(self, a: Attribution, times: Sequence[TimeExpression]) -> TimeExpression | None:
        """Give the expression that leads into the cue's clause with no verb between: "but a day earlier in Rome had said"."""
        first = a.cue.first if a.cue is not None else None
        for time in reversed(times):
            if first is None or time.end > a.paragraph.start + first.idx:
                continue
            token = a.paragraph.token_at(time.end - 1)
            if self._in_other_clause(token, first) or _closes_other_clause(
                token, a.cue.head if a.cue else first
            ):
                return None
            between = a.paragraph.doc[token.i + 1 : first.i]
            clear = not any(token.pos_ in {"VERB", "AUX"} or token.text in {".", ";"} for token in between)
            return time if clear else None
        return None

    def _in_other_clause(self, token: Token, cue: Token) -> bool:
        """Tell whether a word stands in a clause of the speaker's that ends before the cue: "who came on Friday, said".

        "Speaking on Friday, Lee said" and "Lee, speaking on Friday, said" tell when it was said.
        """
        clauses = (t for t in token.ancestors if t.dep_ in {"relcl", "acl"} and t.head.dep_ in SUBJECTS)
        return any(
            clause.right_edge.i < cue.i
            and not (clause.tag_ == "VBG" and clause.lemma_.lower() in self._verbs.speaking)
            for clause in clauses
        )

    def event(self, a: Attribution, context: Range) -> int | None:
        """Give the number of the event at which it was said: one whose words take in the cue, or "at a meeting" beside it."""
        if a.cue is None:
            return None
        start, end = a.paragraph.range(a.cue.first, a.cue.last)
        first = bisect_left(self._gatherings, a.paragraph.start, key=lambda item: item[0][0])
        found: list[tuple[int, int]] = []
        for (begins, ends), number in self._gatherings[first:]:
            if begins >= context[1]:
                break
            inside = begins <= start and end <= ends
            head = a.paragraph.token_at(begins if begins >= start else ends - 1)
            steps = 0 if inside else _steps_at(head, a.cue) if begins >= context[0] else None
            if steps is not None:
                found.append((steps, number))
        return min(found)[1] if found else None

    def _times_in(self, a: Attribution, context: Range) -> Sequence[TimeExpression]:
        lo, hi = max(context[0], a.paragraph.start), min(context[1], a.paragraph.end)
        first = bisect_left(self._times, lo, key=lambda time: time.start)
        last = bisect_left(self._times, hi, key=lambda time: time.start)
        return [time for time in self._times[first:last] if time.end <= hi]


def addressee_token(a: Attribution) -> Token | None:
    """Give the head of the phrase that tells to whom it was said."""
    if a.cue is None or not a.cue.frames.addressee_is_object:
        return None
    return next((c for c in a.cue.head.children if c.dep_ in {"dobj", "dative"} and c.i > a.cue.head.i), None)


def addressee_of(a: Attribution) -> Range | None:
    """Give the words that tell to whom it was said."""
    token = addressee_token(a)
    return a.paragraph.range(*phrase_of(token)) if token is not None else None


def place_of(a: Attribution) -> Range | None:
    """Give the words that tell where it was said."""
    if a.cue is None:
        return None
    for child in (c for c in a.cue.head.children if c.dep_ == "prep" and c.lower_ in _PLACE_PREPOSITIONS):
        for thing in child.children:
            if thing.dep_ == "pobj" and thing.ent_type_ in {"GPE", "LOC", "FAC"}:
                return a.paragraph.range(*phrase_of(thing))
    return None


def _distance(token: Token, head: Token) -> int | None:
    """Count the steps from a word up to the verb that governs it, through no other clause; None where it belongs elsewhere."""
    for steps in range(_STEPS):
        if token == head:
            return steps
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "pcomp", "advcl"}:
            return None
        if token.head == token:
            return None
        token = token.head
    return None


def _is_right_behind(token: Token, cue: Token) -> bool:
    """Tell whether a time follows the cue with no more than one preposition between: "said last month he would"."""
    between = token.doc[cue.i + 1 : token.i]
    return token.i > cue.i and len(between) < 2 and all(one.pos_ in {"ADP", "ADV"} for one in between)


def _steps_at(token: Token, cue: Cue) -> int | None:
    """Count the steps up to a cue from what stands behind its "at" or "in", or was told; None where it stands elsewhere."""
    for steps in range(_STEPS):
        if token.head == cue.head:
            told = token.dep_ == "dobj" and cue.frames.addressee_is_object
            return steps if told or (token.dep_ == "prep" and token.lower_ in _AT) else None
        if token.head == token:
            return None
        token = token.head
    return None


def _closes_other_clause(token: Token, verb: Token) -> bool:
    """Tell whether a word belongs to the clause before: "tests were held in May, and Seoul warned of more"."""
    own = any(child.dep_ in SUBJECTS and child.i > token.i for child in verb.children)
    return own and verb.dep_ == "conj" and verb.head in token.ancestors
