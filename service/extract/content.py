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
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_TOLD_AS = frozenset(("VBD", "VBZ", "VBG"))
_FAR = 15
"""Words behind a cue within which its "that" is looked for."""
_FEW_WORDS = 3
_ASIDE_MARKS = frozenset((",", "—", "–", "--"))


class Content:
    """Finds the reported tokens of one paragraph; `inside` gives each token's quotation number, -1 outside."""

    def __init__(
        self, paragraph: Paragraph, inside: list[int], cues: Iterable[Cue], withheld: frozenset[str]
    ) -> None:
        self.doc = paragraph.doc
        self.inside = inside
        self.cues = {cue.head.i: cue for cue in cues}
        self.withheld = withheld
        self.subjects: dict[int, Token | None] = {}
        """Subjects of cues that turned out to go on with another cue's, by the token index of the cue."""

    def is_cue(self, token: Token) -> bool:
        """Tell whether a token is the head of a reporting cue."""
        return token.i in self.cues

    def of(self, cue: Cue) -> list[int]:
        """Give the reported tokens in order, empty where the cue reports nothing."""
        names = cue.frames.names
        tokens: set[int] = set()
        if _negated(cue.head) or (_is_only_possible(cue.head) and "clause" not in names):
            return []
        if "colon" in names:
            tokens = set(range(cue.head.i + 1, len(self.doc)))
        elif "preposition" in names:
            tokens = self._sentence(cue)
        elif names & {"noun-clause", "noun-infinitive"}:
            tokens = self._noun(cue)
        else:
            for frame, finder in (
                ("clause", self._clause),
                ("infinitive", self._infinitive),
                ("prepositional", self._prepositional),
                ("predicate", self._predicate),
                ("object", self._object),
            ):
                if not tokens and (frame in names or frame == "prepositional"):
                    tokens = finder(cue)
        if tokens:
            tokens = self._without_asides(self._one_sentence(tokens, cue), cue)
        return self._trim(self._whole_quotes(tokens, cue)) if tokens else []

    def _one_sentence(self, tokens: set[int], cue: Cue) -> set[int]:
        """Keep to the cue's own sentence where the parser ran two together."""
        if "colon" in cue.frames.names:
            return tokens
        first = last = cue.head.i
        while first > 0 and not (self.inside[first - 1] == -1 and self.doc[first - 1].text in ".?!"):
            first -= 1
        while last + 1 < len(self.doc) and not (self.inside[last] == -1 and self.doc[last].text in ".?!"):
            last += 1
        return {i for i in tokens if first <= i <= last}

    def _without_asides(self, tokens: set[int], cue: Cue) -> set[int]:
        """Take out what the parser hung into the clause but the reporter says: later cues, closing remarks."""
        cut: set[int] = set()
        for i in tokens:
            token = self.doc[i]
            if i > cue.head.i and self.inside[i] == -1 and (self._later_cue(token, cue) or self._remark(token, cue)):
                cut |= {t.i for t in token.subtree}
        return self._without_relative(self._without_tail(tokens - cut))

    def _without_relative(self, tokens: set[int]) -> set[int]:
        """End before a closing relative clause set off by a comma: it is the reporter's ("…, who is 70")."""
        last = max((i for i in tokens if not self.doc[i].is_punct), default=0)
        for token in self.doc[last].ancestors if last else ():
            if token.i not in tokens:
                break
            first = token.left_edge
            commas = first.i > 0 and self.doc[first.i - 1].text == "," and self.inside[first.i] == -1 == self.inside[last]
            if token.dep_ == "relcl" and commas and token.right_edge.i >= last and first.tag_ in {"WP", "WDT", "WP$", "WRB"}:
                rest = {i for i in tokens if i < first.i}
                return rest if len(rest) > _FEW_WORDS else tokens
        return tokens

    def _without_tail(self, tokens: set[int]) -> set[int]:
        """End a content with a quotation that closes on a comma before ", in an interview" or ", referring to …"."""
        for i in sorted(tokens):
            if self.inside[i] < 0 or i + 2 >= len(self.doc) or self.inside[i + 1] >= 0 or self.doc[i].text != ",":
                continue
            behind = self.doc[i + 2]
            if self.inside[i + 2] == -1 and behind.tag_ in {"VBG", "WDT", "WP", "IN", "WRB"}:
                return {k for k in tokens if k <= i + 1}
        return tokens

    def _later_cue(self, verb: Token, cue: Cue) -> bool:
        """", adding that …", "said … and warned …", "drills that the North says will …"."""
        if verb.i not in self.cues:
            return False
        if "preposition" in self.cues[verb.i].frames.names:
            return True
        if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl", "conj", "ccomp"}:
            before = self.doc[max(0, verb.left_edge.i - 1)]
            parted = before.text in _ASIDE_MARKS or (before.dep_ == "cc" and cue.head.tag_ == "VBG")
            if parted and "preposition" not in cue.frames.names:
                self.subjects[verb.i] = cue.subject
            return parted
        if verb.dep_ == "conj" and verb.tag_ == cue.head.tag_ and verb.tag_ in _TOLD_AS:
            if not any(c.dep_ in SUBJECTS for c in verb.children):
                self.subjects[verb.i] = cue.subject
            return True
        return verb.dep_ == "relcl" and any(c.dep_ in SUBJECTS and c.lower_ not in _RELATIVES for c in verb.children)

    def _remark(self, verb: Token, cue: Cue) -> bool:
        """", even as she left the room", ", but gave no details"."""
        if verb.dep_ not in {"advcl", "conj"} or "clause" not in cue.frames.names:
            return False
        comma = self.doc[max(0, verb.left_edge.i - 1)].text in _ASIDE_MARKS
        if verb.dep_ == "advcl":
            return comma and any(c.dep_ == "mark" and c.lower_ in {"as", "while"} for c in verb.children)
        return _negated(verb) and verb.lemma_ in self.withheld and not any(c.dep_ in SUBJECTS for c in verb.children)

    def _clause(self, cue: Cue) -> set[int]:
        verb = cue.head
        clauses = [c for c in verb.children if c.dep_ == "ccomp"]
        clauses = [c for c in clauses if c.i > verb.i] or clauses[-1:] or self._unmarked(cue)
        if not clauses or cue.last != verb:
            clauses = self._strayed(cue) or clauses
        if clauses and clauses[0].i > verb.i:
            return self._following(cue, clauses)
        if clauses or verb.dep_ == "parataxis" or self._set_off(cue):
            around = {t.i for c in clauses for t in c.subtree if t.i > verb.i}
            return self._before(cue) | self._resumed(verb) | around
        return self._that_clause(cue)

    def _set_off(self, cue: Cue) -> bool:
        """Whether cue and speaker alone stand behind a comma, or between two: "…, Lee said on Friday"."""
        verb = cue.head
        start = self._clause_start(cue)
        if start < 2 or self.doc[start - 1].text not in {*_ASIDE_MARKS, "?", "!"}:
            return False
        end = next((i for i in range(verb.i + 1, len(self.doc)) if self.doc[i].text in {*_ASIDE_MARKS, *".?!;"}), len(self.doc))
        behind = self.doc[verb.i + 1 : end]
        return verb.tag_ in _FINITE and not any(t.pos_ in {"VERB", "AUX", "SCONJ"} or t.dep_ == "dobj" for t in behind)

    def _clause_start(self, cue: Cue) -> int:
        first = cue.first.i
        subject = next((c for c in cue.head.children if c.dep_ in SUBJECTS and c.i < first), None)
        return subject.left_edge.i if subject is not None else first

    def _before(self, cue: Cue) -> set[int]:
        """The words of the sentence before a cue that closes it or is set between commas."""
        start = self._clause_start(cue)
        first = start
        while first > 0 and not (self.inside[first - 1] == -1 and self.doc[first - 1].text in ".?!"):
            first -= 1
        return set(range(first, start))

    def _that_clause(self, cue: Cue) -> set[int]:
        """What stands behind "that" where the parser lost it: "told the envoys, her guests, that …"."""
        for i in range(cue.last.i + 1, min(cue.last.i + _FAR, len(self.doc) - 2)):
            token = self.doc[i]
            if token.pos_ in {"VERB", "AUX"} or token.text in ".?!;" or self.inside[i] != -1:
                return set()
            if token.lower_ == "that" and (i == cue.last.i + 1 or self.doc[i - 1].text == ","):
                clause = token.head if token.dep_ == "mark" else None
                return {t.i for t in clause.subtree if t.i > i} if clause else set(range(i + 1, len(self.doc)))
        return set()

    def _unmarked(self, cue: Cue) -> list[Token]:
        """A clause without a conjunction behind its cue, which the parser took for an adverbial one."""
        return [
            c
            for c in cue.head.children
            if c.dep_ == "advcl"
            and c.i > cue.head.i
            and any(g.dep_ in SUBJECTS for g in c.children)
            and not any(g.dep_ in {"mark", "advmod"} and g.i == c.left_edge.i for g in c.children)
            and self.doc[c.left_edge.i - 1].text != ","
        ][:1]

    def _strayed(self, cue: Cue) -> list[Token]:
        """A that-clause which the parser hung on another word behind the cue: "said ahead of the vote that …"."""
        for token in cue.head.subtree:
            if token.i <= cue.last.i or token.dep_ not in {"ccomp", "acl", "relcl", "advcl"}:
                continue
            that = any(c.lower_ == "that" and c.dep_ == "mark" for c in token.children)
            if that and any(c.dep_ in SUBJECTS for c in token.children):
                return [token]
            if token.i in self.cues:
                return []
        return []

    def _following(self, cue: Cue, clauses: list[Token]) -> set[int]:
        """A clause behind its verb, with clauses that the parser hung on the verb beside it."""
        verb = cue.head
        parts = [*clauses]
        if not cue.frames.addressee_is_object:
            parts += [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < clauses[0].i]
        for child in verb.children:
            if child.i < clauses[0].i:
                continue
            marks = {g.lower_ for g in child.children if g.dep_ == "mark"}
            own_subject = any(g.dep_ in SUBJECTS for g in child.children)
            told = "that" in marks or (own_subject and not self.is_cue(child) and not _leaves_report(verb, clauses[0], child))
            if child.dep_ == "conj" and told:
                parts.append(child)
            elif child.dep_ == "advcl" and marks & _REASONS:
                parts.append(child)
        start = self._start(cue, clauses[0])
        tokens = {t.i for c in parts for t in c.subtree if t.i >= start}
        return tokens | self._antecedent(verb, clauses[0]) | _condition(verb)

    def _start(self, cue: Cue, clause: Token) -> int:
        """Where a clause begins: at its "that", else behind a phrase of time or place that belongs to the cue."""
        that = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i < clause.i), None)
        if that is not None:
            return that.i
        start = cue.last.i + 1
        for child in clause.lefts:
            leads = child.dep_ in {"prep", "npadvmod"} and child.left_edge.i == start
            if leads and self.doc[child.right_edge.i + 1].text != "," and self.inside[child.i] == -1:
                start = child.right_edge.i + 1
        return start

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
        end = next((i for i in range(first, len(self.doc)) if self.doc[i].text in ".?!" and self.inside[i] < 0), len(self.doc))
        words = range(first, end)
        if any(i in self.cues and any(c.dep_ in SUBJECTS for c in self.doc[i].children) for i in words):
            return set()
        if self.doc[first].dep_ == "cc" and not any(self.doc[i].dep_ in SUBJECTS for i in words):
            return set()
        opens = self.doc[first].pos_ in {"ADP", "SCONJ", "PART", "CCONJ", "ADV"}
        told = any(self.doc[i].tag_ in _FINITE and not _in_relative(self.doc[i]) for i in words)
        return set(words) if opens or told else set()

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
        parts = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "xcomp", "pcomp"}]
        if not parts:
            return set()
        tail = [c for c in verb.children if c.i > parts[0].i and c.dep_ == "prep" and c.lower_ in {"as", "for", "of"}]
        if tail and any(g.dep_ == "pcomp" for g in tail[-1].children):
            tail += [c for c in verb.children if c.i > tail[-1].i and c.dep_ == "ccomp"]
        return set(range(parts[0].left_edge.i, max(c.right_edge.i for c in [*parts, *tail]) + 1))

    def _prepositional(self, cue: Cue) -> set[int]:
        verb = cue.head
        for prep in verb.children:
            if prep.dep_ != "prep" or prep.i < verb.i or prep.lower_ not in cue.frames.prepositions:
                continue
            if any(c.ent_type_ in {"DATE", "TIME"} for c in prep.children):
                continue
            tokens = {t.i for t in prep.subtree} - {prep.i}
            tokens |= self._charged(cue, prep)
            if cue.frames.prepositions[prep.lower_]:
                action = next((c for c in verb.children if c.i > prep.i and _is_infinitive(c)), None)
                action = action or next((t for t in prep.subtree if _is_infinitive(t)), None)
                if action is None:
                    return set()
                tokens |= {t.i for t in action.subtree}
            return tokens
        return set()

    def _charged(self, cue: Cue, prep: Token) -> set[int]:
        """"accused the company of hiding the report": the company belongs to it, a pronoun does not."""
        if not cue.frames.addressee_is_object:
            return set()
        objects = [c for c in cue.head.children if c.dep_ == "dobj" and c.i < prep.i and c.pos_ != "PRON"]
        return {t.i for c in objects for t in c.subtree} | ({prep.i} if objects else set())

    def _noun(self, cue: Cue) -> set[int]:
        noun = cue.head
        clause = next((c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "xcomp"}), None)
        return {t.i for t in clause.subtree} if clause is not None else set()

    def _sentence(self, cue: Cue) -> set[int]:
        head = cue.head
        closes = all(t.i <= cue.head.right_edge.i or t.is_punct for t in cue.head.sent)
        if not closes and self._between_commas(cue):
            return self._clause_around(cue)
        while not closes and head.head != head and not (head.pos_ in {"VERB", "AUX"} and any(c.dep_ in SUBJECTS for c in head.children)):
            head = head.head
        if head.dep_ == "ccomp" and head.head.i in self.cues:
            head = head.head
        head = cue.head.sent.root if closes else head
        return {t.i for t in head.subtree} - {t.i for t in cue.head.subtree}

    def _between_commas(self, cue: Cue) -> bool:
        start, end = cue.head.left_edge.i, cue.head.right_edge.i
        return start > 1 and self.doc[start - 1].text == "," and end + 1 < len(self.doc) and self.doc[end + 1].text == ","

    def _clause_around(self, cue: Cue) -> set[int]:
        """The clause into which "…, according to the ministry, …" is set, from the last "and" or "but" before it."""
        start, end = cue.head.left_edge.i, cue.head.right_edge.i
        first = start
        while first > 0 and self.doc[first - 1].text not in ".?!;" and not (
            self.doc[first - 1].dep_ == "cc" and self.doc[first - 2].text == ","
        ):
            first -= 1
        last = next((i for i in range(end + 1, len(self.doc)) if self.doc[i].text in ".?!;" and self.inside[i] < 0), len(self.doc))
        return {*range(first, start), *range(end + 1, last)}

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


