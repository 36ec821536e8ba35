"""Where the people of a text are named, and which familiar name stands in for each while the parser reads.

What a text tells of a person in one place (a full name behind a title) tells in every other that "May" is no month and
"Good" no adjective.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.alone import people_alone
from service.extract.document import PersonNamed
from service.extract.names import Sort
from service.extract.runs import PARTICLES, opens_sentence
from service.extract.titled import said_alone, titled_people, untitled_people
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc, Token

    from service.extract.document import Document, Paragraph
    from service.extract.lexicon import Lexicon
    from service.extract.names import Name

_BEFORE_A_MONTH = frozenset(
    (
        *("in", "since", "until", "till", "by", "last", "next", "this", "early"),
        *("late", "mid", "of", "from", "through"),
    )
)
_BEHIND_A_NAME = frozenset(("VBD", "VBZ", "MD", "POS", ","))
_NO_PERSON = frozenset(("GPE", "NORP", "LOC", "DATE", "TIME", "FAC"))
_JOINTS = frozenset(("-", "–", "'"))
_SHORTEST = 2

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Tokens `first` to `last` of a paragraph name a person; `words`, one or two, are read in their place."""

    first: int
    last: int
    words: Words

    @property
    def named(self) -> PersonNamed:
        """What is known of these tokens."""
        return PersonNamed(self.first, self.last, full=len(self.words) > 1)


class StandIns:
    """The ways in which a text names its people, each with the words that stand in."""

    def __init__(self, document: Document, names: Mapping[int, Sequence[Name]], lexicon: Lexicon) -> None:
        """Gather the people among `names`, which are given by number of paragraph, and those who bear titles."""
        self._lexicon = lexicon
        self._forms: dict[Words, Words] = {}
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._numbers: dict[str, int] = {}
        self._people = 0
        self._small = {t.text for p in document.paragraphs for t in p.doc if t.text.islower()}
        spoken = {word for p in document.paragraphs for word in said_alone(p, lexicon)}
        people = [
            found
            for paragraph in document.paragraphs
            for found in _people(paragraph, names[paragraph.index], lexicon, spoken)
        ]
        known = {words for words, _ in people}
        people += [((word,), False) for word in sorted(people_alone(document.paragraphs, lexicon))]
        for words, woman in people:
            self._add(_without_noun(words, known, lexicon), woman=woman)

    def of(self, paragraph: Paragraph) -> list[StandIn]:
        """Give the stretches of a paragraph that name somebody, in order, none overlapping."""
        return list(self._find(paragraph.doc))

    def _add(self, words: Words, *, woman: bool) -> None:
        """Take in a name with the shorter forms in which the text may use it."""
        words = words[: next((i for i in range(1, len(words)) if _is_small(words, i)), len(words))]
        units = _units(words)
        number = self._number(units)
        names = self._lexicon.names
        surname = names.surnames[number % len(names.surnames)]
        given = names.common_women if woman else names.common_men
        if len(units) > 1:
            self._form(words, (given[number % len(given)], surname))
            shorter = [words[start:] for start, _ in units[1:]] + [words[: units[1][0]]]
        else:
            self._form(words, (surname,))
            shorter = []
        for form in [*shorter, *map(_without_particles, shorter)]:
            if len(form[-1]) >= _SHORTEST and not self._is_land(form):
                self._form(form, (surname,))

    def _number(self, units: Sequence[tuple[int, str]]) -> int:
        """Give the number of the person, one for all who share a family name, in order of appearance."""
        keys = [fold(units[-1][1]), fold(units[-1][1].split()[-1])]
        if not self._lexicon.is_given(units[0][1]) or len(units) == 1:
            keys.append(fold(units[0][1]))
        known = (self._numbers[key] for key in keys if key in self._numbers)
        number = next(known, self._people)
        self._people += number == self._people
        for key in keys:
            self._numbers.setdefault(key, number)
        return number

    def _is_land(self, form: Words) -> bool:
        words = " ".join(form)
        lexicon = self._lexicon
        return any(look_up(words) for look_up in (lexicon.adjective, lexicon.country, lexicon.capital))

    def _form(self, words: Words, instead: Words) -> None:
        """Note a form, also as it begins a sentence ("De la Calle said")."""
        for first in {words[0], words[0][0].upper() + words[0][1:]}:
            self._forms.setdefault((first, *words[1:]), instead)
            self._lengths[first].add(len(words))

    def _find(self, doc: Doc) -> Iterator[StandIn]:
        at = free = 0
        while at < len(doc):
            found = self._at(doc, at)
            if found is not None:
                found = self._widened(doc, found, free)
                free = found.last + 1
                yield found
            at = found.last + 1 if found is not None else at + 1

    def _at(self, doc: Doc, at: int) -> StandIn | None:
        for length in sorted(self._lengths.get(doc[at].text, ()), reverse=True):
            form = tuple(token.text for token in doc[at : at + length])
            if form in self._forms and (len(form) > 1 or self._is_name(doc[at])):
                return StandIn(at, at + len(form) - 1, self._forms[form])
        return None

    def _widened(self, doc: Doc, found: StandIn, free: int) -> StandIn:
        """Take in the particles and the given name before a known family name, from token `free` on."""
        first = found.first
        while first > free and (
            doc[first - 1].text in _JOINTS or doc[first - 1].text.casefold() in PARTICLES
        ):
            first -= 1
        first += doc[first].text in _JOINTS
        if (
            first == free
            or not self._is_given(doc[first - 1])
            or len(found.words) > 1
            or self._lexicon.is_given(doc[found.first].text)
        ):
            return StandIn(first, found.last, found.words)
        while first > free and self._is_given(doc[first - 1]):
            first -= 1
        surname = found.words[-1]
        names = self._lexicon.names
        given = names.common_men[names.surnames.index(surname) % len(names.common_men)]
        return StandIn(first, found.last, (given, surname))

    def _is_given(self, token: Token) -> bool:
        """Tell whether the word before a known family name may be a given name."""
        if token.tag_ != "NNP" or not token.text[0].isupper() or token.ent_type_ in _NO_PERSON:
            return False
        if opens_sentence(token) and token.lower_ in self._small:
            return False
        lexicon, word = self._lexicon, token.text
        return not (
            lexicon.roles.honorific(word)
            or lexicon.is_person_noun(word)
            or lexicon.is_organization_noun(word)
            or self._is_land((word,))
            or lexicon.publisher(word)
        )

    def _is_name(self, token: Token) -> bool:
        """Tell whether a word that is somebody's name is that here: no month, no word that any sentence begins with."""
        before = token.nbor(-1).lower_ if token.i else ""
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if token.ent_type_ == "DATE" and (
            before in _BEFORE_A_MONTH or (after is not None and after.like_num)
        ):
            return False
        if not opens_sentence(token) or (token.tag_ in {"NNP", "NNPS"} and token.lower_ not in self._small):
            return True
        while after is not None and after.tag_ == "RB" and after.i + 1 < len(after.doc):
            after = after.nbor(1)
        if after is not None and after.tag_ in {"IN", "CC"} and token.lower_ not in self._small:
            return True
        return after is not None and (
            after.tag_ in _BEHIND_A_NAME or self._lexicon.is_reporting_form(after.lower_)
        )


