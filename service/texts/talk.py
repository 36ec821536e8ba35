"""Weigh how much a paragraph is the page speaking of itself to its reader, by words that pages of any outlet use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.texts.page import is_outlet, is_report, reports_at_all
from service.vocabulary.furniture import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.texts.paragraphs import Paragraph
    from service.vocabulary.furniture import Furniture

_MOST_WORDS = 60
_LABEL_WORDS = 8
_MASTHEAD = 100
_DENSE_WORDS = 12
_FEWEST_DENSE = 2
_ORDER_WORDS = 5
_COURTEOUS_WORDS = 16
_STANDS_ALONE, _STANDS_SHORT, _STANDS_AS_LABEL, _STANDS_BY_NAME = 4, 3, 3, 5
_MANNERED = 3
_FEWEST_OFFERS = 2
_TOKEN = re.compile(r"[^\W_][\w'’.&@+-]{0,40}|[$£€¥][0-9][0-9.,]{0,10}")
_SENTENCE = re.compile(r"[^.!?:…|•·]{1,600}[.!?:…|•·]{0,5}")
_QUOTED = re.compile(
    r"“[^”]{0,600}(?:”|$)|\"[^\"]{0,600}(?:\"|$)|‘‘[^’]{0,600}(?:’’|$)|''[^']{0,600}(?:''|$)"
)
_PRICE = re.compile(
    r"[$£€¥] ?[0-9][0-9.,]{0,10} ?(?:/|per|a|an|each|every) ?(?:day|week|month|year)|[0-9]{1,3}% off"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a paragraph's words tell.

    `score` grows with every sign of a page and falls with names and reports; `addressed`: it speaks to a reader or by
    the outlet's own name; `anchored`: it names something that only a page has; `dense`: half of its few words are of that
    kind; `label`: it is a few words without a stop; `short`: a few words that speak to a reader; `own`: it holds the
    outlet's name; `bare`: no name, quotation or report stands in it.
    """

    score: int
    addressed: bool
    anchored: bool
    dense: bool
    label: bool
    short: bool
    own: bool
    bare: bool

    @property
    def is_page(self) -> bool:
        """Tell whether the words alone are enough."""
        if self.label and (self.anchored or self.dense):
            return self.score >= _STANDS_AS_LABEL
        if self.anchored:
            enough = _STANDS_SHORT if self.short and self.bare else _STANDS_ALONE
            return self.score >= enough and (self.addressed or self.dense)
        return self.own and self.addressed and self.score >= _STANDS_BY_NAME


SILENT = Talk(
    0, addressed=False, anchored=False, dense=False, label=False, short=False, own=False, bare=False
)
"""What a paragraph tells that is long or has no words."""


def own_names(paragraphs: Sequence[Paragraph], publisher: str | None, furniture: Furniture) -> frozenset[str]:
    """Give the names (plain) of the page's outlet: the stated `publisher`, and outlets that stand alone on a line near an edge."""
    edges = (*paragraphs[:_MASTHEAD], *paragraphs[max(_MASTHEAD, len(paragraphs) - _MASTHEAD) :])
    alone = (paragraph.plain for paragraph in edges if is_outlet(paragraph, furniture))
    names = (*alone, plain(publisher or ""))
    return frozenset(name for name in (name.removeprefix("the ").strip("|© !") for name in names) if name)


def is_desk(paragraph: Paragraph, names: frozenset[str], furniture: Furniture) -> bool:
    """Tell whether a line is one of the outlet's `names` and words for its staff ("Courier desk")."""
    words = paragraph.plain
    name = next((name for name in names if _holds(words, name)), None)
    if name is None or paragraph.words > _LABEL_WORDS:
        return False
    rest = words.replace(name, " ", 1).split()
    return all(word.strip("|-!:,") in furniture.talk.staff | {"the", ""} for word in rest)


def weigh(paragraph: Paragraph, names: frozenset[str], furniture: Furniture) -> Talk:
    """Weigh a paragraph's words; `names` are the names (plain) by which the page may call its outlet."""
    if not 0 < paragraph.words <= _MOST_WORDS:
        return SILENT
    outside = _QUOTED.sub(" ", paragraph.text)
    words = plain(outside)
    tokens = _tokens(words)
    if not tokens:
        return SILENT
    own = any(_holds(words, name) for name in names)
    manner = _manner(words, tokens, furniture)
    priced = _PRICE.search(words) is not None
    matter, anchored = _matter(tokens, furniture)
    label = _is_label(paragraph, furniture)
    dense = _is_dense(tokens, manner, label=label, furniture=furniture)
    named, told = _names(outside, names, furniture), reports_at_all(tokens, furniture)
    quoted = outside != paragraph.text
    score = matter + manner.weight + 2 * dense + own + priced
    return Talk(
        score - min(3, named) - 3 * told - 2 * quoted,
        addressed=manner.weight > 0 or own or _is_itself(tokens, furniture),
        anchored=anchored or _bargains(tokens, manner, priced=priced, furniture=furniture),
        dense=dense,
        label=label,
        short=paragraph.words <= _LABEL_WORDS and manner.weight > 0,
        own=own,
        bare=not (named or told or quoted),
    )


