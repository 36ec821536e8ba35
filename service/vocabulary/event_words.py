"""The closed word lists that tell how news tells events, a part of ``event_triggers.yaml``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventWords:
    """Lemmas that settle whether an event happened, is planned or held out; ``event_triggers.yaml`` explains each list."""

    denying: frozenset[str]
    disputing: frozenset[str]
    cancelling: frozenset[str]
    postponing: frozenset[str]
    lacking: frozenset[str]
    refusing: frozenset[str]
    planned: frozenset[str]
    held_out: frozenset[str]
    measures: frozenset[str]
    settled: frozenset[str]
    counting: frozenset[str]
    reacting: frozenset[str]
    victims: frozenset[str]
    delegates: frozenset[str]
    new: frozenset[str]
    habitual: frozenset[str]
    generic: frozenset[str]
    will: frozenset[str]
    conditions: frozenset[str]
    awaiting: frozenset[str]
    towards: frozenset[str]
    future: frozenset[str]
    planning: frozenset[str]
    planning_nouns: frozenset[str]
    wishing: frozenset[str]
    wishing_nouns: frozenset[str]
    doing: frozenset[str]
    settled_after: frozenset[str]
    ahead_of: frozenset[str]
    back: frozenset[str]
    speaking: frozenset[str]
    containing: frozenset[str]
    light: frozenset[str]
    lasting: frozenset[str]
    private: frozenset[str]
    places: frozenset[str]
    we: frozenset[str]
    sides: frozenset[str]
