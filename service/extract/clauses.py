"""The clause that a cue reports: behind it, before it, around it, or where the parser mislaid it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.setting import (
    FINITE,
    RELATIVES,
    SUBJECTS,
    Setting,
    has_subject,
    is_infinitive,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.cues import Cue
    from service.extract.enclosing import Enclosing

_SAID = FINITE | {"VBN"}
_REASONS = frozenset(("because", "if", "unless", "although", "though"))
_FAR = 15
"""Words behind a cue within which its "that" is looked for."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """Finds reported clauses in one paragraph."""

    at: Setting
    enclosing: Enclosing

    def of(self, cue: Cue) -> set[int]:
        """Give the tokens of the clause that `cue` reports, none where it reports no clause."""
        verb = cue.head
        clauses = [c for c in verb.children if c.dep_ == "ccomp" and c != cue.last]
        if "infinitive" not in cue.frames.names:  # "allow ships to pass" says nothing
            clauses = [c for c in clauses if not (is_infinitive(c) and has_subject(c))]
        clauses = [c for c in clauses if c.i > verb.i] or clauses[-1:] or self._unmarked(cue)
        if not clauses or cue.last != verb:
            clauses = self._strayed(cue) or clauses or self._taken_by_main_verb(cue)
        if clauses and clauses[0].i > verb.i:
            return self._following(cue, clauses)
        if self.enclosing.is_parted(cue) and (
            clauses or verb.dep_ == "parataxis" or self.enclosing.is_set_off(cue)
        ):
            around = {t.i for c in clauses for t in c.subtree if t.i > verb.i}
            before = self.enclosing.before(cue)
            return before | self.enclosing.resumed(verb, before) | around
        return self._that_clause(cue) or self._gerund(cue) or self._referred_to(cue)

    def _referred_to(self, cue: Cue) -> set[int]:
        """Give the main clause of "the dam is old, as Lee has said", where nothing stands behind the cue."""
        verb = cue.head
        as_ = next((c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.lower_ == "as"), None)
        if as_ is None or verb.dep_ != "advcl" or not has_subject(verb) or verb.tag_ not in _SAID:
            return set()
        if any(
            c.dep_ in {"dobj", "ccomp", "xcomp"} or c.lower_ in cue.frames.prepositions for c in verb.children
        ):
            return set()
        own = {t.i for t in verb.subtree}
        return {t.i for t in verb.head.subtree} - own

    def _gerund(self, cue: Cue) -> set[int]:
        """Give a gerund right behind its verb: "suggested waiting", also as the subject of a clause."""
        for child in cue.head.children:
            if child.dep_ == "xcomp" and child.tag_ == "VBG" and child.left_edge.i == cue.last.i + 1:
                return {t.i for t in child.subtree}
        return set()

    def _that_clause(self, cue: Cue) -> set[int]:
        """Give what stands behind "that" where the parser lost it: "told the envoys, her guests, that …"."""
        for i in range(cue.last.i + 1, min(cue.last.i + _FAR, len(self.at.doc) - 2)):
            token = self.at.doc[i]
            if token.pos_ in {"VERB", "AUX"} or token.text in ".?!;" or self.at.inside[i] != -1:
                return set()
            if token.lower_ == "that" and (i == cue.last.i + 1 or self.at.text_at(i - 1) == ","):
                clause = token.head if token.dep_ == "mark" else None
                return (
                    {t.i for t in clause.subtree if t.i > i}
                    if clause
                    else set(range(i + 1, len(self.at.doc)))
                )
        return set()

    def _unmarked(self, cue: Cue) -> list[Token]:
        """Give a clause without a conjunction behind its cue, which the parser took for an adverbial one."""
        return [
            c
            for c in cue.head.children
            if c.dep_ == "advcl"
            and c.i > cue.head.i
            and has_subject(c)
            and not any(_begins_aside(g) and g.i == c.left_edge.i for g in c.children)
            and self.at.text_at(c.left_edge.i - 1) != ","
        ][:1]

    def _strayed(self, cue: Cue) -> list[Token]:
        """Give a that-clause which the parser hung on another word behind the cue: "said ahead of the vote that …"."""
        for token in cue.head.subtree:
            if token.i <= cue.last.i:
                continue
            if token.dep_ not in {"ccomp", "acl", "relcl", "advcl"}:
                if token.i in self.at.cues and token.dep_ == "conj":
                    return []
                continue
            that = any(c.lower_ == "that" and c.dep_ in {"mark", "advmod"} for c in token.children)
            if that and has_subject(token):
                return [token]
            if token.i in self.at.cues:
                return []
        return []

    def _taken_by_main_verb(self, cue: Cue) -> list[Token]:
        """Give the clause of "After saying the dam was old, she left", which the parser hung on "left"."""
        verb = cue.head
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if verb.dep_ not in {"pcomp", "advcl"} or above.i < verb.i:
            return []
        if above.dep_ == "ccomp" and above.head.i > above.i:
            return [above]
        return [c for c in above.children if c.dep_ == "ccomp" and c.left_edge.i == cue.last.i + 1][:1]

    def _following(self, cue: Cue, clauses: list[Token]) -> set[int]:
        """Give a clause behind its verb, with clauses that the parser hung on the verb beside it."""
        verb = cue.head
        parts = [*clauses]
        if not cue.frames.addressee_is_object:
            parts += [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < clauses[0].i]
        for child in verb.children:
            if child.i < clauses[0].i:
                continue
            marks = {g.lower_ for g in child.children if g.dep_ == "mark"}
            own_subject = has_subject(child)
            told = "that" in marks or (
                own_subject
                and child.i not in self.at.cues
                and not _leaves_report(verb, clauses[0], child)
                and not (_is_marked(clauses[0]) and self._is_added(child))
            )
            told = told or (_has_modal(child) and _has_modal(clauses[0]) and child.tag_ == "VB")
            if (child.dep_ == "conj" and told) or (child.dep_ == "advcl" and marks & _REASONS):
                parts.append(child)
        start = self._start(cue, clauses[0])
        tokens = {t.i for c in parts for t in c.subtree if t.i >= start}
        tokens -= self._main_clause(verb, clauses[0]) | _told_beside(verb, clauses[0])
        return tokens | self._antecedent(verb, clauses[0]) | _condition(verb)

    def _is_added(self, clause: Token) -> bool:
        """Tell whether a clause begins with ", and" or ", but", which after a that-clause is the reporter's own."""
        before = clause.left_edge.i - 1
        return self.at.text_at(before - 1) == "," and self.at.doc[before].dep_ == "cc"

    def _start(self, cue: Cue, clause: Token) -> int:
        """Give where a clause begins: at its "that", else behind a phrase of time or place that belongs to the cue."""
        that = next(
            (c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i < clause.i), None
        )
        if that is not None:
            return that.i
        start = cue.last.i + 1
        for child in clause.lefts:
            leads = child.dep_ in {"prep", "npadvmod"} and child.left_edge.i == start
            if leads and self.at.text_at(child.right_edge.i + 1) != "," and self.at.inside[child.i] == -1:
                start = child.right_edge.i + 1
        return start

    def _main_clause(self, verb: Token, clause: Token) -> set[int]:
        """Read "The river, which the board says is clean, smells": where a relative clause ends and the main one goes on."""
        if verb.dep_ != "relcl":
            return set()
        goes_on = (
            c
            for c in clause.children
            if c.dep_ == "conj" and c.tag_ in FINITE and self.at.text_at(c.left_edge.i - 1) == ","
        )
        rest = next((c for c in goes_on if c.left_edge.dep_ != "cc" and not has_subject(c)), None)
        return set(range(rest.left_edge.i, rest.right_edge.i + 1)) if rest is not None else set()

    def _antecedent(self, verb: Token, clause: Token) -> set[int]:
        """Read "drills that the North says will harm ties": the drills belong to what the North says."""
        if verb.dep_ != "relcl" or any(c.dep_ in SUBJECTS and c.lower_ in RELATIVES for c in verb.children):
            return set()
        subjects = [c for c in clause.children if c.dep_ in SUBJECTS]
        if subjects and subjects[0].lower_ not in RELATIVES:
            return set()
        noun = verb.head
        return set(range(noun.left_edge.i, noun.i + 1))


