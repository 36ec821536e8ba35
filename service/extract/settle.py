"""Let all occurrences of a word in a text decide together whether it is a person's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.extract.namereader import find_names
from service.extract.names import Name, Sort, bare
from service.extract.runs import spelling
from service.extract.titlecase import forms_of, is_title_case, names_in_headline
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from service.extract.document import Document
    from service.extract.lexicon import Lexicon

_FIXED = frozenset((Sort.PERSON, Sort.COUNTRY, Sort.CAPITAL))
_LONGEST = 4


def settled_names(document: Document, lexicon: Lexicon) -> dict[int, list[Name]]:
    """Give the names of every paragraph by its number; headlines all in capitals by the names of the text below."""
    plain = [paragraph for paragraph in document.paragraphs if not is_title_case(paragraph)]
    written = spelling(paragraph.doc for paragraph in plain)
    names = {paragraph.index: find_names(paragraph, lexicon, written) for paragraph in plain}
    names = _Settler({p.index: p.doc for p in plain}, lexicon).settle(names)
    known = forms_of(name for found in names.values() for name in found)
    for paragraph in document.paragraphs:
        if paragraph.index not in names:
            names[paragraph.index] = names_in_headline(paragraph, known, lexicon)
    return names


@dataclass(frozen=True, slots=True)
class _Settler:
    docs: dict[int, Doc]
    lexicon: Lexicon

    def settle(self, names: dict[int, list[Name]]) -> dict[int, list[Name]]:
        everything = [name for found in names.values() for name in found]
        titled = {fold(n.words) for n in everything if not n.is_full and (n.honorific or n.role)}
        alone = titled | {fold(n.words) for n in everything if not n.is_full and n.sort is Sort.PERSON}
        names = {index: [self._full(name, alone) for name in found] for index, found in names.items()}
        full = [n for found in names.values() for n in found if n.sort is Sort.PERSON and n.is_full]
        surely = titled | {fold(word) for name in full for word in bare(name.words)}
        single = {index: [self._single(name, surely) for name in found] for index, found in names.items()}
        return {index: [n for n in found if n.sort is not Sort.TITLE] for index, found in single.items()}

    def _full(self, name: Name, alone: set[str]) -> Name:
        """Correct a name of several words by a given name, or by one of its words standing alone for a person."""
        words = name.words.split()
        if not name.is_full or name.sort in _FIXED | {Sort.THING} or len(words) > _LONGEST:
            return name
        if name.sort is Sort.ADJECTIVE and name.country:
            return name
        if any(self.lexicon.is_organization_noun(word) or word.islower() for word in words):
            return name
        if self.lexicon.publisher(name.words):
            return name
        person = self.lexicon.is_given(words[0]) or fold(words[-1]) in alone or fold(words[0]) in alone
        return replace(name, sort=Sort.PERSON, gender=self.lexicon.gender(name.words)) if person else name

    def _single(self, name: Name, surely: set[str]) -> Name:
        """Correct a name of one word by the full names of people, or as a short name of a country ("the North")."""
        written = name.surface or name.words
        if " " in written or name.sort in _FIXED or (name.sort is Sort.ADJECTIVE and name.country):
            return name
        context = self.lexicon.countries.by_context_name(name.words)
        if context is not None and self._has_article(name):
            return replace(name, sort=Sort.COUNTRY, country=context.code, words=context.name)
        return replace(name, sort=Sort.PERSON, words=written) if fold(written) in surely else name

    def _has_article(self, name: Name) -> bool:
        return name.first > 0 and self.docs[name.paragraph][name.first - 1].lower_ == "the"
