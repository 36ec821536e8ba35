"""Complete tellings from what stands around them: whose act the sentence already told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.extract.event_telling import Reading, Telling


def complete(tellings: Sequence[Telling], reading: Reading) -> list[Telling]:
    """Give `tellings`, in order of offsets, with the participants that their own words leave unsaid."""
    done: list[Telling] = []
    for telling in tellings:
        lone = telling.fresh and not telling.parties
        done.append(replace(telling, parties=_acting_before(telling, done, reading)) if lone else telling)
    return done


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