def _tokens(words: str) -> list[str]:
    """Give the words of what is folded already."""
    return [token.strip("'.-+") for token in _TOKEN.findall(words)]


def _is_label(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether it is a few words that end without a stop and report nothing."""
    return (
        paragraph.words <= _LABEL_WORDS
        and not paragraph.text.rstrip("\"'”’) ").endswith((".", "!", "?", "…", ","))
        and not is_report(paragraph, furniture)
        and not reports_at_all(_tokens(paragraph.plain), furniture)
    )


def _matter(tokens: Sequence[str], furniture: Furniture) -> tuple[int, bool]:
    """Give the weight of the words for what pages consist of, and whether any of them belongs to pages alone."""
    talk = furniture.talk
    services = {token for token in tokens if token in furniture.services}
    offers = {token for token in tokens if token in furniture.offers} - services
    pointed = _after(tokens, talk.pointers, talk.pages, reach=2) or _after(
        tokens, talk.pages, talk.places, reach=1
    )
    owned = _after(tokens, talk.second | talk.first, talk.belongings, reach=3)
    weight = 2 * min(2, len(services)) + min(3, len(offers)) + 2 * pointed + 2 * owned
    return weight, bool(services) or pointed or owned


def _is_dense(tokens: Sequence[str], manner: _Manner, *, label: bool, furniture: Furniture) -> bool:
    """Tell whether half of a few words are of pages; after an order ("View gallery", "Write for us") one is enough."""
    if len(tokens) > _DENSE_WORDS:
        return False
    talk = furniture.talk
    of_pages = (furniture.services, furniture.offers, talk.pages)
    if label and manner.ordered and len(tokens) <= _ORDER_WORDS:
        telling = (*of_pages, talk.second, talk.first)
        return any(token in words for token in tokens[1:] for words in telling)
    told = sum(any(token in words for words in of_pages) for token in tokens)
    return told >= _FEWEST_DENSE and 2 * told >= len(tokens)


def _bargains(tokens: Sequence[str], manner: _Manner, *, priced: bool, furniture: Furniture) -> bool:
    """Tell whether the reader is courted in so many ways, or told a price to pay, that the offers can only be the page's."""
    offers = {token for token in tokens if token in furniture.offers}
    courted = manner.weight >= _MANNERED or (priced and manner.ordered)
    return courted and len(offers) >= _FEWEST_OFFERS


def _after(tokens: Sequence[str], heads: frozenset[str], nouns: frozenset[str], reach: int) -> bool:
    """Tell whether one of `nouns` stands within `reach` words after one of `heads` ("this page", "your free reads")."""
    return any(
        token in heads and not nouns.isdisjoint(tokens[at + 1 : at + 1 + reach])
        for at, token in enumerate(tokens)
    )


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the reader is spoken to: the `weight` of you, we, do this, will you?, thank you; `ordered` of do this."""

    weight: int
    ordered: bool


def _manner(words: str, tokens: Sequence[str], furniture: Furniture) -> _Manner:
    talk = furniture.talk
    found = set(tokens)
    sentences = _SENTENCE.findall(words)
    starts = [first.group() for first in map(_TOKEN.search, sentences) if first]
    second, first = bool(found & talk.second), bool(found & talk.first)
    questions = any(sentence.endswith("?") for sentence in sentences)
    asked = questions and (second or first or any(t in talk.pages or t in furniture.offers for t in found))
    ordered = any(start.strip("'.-+") in furniture.imperatives for start in starts)
    courteous = len(tokens) <= _COURTEOUS_WORDS and bool(found & talk.courtesies)
    return _Manner(second + first + ordered + asked + courteous, ordered)


def _is_itself(tokens: Sequence[str], furniture: Furniture) -> bool:
    """Tell whether the page is what the paragraph begins with ("This page was last updated ...")."""
    talk = furniture.talk
    return len(tokens) > 1 and tokens[0] in talk.pointers and tokens[1] in talk.pages


def _names(text: str, names: frozenset[str], furniture: Furniture) -> int:
    """Count the runs of capitalized words inside sentences that are neither the page's own nor days or months."""
    tokens = [token for sentence in _SENTENCE.findall(text) for token in _TOKEN.findall(sentence.strip())[1:]]
    known = {word for name in names for word in name.split()}
    capital = [
        token[0].isupper()
        and len(token) > 1
        and not _is_neutral(plain(token).strip("'.-+"), known, furniture)
        for token in tokens
    ]
    if 2 * sum(capital) > len(tokens):
        return 0
    return sum(now and not before for before, now in zip([False, *capital], capital, strict=False))


def _is_neutral(word: str, known: set[str], furniture: Furniture) -> bool:
    stamps = furniture.timestamps
    return (
        word in known
        or word in furniture.talk.platforms
        or word in stamps.weekdays
        or word in stamps.months
        or word in furniture.services
        or word.startswith("i'")
    )


def _holds(words: str, name: str) -> bool:
    """Tell whether `name` stands in `words` between word boundaries."""
    at = words.find(name)
    if at < 0:
        return False
    end = at + len(name)
    return not (words[at - 1 : at].isalnum() or words[end : end + 1].isalnum())
