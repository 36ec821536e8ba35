"""Complete tellings from what stands around them: whose act the sentence already told, who sits in a standing forum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.model import Status
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.document import Document
    from service.extract.event_telling import Reading, Telling


def complete(tellings: Sequence[Telling], reading: Reading, document: Document) -> list[Telling]:
    """Give `tellings`, in order of offsets, with the participants that their own words leave unsaid."""
    done: list[Telling] = []
    for telling in tellings:
        whole = _with_forum(telling, reading, document)
        if not whole.parties and whole.fresh:
            whole = replace(whole, parties=_acting_before(whole, done, reading))
        done.append(whole)
    return done


def _with_forum(telling: Telling, reading: Reading, document: Document) -> Telling:
    """Put all who sit in a forum that the words name, unless they only speak of somebody's return to it."""
    if telling.status is not Status.HAPPENED or telling.noun is None:
        return telling
    words = fold(document.text.decoded[telling.range[0] : telling.range[1]])
    for name, codes in reading.triggers.forums.items():
        if fold(name) in words:
            states = (reading.parties.state(code) for code in codes)
            seated = tuple(index for index in states if index is not None)
            return replace(telling, parties=tuple(dict.fromkeys((*telling.parties, *seated))))
    return telling


def _acting_before(telling: Telling, done: Sequence[Telling], reading: Reading) -> tuple[int, ...]:
    """Give those whose act the same sentence told before: "it tested a missile, followed by a nuclear test"."""
    if reading.triggers.kinds[telling.types[0]].takes != "state":
        return ()
    for one in reversed(done):
        if one.sentence != telling.sentence:
            break
        if one.parties and one.fresh and _is_act(one, telling, reading):
            return one.parties
    return ()


def _is_act(one: Telling, telling: Telling, reading: Reading) -> bool:
    kinds = reading.triggers.kinds
    return kinds[one.types[0]].roles == kinds[telling.types[0]].roles
