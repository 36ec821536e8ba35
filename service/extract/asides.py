"""What the parser hangs into reported words but the reporter says: later cues, closing remarks, insertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from service.extract.document import MARK, OUTSIDE
from service.extract.setting import (
    ASIDE_MARKS,
    FINITE,
    RELATIVES,
    SUBJECTS,
    Setting,
    has_subject,
    is_negated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Token

    from service.extract.cues import Cue

_TOLD_AS = frozenset(("VBD", "VBZ", "VBG"))
_FEW_WORDS = 3
_TURNS = frozenset(("VBG", "WDT", "WP", "IN", "WRB"))
_GOES_ON = frozenset(("because", "if", "when", "unless", "until", "since", "than"))
_MEANWHILE = frozenset(("as", "while"))
_CONCESSIONS = frozenset(("though", "although"))
_DASHES = ASIDE_MARKS - {","}
_A_PAIR = 2
_RELATIVE_TAGS = frozenset(("WP", "WDT", "WP$", "WRB"))
_SHORT = 4
"""Words between two dashes that stay in what was said: "the school – if it opens – will"."""


@dataclass(frozen=True, slots=True)
class Asides:
    """Takes asides out of reported tokens.

    `subjects` gathers, by the token of a cue, the subject of the cue with which it goes on ("said … and warned …").
    """

    at: Setting
    subjects: dict[int, Token | None] = field(default_factory=dict)

    def without(self, tokens: set[int], cue: Cue) -> set[int]:
        """Give `tokens` of what `cue` reports without asides."""
        cut: set[int] = set()
        for i in tokens:
            token = self.at.doc[i]
            if (
                i > cue.head.i
                and self.at.inside[i] == -1
                and (self._later_cue(token, cue) or self._remark(token, cue) or self._tells_no_more(token))
            ):
                cut |= {t.i for t in token.subtree}
        tokens = self._without_relative(self._without_tail(tokens - cut))
        return self._without_insertion(self._without_apposition(tokens))

    def _without_relative(self, tokens: set[int]) -> set[int]:
        """End before the closing relative clauses set off by commas: they are the reporter's ("…, who is 70")."""
        last = self._last_word(tokens)
        rest = self._before_aside(tokens, self.at.doc[last].ancestors if last else (), self._is_relative)
        return self._without_relative(rest) if rest != tokens else tokens

    def _is_relative(self, token: Token, last: int) -> bool:
        del last
        first = token.left_edge.i
        return (
            token.dep_ == "relcl"
            and first > 0
            and self.at.doc[first - 1].text in {",", "("}
            and any(t.tag_ in _RELATIVE_TAGS for t in self.at.doc[first : first + _FEW_WORDS])
            and self.at.doc[first].lower_ != "where"
        )

    def _without_apposition(self, tokens: set[int]) -> set[int]:
        """End before a closing apposition that explains a word: ", a gas found deep underground"."""
        last = self._last_word(tokens)
        above = (self.at.doc[last], *self.at.doc[last].ancestors) if last else ()
        return self._before_aside(tokens, above, self._closes_apart)

    def _closes_apart(self, token: Token, last: int) -> bool:
        return self._is_apposition(token, last) or self._is_timed(token)

    def _is_timed(self, token: Token) -> bool:
        """Tell whether a phrase sets what is told beside another event: ", a day after the two had met"."""
        first = token.left_edge
        if self.at.text_at(first.i - 1) != ",":
            return False
        lead = self.at.doc[first.i : first.i + _FEW_WORDS + 1]
        return any(
            t.dep_ == "npadvmod" and t.tag_ in {"NN", "NNS"} and behind.lower_ in {"after", "before"}
            for t, behind in pairwise(lead)
        )

    def _is_apposition(self, token: Token, last: int) -> bool:
        first = token.left_edge
        remark = token.pos_ == "NOUN" and token.lemma_.lower() in self.at.verbs.clause_nouns
        if not (remark or token.dep_ == "appos") or first.lower_ not in {"a", "an"}:
            return False
        words = self.at.doc[first.i : last + 1]
        plain = not any(t.tag_ in FINITE or t.text in ASIDE_MARKS for t in words)
        return self.at.text_at(first.i - 1) in ASIDE_MARKS and (remark or plain)

    def _last_word(self, tokens: set[int]) -> int:
        return max((i for i in tokens if not self.at.doc[i].is_punct), default=0)

    def _before_aside(
        self, tokens: set[int], above: Iterable[Token], is_aside: Callable[[Token, int], bool]
    ) -> set[int]:
        """End before the first of the words `above` the last one whose phrase closes the content as an aside."""
        last = self._last_word(tokens)
        for token in above:
            if token.i not in tokens or token.head.i not in tokens:
                break  # what hangs on the cue's own words is no aside of the reported ones
            first = token.left_edge.i
            outside = self.at.inside[first] == -1 == self.at.inside[last]
            if outside and token.right_edge.i >= last and is_aside(token, last):
                rest = {i for i in tokens if i < first}
                return rest if len(rest) > _FEW_WORDS else tokens
        return tokens

    def _without_tail(self, tokens: set[int]) -> set[int]:
        """End a content with a quotation that closes on a comma before ", in an interview" or ", referring to …"."""
        for i in sorted(tokens):
            if (
                self.at.inside[i] < 0
                or i + 2 >= len(self.at.doc)
                or self.at.inside[i + 1] >= 0
                or self.at.doc[i].text != ","
            ):
                continue
            if self.at.inside[i + 2] == -1 and self._turns_away(i + 2, max(tokens)):
                return {k for k in tokens if k <= i + 1}
        return tokens

    def _turns_away(self, first: int, last: int) -> bool:
        """Tell whether words behind a quotation are the reporter's: another's statement, or no reason or condition and nothing quoted."""
        if self.at.doc[first].tag_ not in _TURNS or self.at.doc[first].lower_ in _GOES_ON:
            return False
        behind = range(first, last + 1)
        told = any(k in self.at.cues and has_subject(self.at.doc[k]) for k in behind)
        return told or not any(self.at.inside[k] >= 0 for k in behind)

    def _without_insertion(self, tokens: set[int]) -> set[int]:
        """Take out what stands between two dashes: "the law — passed in May — must go"."""
        dashes = [i for i in sorted(tokens) if self.at.inside[i] == OUTSIDE and self._is_dash(i)]
        if len(dashes) != _A_PAIR or sum(t.is_alpha for t in self.at.doc[dashes[0] : dashes[1]]) <= _SHORT:
            return tokens
        return tokens - set(range(dashes[0], dashes[1] + 1))

    def _is_dash(self, i: int) -> bool:
        """Tell whether a token is a dash, or a hyphen that stands for one: between blanks."""
        token = self.at.doc[i]
        hyphen = token.text == "-" and token.whitespace_ and i > 0 and token.nbor(-1).whitespace_
        return bool(hyphen) or token.text in _DASHES

    def _later_cue(self, verb: Token, cue: Cue) -> bool:
        """Read ", adding that …", "said … and warned …", "drills that the North says will …"."""
        if verb.i not in self.at.cues or (
            self.at.cues[verb.i].frames.names == {"quote"} and not self._quotes_behind(verb)
        ):
            return False
        if "preposition" in self.at.cues[verb.i].frames.names:
            return True
        if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl", "conj", "ccomp"}:
            before = self.at.doc[max(0, verb.left_edge.i - 1)]
            parted = before.text in ASIDE_MARKS or (before.dep_ == "cc" and cue.head.tag_ == "VBG")
            if parted and "preposition" not in cue.frames.names:
                self.subjects[verb.i] = cue.subject
            return parted
        if self._closes(verb):
            return True
        if verb.dep_ == "conj" and verb.tag_ == cue.head.tag_ and verb.tag_ in _TOLD_AS:
            if not has_subject(verb):
                self.subjects[verb.i] = cue.subject
            return True
        return verb.dep_ == "relcl" and any(
            c.dep_ in SUBJECTS and c.lower_ not in RELATIVES for c in verb.children
        )

    def _closes(self, verb: Token) -> bool:
        """Read ", the paper reported." at the end: who tells all that stands before it."""
        start = verb.left_edge.i
        while start > 1 and self.at.doc[start - 1].is_space:
            start -= 1
        before = self.at.text_at(start - 1) == "," or (start > 1 and self.at.inside[start - 1] == MARK)
        return (
            before
            and has_subject(verb)
            and verb.tag_ in FINITE
            and verb.dep_ != "relcl"
            and all(t.is_punct or t.is_space for t in self.at.doc[verb.i + 1 : self.at.sentence_end(verb.i)])
        )

    def _quotes_behind(self, verb: Token) -> bool:
        return any(self.at.inside[i] >= 0 for i in range(verb.i, self.at.sentence_end(verb.i)))

    def _remark(self, verb: Token, cue: Cue) -> bool:
        """Read ", even as she left the room", ", but gave no details", ", though he did not name them"."""
        if verb.dep_ not in {"advcl", "conj"} or "clause" not in cue.frames.names:
            return False
        comma = self.at.text_at(verb.left_edge.i - 1) in ASIDE_MARKS
        if verb.dep_ == "advcl":
            marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
            conceded = marks & _CONCESSIONS and (verb.i in self.at.cues or self._withholds(verb))
            return comma and bool(marks & _MEANWHILE or conceded)
        return self._withholds(verb) and not has_subject(verb)

    def _tells_no_more(self, word: Token) -> bool:
        """Read ", without giving details", ", without naming them"."""
        return (
            word.lower_ == "without"
            and self.at.text_at(word.i - 1) == ","
            and any(c.dep_ == "pcomp" and c.lemma_ in self.at.verbs.withheld for c in word.children)
        )

    def _withholds(self, verb: Token) -> bool:
        """Read "did not name them", "declined to name them"."""
        if verb.lemma_ in self.at.verbs.refusing:
            return any(c.dep_ == "xcomp" and c.lemma_ in self.at.verbs.withheld for c in verb.children)
        return is_negated(verb) and verb.lemma_ in self.at.verbs.withheld
