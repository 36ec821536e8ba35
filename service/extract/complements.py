"""What a cue reports other than a clause: an infinitive, a noun phrase, what something is called, a preposition's object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.document import MARK
from service.extract.setting import Setting, has_subject, is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.cues import Cue

_NAMED = frozenset(("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"))
_OCCASIONS = frozenset(("in", "at", "during", "after", "before"))
"""Prepositions behind a quoted name that tell when and where it was said."""


@dataclass(frozen=True, slots=True)
class Complements:
    """Finds the other complements of cues in one paragraph; every method gives token numbers, none for nothing."""

    at: Setting

    def infinitive(self, cue: Cue) -> set[int]:
        """Read "vowed to go", "urged Spain to go"; whom it was said to is left out where the verb says so."""
        verb = cue.head
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"xcomp", "ccomp", "advcl"} and is_infinitive(child):
                if _is_asked_for(verb, child):
                    return set()
                tokens = {t.i for t in child.subtree}
                if cue.frames.addressee_is_object:
                    start = min(c.i for c in child.children if c.lower_ == "to" or c.dep_ == "neg")
                    return {i for i in tokens if i >= start}
                objects = [
                    c
                    for v in (verb, cue.last)
                    for c in v.children
                    if c.dep_ in {"dobj", "pobj"} and v.i < c.i < child.i
                ]
                return tokens | (set(range(objects[0].left_edge.i, child.left_edge.i)) if objects else set())
        return set()

    def predicate(self, cue: Cue) -> set[int]:
        """Read "called the plan a mistake", "described it as a mistake"."""
        verb = cue.head
        parts = [
            c
            for c in verb.children
            if c.i > verb.i and (c.dep_ in _NAMED or (c.dep_ == "conj" and c.pos_ == "NOUN"))
        ]
        as_part = [c for c in verb.children if c.i > verb.i and c.dep_ == "prep" and c.lower_ == "as"]
        strayed = [] if as_part else self._strayed_as(parts)
        as_part = as_part or strayed
        tokens = self._to_quotation({t.i for c in [*parts, *as_part] for t in c.subtree})
        named = any(c.dep_ != "dobj" for c in parts) or as_part or self._is_named(tokens)
        if not named and not any(self.at.inside[i] >= 0 for i in tokens):
            return set()
        if strayed and strayed[0].head not in parts:
            tokens -= {t.i for t in strayed[0].head.subtree} - {t.i for t in strayed[0].subtree}
        if as_part and not parts:
            tokens.discard(as_part[0].i)
        return tokens

    def _strayed_as(self, parts: list[Token]) -> list[Token]:
        """Read "describes the drills, which began, as a threat", where the parser hangs the last words on "began"."""
        return [t for c in parts for t in c.subtree if t.lower_ == "as" and self.at.text_at(t.i - 1) == ","][
            :1
        ]

    def _to_quotation(self, tokens: set[int]) -> set[int]:
        """End with the quoted name where the reporter goes on: "a “mistake” in a speech on Monday"."""
        quoted = max((i for i in tokens if self.at.inside[i] >= 0), default=None)
        behind = sorted(i for i in tokens if quoted is not None and i > quoted and self.at.inside[i] != MARK)
        occasion = bool(behind) and (self.at.doc[behind[0]].lower_ in _OCCASIONS or self._is_day(behind[0]))
        return {i for i in tokens if i < behind[0]} if occasion else tokens

    def _is_day(self, i: int) -> bool:
        """Tell whether a day is named: "Monday", "on Monday"."""
        return any(
            t.ent_type_ in {"DATE", "TIME"} for t in self.at.doc[i : i + 1 + (self.at.doc[i].lower_ == "on")]
        )

    def _is_named(self, tokens: set[int]) -> bool:
        """Tell whether a noun phrase without a comma stands behind another: "the plan a mistake"."""
        return any(
            self.at.doc[i].dep_ == "appos" and not self.at.doc[self.at.doc[i].left_edge.i - 1].is_punct
            for i in tokens
        )

    def object(self, cue: Cue) -> set[int]:
        """Read "rejected the plan", "praised her for the plan"."""
        verb = cue.head
        parts = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "xcomp", "pcomp"}]
        if not parts:
            return set()
        tail = [
            c
            for c in verb.children
            if c.i > parts[0].i and c.dep_ == "prep" and c.lower_ in {"as", "for", "of"}
        ]
        if tail and any(g.dep_ == "pcomp" for g in tail[-1].children):
            tail += [c for c in verb.children if c.i > tail[-1].i and c.dep_ == "ccomp"]
        end = max(c.right_edge.i for c in [*parts, *tail]) + 1
        for child in verb.children:
            if child.left_edge.i == end and _goes_on(child):
                end = child.right_edge.i + 1
        return self._to_quotation(set(range(parts[0].left_edge.i, end)))

    def prepositional(self, cue: Cue) -> set[int]:
        """Read "called for restraint", "called on Spain to act", "accused Spain of haste"."""
        verb = cue.head
        whom = (c for c in verb.children if c.dep_ == "dobj" and cue.frames.addressee_is_object)
        for prep in (*verb.children, *(p for c in whom for p in c.children if _governs_gerund(p))):
            if prep.dep_ != "prep" or prep.i < verb.i or prep.lower_ not in cue.frames.prepositions:
                continue
            if any(c.ent_type_ in {"DATE", "TIME"} for c in prep.children):
                continue
            tokens = {t.i for t in prep.subtree} - {prep.i}
            tokens |= self._charged(cue, prep)
            if prep.lower_ == "for":
                behind = (c for c in verb.children if c.left_edge.i == prep.right_edge.i + 1)
                tokens |= {t.i for c in behind if is_infinitive(c) for t in c.subtree}
            if cue.frames.prepositions[prep.lower_]:
                action = next((c for c in verb.children if c.i > prep.i and is_infinitive(c)), None)
                action = action or next((t for t in prep.subtree if is_infinitive(t)), None)
                if action is None:
                    return set()
                tokens |= {t.i for t in action.subtree}
            return tokens
        return self._wanted(cue)

    def _wanted(self, cue: Cue) -> set[int]:
        """Read "called for the board to act" where the parser takes "for" for the infinitive's."""
        for child in cue.head.children:
            marks = (g for g in child.children if g.dep_ == "mark" and g.i > cue.head.i)
            mark = next((g for g in marks if g.lower_ in cue.frames.prepositions), None)
            if mark is not None and is_infinitive(child):
                return {t.i for t in child.subtree if t.i > mark.i}
        return set()

    def _charged(self, cue: Cue, prep: Token) -> set[int]:
        """Read "accused the company of hiding the report": the company belongs to it, a pronoun does not."""
        if not cue.frames.addressee_is_object:
            return set()
        objects = [c for c in cue.head.children if c.dep_ == "dobj" and c.i < prep.i and c.pos_ != "PRON"]
        return {t.i for c in objects for t in c.subtree} | ({prep.i} if objects else set())

    def noun(self, cue: Cue) -> set[int]:
        """Read "the warning that …", "a promise to …"."""
        noun = cue.head
        clause = next(
            (c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "xcomp"}), None
        )
        return {t.i for t in clause.subtree} if clause is not None else set()

    def sentence(self, cue: Cue) -> set[int]:
        """Read the sentence or clause that "according to" covers."""
        head = cue.head
        closes = all(t.i <= self._end(cue) or t.is_punct for t in cue.head.sent)
        if not closes and self._between_commas(cue):
            return self._clause_around(cue)
        while not closes and head.head != head and not (head.pos_ in {"VERB", "AUX"} and has_subject(head)):
            head = head.head
        if head.dep_ == "ccomp" and head.head.i in self.at.cues:
            head = head.head
        head = cue.head.sent.root if closes else head
        first, last = self._between_semicolons(cue)
        return {t.i for t in head.subtree if first < t.i < last} - {t.i for t in cue.head.subtree}

    def _between_semicolons(self, cue: Cue) -> tuple[int, int]:
        """Give the semicolons around a cue, which part what it covers from what another tells."""
        marks = [i for i, inside in enumerate(self.at.inside) if inside < 0 and self.at.text_at(i) == ";"]
        before = max((i for i in marks if i < cue.head.i), default=-1)
        return before, min((i for i in marks if i > cue.head.i), default=len(self.at.doc))

    def _between_commas(self, cue: Cue) -> bool:
        start, end = cue.head.left_edge.i, self._end(cue)
        return (
            start > 1
            and self.at.text_at(start - 1) == ","
            and end + 1 < len(self.at.doc)
            and self.at.text_at(end + 1) == ","
        )

    def _end(self, cue: Cue) -> int:
        """Give the last token of "according to …": before the next comma where a verb waits for its words: "is, … , a threat"."""
        start, end = cue.head.left_edge.i, cue.head.right_edge.i
        if start < 2 or self.at.doc[start - 2].pos_ not in {"VERB", "AUX"}:
            return end
        return next((i - 1 for i in range(cue.last.i + 1, end + 1) if self.at.text_at(i) == ","), end)

    def _clause_around(self, cue: Cue) -> set[int]:
        """Give the clause into which "…, according to the ministry, …" is set, from the last "and" or "but" before it."""
        start, end = cue.head.left_edge.i, self._end(cue)
        first = start
        while (
            first > 0
            and self.at.text_at(first - 1) not in ".?!;"
            and not (self.at.doc[first - 1].dep_ == "cc" and self.at.text_at(first - 2) == ",")
        ):
            first -= 1
        last = next(
            (
                i
                for i in range(end + 1, len(self.at.doc))
                if self.at.doc[i].text in ".?!;" and self.at.inside[i] < 0
            ),
            len(self.at.doc),
        )
        before, behind = range(first, start), range(end + 1, last)
        turn = next((c for c in self.at.doc[end + 1 : end + 3] if c.dep_ == "cc"), None)
        turns = turn is not None and any(
            c.dep_ == "conj" and c.i > turn.i and has_subject(c) for c in turn.head.children
        )
        return {*before} if turns else {*before, *behind}


def _goes_on(child: Token) -> bool:
    """Tell whether a noun phrase goes on with what the parser hung on its verb: a gerund, "in the latest vote"."""
    if child.dep_ == "advcl":
        return child.tag_ == "VBG"
    thing = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
    return (
        child.dep_ == "prep"
        and child.lower_ in {"in", "at", "with", "from", "to", "about", "over", "against"}
        and thing is not None
        and thing.ent_type_ not in {"GPE", "DATE", "TIME", "LOC", "FAC"}
        and not any(c.lower_ in {"a", "an"} for c in thing.children)
    )


def _governs_gerund(preposition: Token) -> bool:
    return any(child.dep_ == "pcomp" for child in preposition.children)


def _is_asked_for(verb: Token, action: Token) -> bool:
    """Tell whether an infinitive only says what something is asked for: "asked the board for money to mend it"."""
    return any(
        c.dep_ == "prep" and c.lower_ == "for" and verb.i < c.i and c.right_edge.i + 1 == action.left_edge.i
        for c in verb.children
    )
