"""Roles told beside a name between commas: "Ann Lee, an analyst at the institute", "the foreign minister, Ann Lee"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_SHORT_GAP = 3


@dataclass(frozen=True, slots=True)
class Apposed:
    """A role's noun phrase beside a name: tokens `first` to `last`, its noun at `head`."""

    first: int
    head: int
    last: int


def apposed(doc: Doc, name: Name, lexicon: Lexicon, taken: set[int]) -> Apposed | None:
    """Find the role phrase behind `name`, else before it; `taken` are the tokens of names of people."""
    return _behind(doc, name, lexicon) or _before(doc, name, lexicon, taken)


def apposed_several(
    doc: Doc, people: Sequence[Name], lexicon: Lexicon
) -> Iterator[tuple[int, tuple[Name, ...]]]:
    """Give each plural noun for people before a comma with the coordinated names that stand behind it up to the next."""
    at = 0
    while at < len(people):
        names = [people[at]]
        while at + len(names) < len(people) and _joined(doc, names[-1], people[at + len(names)]):
            names.append(people[at + len(names)])
        head = names[0].left - 2
        listed = (
            len(names) > 1 and head >= 0 and doc[head + 1].text == "," and _closes(doc, names[-1].last + 1)
        )
        if listed and doc[names[-1].left - 1].lower_ == "and" and _is_plural(doc[head], lexicon):
            yield head, tuple(names)
        at += len(names)


def _joined(doc: Doc, one: Name, other: Name) -> bool:
    between = [token.lower_ for token in doc[one.last + 1 : min(other.left, one.last + 4)]]
    return other.left - one.last <= _SHORT_GAP and between in ([","], ["and"], [",", "and"])


def _is_plural(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a token is a plural noun of a definite phrase: not the "reporters" in "told reporters, …"."""
    definite = any(c.dep_ in {"det", "poss", "nummod"} or c.ent_type_ in {"NORP", "GPE"} for c in token.lefts)
    return definite and token.tag_ in {"NNS", "NNPS"} and lexicon.is_group_noun(token.text)


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
            beside = _definite(doc, at, comma - 1)
            return beside if beside and _hangs_together(doc, beside, name) else None
        if token.tag_ not in _COMPLEMENT or token.tag_ == "CC":
            return None
        at -= 1
    return None


def _hangs_together(doc: Doc, beside: Apposed, name: Name) -> bool:
    """Whether the name can stand for the noun: not "Speaking through a translator, Ann Lee said".

    Set off by commas behind a definite phrase that nothing governs ("…," the mayor, Ann Lee, said) it does whatever the
    parser makes of it.
    """
    noun, first = doc[beside.head], doc[beside.first]
    free = not beside.first or doc[beside.first - 1].is_punct or doc[beside.first - 1].lower_ == "and"
    definite = first.lower_ == "the" or first.tag_ == "PRP$"
    closed = name.last + 1 < len(doc) and doc[name.last + 1].text == ","
    if free and definite and closed:
        return True
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
        if doc[first].tag_ in {"DT", "PRP$"}:
            break
    opened = doc[first].tag_ in {"DT", "PRP$"} or any(token.tag_ == "POS" for token in doc[first:head])
    if not opened and doc[first].tag_ not in {"NNP", "JJ"}:
        return None
    return Apposed(first, head, last)


def _closes(doc: Doc, at: int) -> bool:
    if at >= len(doc) or doc[at].text in _CLOSING:
        return True
    return doc[at].text == "(" or doc[at].tag_ in {"WP", "WDT", "VBD", "VBZ", "POS"}