def _begins_aside(word: Token) -> bool:
    """Tell whether a conjunction or adverb opens a clause of its own kind; "if" and "whether" may open a question."""
    return word.dep_ in {"mark", "advmod"} and word.lower_ not in {"if", "whether"}


def _is_marked(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _has_modal(verb: Token) -> bool:
    return any(child.tag_ == "MD" for child in verb.children)


def _leaves_report(verb: Token, clause: Token, other: Token) -> bool:
    """Tell whether a coordinate clause has left the reported past for the reporter's present ("…, but details are few")."""
    backshifted = {"VBD"} if clause.tag_ != "VBD" else {"VBD", clause.tag_}
    past = clause.tag_ == "VBD" or any(
        c.tag_ in {"VBD", "MD"} and c.lower_ != "will"
        for c in clause.children
        if c.dep_ in {"aux", "auxpass"}
    )
    present = other.tag_ in {"VBZ", "VBP"} and not any(c.tag_ in backshifted for c in other.children)
    return verb.tag_ == "VBD" and past and present


def _condition(verb: Token) -> set[int]:
    """Give a condition set before the cue belongs to what is said: "If prices rise, she said, wages must"."""
    conditions = [
        c
        for c in verb.children
        if c.dep_ == "advcl"
        and c.i < verb.i
        and any(g.dep_ == "mark" and g.lower_ in {"if", "unless"} for g in c.children)
        and c.left_edge.lower_ != "even"
    ]
    return {t.i for c in conditions for t in c.subtree}


def _told_beside(verb: Token, clause: Token) -> set[int]:
    """Give what goes on with the cue's past and not with the reported present: "said it “is” old and invited …"."""
    if verb.tag_ != "VBD" or clause.tag_ not in {"VBZ", "VBP"}:
        return set()
    others = (c for c in clause.children if c.dep_ == "conj" and c.tag_ == "VBD" and not has_subject(c))
    other = next((c for c in others if not any(g.dep_ in {"aux", "auxpass"} for g in c.children)), None)
    if other is None:
        return set()
    return {t.i for t in other.subtree} | {c.i for c in clause.children if c.dep_ == "cc" and c.i < other.i}
