"""Cut a paragraph into runs of capitalised words: the places where a name may stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from service.extract.document import PersonNamed
    from service.extract.lexicon import Lexicon

Run = tuple[int, int]
"""Index of the first and of the last token, both included."""

PARTICLES = frozenset(
    (
        *("de", "la", "van", "von", "der", "den", "bin", "ibn", "bint", "al", "el", "del"),
        *("della", "di", "da", "dos", "du", "le", "ten", "ter"),
    )
)
"""Small words inside a family name."""
_TIMES = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"))
_GLUE = frozenset(("and", "&", "for", "on", "the", "in", "'s", "of", "to"))
_CLAUSE_TAGS = frozenset(("PRP", "WDT", "WP", "MD"))
_LONGEST_RUN = 14
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text writes its words away from sentence heads: those it writes small, those with a capital."""

    small: frozenset[str]
    capital: frozenset[str]


def spelling(docs: Iterable[Doc]) -> Spelling:
    """Gather the spelling of a text."""
    small: set[str] = set()
    capital: set[str] = set()
    for doc in docs:
        for token in doc:
            if token.text.islower():
                small.add(token.text)
            elif token.tag_ in {"NNP", "NNPS"} and not opens_sentence(token):
                capital.add(token.text)
    return Spelling(frozenset(small), frozenset(capital))


def find_runs(doc: Doc, lexicon: Lexicon, written: Spelling) -> Iterator[Run]:
    """Give the runs of `doc` in order; `written` is the spelling of the whole text."""
    i = 0
    while i < len(doc):
        if not begins_name(doc[i], written) and not _opens_with_title(doc, i, lexicon):
            i += 1
            continue
        last = i
        while last - i < _LONGEST_RUN and (following := _next(doc, i, last, lexicon)) is not None:
            last = following
        yield i, last
        i = last + 1


def with_people(
    runs: Iterable[Run], people: Sequence[PersonNamed]
) -> Iterator[tuple[Run, tuple[PersonNamed, ...]]]:
    """Give each run with the sure names of people in it, widened to hold them whole; names outside any run too."""
    waiting = list(reversed(people))
    for first, last in runs:
        while waiting and waiting[-1].last < first:
            person = waiting.pop()
            yield (person.first, person.last), (person,)
        inside = []
        while waiting and waiting[-1].first <= last:
            inside.append(waiting.pop())
        whole = (min(first, inside[0].first), max(last, inside[-1].last)) if inside else (first, last)
        yield whole, tuple(inside)
    for person in reversed(waiting):
        yield (person.first, person.last), (person,)


def is_capital(token: Token) -> bool:
    """Tell whether a token is written like part of a name."""
    text = token.text
    if not text[0].isupper() or token.tag_ in {"PRP", "PRP$"} or token.ent_type_ in _TIMES:
        return False
    return len(text) > 1 or token.tag_.startswith("NNP")


def opens_sentence(token: Token) -> bool:
    """Tell whether a token would be capitalised whatever it is."""
    return (
        token.i == 0
        or bool(token.is_sent_start)
        or token.nbor(-1).text in {'"', "'", ":", "—", "–", "(", "["}
    )


def begins_name(token: Token, written: Spelling) -> bool:
    """Tell whether a run may begin at `token`."""
    if not is_capital(token):
        return False
    if not opens_sentence(token):
        return True
    if token.text in written.capital and token.lower_ not in written.small:
        return True
    if token.tag_ in {"DT", "IN", "CC", "WDT", "WP", "WRB", "MD", "TO", "EX", "UH", "PDT", "VBG"}:
        return False
    if token.ent_type_ or token.text[:2].isupper():
        return True
    return token.tag_ in {"NNP", "NNPS"} and token.lower_ not in written.small


def _opens_with_title(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    """Whether a title before a name begins a sentence ("Secretary of …")."""
    if at + 1 >= len(doc) or not is_capital(doc[at]):
        return False
    if not is_capital(doc[at + 1]) and doc[at + 1].lower_ != "of":
        return False
    return lexicon.title_length([token.lower_ for token in doc[at : at + _LONGEST_TITLE]]) > 0


def _next(doc: Doc, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Give the token at which a run that reaches `last` goes on, None where it ends."""
    if last + 1 >= len(doc) or doc[last + 1].is_sent_start:
        return None
    token = doc[last + 1]
    if is_capital(token):
        return None if token.tag_ in _CLAUSE_TAGS else last + 1
    if last + 2 >= len(doc):
        return None
    if token.text in {"-", "–"}:
        return last + 2 if _is_hyphened(doc, first, last, lexicon) else None
    return _over_small_word(doc, last, lexicon)


def _over_small_word(doc: Doc, last: int, lexicon: Lexicon) -> int | None:
    """Go on over a particle ("de") or "of" inside a name or title."""
    token, after = doc[last + 1], doc[last + 2]
    if token.lower_ in PARTICLES and is_capital(after) and token.ent_type_ in {"", "PERSON"}:
        return last + 2
    if token.lower_ == "of" and _takes_of(doc[last], lexicon):
        reach = last + 3 if after.lower_ == "the" else last + 2
        return reach if reach < len(doc) and is_capital(doc[reach]) else None
    return _within_entity(doc, last)


def _is_hyphened(doc: Doc, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the hyphen behind `last` is inside a name ("Byung-se", no "China-led")."""
    mark, after = doc[last + 1], doc[last + 2]
    if doc[last].whitespace_ or mark.whitespace_ or not after.text[0].isalpha():
        return False
    so_far = doc[first : last + 1].text
    if lexicon.country(so_far) or lexicon.adjective(so_far) or lexicon.country(doc[last].text):
        return False
    return is_capital(after) or (after.tag_ in {"NNP", "NN"} and len(after.text) <= 6 and last > first)


def _takes_of(token: Token, lexicon: Lexicon) -> bool:
    word = token.lower_
    if lexicon.is_organization_noun(word) or lexicon.is_person_noun(word):
        return True
    following = token.nbor(1)
    return following.ent_iob_ == "I" and following.ent_type_ == "ORG" and token.ent_type_ == "ORG"


def _within_entity(doc: Doc, last: int) -> int | None:
    """Go on over small words inside an organization's name ("Food and Drug Administration")."""
    at = last + 1
    while at < len(doc) and at - last <= 3:
        token = doc[at]
        if token.ent_iob_ != "I" or token.ent_type_ not in {"ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART"}:
            return None
        if is_capital(token):
            return at
        if token.lower_ not in _GLUE:
            return None
        at += 1
    return None
