"""How sure a statement is: what its cue governs speaks for it; a guessed speaker, none, and few words against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.extract.attribution import Attribution

QUOTED, QUOTED_ALONE = 0.95, 0.7
"""Words in quotation marks with a cue, and without one."""
GOVERNED = {"clause": 0.9, "preposition": 0.85, "predicate": 0.75, "infinitive": 0.75, "colon": 0.7}
"""Words in no quotation marks, by how the cue takes them, the surest first: "said that …", "according to …", "called it
…", "ordered them to …", "Lee: …"."""
OTHERWISE = 0.6
"""Words taken in any other way: "praised …", "the warning of …"."""
NO_SPEAKER, PRONOUN, VERY_SHORT, SHORT = 0.3, 0.05, 0.2, 0.05
"""What is taken off where nobody is known to have said it, where a pronoun names the speaker, and for few words."""

_VERY_SHORT, _SHORT = 4, 12
"""Words below which a statement is very short, or short: what is cut wrongly is most often cut short."""
_LEAST = 0.05


def confidence(a: Attribution, speakers: tuple[int, ...]) -> float:
    """Give how sure the statement is that `a` makes, from 0 to 1; `speakers` are those it was led back to."""
    value = _by_cue(a) - _for_length(a)
    if not speakers:
        value -= NO_SPEAKER
    elif a.subject is not None and a.subject.pos_ == "PRON":
        value -= PRONOUN
    return round(max(_LEAST, value), 2)


def _by_cue(a: Attribution) -> float:
    if a.quoted:
        return QUOTED if a.cue is not None else QUOTED_ALONE
    names = a.cue.frames.names if a.cue is not None else frozenset[str]()
    return next((sure for frame, sure in GOVERNED.items() if frame in names), OTHERWISE)


def _for_length(a: Attribution) -> float:
    words = sum(
        not (token.is_punct or token.is_space)
        for paragraph, tokens in a.tokens
        for token in (paragraph.doc[i] for i in tokens)
    )
    return VERY_SHORT if words < _VERY_SHORT else SHORT if words < _SHORT else 0.0
