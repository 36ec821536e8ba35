"""Tell a capital that is a place from one that stands for its government."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WHERE = frozenset(
    ("in", "at", "from", "near", "outside", "around", "through", "via", "across", "inside", "throughout")
)
_WHITHER = frozenset(("to", "for", "into", "toward", "towards"))
_MOVING = frozenset(
    (
        *("fly", "go", "travel", "head", "arrive", "return", "come", "drive", "move", "leave", "depart"),
        *("journey", "visit", "trip", "flight", "stop", "bring", "send", "tour", "rush"),
    )
)
_REACHING = frozenset(("visit", "leave", "reach", "tour", "enter"))


def is_place(token: Token) -> bool:
    """Tell whether the name of a city at `token` is a place ("in Beijing"), not a party ("told Beijing")."""
    for _ in range(6):
        if token.dep_ != "conj" or token.head is token:
            break
        token = token.head
    above = token.head
    if token.dep_ == "pobj":
        if above.lower_ in _WHERE:
            return True
        return above.lower_ in _WHITHER and above.head.lemma_.lower() in _MOVING
    if token.dep_ == "dobj":
        return above.lemma_.lower() in _REACHING
    return token.dep_ in {"npadvmod", "appos"} and token.head.ent_type_ in {"GPE", "FAC", "LOC"}


def is_dateline(first: int, doc: Doc) -> bool:
    """Tell whether the name at token `first` opens a paragraph as its dateline ("BEIJING —")."""
    if first > 2 or not doc[first].text.isupper():
        return False
    return any(token.text in {"-", "--", "—", "–"} for token in doc[first + 1 : first + 8])
