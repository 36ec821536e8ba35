"""What a cue reports: the words that its frames allow, cut to what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.clauses import Clauses
from service.extract.complements import Complements
from service.extract.document import OUTSIDE
from service.extract.edges import Edges
from service.extract.enclosing import Enclosing
from service.extract.setting import SUBJECTS, Setting, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.cues import Cue

_ONLY_SAID = frozenset(("will", "would", "'ll", "'d"))
_SHOULD = frozenset(("must", "should", "may", "might", "ought"))
_UNREAL = frozenset(("could", "would", "'d"))
_CONDITIONS = frozenset(("if", "unless"))
_NOBODY = frozenset(("nobody", "none", "neither", "no"))


class Content:
    """Finds the reported tokens of one paragraph."""

    def __init__(self, setting: Setting) -> None:
        """Read nothing yet; `of` may be asked for any cue of the setting."""
        self._setting = setting
        self._complements = Complements(setting)
        self._edges = Edges.of(setting)
        self._frames = (
            ("clause", Clauses(setting, Enclosing(setting)).of),
            ("infinitive", self._complements.infinitive),
            ("prepositional", self._complements.prepositional),
            ("predicate", self._complements.predicate),
            ("object", self._complements.object),
        )

    @property
    def subjects(self) -> dict[int, Token | None]:
        """Give the subjects of cues that turned out to go on with another cue's, by the token of the cue."""
        return self._edges.subjects

    def of(self, cue: Cue) -> list[int]:
        """Give the reported tokens in order, empty where the cue reports nothing."""
        names = cue.frames.names
        if (
            is_negated(cue.head)
            or _is_supposed(cue.head)
            or _is_only_possible(cue.head, clause="clause" in names)
            or self._is_nobodys(cue)
        ):
            return []
        tokens = self._raw(cue)
        return self._edges.cut(tokens, cue) if tokens else []

    def _is_nobodys(self, cue: Cue) -> bool:
        """Read "nobody said", "neither side would say", "what she said"."""
        subject = cue.subject
        nobody = (
            subject is not None
            and self._setting.inside[subject.i] == OUTSIDE
            and bool(_NOBODY & {subject.lower_, *(c.lower_ for c in subject.children if c.dep_ == "det")})
        )
        return nobody or any(
            c.lower_ == "what" and c.dep_ == "dobj" and c.i < cue.head.i for c in cue.head.children
        )

    def _raw(self, cue: Cue) -> set[int]:
        names = cue.frames.names
        if "colon" in names:
            return set(range(cue.head.i + 1, len(self._setting.doc)))
        if "preposition" in names:
            return self._complements.sentence(cue)
        if names & {"noun-clause", "noun-infinitive"}:
            return self._complements.noun(cue)
        wanted = names | ({"prepositional"} if cue.frames.prepositions else set())
        found = (finder(cue) for frame, finder in self._frames if frame in wanted)
        return next((tokens for tokens in found if tokens), set())


def _is_only_possible(verb: Token, *, clause: bool) -> bool:
    """Tell whether it is only said that somebody should or could say it: "the council must condemn"."""
    helpers = {child.lower_ for child in verb.children if child.tag_ == "MD" or child.dep_ == "aux"}
    unreal = "have" in helpers and not helpers.isdisjoint(_UNREAL)
    modals = {child.lower_ for child in verb.children if child.tag_ == "MD"}
    return bool(modals & _SHOULD) or unreal or (not clause and bool(modals - _ONLY_SAID))


def _is_supposed(verb: Token) -> bool:
    """Tell whether saying so is a condition or a question: "if she says it", "did she say it?"."""
    children = list(verb.children)
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in children):
        return True
    subject = next((c for c in children if c.dep_ in SUBJECTS), None)
    asks = subject is not None and any(c.dep_ == "aux" and c.i < subject.i < verb.i for c in children)
    return asks and verb.dep_ == "ROOT" and verb.sent.text.rstrip(" \"'").endswith("?")
