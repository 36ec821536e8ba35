"""Read the names in a paragraph: whose they are by form, and the title, role and country written with them.

Nothing here depends on knowing a name. The parser's labels are one witness among several: titles and role nouns before
a name, an apposition behind it, known given names, words for organizations, and what the vocabularies list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from service.extract.runs import Run, find_runs, is_capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from service.extract.document import Paragraph
    from service.extract.lexicon import Lexicon
    from service.vocabulary.roles import Gender, Honorific

_MODIFIER_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "JJR", "HYPH", "VBN", "VBG", "RB", "CD"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_THINGS = frozenset(("EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))


class Sort(Enum):
    """What a name is by its form."""

    PERSON = auto()
    ORGANIZATION = auto()
    COUNTRY = auto()
    CAPITAL = auto()
    PLACE = auto()
    ADJECTIVE = auto()
    THING = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens `first` to `last` of paragraph number `paragraph`; what goes with it begins at `left`.

    `role` are the words before it without country ("Foreign Minister"), `country` an ISO 3166-1 alpha-2 code.
    """

    paragraph: int
    left: int
    first: int
    last: int
    words: str
    sort: Sort
    label: str = ""
    role: str | None = None
    country: str | None = None
    gender: Gender | None = None
    honorific: Honorific | None = None

    @property
    def is_full(self) -> bool:
        """Whether it has more than one word."""
        return " " in self.words


