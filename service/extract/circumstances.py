"""What a statement's own clause tells beside the words: to whom, when, where, at which event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.spans import phrase_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.attribution import Attribution
    from service.extract.expressions import TimeExpression
    from service.extract.found import FoundEvent, Range

_PLACE_PREPOSITIONS = frozenset(("in", "at"))
_GATHERINGS = frozenset(("press-conference", "meeting", "talks", "speech"))
_STEPS = 8
"""Words up the parse within which something belongs to a cue."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Reads the clauses of cues; `times` are the text's expressions of time in order, `events` its events."""

    times: Sequence[TimeExpression]
    events: Sequence[FoundEvent]

    def time(self, a: Attribution, context: Range, content: Sequence[Range]) -> TimeExpression | None:
        """Give the expression that dates the saying, not one of the words said; None where the clause has none."""
        if a.cue is None:
            return None
        lo, hi = a.paragraph.start, a.paragraph.end
        head = a.cue.head
        best: tuple[int, TimeExpression] | None = None
        for time in self.times:
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
        """Give the expression that leads into the cue's clause with no verb between: "but a day earlier in Rome had said"."""
        first = a.cue.first if a.cue is not None else None
        for time in reversed(self.times):
            if (
                first is None
                or time.end > a.paragraph.start + first.idx
                or time.start < max(context[0], a.paragraph.start)
            ):
                continue
            between = a.paragraph.doc[a.paragraph.token_at(time.end - 1).i + 1 : first.i]
            clear = not any(token.pos_ in {"VERB", "AUX"} or token.text in {".", ";"} for token in between)
            return time if clear else None
        return None

    def event(self, a: Attribution, context: Range) -> int | None:
        """Give the number of the event at which it was said: one whose words take in the cue or stand beside it in its clause."""
        if a.cue is None:
            return None
        start, end = a.paragraph.range(a.cue.first, a.cue.last)
        for number, event in enumerate(self.events):
            for mention in event.mentions:
                inside = mention.range[0] <= start and end <= mention.range[1]
                governed = (
                    context[0] <= mention.range[0] < context[1]
                    and mention.range[0] >= end
                    and _distance(a.paragraph.token_at(mention.range[1] - 1), a.cue.head) is not None
                )
                if (inside or governed) and event.type in _GATHERINGS:
                    return number
        return None


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
