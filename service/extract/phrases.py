"""Describe the noun phrase of a token: its words, who possesses it, whether it is definite, its country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from service.extract.names import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from service.extract.lexicon import Lexicon
    from service.extract.names import Name

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_INDEFINITE = frozenset(("a", "an", "another", "some", "any", "no", "every", "each", "one"))
_LEFT = frozenset(
    ("amod", "compound", "nmod", "nummod", "poss", "det", "predet", "punct", "quantmod", "advmod", "case")
)
_HYPHENS = frozenset(("-", "‑", "–"))
_LONGEST = 12
_LONGEST_COMPLEMENT = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase at token `head`. `words` leaves out article, possessor and country; `full` only article and possessor.

    `possessor` is the index of the possessing token, `complement` the words of a phrase with "of" behind the noun.
    """

    head: int
    first: int
    noun: str
    words: str
    full: str
    complement: str
    plural: bool
    definite: bool
    indefinite: bool
    number: str
    possessor: int | None
    country: str | None

    @property
    def role(self) -> str:
        """The words with their complement: "secretary of state"."""
        return f"{self.words} {self.complement}".strip()


def describe(doc: Doc, head: int, names: Mapping[int, Name], lexicon: Lexicon) -> Phrase:
    """Read the noun phrase of token `head`; `names` gives the name at a token."""
    token = doc[head]
    first = _first(doc, head)
    det = next((doc[i].lower_ for i in range(first, head) if doc[i].tag_ in {"DT", "PDT"}), "")
    possessor, start = _possessor(doc, first, head)
    country = _country_at(possessor, names) if possessor is not None else None
    start = _behind_determiners(doc, start, head)
    full = doc[start : head + 1].text
    plain, own = _strip(doc, start, head, names)
    inherits = token.dep_ == "conj" and not det and possessor is None and token.head.i < head
    number = next((doc[i].lower_ for i in range(first, head) if doc[i].tag_ == "CD"), "")
    phrase = Phrase(
        head=head,
        first=first,
        noun=token.lower_ if token.tag_ in {"NNS", "NNPS"} else token.text.lower(),
        words=doc[plain : head + 1].text,
        full=full,
        complement=_complement(doc, head),
        plural=token.tag_ in {"NNS", "NNPS"} or lexicon.is_group_noun(token.text),
        definite=det in _DEFINITE or possessor is not None,
        indefinite=det in _INDEFINITE,
        number="both" if det == "both" else number,
        possessor=possessor,
        country=country or own,
    )
    return _inherit(phrase, doc, token.head.i, names, lexicon) if inherits else phrase


def _inherit(phrase: Phrase, doc: Doc, head: int, names: Mapping[int, Name], lexicon: Lexicon) -> Phrase:
    """Share what stands before the first of coordinated nouns ("Spain's president and foreign minister")."""
    if doc[head].dep_ == "conj" or not doc[head].tag_.startswith("NN") or head in names:
        return phrase
    above = describe(doc, head, names, lexicon)
    return replace(
        phrase,
        definite=above.definite,
        possessor=above.possessor,
        country=phrase.country or above.country,
    )


def _first(doc: Doc, head: int) -> int:
    """Give the first token of the phrase: walk left over what the parser hangs below the noun."""
    inside = {head}
    first = head
    for at in range(head - 1, max(-1, head - _LONGEST), -1):
        token = doc[at]
        if token.is_sent_start and at != head and doc[at + 1].is_sent_start:
            break
        if token.head.i in inside and token.dep_ in _LEFT and not _is_mark(token):
            inside.add(at)
            first = at
        elif not _leads_inside(token, inside, head):
            break
    return first


def _is_mark(token: Token) -> bool:
    return token.dep_ == "punct" and token.text not in {"-", "–", '"', "'"}


def _leads_inside(token: Token, inside: set[int], head: int) -> bool:
    """Whether a token hangs below the phrase by way of one that is further left ("North" of "North Korea's")."""
    for _ in range(4):
        token = token.head
        if token.i in inside:
            return True
        if token.i > head:
            return False
    return False


def _possessor(doc: Doc, first: int, head: int) -> tuple[int | None, int]:
    """Give the possessing token and the first token behind it."""
    for at in range(head - 1, first - 1, -1):
        if doc[at].tag_ == "POS" and at > first:
            return at - 1, at + 1
        if doc[at].tag_ == "PRP$":
            return at, at + 1
    return None, first


def _behind_determiners(doc: Doc, start: int, head: int) -> int:
    while start < head and (doc[start].tag_ in {"DT", "PDT", "CD"} or doc[start].text in {'"', "'"}):
        if doc[start + 1].text in _HYPHENS:
            break  # "the five-member panel"
        start += 1
    return start


def _country_at(at: int, names: Mapping[int, Name]) -> str | None:
    name = names.get(at)
    return name.country if name and name.sort in {Sort.COUNTRY, Sort.CAPITAL, Sort.ADJECTIVE} else None


def _strip(doc: Doc, start: int, head: int, names: Mapping[int, Name]) -> tuple[int, str | None]:
    """Leave out countries before the noun ("Chinese officials" gives "officials" and CN)."""
    country = None
    plain = start
    for at in range(start, head):
        name = names.get(at)
        if name is None:
            continue
        if name.sort in {Sort.ADJECTIVE, Sort.COUNTRY} and name.country and country is None:
            country = name.country
            if at == plain or doc[plain:at].text.strip() == "":
                plain = name.last + 1
        elif name.sort is Sort.ORGANIZATION and name.country and country is None:
            country = name.country
    return min(plain, head), country


def _complement(doc: Doc, head: int) -> str:
    """Give a short phrase with "of" behind the noun, as written."""
    if head + 2 >= len(doc) or doc[head + 1].lower_ != "of":
        return ""
    inside = {token.i for token in islice(doc[head + 1].subtree, _LONGEST_COMPLEMENT + 2)}
    last = head + 1
    while (
        last + 1 in inside
        and last - head < _LONGEST_COMPLEMENT
        and (doc[last + 1].tag_ not in {",", "WDT", "WP", "VBN", ":", "IN"} or _goes_on(doc, last + 1))
    ):
        last += 1
    return str(doc[head + 1 : last + 1].text) if last > head + 1 else ""


def _goes_on(doc: Doc, comma: int) -> bool:
    """Tell whether a comma stands in a list of names: "of France, Germany and Italy"."""
    listed = doc[comma + 1 : comma + 2]
    return doc[comma].text == "," and any(name.dep_ == "conj" and name.pos_ == "PROPN" for name in listed)
