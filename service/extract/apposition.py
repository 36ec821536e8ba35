"""Roles told beside a name between commas: "Ann Lee, an analyst at the institute", "the foreign minister, Ann Lee"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from service.extract.lexicon import Lexicon
    from service.extract.names import Name

_INSIDE = frozenset(
    (
        "DT",
        "PRP$",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "JJS",
        "JJR",
        "HYPH",
        "VBN",
        "VBG",
        "RB",
        "CD",
        "POS",
        "''",
        "``",
    )
)
_COMPLEMENT = _INSIDE | {"IN", "TO", "CC"}
_CLOSING = frozenset((",", ".", ";", ")", "-", "—", "–", "--", ":", "?", "!"))
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Apposed:
    """A role's noun phrase beside a name: tokens `first` to `last`, its noun at `head`."""

    first: int
    head: int
    last: int


def apposed(doc: Doc, name: Name, lexicon: Lexicon, taken: set[int]) -> Apposed | None:
    """Find the role phrase behind `name`, else before it; `taken` are the tokens of names of people."""
    return _behind(doc, name, lexicon) or _before(doc, name, lexicon, taken)


def apposed_noun(doc: Doc, at: int, lexicon: Lexicon) -> int | None:
    """Give the noun for one person in the phrase set off by a comma at token `at` (", an analyst at")."""
    comma = _after_insertion(doc, at)
    if comma is None or comma + 1 >= len(doc):
        return None
    return _noun(doc, comma + 1, lexicon)


def _behind(doc: Doc, name: Name, lexicon: Lexicon) -> Apposed | None:
    at = _after_insertion(doc, name.last + 1)
    if at is None or at + 1 >= len(doc):
        return None
    start = at + 1
    head = _noun(doc, start, lexicon)
    if head is None:
        return None
    last = head
    while last + 1 < len(doc) and last - start < _LONGEST and _continues(doc[last + 1], start, head):
        last += 1
    closed = (
        last + 1 >= len(doc) or doc[last + 1].text in _CLOSING or doc[last + 1].tag_ in {"WP", "WDT", "CC"}
    )
    if not closed or (start > 0 and doc[last].tag_ in {"IN", "TO", "CC", "DT"}):
        return None
    return Apposed(start, head, last)


def _after_insertion(doc: Doc, at: int) -> int | None:
    """Give the comma behind a name, behind a bracket ("(R-Ohio)") or an age (", 31,") too."""
    if at < len(doc) and doc[at].text == "(":
        close = next((i for i in range(at, min(at + 8, len(doc))) if doc[i].text == ")"), None)
        at = close + 1 if close is not None else at
    if at >= len(doc) or doc[at].text != ",":
        return None
    if at + 2 < len(doc) and doc[at + 1].like_num and doc[at + 2].text == ",":
        return at + 2
    return at


def _noun(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """Give the last noun of the phrase that begins at `start`, where it names one person."""
    at = start
    head = None
    while at < len(doc) and at - start < _LONGEST and doc[at].tag_ in _INSIDE:
        if doc[at].tag_ in {"NN", "NNP", "NNS", "NNPS"}:
            head = at
        elif doc[at].tag_ == "POS":
            head = None
        at += 1
    if head is None or doc[head].ent_type_ == "PERSON" or doc[head].tag_ in {"NNS", "NNPS"}:
        return None
    return head if lexicon.is_person_noun(doc[head].text) else None


def _continues(token: Token, start: int, head: int) -> bool:
    """Whether `token` is still part of the phrase's complement ("at the institute in Washington")."""
    if token.tag_ not in _COMPLEMENT:
        return False
    if token.tag_ == "CC":
        return False
    for step, ancestor in enumerate(token.ancestors):
        if ancestor.i == head:
            return True
        if ancestor.i < start or step > _LONGEST:
            return False
    return False


def _before(doc: Doc, name: Name, lexicon: Lexicon, taken: set[int]) -> Apposed | None:
    comma = name.left - 1
    if comma < 1 or doc[comma].text != "," or not _closes(doc, name.last + 1):
        return None
    at = comma - 1
    while at >= 0 and comma - at < _LONGEST and at not in taken:
        token = doc[at]
        if token.tag_ in {"NN", "NNP"} and lexicon.is_person_noun(token.text):
            return _definite(doc, at, comma - 1) if _hangs_together(doc, token, name) else None
        if token.tag_ not in _COMPLEMENT or token.tag_ == "CC":
            return None
        at -= 1
    return None


def _hangs_together(doc: Doc, noun: Token, name: Name) -> bool:
    """Whether the parse lets the name stand for the noun: not "Speaking through a translator, Ann Lee said"."""
    inside = range(name.left, name.last + 1)
    outer = next((doc[i] for i in reversed(inside) if doc[i].head.i not in inside), doc[name.last])
    return outer.dep_ not in {"nsubj", "nsubjpass"} or noun.dep_ in {"nsubj", "nsubjpass", "appos", "ROOT"}


def _definite(doc: Doc, head: int, last: int) -> Apposed | None:
    """Take in what stands before the noun; a bare noun ("minister, Ann Lee") is no apposition."""
    if head < last and doc[head + 1].tag_ not in {"IN", "TO"}:
        return None
    first = head
    while first > 0 and doc[first - 1].tag_ in _INSIDE and not doc[first].is_sent_start:
        first -= 1
    opened = doc[first].tag_ in {"DT", "PRP$"} or any(token.tag_ == "POS" for token in doc[first:head])
    if not opened and doc[first].tag_ not in {"NNP", "JJ"}:
        return None
    return Apposed(first, head, last)


def _closes(doc: Doc, at: int) -> bool:
    if at >= len(doc) or doc[at].text in _CLOSING:
        return True
    return doc[at].text == "(" or doc[at].tag_ in {"WP", "WDT", "VBD", "VBZ", "POS"}
