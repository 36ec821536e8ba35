"""Names that stand behind a title or a word for a person, found by these and by their capitals alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.apposition import apposed_noun
from service.extract.runs import PARTICLES, Run, opens_sentence
from service.extract.titlecase import is_title_case
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc, Token

    from service.extract.document import Paragraph
    from service.extract.lexicon import Lexicon

_LONGEST_TITLE = 8
_LONGEST = 7
_NOUNS = frozenset(("NN", "NNP"))
_BEHIND_COMMA = frozenset(("VBD", "VBZ", "VBN", "MD", "WP"))
_DAYS = frozenset(("DATE", "TIME"))
_BODIES = frozenset(("ORG", "GPE", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART"))


def titled_people(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Run]:
    """Give first and last token of each name that follows a title, whatever the parser takes it for."""
    doc = paragraph.doc
    if is_title_case(paragraph):
        return
    at = 0
    while at + 1 < len(doc):
        start = _behind_title(doc, at, lexicon)
        if start is None:
            at += 1
            continue
        if (last := _reach(doc, start, lexicon)) is not None:
            yield start, last
        elif doc[start].text == "," and (last := _behind_comma(doc, start + 1, lexicon)) is not None:
            yield start + 1, last
        at = start


def said_alone(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[str]:
    """Give each capitalised word that stands by itself beside a verb that reports ("Lee said", "said Lee")."""
    doc = paragraph.doc
    for token in doc:
        if not is_name_word(token) or any(is_name_word(doc[i]) for i in _beside(token)):
            continue
        if any(reports(doc[i], lexicon) for i in _beside(token)):
            yield token.text


def untitled_people(paragraph: Paragraph, lexicon: Lexicon, spoken: AbstractSet[str]) -> Iterator[Run]:
    """Give full names without a title that show whose they are: by a part standing alone, by a role told behind.

    `spoken` are the words that stand alone beside reporting verbs.
    """
    doc = paragraph.doc
    if is_title_case(paragraph):
        return
    at = 0
    while at < len(doc):
        last = _full_name(doc, at, lexicon)
        if last is not None and _is_somebody(doc, at, last, lexicon, spoken):
            yield at, last
        at = at + 1 if last is None else last + 1


def _beside(token: Token) -> list[int]:
    return [i for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]


def reports(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a token is a finite form of a verb that reports."""
    return token.tag_ in {"VBD", "VBZ"} and lexicon.is_reporting_form(token.lower_)


def _full_name(doc: Doc, at: int, lexicon: Lexicon) -> int | None:
    """Give the last token of the two words or more in capitals that begin at `at` and may be a person's."""
    if not doc[at].text[0].isupper() or (opens_sentence(doc[at]) and not doc[at].tag_.startswith("NNP")):
        return None
    if at and (is_name_word(doc[at - 1]) or doc[at - 1].lower_ in {"the", "of"}):
        return None
    last = _reach(doc, at, lexicon, sentence_head=True)
    if last is None or last == at or doc[last].tag_ in {"VBD", "VBZ"}:
        return None
    if any(_is_title(doc[i], lexicon) for i in range(at, last)):
        return None
    if lexicon.is_organization_noun(doc[at].text) and not lexicon.is_given(doc[at].text):
        return None
    words = doc[at : last + 1].text
    body = lexicon.is_organization_noun(doc[last].text) or lexicon.publisher(words) is not None
    known = lexicon.actor(words)
    return None if body or (known and known.type is not SpeakerType.PERSON) else last


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    honorific = lexicon.roles.honorific(token.text) is not None
    return honorific or lexicon.is_person_noun(token.text) or lexicon.title_length([token.lower_]) > 0


def _is_somebody(doc: Doc, first: int, last: int, lexicon: Lexicon, spoken: AbstractSet[str]) -> bool:
    body = doc[last].ent_type_ in _BODIES
    if doc[last].text in spoken or (doc[first].text in spoken and (not body or "-" in doc[first:last].text)):
        return True
    return apposed_noun(doc, last + 1, lexicon) is not None


def _behind_title(doc: Doc, at: int, lexicon: Lexicon) -> int | None:
    """Give the token behind the title that begins at `at`."""
    if not doc[at].is_alpha:
        return at + 1 if lexicon.roles.honorific(doc[at].text) else None
    length = 0
    if lexicon.opens_title(doc[at].lower_):
        length = lexicon.title_length([token.lower_ for token in doc[at : at + _LONGEST_TITLE]])
    if not length and (lexicon.roles.honorific(doc[at].text) or lexicon.is_person_noun(doc[at].text)):
        length = 1
    if not length or at + length >= len(doc) or doc[at + length - 1].tag_ not in _NOUNS:
        return None
    return at + length


def _behind_comma(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """Give the last token of the full name set off by commas behind a title ("the minister, Ann Lee, said")."""
    if start >= len(doc):
        return None
    last = _full_name(doc, start, lexicon)
    if last is None:
        return start if _is_one_name(doc, start, lexicon) else None
    closed = last + 1 == len(doc) or doc[last + 1].text in {",", ".", ";", ")", "'s"}
    return last if closed else None


def _is_one_name(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    """Tell whether one name stands between commas before a verb ("her uncle, Thale, has left")."""
    if at + 2 >= len(doc) or doc[at + 1].text != "," or doc[at + 2].tag_ not in _BEHIND_COMMA:
        return False
    body = lexicon.is_organization_noun(doc[at].text) or lexicon.publisher(doc[at].text) is not None
    return not body and doc[at].tag_ in _NOUNS and _reach(doc, at, lexicon) == at


def _reach(doc: Doc, start: int, lexicon: Lexicon, *, sentence_head: bool = False) -> int | None:
    """Give the last token of the name that begins at `start`, None where none does."""
    first = doc[start]
    if not is_name_word(first) or first.ent_type_ in _DAYS or (first.is_sent_start and not sentence_head):
        return None
    if first.ent_iob_ == "I" and first.ent_type_ in _BODIES:
        return None
    if _is_known(doc, start, lexicon) or lexicon.title_length([first.lower_]):
        return None
    last = start
    while last - start < _LONGEST and (following := _next(doc, last)) is not None:
        last = following
    return last


def _is_known(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Tell whether a country, a people or a capital stands at `start`."""
    return any(
        look_up(doc[start : start + length].text)
        for length in (1, 2)
        for look_up in (lexicon.country, lexicon.adjective, lexicon.capital)
    )


def is_name_word(token: Token) -> bool:
    """Tell whether a token is written like a word of a person's name."""
    text = token.text
    if text.casefold() in PARTICLES and token.i + 1 < len(token.doc):
        return bool(token.nbor(1).text[0].isupper() or token.nbor(1).text.casefold() in PARTICLES | {"-"})
    return text[0].isupper() and token.tag_ not in {"NNPS", "NNS"} and (len(text) == 1 or not text.isupper())


def _next(doc: Doc, last: int) -> int | None:
    """Give the token to which a name that reaches `last` goes on."""
    if last + 1 >= len(doc):
        return None
    token = doc[last + 1]
    if token.text in {"-", "–"}:
        joined = last + 2 < len(doc) and not doc[last].whitespace_ and not token.whitespace_
        return last + 2 if joined and doc[last + 2].is_alpha else None
    if token.is_sent_start or token.ent_type_ in _DAYS or not is_name_word(token):
        return None
    return last + 1
