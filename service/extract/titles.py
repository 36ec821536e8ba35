"""Find titles, roles and countries that stand before a name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from service.extract.runs import Run, is_capital

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from service.extract.lexicon import Lexicon
    from service.vocabulary.roles import Honorific

_MODIFIER_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "JJR", "HYPH", "VBN", "VBG", "RB", "CD"))
_BEFORE_NOUN = frozenset(("", "amod", "compound", "nmod"))
"""What a participle is that belongs to the noun behind it ("acting president"), no verb with an object."""
_LONGEST_OF = 12
_LONGEST_COUNTRY = 5


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a name in small letters, from token `left` on."""

    left: int
    role: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Titles:
    """Reads one paragraph's tokens."""

    doc: Doc
    lexicon: Lexicon

    def words(self, first: int, last: int) -> str:
        """Give tokens `first` to `last` as written, without the full stop of a sentence."""
        text = str(self.doc[first : last + 1].text)
        if not text.endswith("."):
            return text
        final = text.rsplit(None, 1)[-1]
        return text[:-1] if len(final) > 5 and final.count(".") == 1 else text

    def find(self, first: int, last: int, *, named: bool = False) -> Run | None:
        """Give first and last token of the titles in a run ("Foreign Minister"), None where it has none.

        `named`: a name stands right behind the run.
        """
        found: Run | None = None
        at = first
        while at <= last:
            length = self._length(at, last, named=named)
            if not length or self._is_inside_person(at, first):
                at += 1
                continue
            end = self._with_of(at + length - 1, last)
            found = (found[0] if found else at, end)
            at = end + 1
        return found

    def ends_title(self, first: int, last: int) -> bool:
        """Tell whether the run is the end of a title written small ("secretary of State")."""
        if first < 2 or self.doc[first - 1].lower_ != "of":
            return False
        return self.lexicon.roles.is_title(self.words(first - 2, last))

    def behind_country(self, first: int, last: int) -> tuple[int, str | None]:
        """Give the token behind a leading country or adjective of nationality, and the country."""
        if first >= last or (self.doc[first].ent_type_ == "ORG" and self.doc[first + 1].ent_iob_ == "I"):
            return first, None
        for end in range(min(last - 1, first + _LONGEST_COUNTRY - 1), first - 1, -1):
            words = self.words(first, end)
            if country := self.lexicon.adjective(words) or self.lexicon.country(words):
                return end + 1, country.code
        return first, None

    def role(self, start: int, end: int, honorific: Honorific | None) -> str:
        """Give the words of a title, its abbreviation written out ("Sen." gives "Senator")."""
        if honorific and honorific.role and honorific.form.endswith("."):
            lead = self.words(start, end - 1) if end > start else ""
            return f"{lead} {honorific.role.title()}".strip()
        return self.words(start, end)

    def before(self, first: int) -> Before:
        """Read the role written small before the name at `first`, else "former" or a possessing country."""
        left = first
        while left > 0 and self._is_modifier(left - 1):
            left -= 1
        if left < first and self._is_role_noun(first - 1):
            start, country = self.behind_country(left, first)
            return Before(left, self.words(start, first - 1), country or self.possessor(left))
        if first and self.doc[first - 1].lower_ in self.lexicon.roles.not_now:
            return Before(first - 1, self.doc[first - 1].text, None)
        return Before(first, None, self.possessor(first))

    def _length(self, at: int, last: int, *, named: bool) -> int:
        words = [token.lower_ for token in self.doc[at : last + 1]]
        if length := self.lexicon.title_length(words):
            return length
        token = self.doc[at]
        if (named or at < last) and self.lexicon.roles.honorific(token.text):
            return 1
        return 1 if self.lexicon.is_person_noun(token.text) else 0

    def _is_inside_person(self, at: int, first: int) -> bool:
        """Tell whether the word belongs to a name ("King" of "Martin Luther King")."""
        token = self.doc[at]
        if at == first or token.ent_type_ != "PERSON" or token.ent_iob_ != "I":
            return False
        following = self.doc[at + 1] if at + 1 < len(self.doc) else None
        if following is not None and is_capital(following) and self.lexicon.is_given(following.text):
            return False
        return self.lexicon.is_given(self.doc[at - 1].text)

    def _with_of(self, end: int, last: int) -> int:
        """Take in what a title has behind "of" ("Chairman of the Joint Chiefs of Staff")."""
        if end + 2 > last or self.doc[end + 1].lower_ != "of":
            return end
        inside = {token.i for token in islice(self.doc[end + 1].subtree, _LONGEST_OF)}
        reach = end + 1
        while reach + 1 <= last and reach + 1 in inside and self.doc[reach + 1].ent_type_ != "PERSON":
            reach += 1
        return reach if reach > end + 1 else end

    def _is_modifier(self, at: int) -> bool:
        token = self.doc[at]
        if token.tag_ not in _MODIFIER_TAGS or token.ent_type_ in {"DATE", "TIME"}:
            return False
        if token.tag_ in {"VBG", "VBN"} and token.dep_ not in _BEFORE_NOUN:
            return False
        return not self.doc[at + 1].is_sent_start

    def _is_role_noun(self, at: int) -> bool:
        token = self.doc[at]
        return (
            token.tag_ in {"NN", "NNP"} and not is_capital(token) and self.lexicon.is_person_noun(token.text)
        )

    def possessor(self, left: int) -> str | None:
        """Give the country whose possessive stands right before `left`."""
        if left < 2 or self.doc[left - 1].tag_ != "POS":
            return None
        for start in range(max(0, left - 1 - _LONGEST_COUNTRY), left - 1):
            words = self.words(start, left - 2)
            if country := self.lexicon.country(words) or self.lexicon.capital(words):
                return country.code
        return None