def _people(
    paragraph: Paragraph, names: Sequence[Name], lexicon: Lexicon, spoken: set[str]
) -> Iterator[tuple[Words, bool]]:
    """Give the words of each name of a person in a paragraph, the longer where two begin alike, and whether it is a woman's."""
    found = {name.first: (name.last, name.gender == "f") for name in names if name.sort is Sort.PERSON}
    for first, last in (*titled_people(paragraph, lexicon), *untitled_people(paragraph, lexicon, spoken)):
        known, woman = found.get(first, (first, False))
        found[first] = max(known, last), woman
    reached = -1
    for first, (last, woman) in sorted(found.items()):
        if last <= reached:
            continue
        reached = last
        words = tuple(token.text for token in paragraph.doc[first : last + 1])
        opens = words[0][0].isupper() or words[0] in PARTICLES
        if opens and all(any(c.isalpha() for c in word) or word in _JOINTS for word in words):
            yield words, woman


def _without_noun(words: Words, known: AbstractSet[Words], lexicon: Lexicon) -> Words:
    """Leave out what stands before a name: a noun for people ("Republican Ann Lee"), a word that it lacks elsewhere."""
    lead = 0
    while lead + 2 < len(words) and (
        lexicon.is_group_noun(f"{words[lead]}s")
        or lexicon.is_person_noun(words[lead])
        or (not lexicon.is_given(words[lead]) and words[lead + 1 :] in known)
    ):
        lead += 1
    return words[lead:]


def _is_small(words: Words, at: int) -> bool:
    """Tell whether a word is none of a name's: small, no particle, and not joined to the word before."""
    return words[at][0].islower() and words[at] not in PARTICLES and words[at - 1] not in _JOINTS


def _units(words: Words) -> list[tuple[int, str]]:
    """Give where each part of a name begins, and its words: "Ann", "van der Meer"; "Yun", "Byung-se"."""
    units: list[tuple[int, str]] = []
    open_ = False
    for at, word in enumerate(words):
        if units and (open_ or word in _JOINTS):
            units[-1] = (units[-1][0], f"{units[-1][1]} {word}")
        else:
            units.append((at, word))
        open_ = word in _JOINTS or (word.casefold() in PARTICLES and at + 1 < len(words))
    return units


def _without_particles(words: Words) -> Words:
    at = 0
    while at + 1 < len(words) and (words[at].casefold() in PARTICLES or words[at] in _JOINTS):
        at += 1
    return words[at:]
