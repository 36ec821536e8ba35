"""Names in a headline that capitalises every word: found by the names of the text below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.names import Name, Sort, bare
from service.model import Role
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.extract.document import Paragraph, PersonNamed
    from service.extract.lexicon import Lexicon

_LONGEST = 5
_LONGEST_LINE = 20
_LONG_WORD = 4
_SHARE = 0.6


def is_title_case(paragraph: Paragraph) -> bool:
    """Tell whether a headline, a deck, or a line that might be one capitalises its words throughout."""
    might = len(paragraph.doc) <= _LONGEST_LINE and not paragraph.doc[-1].is_punct
    if paragraph.role not in {Role.HEADLINE, Role.DECK} and not (paragraph.role is Role.BODY and might):
        return False
    long = [token.text for token in paragraph.doc if token.is_alpha and len(token.text) >= _LONG_WORD]
    capital = sum(word[0].isupper() for word in long)
    return len(long) > 2 and capital > _SHARE * len(long)


def names_in_headline(paragraph: Paragraph, forms: dict[str, Name], lexicon: Lexicon) -> list[Name]:
    """Give the countries, capitals and names from `forms`, the text's `forms_of`, that the headline speaks of."""
    doc = paragraph.doc
    people = {person.first: person for person in paragraph.people}
    found: list[Name] = []
    at = 0
    while at < len(doc):
        name = (
            _person(paragraph, people[at], lexicon)
            if at in people
            else next(
                (
                    name
                    for length in range(min(_LONGEST, len(doc) - at), 0, -1)
                    if (name := _named(paragraph, at, at + length - 1, forms, lexicon)) is not None
                ),
                None,
            )
        )
        if name is not None:
            found.append(name)
        at = name.last + 1 if name is not None else at + 1
    return found


def _person(paragraph: Paragraph, person: PersonNamed, lexicon: Lexicon) -> Name:
    words = paragraph.doc[person.first : person.last + 1].text
    name = Name(
        paragraph.index, person.first, person.first, person.last, words, Sort.PERSON, partial=not person.full
    )
    return replace(name, gender=lexicon.gender(words) if name.is_full else None)


def forms_of(known: Iterable[Name]) -> dict[str, Name]:
    """Give names by folded form, the surnames and given names of people too."""
    forms: dict[str, Name] = {}
    for name in known:
        if name.sort not in {Sort.PERSON, Sort.ORGANIZATION}:
            continue
        forms.setdefault(fold(name.words), name)
        if name.sort is Sort.PERSON:
            for word in (bare(name.words)[-1], bare(name.words)[0]):
                forms.setdefault(fold(word), replace(name, words=word))
    return forms


def _full_name(words: str, forms: dict[str, Name], lexicon: Lexicon) -> Name | None:
    """Find a given name before a surname that the text uses alone."""
    given, _, surname = words.partition(" ")
    known = forms.get(fold(surname)) if surname else None
    if known is None or known.sort is not Sort.PERSON or not lexicon.is_given(given):
        return None
    return replace(known, words=words, gender=lexicon.gender(given))


def _named(
    paragraph: Paragraph, first: int, last: int, forms: dict[str, Name], lexicon: Lexicon
) -> Name | None:
    words = paragraph.doc[first : last + 1].text
    if not words[0].isupper():
        return None
    base = Name(paragraph.index, first, first, last, words, Sort.UNKNOWN)
    if country := lexicon.country(words):
        return replace(base, words=country.name, sort=Sort.COUNTRY, country=country.code)
    if country := lexicon.capital(words):
        return replace(base, words=country.name, sort=Sort.CAPITAL, country=country.code)
    if country := lexicon.adjective(words):
        return replace(base, sort=Sort.ADJECTIVE, country=country.code)
    known = forms.get(fold(words)) or _full_name(words, forms, lexicon)
    if known is None:
        return None
    return replace(
        base,
        sort=known.sort,
        country=known.country if known.sort is Sort.ORGANIZATION else None,
        gender=known.gender,
    )
