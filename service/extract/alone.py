"""People who go by one name, which no list and no title shows to be a person's: found by what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.apposition import apposed_noun
from service.extract.document import OUTSIDE
from service.extract.lonespeakers import is_thing, may_be_person, own_pronoun
from service.extract.runs import opens_sentence
from service.extract.titlecase import is_title_case
from service.extract.titled import is_name_word, reports
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.lexicon import Lexicon

_SHORTEST = 3
_FARTHEST = 60
"""Tokens behind a name within which the next sentence must begin."""
_OPENING = 6
"""Tokens of that sentence of which one must be the pronoun."""
_LONGEST_ROLE = 12
_PERSON = frozenset(("he", "she"))
_POINTING = _PERSON | frozenset(("him", "her", "his", "it", "its", "they", "their", "them"))
_NO_PERSON = frozenset(("GPE", "NORP", "LOC", "DATE", "TIME", "CARDINAL", "ORDINAL"))
_WHERE = frozenset(("in", "at", "from", "near", "across", "outside", "of"))
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD"))


def people_alone(paragraphs: Iterable[Paragraph], lexicon: Lexicon) -> set[str]:
    """Give the single words that name people: by a role told behind, by a "he" that takes up who spoke, or by speaking.

    Who only speaks is a person where nothing in the text shows a body or a place.
    """
    people: set[str] = set()
    taken_up: set[str] = set()
    speaking: set[str] = set()
    things: set[str] = set()
    bodies: set[str] = set()
    for paragraph in paragraphs:
        if is_title_case(paragraph):
            continue
        for token in _names(paragraph):
            if is_thing(token, lexicon):
                bodies.add(token.text)
        for token in _single(paragraph, lexicon):
            if _has_role_behind(token, lexicon):
                people.add(token.text)
            elif _speaks(token, lexicon):
                pronoun = own_pronoun(paragraph, token, lexicon) or _pronoun_behind(paragraph, token)
                if pronoun is not None:
                    (taken_up if pronoun in _PERSON else things).add(token.text)
                if may_be_person(paragraph, token, lexicon):
                    speaking.add(token.text)
    return people | (taken_up - things) | (speaking - things - bodies)


def _names(paragraph: Paragraph) -> Iterator[Token]:
    return (token for token in paragraph.doc if token.tag_ in {"NNP", "NNPS"} and is_name_word(token))


def _single(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Token]:
    """Give the names of one word that no vocabulary holds."""
    doc = paragraph.doc
    for token in doc:
        if (
            len(token.text) < _SHORTEST
            or not token.is_alpha
            or not _is_noun(token)
            or not is_name_word(token)
        ):
            continue
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
        if any(is_name_word(other) or other.text in {"-", "&"} for other in beside) or _is_known(
            token, lexicon
        ):
            continue
        if not token.i or beside[0].tag_ not in {"DT", "PRP$"}:
            yield token


def _is_noun(token: Token) -> bool:
    """Tell whether it is tagged as a name, or as a noun with a capital of its own."""
    return token.tag_ == "NNP" or (token.tag_ == "NN" and not opens_sentence(token))


def _is_known(token: Token, lexicon: Lexicon) -> bool:
    word = token.text
    if (
        token.ent_type_ in {"DATE", "TIME"}
        or lexicon.is_person_noun(word)
        or lexicon.is_organization_noun(word)
    ):
        return True
    lists = (lexicon.country, lexicon.adjective, lexicon.capital, lexicon.publisher)
    actor = lexicon.actor(word)
    body = actor is not None and actor.type is not SpeakerType.PERSON
    return body or any(look_up(word) for look_up in lists)


def _speaks(token: Token, lexicon: Lexicon) -> bool:
    doc = token.doc
    return any(reports(doc[i], lexicon) for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc))


def _has_role_behind(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a role for one person is told behind the name, up to the next comma: "Thale, an analyst at …,"."""
    doc = token.doc
    if token.i and doc[token.i - 1].lower_ in _WHERE:
        return False
    noun = apposed_noun(doc, token.i + 1, lexicon)
    if noun is None or not any(other.tag_ in {"DT", "POS"} for other in doc[token.i + 2 : noun]):
        return False
    for other in doc[noun + 1 : noun + _LONGEST_ROLE]:
        if other.text in {",", "."} or other.tag_ == "WP":
            return True
        if other.tag_ in _VERBS:
            return False
    return False


def _pronoun_behind(paragraph: Paragraph, name: Token) -> str | None:
    """Give the pronoun early in the next sentence, where nobody else and no pronoun stands between."""
    doc = paragraph.doc
    opened: int | None = None
    for token in doc[name.i + 1 : name.i + _FARTHEST]:
        if paragraph.inside[token.i] != OUTSIDE:
            continue
        if token.is_sent_start:
            if opened is not None:
                return None
            opened = token.i
        if token.lower_ in _POINTING:
            near = opened is not None and token.i - opened < _OPENING
            return token.lower_ if near and token.tag_ == "PRP" else None
        if token.tag_ in {"NNP", "NNPS"} and token.ent_type_ not in _NO_PERSON and token.text != name.text:
            return None
    return None