def _in_relative(token: Token) -> bool:
    return token.dep_ == "relcl" or (token.dep_ in {"aux", "auxpass"} and token.head.dep_ == "relcl")


def _leaves_report(verb: Token, clause: Token, other: Token) -> bool:
    """Whether a coordinate clause has left the reported past for the reporter's present ("…, but details are few")."""
    backshifted = {"VBD"} if clause.tag_ != "VBD" else {"VBD", clause.tag_}
    past = clause.tag_ == "VBD" or any(c.tag_ in {"VBD", "MD"} and c.lower_ != "will" for c in clause.children if c.dep_ in {"aux", "auxpass"})
    present = other.tag_ in {"VBZ", "VBP"} and not any(c.tag_ in backshifted for c in other.children)
    return verb.tag_ == "VBD" and past and present


def _condition(verb: Token) -> set[int]:
    """A condition set before the cue belongs to what is said: "If prices rise, she said, wages must"."""
    conditions = [
        c
        for c in verb.children
        if c.dep_ == "advcl" and c.i < verb.i and any(g.dep_ == "mark" and g.lower_ in {"if", "unless"} for g in c.children)
        and c.left_edge.lower_ != "even"
    ]
    return {t.i for c in conditions for t in c.subtree}


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _is_only_possible(verb: Token) -> bool:
    """Whether it is only said that somebody should or could say it: "the council must condemn"."""
    return any(c.tag_ == "MD" and c.lower_ not in {"will", "would", "'ll", "'d"} for c in verb.children)


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.i < token.i for c in token.children)
