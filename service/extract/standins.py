"""Where the people of a text are named, and which familiar name stands in for each while the parser reads.

What a text tells of a person elsewhere (a full name behind a title) tells here that "May" is no month and "Good" no
adjective.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.names import Name, Sort
from service.extract.runs import opens_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from service.extract.document import Document, Paragraph
    from service.extract.lexicon import Lexicon

_BEFORE_A_MONTH = frozenset(
    ("in", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "of", "from", "through")
)
_FINITE = frozenset(("VBD", "VBZ", "MD"))
_SHORTEST = 2
_ELSEWHERE = 3
"""Words behind a full name's first at most: a longer "name" is none."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Tokens `first` to `last` of a paragraph name a person; `words`, one or two, are read in their place."""

    first: int
    last: int
    words: tuple[str, ...]


class StandIns:
    """The ways in which a text names its people, each with the words that stand in."""

    def __init__(self, document: Document, names: Mapping[int, Sequence[Name]], lexicon: Lexicon) -> None:
        """Gather the people among `names`, which are given by number of paragraph."""
        self._lexicon = lexicon
        self._forms: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
        docs = {paragraph.index: paragraph.doc for paragraph in document.paragraphs}
        self._small = {token.text for doc in docs.values() for token in doc if token.text.islower()}
        self._surnames: dict[str, str] = {}
        self._given: dict[str, str] = {}
        people = [(docs[name.paragraph], name) for name in _people(names)]
        for doc, name in sorted(people, key=lambda one: -(one[1].last - one[1].first)):
            self._add(name, tuple(token.text for token in doc[name.first : name.last + 1]))

    def _add(self, name: Name, words: tuple[str, ...]) -> None:
        if not all(any(c.isalpha() for c in word) or word in {"-", ".", "'"} for word in words):
            return
        starts = _starts(words)
        if len(starts) < 2:
            self._form(words, (self._surname(words[0], ()),))
            return
        shorter = [words[start:] for start in starts[1:]] + [words[: starts[1]]]
        surname = self._surname(words[0], [one[0] for one in shorter] + [words[-1]])
        self._form(words, (self._given_name(words, name), surname))
        for one in shorter:
            word = one[-1] if len(one) == 1 else one[0]
            if len(word) >= _SHORTEST and not self._lexicon.adjective(word):
                self._form(one, (surname,))

    def _form(self, words: tuple[str, ...], instead: tuple[str, ...]) -> None:
        self._forms[words[0]].setdefault(words, instead)
        upper = words[0][0].upper() + words[0][1:]
        self._forms[upper].setdefault((upper, *words[1:]), instead)

    def _surname(self, word: str, others: Iterable[str]) -> str:
        """Give the surname that stands in for a person who goes by any of these words."""
        words = (word, *others)
        known = next((self._surnames[one] for one in words if one in self._surnames), None)
        surnames = self._lexicon.names.surnames
        surname = known or surnames[len(set(self._surnames.values())) % len(surnames)]
        for one in words:
            self._surnames.setdefault(one, surname)
        return surname

    def _given_name(self, words: tuple[str, ...], name: Name) -> str:
        full = " ".join(words)
        names = self._lexicon.names
        if full not in self._given:
            fitting = names.common_women if name.gender == "f" else names.common_men
            self._given[full] = fitting[len(self._given) % len(fitting)]
        return self._given[full]

    def of(self, paragraph: Paragraph) -> list[StandIn]:
        """Give the stretches of a paragraph that name somebody, in order, none overlapping."""
        return list(self._find(paragraph.doc))

    def _find(self, doc: Doc) -> Iterator[StandIn]:
        at = 0
        while at < len(doc):
            found = self._at(doc, at)
            if found is not None:
                yield found
                at = found.last + 1
            else:
                at += 1

    def _at(self, doc: Doc, at: int) -> StandIn | None:
        forms = self._forms.get(doc[at].text)
        if not forms:
            return None
        fits = (form for form in forms if all(
            at + i < len(doc) and doc[at + i].text == word for i, word in enumerate(form)
        ))
        form = max(fits, key=len, default=None)
        if form is None or (len(form) == 1 and not self._is_name(doc[at])):
            return None
        return StandIn(at, at + len(form) - 1, forms[form])

    def _is_name(self, token: Token) -> bool:
        """Tell whether a word that is somebody's name is that here: no month, no word with which a sentence begins."""
        before = token.nbor(-1) if token.i else None
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if after is not None and after.like_num:
            return False
        if token.ent_type_ in {"DATE", "TIME"} and before is not None and before.lower_ in _BEFORE_A_MONTH:
            return False
        if not opens_sentence(token) or (token.tag_ in {"NNP", "NNPS"} and token.lower_ not in self._small):
            return True
        return after is not None and (after.tag_ in _FINITE | {"POS", ","} or self._lexicon.is_reporting(after.lemma_))


def _people(names: Mapping[int, Sequence[Name]]) -> Iterator[Name]:
    return (name for found in names.values() for name in found if name.sort is Sort.PERSON)


def _starts(words: Sequence[str]) -> list[int]:
    """Give the places in a name at which a word begins that is not joined to the one before by a mark."""
    return [i for i, word in enumerate(words) if i == 0 or (word[0].isalnum() and words[i - 1] not in {"-", "'"})]
