"""Where an event is told to be: the words of the text for it, and the country they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.event_stretches import within, words_of_noun
from service.extract.event_syntax import phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.vocabulary.countries import Countries, Country

IN_PLACES = frozenset(("in", "at"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_BODIES = frozenset(("ORG",))
_LONGEST_NAME = 5


def place_of(heads: list[Token], countries: Countries, through: frozenset[str] = IN_PLACES) -> list[Token]:
    """Give the head nouns of the places after "in" or "at" (or `through`) under any of `heads`, the first named first."""
    found = [
        noun
        for head in heads
        for word, noun in phrases(head)
        if word in through and is_place(noun, word, countries)
    ]
    return sorted(found, key=lambda noun: noun.i)


def is_place(noun: Token, preposition: str, countries: Countries) -> bool:
    """Tell whether `noun` after `preposition` names a place: a known country or city, or a name of a place or building."""
    if (
        noun.ent_type_ in {"DATE", "TIME", "CARDINAL", "PERSON", "MONEY", "PERCENT"}
        and country_at(noun, countries) is None
    ):
        return False
    if country_at(noun, countries) is not None:
        return True
    if noun.pos_ == "PROPN" or noun.ent_type_:
        return (
            noun.ent_type_ in _PLACES
            or (preposition == "in" and _is_town(noun))
            or (preposition == "at" and (noun.ent_type_ in _BODIES or noun.pos_ == "PROPN"))
        )
    return noun.lemma_.lower() == "capital" and any(
        countries.by_adjective(child.text) for child in noun.children
    )


def _is_town(noun: Token) -> bool:
    """Tell whether a name that the parser took for a body's stands where a town's does: "met him in Vesterby"."""
    alone = noun.text.istitle() and not any(child.i < noun.i for child in noun.children)
    return alone and noun.ent_type_ in _BODIES and noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB"


def country_at(noun: Token, countries: Countries) -> Country | None:
    """Give the country that the name ending in `noun`, or an adjective before it, tells: "South Korea", "Chinese capital"."""
    first = max(noun.left_edge.i, noun.i - _LONGEST_NAME)
    for start in range(first, noun.i + 1):
        words = noun.doc[start : noun.i + 1].text
        if found := countries.lookup(words) or countries.capital_of(words):
            return found
    adjectives = (
        countries.by_adjective(child.text) for child in noun.children if child.dep_ in {"amod", "compound"}
    )
    return next((found for found in adjectives if found), None) if noun.lemma_.lower() == "capital" else None


def place_words(noun: Token) -> tuple[Token, Token]:
    """Give the first and last token of the words for the place that `noun` names, times behind it cut off."""
    first, last = words_of_noun(noun)
    for child in noun.children:
        if child.i > noun.i and any(word.ent_type_ in {"DATE", "TIME"} for word in within(child)):
            last = noun.doc[min(last.i, child.left_edge.i - 1)]
    return first, last


def _country(name: str, countries: Countries) -> Country | None:
    known = countries.lookup(name) or countries.capital_of(name)
    return known or countries.seat(name) or countries.by_adjective(name)


def country_of_place(words: str, countries: Countries) -> str | None:
    """Give the code of the country in which the place called `words` lies, where its words tell: "Hall X in Beijing"."""
    parts = words.replace(",", " ").split()
    for length in range(min(_LONGEST_NAME, len(parts)), 0, -1):
        for start in range(len(parts) - length, -1, -1):
            name = " ".join(parts[start : start + length])
            if found := _country(name, countries):
                return found.code
    return None
