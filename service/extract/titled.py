"""Names that stand behind a title or a word for a person, found by these and by their capitals alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.runs import PARTICLES, Run
from service.extract.titlecase import is_title_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from service.extract.document import Paragraph
    from service.extract.lexicon import Lexicon

_LONGEST_TITLE = 8
_LONGEST = 7
_NOUNS = frozenset(("NN", "NNP"))
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
        last = _reach(doc, start, lexicon) if start is not None else None
        if start is not None and last is not None:
            yield start, last
        at = start if start is not None else at + 1


def _behind_title(doc: Doc, at: int, lexicon: Lexicon) -> int | None:
    """Give the token behind the title that begins at `at`."""
    if not doc[at].is_alpha:
        return at + 1 if lexicon.roles.honorific(doc[at].text) else None
    words = [token.lower_ for token in doc[at : at + _LONGEST_TITLE]]
    length = lexicon.title_length(words)
    if not length and (lexicon.roles.honorific(doc[at].text) or lexicon.is_person_noun(doc[at].text)):
        length = 1
    if not length or at + length >= len(doc) or doc[at + length - 1].tag_ not in _NOUNS:
        return None
    return at + length


def _reach(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """Give the last token of the name that begins at `start`, None where none does."""
    first = doc[start]
    if not _is_name_word(first) or first.is_sent_start or first.ent_type_ in _DAYS:
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


def _is_name_word(token: Token) -> bool:
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
    if token.is_sent_start or token.ent_type_ in _DAYS or not _is_name_word(token):
        return None
    return last + 1
