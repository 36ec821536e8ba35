"""What a cue reports: the tokens of the clause, infinitive, noun phrase or sentence that it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.cues import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from service.extract.cues import Cue
    from service.extract.document import Paragraph

_RELATIVES = frozenset(("who", "that", "which", "whom"))
_REASONS = frozenset(("because", "if", "unless", "although", "though"))
_ASIDE_MARKS = frozenset((",", "—", "–", "--"))


class Content:
    """Finds the reported tokens of one paragraph; `inside` gives each token's quotation number, -1 outside."""

    def __init__(self, paragraph: Paragraph, inside: list[int], cues: Iterable[Cue]) -> None:
        self.doc = paragraph.doc
        self.inside = inside
        self.cues = {cue.head.i: cue for cue in cues}

    def is_cue(self, token: Token) -> bool:
        """Tell whether a token is the head of a reporting cue."""
        return token.i in self.cues

    def of(self, cue: Cue) -> list[int]:
        """Give the reported tokens in order, empty where the cue reports nothing."""
        names = cue.frames.names
        tokens: set[int] = set()
        if "colon" in names:
            tokens = set(range(cue.head.i + 1, len(self.doc)))
        elif "preposition" in names:
            tokens = self._sentence(cue)
        elif names & {"noun-clause", "noun-infinitive"}:
            tokens = self._noun(cue)
        else:
            if cue.frames.prepositions:
                tokens = self._prepositional(cue)
            for frame, finder in (
                ("clause", self._clause),
                ("infinitive", self._infinitive),
                ("predicate", self._predicate),
                ("object", self._object),
            ):
                if not tokens and frame in names:
                    tokens = finder(cue)
        if tokens:
            tokens = self._without_asides(tokens, cue)
        return self._trim(self._whole_quotes(tokens, cue)) if tokens else []

    def _without_asides(self, tokens: set[int], cue: Cue) -> set[int]:
        """Take out later cues that the parser hung into the clause: ", adding that …", "promised to go and said …"."""
        cut: set[int] = set()
        for i in tokens:
            inner = self.cues.get(i)
            if inner is None or inner is cue or inner.head.i < cue.head.i:
                continue
            verb = inner.head
            participle = verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl", "conj", "ccomp"} and self.doc[verb.left_edge.i - 1].text == ","
            second = (
                verb.dep_ == "conj"
                and verb.tag_ == cue.head.tag_ in {"VBD", "VBZ", "VBG"}
            )
            if participle or second:
                cut |= {t.i for t in verb.subtree}
        return tokens - cut

    def _clause(self, cue: Cue) -> set[int]:
        verb = cue.head
        if _negated(verb):
            return set()
        clauses = [c for c in verb.children if c.dep_ == "ccomp"]
        if not clauses and cue.last != verb:
            clauses = [c for t in verb.subtree for c in t.children if c.dep_ in {"ccomp", "acl"} and c.i > cue.last.i][:1]
        if clauses and clauses[0].i > verb.i:
            return self._following(cue, clauses)
        if clauses:
            return {t.i for c in clauses for t in c.subtree} | self._resumed(verb)
        if verb.dep_ == "parataxis" or (verb.dep_ in {"ccomp", "conj", "dep", "advcl"} and self._parenthetical(verb)):
            host = verb.head
            return ({t.i for t in host.subtree} - {t.i for t in verb.subtree}) | self._resumed(verb)
        return set()

    def _following(self, cue: Cue, clauses: list[Token]) -> set[int]:
        """A clause behind its verb, with clauses that the parser hung on the verb beside it."""
        verb = cue.head
        parts = [*clauses]
        for child in verb.children:
            if child.i < clauses[0].i:
                continue
            marks = {g.lower_ for g in child.children if g.dep_ == "mark"}
            own_subject = any(g.dep_ in SUBJECTS for g in child.children)
            if child.dep_ == "conj" and ("that" in marks or (own_subject and not self.is_cue(child))):
                parts.append(child)
            elif child.dep_ == "advcl" and marks & _REASONS:
                parts.append(child)
        tokens = {t.i for c in parts for t in c.subtree if t.i > cue.last.i}
        return tokens | self._antecedent(verb, clauses[0])

    def _antecedent(self, verb: Token, clause: Token) -> set[int]:
        """"drills that the North says will harm ties": the drills belong to what the North says."""
        if verb.dep_ != "relcl" or any(c.dep_ in SUBJECTS and c.lower_ in _RELATIVES for c in verb.children):
            return set()
        subjects = [c for c in clause.children if c.dep_ in SUBJECTS]
        if subjects and subjects[0].lower_ not in _RELATIVES:
            return set()
        noun = verb.head
        return set(range(noun.left_edge.i, noun.i + 1))

    def _resumed(self, verb: Token) -> set[int]:
        """What follows a cue set between commas: "The North, he said, would not yield"."""
        stop = next((i for i in range(verb.i + 1, min(verb.i + 9, len(self.doc))) if self.doc[i].text in _ASIDE_MARKS), None)
        if stop is None or any(self.doc[i].pos_ in {"VERB", "AUX"} for i in range(verb.i + 1, stop)):
            return set()
        first = stop + 1
        if first >= len(self.doc) or self.doc[first].tag_ in {"VBG", "WP", "WDT"} or self.inside[first] != -1:
            return set()
        end = next((i for i in range(first, len(self.doc)) if self.doc[i].text in ".?!" or self.inside[i] != -1), len(self.doc))
        words = range(first, end)
        if self.doc[first].dep_ == "cc" and not any(self.doc[i].dep_ in SUBJECTS for i in words[:6]):
            return set()
        appositive = self.doc[first].head.i < first and self.doc[first].dep_ != "cc" and self._within_subject(verb, first)
        return set() if appositive else set(words)

    def _within_subject(self, verb: Token, i: int) -> bool:
        return any(c.dep_ in SUBJECTS and c.left_edge.i <= i <= c.right_edge.i for c in verb.children)

    def _parenthetical(self, verb: Token) -> bool:
        left, right = verb.left_edge.i - 1, verb.right_edge.i + 1
        before = left >= 0 and self.doc[left].text in _ASIDE_MARKS
        after = right >= len(self.doc) or self.doc[right].text in {*_ASIDE_MARKS, "."}
        return before and after and len(list(verb.subtree)) < 12

    def _infinitive(self, cue: Cue) -> set[int]:
        verb = cue.head
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"xcomp", "ccomp", "advcl"} and _is_infinitive(child):
                tokens = {t.i for t in child.subtree}
                if cue.frames.addressee_is_object:
                    to = next(c.i for c in child.children if c.lower_ == "to")
                    return {i for i in tokens if i >= to}
                objects = [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i]
                return tokens | {t.i for c in objects for t in c.subtree}
        return set()

    def _predicate(self, cue: Cue) -> set[int]:
        verb = cue.head
        parts = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"}]
        as_part = [c for c in verb.children if c.i > verb.i and c.dep_ == "prep" and c.lower_ == "as"]
        tokens = {t.i for c in [*parts, *as_part] for t in c.subtree}
        named = any(c.dep_ != "dobj" for c in parts) or as_part
        if not named and not any(self.inside[i] >= 0 for i in tokens):
            return set()
        if as_part and not parts:
            tokens.discard(as_part[0].i)
        return tokens

    def _object(self, cue: Cue) -> set[int]:
        verb = cue.head
        if _negated(verb):
            return set()
        parts = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "xcomp", "pcomp"}]
        if not parts:
            return set()
        tail = [c for c in verb.children if c.i > parts[0].i and c.dep_ == "prep" and c.lower_ in {"as", "for", "of"}]
        return {t.i for c in [*parts, *tail] for t in c.subtree}

    def _prepositional(self, cue: Cue) -> set[int]:
        verb = cue.head
        for prep in verb.children:
            if prep.dep_ != "prep" or prep.i < verb.i or prep.lower_ not in cue.frames.prepositions:
                continue
            tokens = {t.i for t in prep.subtree} - {prep.i}
            if cue.frames.prepositions[prep.lower_]:
                action = next((c for c in verb.children if c.i > prep.i and _is_infinitive(c)), None)
                action = action or next((t for t in prep.subtree if _is_infinitive(t)), None)
                if action is None:
                    return set()
                tokens |= {t.i for t in action.subtree}
            return tokens
        return set()

    def _noun(self, cue: Cue) -> set[int]:
        noun = cue.head
        clause = next((c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "xcomp"}), None)
        return {t.i for t in clause.subtree} if clause is not None else set()

    def _sentence(self, cue: Cue) -> set[int]:
        head = cue.head
        while head.head != head and head.dep_ not in {"ccomp", "ROOT"}:
            head = head.head
        return {t.i for t in head.subtree} - {t.i for t in cue.head.subtree}

    # edges ----------------------------------------------------------------------------------------------------------

    def _whole_quotes(self, tokens: set[int], cue: Cue) -> set[int]:
        numbers = {self.inside[i] for i in tokens if self.inside[i] >= 0}
        extra = {i for i, number in enumerate(self.inside) if number in numbers}
        return tokens | extra

    def _trim(self, tokens: Iterable[int]) -> list[int]:
        ordered = sorted(tokens)
        while ordered and self.inside[ordered[0]] < 0 and _edge(self.doc[ordered[0]], leading=True):
            ordered.pop(0)
        while ordered and self.inside[ordered[-1]] < 0 and _edge(self.doc[ordered[-1]], leading=False):
            ordered.pop()
        return ordered


def _edge(token: Token, *, leading: bool) -> bool:
    if token.is_punct or token.is_space:
        return True
    if leading:
        return token.lower_ == "that" and token.dep_ in {"mark", "complm"}
    return token.lower_ in {"and", "but"}


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.i < token.i for c in token.children)
