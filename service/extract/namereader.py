"""Read the names in a paragraph.

Nothing here depends on knowing a name. The parser's labels are one witness among several: titles and role nouns before
a name, known given names, words for organizations, and what the vocabularies list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.names import Name, Sort
from service.extract.runs import Run, Spelling, find_runs, with_people
from service.extract.titles import Titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.extract.document import Paragraph, PersonNamed
    from service.extract.lexicon import Lexicon
    from service.vocabulary.roles import Honorific

_SORTS = {
    **dict.fromkeys(("EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"), Sort.THING),
    **dict.fromkeys(("GPE", "LOC", "FAC"), Sort.PLACE),
    "NORP": Sort.ADJECTIVE,
    "ORG": Sort.ORGANIZATION,
    "PERSON": Sort.PERSON,
}


def find_names(paragraph: Paragraph, lexicon: Lexicon, written: Spelling) -> list[Name]:
    """Give the names of `paragraph` in order; `written` is the spelling of the whole text."""
    reader = _Reader(paragraph, lexicon)
    runs = with_people(find_runs(paragraph.doc, lexicon, written), paragraph.people)
    return [
        name
        for run, people in runs
        for name in (reader.read_people(run, people) if people else reader.read(run))
    ]


class _Reader:
    def __init__(self, paragraph: Paragraph, lexicon: Lexicon) -> None:
        self.paragraph = paragraph.index
        self.doc = paragraph.doc
        self.lexicon = lexicon
        self.titles = Titles(paragraph.doc, lexicon)
        self._entities = {i: ent for ent in paragraph.doc.ents for i in range(ent.start, ent.end)}

    def read(self, run: Run) -> Iterator[Name]:
        """Tell apart what stands in one run: country, title, name."""
        first, last = run
        if self.titles.ends_title(first, last):
            return
        if whole := self._whole(first, last):
            yield whole
        elif self._is_organization(first, last):
            yield self._organization(first, last)
        elif (title := self.titles.find(first, last)) is None:
            yield from self._untitled(first, last)
        elif title[1] < last:
            yield self._titled(first, title, last)
        elif first == last and self.doc[last].tag_ == "NNP":
            yield self._plain(first, last, Sort.TITLE)
        else:
            yield from self._possessor(first, title[0])

    def read_people(self, run: Run, people: Sequence[PersonNamed]) -> Iterator[Name]:
        """Tell apart what stands in a run in which `people` are named."""
        first, last = run
        if last > people[-1].last and self.lexicon.is_organization_noun(self.doc[last].text):
            yield from self.read(run)
            return
        for person in people:
            yield from self._named(first, person)
            first = person.last + 1
        if first <= last:
            yield from self.read((first, last))

    def _named(self, first: int, person: PersonNamed) -> Iterator[Name]:
        """Give the person and what stands before the name from token `first` on: title, country, or another name."""
        start, last = person.first, person.last
        title = self.titles.find(first, start - 1, named=True) if first < start else None
        behind, country = self.titles.behind_country(first, start)
        if title and title[1] == start - 1:
            name = self._titled(first, title, last)
        else:
            if first < start and behind < start:
                yield from self.read((first, start - 1))
                country = None
            before = self.titles.before(start)
            name = self._plain(start, last, Sort.PERSON, country or before.country)
            name = self._gendered(replace(name, role=before.role, left=before.left if before.role else start))
        yield replace(name, sort=Sort.PERSON, partial=not person.full)

    def _plain(self, first: int, last: int, sort: Sort, country: str | None = None) -> Name:
        words = self.titles.words(first, last)
        return Name(self.paragraph, first, first, last, words, sort, country=country)

    def _whole(self, first: int, last: int) -> Name | None:
        """Give the run as a whole, where a vocabulary knows it."""
        name = self._plain(first, last, Sort.ORGANIZATION)
        article = "The " if first and self.doc[first - 1].text == "The" else ""
        if publisher := self.lexicon.publisher(article + name.words) or self.lexicon.publisher(name.words):
            return replace(name, words=publisher, surface=name.words)
        if last > first and self._label(first, last) == "PERSON":
            return None
        return self._land(name)

    def _land(self, name: Name) -> Name | None:
        """Give a name that is a country's, its people's, its capital's or its government's seat."""
        lexicon, words = self.lexicon, name.words
        adjective = lexicon.adjective(words)
        if adjective and name.first == name.last and self.doc[name.first].tag_ == "JJ":
            return replace(name, sort=Sort.ADJECTIVE, country=adjective.code)
        if country := lexicon.country(words):
            sort = Sort.ADJECTIVE if self._modifies(name.last) else Sort.COUNTRY
            return replace(name, words=country.name, sort=sort, country=country.code)
        if country := lexicon.capital(words):
            return replace(name, words=country.name, sort=Sort.CAPITAL, country=country.code)
        if country := lexicon.countries.seat(words):
            return replace(name, country=country.code)
        return replace(name, sort=Sort.ADJECTIVE, country=adjective.code) if adjective else None

    def _modifies(self, last: int) -> bool:
        """Tell whether the country at `last` stands before a noun as an adjective does ("US officials")."""
        token = self.doc[last]
        if last + 1 >= len(self.doc) or token.dep_ not in {"compound", "nmod", "amod"}:
            return False
        return token.head.i > last and self.doc[last + 1].tag_ not in {"POS", ",", "CC", "HYPH"}

    def _label(self, first: int, last: int) -> str:
        """Give the parser's label of a name's last word, else of its first."""
        return str(self.doc[last].ent_type_ or self.doc[first].ent_type_)

    def _is_organization(self, first: int, last: int) -> bool:
        if last == first:
            return False
        final, lexicon = self.doc[last], self.lexicon
        given = lexicon.is_given(self.doc[first].text)
        if lexicon.is_organization_noun(final.text) and not (given and final.ent_type_ == "PERSON"):
            return not lexicon.is_person_noun(final.text)
        if given and last - first < 3:
            return False
        found = self._entities.get(first)
        whole = found is not None and found.label_ == "ORG" and found.end > last
        return whole and self.titles.find(first, last) is None

    def _organization(self, first: int, last: int) -> Name:
        name = self._plain(first, last, Sort.ORGANIZATION)
        known = self.lexicon.actor(name.words)
        country = known.country if known else None
        for end in range(last - 1, first - 1, -1):
            lead = self.titles.words(first, end)
            if not country and (found := self.lexicon.adjective(lead) or self.lexicon.country(lead)):
                country = found.code
        return replace(name, country=country or (None if known else self.titles.possessor(first)))

    def _possessor(self, first: int, title: int) -> Iterator[Name]:
        """Give the country before a title without a name ("the U.S. Chairman of …")."""
        start, country = self.titles.behind_country(first, title)
        if country:
            yield self._plain(first, start - 1, Sort.ADJECTIVE, country)

    def _titled(self, first: int, title: Run, last: int) -> Name:
        honorific = self.lexicon.roles.honorific(self.doc[title[1]].text)
        start, country = self.titles.behind_country(first, title[1])
        role = self._role(start, title, honorific)
        before = self.titles.before(first)
        if before.role and role is None:
            role = before.role
        elif before.role and start == first:
            role = f"{before.role} {role}"
        gender = (honorific.gender if honorific else None) or self.lexicon.roles.gender(
            self.doc[title[1]].text
        )
        name = self._plain(title[1] + 1, last, Sort.PERSON, country or before.country)
        return self._gendered(replace(name, left=before.left, role=role, honorific=honorific, gender=gender))

    def _role(self, start: int, title: Run, honorific: Honorific | None) -> str | None:
        """Give the words of a title, without a form of address behind it ("Oil Minister Sheikh")."""
        if honorific is None or start == title[1]:
            mere = honorific is not None and not honorific.role and title[0] == start
            return None if mere else self.titles.role(start, title[1], honorific)
        if self.lexicon.is_person_noun(self.doc[title[1] - 1].text):
            return self.titles.role(start, title[1] - 1, None)
        return self.titles.role(start, title[1], honorific)

    def _untitled(self, first: int, last: int) -> Iterator[Name]:
        start, country = self.titles.behind_country(first, last)
        lead = start - 1
        start, last = self._person_bounds(start, last)
        before = self.titles.before(start) if start == first or not country else None
        role = before.role if before else None
        if role and role.casefold() in self.lexicon.roles.not_now and not self._may_be_former(start, last):
            role = None
        near = country or (before.country if before else None)
        name = replace(self._plain(start, last, Sort.UNKNOWN, near), role=role)
        name = self._gendered(replace(name, left=before.left if before and role else start))
        yield replace(name, sort=self._sort(name, self._label(start, last)))
        if country and not role and lead >= first:
            yield self._plain(first, lead, Sort.ADJECTIVE, country)

    def _may_be_former(self, first: int, last: int) -> bool:
        """Tell whether "former" before a name can be its own: not "former Ohio governor"."""
        following = self.doc[last + 1].text if last + 1 < len(self.doc) else ""
        return self._label(first, last) not in {"GPE", "LOC", "ORG"} and not self.lexicon.is_person_noun(
            following
        )

    def _person_bounds(self, start: int, last: int) -> tuple[int, int]:
        """Narrow a run to the person whom the parser found in it."""
        near = (self._entities.get(i) for i in range(start, last + 1))
        person = next((ent for ent in near if ent is not None and ent.label_ == "PERSON"), None)
        if person is None:
            return start, last
        if person.start > start and person.end > last:
            lead, given = self.doc[start], self.lexicon.is_given(self.doc[person.start].text)
            part = person.start == start + 1 and lead.tag_ == "NNP" and not lead.ent_type_ and not given
            return (start if part else person.start), last
        if start <= person.start < person.end <= last and last - start >= 2:
            return start, max(person.end - 1, start)
        return start, last

    def _gendered(self, name: Name) -> Name:
        gender = name.gender or (
            self.lexicon.roles.gender(name.role.rsplit(None, 1)[-1]) if name.role else None
        )
        return replace(name, gender=gender or (self.lexicon.gender(name.words) if name.is_full else None))

    def _sort(self, name: Name, label: str) -> Sort:
        lead = self.doc[name.first].text
        if name.is_full and self.lexicon.is_organization_noun(lead) and not self.lexicon.is_given(lead):
            return Sort.ORGANIZATION
        if name.role or (not label and self._is_subject(name)):
            return Sort.PERSON
        if known := self.lexicon.actor(name.words):
            return Sort.PERSON if known.type == "person" else Sort.ORGANIZATION
        if name.is_full and _SORTS.get(label) is not Sort.THING:
            if self.doc[name.last].tag_ == "NNPS":
                return Sort.ORGANIZATION
            if label != "ORG" and self.lexicon.is_given(name.words):
                return Sort.PERSON
        return _SORTS.get(label, Sort.UNKNOWN)

    def _is_subject(self, name: Name) -> bool:
        """Tell whether a name that the parser did not label is two to four proper nouns and a subject."""
        tokens = self.doc[name.first : name.last + 1]
        if not 2 <= len(tokens) <= 4 or (name.first and self.doc[name.first - 1].tag_ == "DT"):
            return False
        if any(token.tag_ != "NNP" or (len(token.text) > 3 and token.text.isupper()) for token in tokens):
            return False
        return tokens[-1].dep_ in {"nsubj", "nsubjpass"}
