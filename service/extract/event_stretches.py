"""Which words a sentence, a clause or a noun phrase spans, never more than a mention can hold."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from service.extract.event_syntax import SUBJECTS, own_subject, shared_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_LONGEST_HALF = 120
_LONGEST_PHRASE = 70
"""Words looked at for what a phrase spans: a mention is cut to fewer."""


def sentence(token: Token) -> tuple[Token, Token]:
    """Give the first and last token of the sentence of `token`, at most 120 tokens to either side of it."""
    starts, doc = _sentence_starts(token.doc), token.doc
    at = bisect_right(starts, token.i)
    first = max(starts[at - 1], token.i - _LONGEST_HALF)
    last = min(starts[at] - 1 if at < len(starts) else len(doc) - 1, token.i + _LONGEST_HALF)
    return doc[first], doc[last]


@lru_cache(maxsize=4)
def _sentence_starts(doc: Doc) -> list[int]:
    """Give where the sentences of `doc` begin, kept for the paragraphs that are being read."""
    return [span.start for span in doc.sents]


def within(head: Token) -> Iterator[Token]:
    """Give the tokens under `head`, itself among them, the first seventy."""
    return islice(head.subtree, _LONGEST_PHRASE)


def words_of_noun(noun: Token) -> tuple[Token, Token]:
    """Give the first and last token of the noun phrase of `noun`, clauses that only add something cut off."""
    kept = _kept(noun, frozenset(("relcl", "advcl", "ccomp", "appos", "conj", "cc", "punct", "parataxis")))
    first = noun.head.left_edge if noun.dep_ == "conj" and noun.head.i < noun.i else kept[0]
    last = max((kept[-1], *(child.right_edge for child in shared_phrases(noun))), key=lambda token: token.i)
    return first, last


def words_of_clause(verb: Token) -> tuple[Token, Token]:
    """Give the first and last token of the clause of `verb`, without clauses that hang from it or stand beside it."""
    dropped = {"advcl", "ccomp", "parataxis", "punct", "cc", "mark"}
    kept = _kept(verb, frozenset(dropped | ({"conj"})))
    kept = [token for token in kept if token.i >= _left_edge(verb)]
    return kept[0], kept[-1]


def _left_edge(verb: Token) -> int:
    """Where the clause may begin: at its subject, its relative pronoun or its first auxiliary."""
    edges = [
        child.left_edge.i
        for child in verb.children
        if child.i < verb.i and child.dep_ in {*SUBJECTS, "aux", "auxpass"}
    ]
    return min(edges, default=verb.i)


def _is_finite(child: Token, head: Token) -> bool:
    """Tell whether `child` is a clause with a subject of its own that the parser hung from a noun."""
    return child.i > head.i and child.dep_ == "acl" and own_subject(child) not in {None, head}


def _kept(head: Token, dropped: frozenset[str]) -> list[Token]:
    """Collect the tokens under `head` without the branches dropped at its top, nor relative clauses further down."""
    found = [head]
    waiting = [child for child in head.children if child.dep_ not in dropped and not _is_finite(child, head)]
    while waiting and len(found) < _LONGEST_PHRASE:
        token = waiting.pop()
        found.append(token)
        waiting.extend(
            child
            for child in token.children
            if child.dep_ not in {"relcl", "advcl", "parataxis"} or child.i < head.i
        )
    return sorted(found, key=lambda token: token.i)
