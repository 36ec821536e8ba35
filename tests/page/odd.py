"""The record of the samples under names that addresses, selectors and lists of values have signs of their own for."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.sample import make_corpus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.model import Corpus

SOURCE = 'it\'s 100%41 "odd", #é & <b>'
"""The id of a source whose text has emoji, and a block of several lines with CRLF between them."""


def odd_corpus() -> Corpus:
    """Give the record of the samples with one source, its statements and its events renamed after `SOURCE`."""
    corpus = make_corpus()
    old = "market day é"
    names = {old: SOURCE}
    for each in corpus.statements:
        if each.source == old:
            names[each.id] = f"{SOURCE}.s{each.content[0].start}-{each.content[-1].end}"
    for event in corpus.events:
        if event.mentions[0].source == old:
            names[event.id] = f"{SOURCE}.e{event.mentions[0].span.start}"
    renamed: Corpus = _renamed(corpus, names)
    by_place = sorted(renamed.statements, key=lambda each: (each.source, each.content[0].start))
    return replace(
        renamed,
        statements=tuple(by_place),
        sources=tuple(sorted(renamed.sources, key=lambda each: each.id)),
        events=tuple(sorted(renamed.events, key=lambda each: each.id)),
    )


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if type(value) is str:
        return names.get(value, value)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_renamed(each, names) for each in value)
    if isinstance(value, dict):
        return {_renamed(key, names): _renamed(each, names) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: _renamed(getattr(value, each.name), names) for each in fields(value)}
        return replace(value, **changed)
    return value