def find_names(paragraph: Paragraph, lexicon: Lexicon, lower_words: frozenset[str]) -> list[Name]:
    """Give the names of `paragraph` in order; `lower_words` are words that the text also writes small."""
    doc = paragraph.doc
    found: list[Name] = []
    for run in find_runs(doc, lexicon, lower_words):
        found += _Reader(paragraph.index, doc, lexicon).read(run)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    paragraph: int
    doc: Doc
    lexicon: Lexicon

    def read(self, run: Run) -> Iterator[Name]:
        """Tell apart what stands in one run: country, title, name."""
        first, last = run
        if self._ends_title(first, last):
            return
        if whole := self._whole(first, last):
            yield whole
            return
        if self._is_organization(first, last):
            yield self._organization(first, last)
            return
        title = self._title(first, last)
        if title is not None and title[1] == last:
            yield from self._before(first, title[0])
            return
        if title is not None:
            yield self._titled(first, title, last)
            return
        yield from self._untitled(first, last)

    def words(self, first: int, last: int) -> str:
        return self.doc[first : last + 1].text

    def _whole(self, first: int, last: int) -> Name | None:
        """The run as a whole, where a vocabulary knows it."""
        words, lexicon = self.words(first, last), self.lexicon
        base = Name(self.paragraph, first, first, last, words, Sort.UNKNOWN)
        if first and self.doc[first - 1].text == "The" and lexicon.publisher(f"The {words}"):
            words = f"The {words}"
        if publisher := lexicon.publisher(words):
            return replace(base, words=publisher, sort=Sort.ORGANIZATION)
        if self._label(first, last) == "PERSON" and last > first:
            return None
        if first == last and self.doc[first].tag_ == "JJ" and (country := lexicon.adjective(words)):
            return replace(base, sort=Sort.ADJECTIVE, country=country.code)
        if country := lexicon.country(words):
            sort = Sort.ADJECTIVE if self._modifies(last) else Sort.COUNTRY
            return replace(base, words=country.name, sort=sort, country=country.code)
        if country := lexicon.capital(words):
            return replace(base, words=country.name, sort=Sort.CAPITAL, country=country.code)
        if country := lexicon.countries.seat(words):
            return replace(base, sort=Sort.ORGANIZATION, country=country.code)
        if country := lexicon.adjective(words):
            return replace(base, sort=Sort.ADJECTIVE, country=country.code)
        return None

    def _ends_title(self, first: int, last: int) -> bool:
        """Whether the run is the end of a title written small ("secretary of State")."""
        if first < 2 or self.doc[first - 1].lower_ != "of":
            return False
        return self.lexicon.roles.is_title(self.words(first - 2, last))

    def _modifies(self, last: int) -> bool:
        """Whether the country at `last` stands before a noun as an adjective does ("US officials")."""
        token = self.doc[last]
        if last + 1 >= len(self.doc) or token.dep_ not in {"compound", "nmod", "amod"}:
            return False
        return token.head.i > last and self.doc[last + 1].tag_ not in {"POS", ",", "CC", "HYPH"}

    def _label(self, first: int, last: int) -> str:
        """The parser's label of the last word of a name, with its first where they differ."""
        label = self.doc[last].ent_type_
        return str(label or self.doc[first].ent_type_)

    def _is_organization(self, first: int, last: int) -> bool:
        if last == first:
            return False
        final = self.doc[last]
        given = final.ent_type_ == "PERSON" and self.lexicon.is_given(self.doc[first].text)
        if self.lexicon.is_organization_noun(final.text) and not given:
            return not self.lexicon.is_person_noun(final.text)
        if self.lexicon.is_given(self.doc[first].text) and last - first < 3:
            return False
        spans = [ent for ent in self.doc[first : last + 1].ents if ent.label_ == "ORG"]
        return any(ent.start <= first and ent.end > last for ent in spans) and self._title(first, last) is None

    def _organization(self, first: int, last: int) -> Name:
        words = self.words(first, last)
        known = self.lexicon.actor(words)
        country = known.country if known else None
        for end in range(last, first, -1):
            lead = self.words(first, end - 1)
            if not country and (found := self.lexicon.adjective(lead) or self.lexicon.country(lead)):
                country = found.code
        return Name(self.paragraph, first, first, last, words, Sort.ORGANIZATION, country=country)

    def _title(self, first: int, last: int) -> Run | None:
        """First and last token of the titles in the run ("Foreign Minister"), None where it has none."""
        found: Run | None = None
        at = first
        while at <= last:
            length = self._title_at(at, last)
            if not length or self._is_inside_person(at, first):
                at += 1
                continue
            end = self._with_of(at + length - 1, last)
            found = (found[0] if found else at, end)
            at = end + 1
        return found

    def _title_at(self, at: int, last: int) -> int:
        words = [token.lower_ for token in self.doc[at : last + 1]]
        if length := self.lexicon.title_length(words):
            return length
        token = self.doc[at]
        if at < last and self.lexicon.roles.honorific(token.text):
            return 1
        return 1 if self.lexicon.is_person_noun(token.text) else 0

    def _is_inside_person(self, at: int, first: int) -> bool:
        """Whether the word belongs to a name ("King" of "Martin Luther King")."""
        token = self.doc[at]
        if at == first or token.ent_type_ != "PERSON" or token.ent_iob_ != "I":
            return False
        return self.lexicon.is_given(self.doc[at - 1].text)

    def _with_of(self, end: int, last: int) -> int:
        """Take in what a title has behind "of" ("Chairman of the Joint Chiefs of Staff")."""
        if end + 2 > last or self.doc[end + 1].lower_ != "of":
            return end
        inside = {token.i for token in self.doc[end + 1].subtree}
        reach = end + 1
        while reach + 1 <= last and reach + 1 in inside and self.doc[reach + 1].ent_type_ != "PERSON":
            reach += 1
        return reach if reach > end + 1 else end

    def _before(self, first: int, title: int) -> Iterator[Name]:
        """The country or organization before a title without a name ("the U.S. Chairman of …")."""
        for end in range(title - 1, first - 1, -1):
            words = self.words(first, end)
            if country := self.lexicon.adjective(words) or self.lexicon.country(words):
                yield Name(
                    self.paragraph, first, first, end, words, Sort.ADJECTIVE, country=country.code
                )
                return

    def _titled(self, first: int, title: Run, last: int) -> Name:
        honorific = self.lexicon.roles.honorific(self.doc[title[1]].text)
        start, country = self._strip_country(first, title[1])
        plain = honorific is not None and title == (title[1], title[1]) and start == title[1]
        role = None if plain and honorific and not honorific.role else self._role(start, title[1], honorific)
        left, before, country = self._context(first, country)
        if before and role is None:
            role = before
        elif before and start == first:
            role = f"{before} {role}"
        head = self.doc[title[1]].text
        gender = (honorific.gender if honorific else None) or self.lexicon.roles.gender(head)
        return self._person(left, title[1] + 1, last, role, country, honorific, gender)

    def _role(self, start: int, end: int, honorific: Honorific | None) -> str:
        if honorific and honorific.role and honorific.form.endswith("."):
            lead = self.words(start, end - 1) if end > start else ""
            return f"{lead} {honorific.role.title()}".strip()
        return self.words(start, end)

    def _context(self, first: int, country: str | None) -> tuple[int, str | None, str | None]:
        """What stands before a run in small letters ("former", "China's"): left end, role words, country."""
        left, role, found = self.left_role(first)
        return left, role, country or found

    def _untitled(self, first: int, last: int) -> Iterator[Name]:
        start, country = self._strip_country(first, last)
        person = next((e for e in self.doc[start : last + 1].ents if e.label_ == "PERSON"), None)
        if person is not None and person.start > start and person.end > last:
            start = person.start
        if person is not None and start <= person.start < person.end <= last and last - start >= 2:
            last = max(person.end - 1, start)
        label = self._label(start, last)
        left, role, near = self.left_role(start) if start == first or not country else (first, None, None)
        name = self._person(left if role else start, start, last, role, country or near, None, None)
        yield replace(name, sort=self._sort(name, label, titled=role is not None), label=label)
        if country and not role and start > first:
            yield Name(
                self.paragraph, first, first, start - 1, self.words(first, start - 1), Sort.ADJECTIVE, country=country
            )

    def _sort(self, name: Name, label: str, *, titled: bool) -> Sort:
        if titled or (not label and self._is_subject_name(name)):
            return Sort.PERSON
        if known := self.lexicon.actor(name.words):
            return Sort.PERSON if known.type == "person" else Sort.ORGANIZATION
        if label in _THINGS:
            return Sort.THING
        if self.doc[name.last].tag_ == "NNPS" and name.is_full:
            return Sort.ORGANIZATION
        if label == "PERSON" or (name.is_full and self.lexicon.is_given(name.words) and label != "ORG"):
            return Sort.PERSON
        if label == "NORP":
            return Sort.ADJECTIVE
        if label in _PLACES:
            return Sort.PLACE
        return Sort.ORGANIZATION if label == "ORG" else Sort.UNKNOWN

    def _is_subject_name(self, name: Name) -> bool:
        """Whether a name that the parser did not label is two to four proper nouns and a subject."""
        tokens = self.doc[name.first : name.last + 1]
        if not 2 <= len(tokens) <= 4 or (name.first and self.doc[name.first - 1].tag_ == "DT"):
            return False
        if any(token.tag_ != "NNP" or len(token.text) > 3 and token.text.isupper() for token in tokens):
            return False
        return tokens[-1].dep_ in {"nsubj", "nsubjpass"}

    def _strip_country(self, first: int, last: int) -> tuple[int, str | None]:
        """The token behind a leading country or adjective of nationality, and the country."""
        if self.doc[first].ent_type_ == "ORG" and self.doc[first + 1].ent_iob_ == "I":
            return first, None
        for end in range(min(last - 1, first + 4), first - 1, -1):
            words = self.words(first, end)
            if country := self.lexicon.adjective(words) or self.lexicon.country(words):
                return end + 1, country.code
        return first, None

    def _person(
        self,
        left: int,
        first: int,
        last: int,
        role: str | None,
        country: str | None,
        honorific: Honorific | None,
        gender: Gender | None,
    ) -> Name:
        words = self.words(first, last)
        gender = gender or (self.lexicon.roles.gender(role.rsplit(None, 1)[-1]) if role else None)
        gender = gender or (self.lexicon.gender(words) if " " in words else None)
        return Name(
            self.paragraph, left, first, last, words, Sort.PERSON, "", role, country, gender, honorific
        )

    def left_role(self, first: int) -> tuple[int, str | None, str | None]:
        """Read the role written small before a name: its first token, its words, its country."""
        left = first
        while left > 0 and self._is_modifier(left - 1):
            left -= 1
        if left == first or not self._is_role_noun(first - 1):
            former = first - 1 if first and self.doc[first - 1].lower_ in self.lexicon.roles.not_now else None
            if former is not None:
                return former, self.doc[former].text, None
            return first, None, self._possessor(first)
        start, country = self._strip_country(left, first)
        return left, self.words(start, first - 1), country or self._possessor(left)

    def _is_modifier(self, at: int) -> bool:
        token = self.doc[at]
        if token.tag_ not in _MODIFIER_TAGS or token.ent_type_ in {"DATE", "TIME"}:
            return False
        return not token.nbor(1).is_sent_start

    def _is_role_noun(self, at: int) -> bool:
        token = self.doc[at]
        return token.tag_ in {"NN", "NNP"} and not is_capital(token) and self.lexicon.is_person_noun(token.text)

    def _possessor(self, left: int) -> str | None:
        """The country whose possessive stands right before `left`."""
        if left < 2 or self.doc[left - 1].tag_ != "POS":
            return None
        for start in range(max(0, left - 5), left - 1):
            words = self.words(start, left - 2)
            if country := self.lexicon.country(words) or self.lexicon.capital(words):
                return country.code
        return None


def bare(words: str) -> list[str]:
    """Split a person's name into its folded words, without initials and suffixes."""
    parts = words.casefold().replace(",", " ").split()
    kept = [part for part in parts if part not in _SUFFIXES and not (len(part.rstrip(".")) == 1)]
    return kept or parts
