"""Exact stretches of the decoded text: what was said, what of it stands in quotation marks, who is named."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from service.extract.document import OUTSIDE
from service.extract.setting import STOPS
from service.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from service.extract.attribution import Attribution
    from service.extract.document import Paragraph
    from service.extract.found import Range

_PARTING = frozenset((",", ";", ":", "—", "–", "--", "-"))
_OF_A_NAME = frozenset(("of", "from", "for", "at"))


def spans(a: Attribution) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """Give the pieces of what was said, and the stretches of it inside quotation marks (marks left out)."""
    content: list[Range] = []
    quotes: list[Range] = []
    for paragraph, tokens in a.tokens:
        inside = paragraph.inside
        ordered = sorted(set(tokens))
        numbers = dict.fromkeys(inside[i] for i in ordered if inside[i] >= 0)
        quotes += [
            _stripped(paragraph, paragraph.quotes[n].inner_start, paragraph.quotes[n].inner_end)
            for n in numbers
        ]
        runs = (_without_marks(paragraph, run) for run in _runs(paragraph, ordered, inside))
        content += [_piece(paragraph, run, inside) for run in runs if run]
    return tuple(sorted(content)), tuple(sorted(quotes))


def _runs(paragraph: Paragraph, ordered: list[int], inside: Sequence[int]) -> list[list[int]]:
    runs = [[ordered[0]]]
    for before, after in pairwise(ordered):
        gap = range(before + 1, after)
        words = any(
            (paragraph.doc[i].is_alpha or paragraph.doc[i].like_num) and paragraph.doc[i].pos_ != "CCONJ"
            for i in gap
        )
        stop = inside[before] != inside[after] and any(
            paragraph.doc[i].text in STOPS and inside[i] == OUTSIDE for i in gap
        )
        both_quoted = inside[before] >= 0 and inside[after] >= 0 and inside[before] != inside[after]
        if words or stop or (both_quoted and not any(inside[i] == OUTSIDE for i in gap)):
            runs.append([])
        runs[-1].append(after)
    return runs


def _without_marks(paragraph: Paragraph, run: list[int]) -> list[int]:
    """Cut the commas and dashes that part a piece from its cue, and the "that" which leads into it."""
    doc = paragraph.doc
    loose = [paragraph.inside[i] == OUTSIDE and (doc[i].text in _PARTING or doc[i].is_space) for i in run]
    kept = [i for i, is_loose in zip(run, loose, strict=True) if not is_loose]
    if len(kept) > 1 and doc[kept[0]].lower_ == "that" and doc[kept[0]].dep_ == "mark":
        kept = kept[1:]
    return [i for i in run if kept[0] <= i <= kept[-1]] if kept else []


def _piece(paragraph: Paragraph, run: list[int], inside: Sequence[int]) -> Range:
    numbers = {inside[i] for i in run}
    start, end = paragraph.range(paragraph.doc[run[0]], paragraph.doc[run[-1]])
    first, last = inside[run[0]], inside[run[-1]]
    if len(numbers) == 1 and first >= 0:
        return _stripped(paragraph, paragraph.quotes[first].inner_start, paragraph.quotes[first].inner_end)
    start = paragraph.quotes[first].start if first >= 0 else start
    end = paragraph.quotes[last].end if last >= 0 else end
    return start, end


def _stripped(paragraph: Paragraph, start: int, end: int) -> Range:
    words = paragraph.text[start - paragraph.start : end - paragraph.start]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def kind_of(a: Attribution) -> Kind:
    """Tell how much of a statement stands inside quotation marks."""
    quoted = [
        paragraph.inside[i] >= 0
        for paragraph, tokens in a.tokens
        for i in tokens
        if not paragraph.doc[i].is_punct
    ]
    return Kind.DIRECT if all(quoted) else Kind.MIXED if any(quoted) else Kind.INDIRECT


def phrase_of(head: Token) -> tuple[Token, Token]:
    """Give first and last token of the noun phrase of `head`, without relative clauses, appositions and coordinates."""
    first, last = head, head
    doc = head.doc
    while first.i > head.left_edge.i and (not doc[first.i - 1].is_punct or _joins(doc[first.i - 1])):
        first = doc[first.i - 1]
    for child in head.rights:
        named = child.dep_ == "prep" and not any(c.dep_ == "pcomp" for c in child.children)
        if named and child.i == last.i + 1 and child.lower_ in _OF_A_NAME:
            last = next(
                (doc[i - 1] for i in range(child.i + 1, child.right_edge.i + 1) if doc[i].is_punct),
                child.right_edge,
            )
    return first, last


def _joins(mark: Token) -> bool:
    """Tell whether a mark stands inside a phrase: a hyphen ("al-Oufi"), the sign of a genitive ("the owners' club")."""
    if mark.tag_ == "POS":
        return True
    return mark.text in {"-", "–"} and mark.i > 0 and not (mark.whitespace_ or mark.nbor(-1).whitespace_)
