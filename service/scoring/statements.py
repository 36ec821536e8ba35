"""Score statements and their topics: which were found, and what is right about those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.model import Kind
from service.scoring.comparing import date_fits, overlap, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.model import Statement
    from service.scoring.comparing import Names
    from service.scoring.references import Reference, StatementReference
    from service.scoring.tally import Tally

_ENOUGH = 0.8
"""How much of the content must be shared: intersection over union of characters."""
_QUOTED = 0.95
_SHOWN = 80

Pairs = dict[int, int]
"""The number of a reference with the number of the statement that meets it."""


def score_statements(
    reference: Reference, served: Sequence[Statement], decoded: str, names: Names, tally: Tally
) -> None:
    """Score the statements `served` of one text against its reference."""
    pairs = match(reference.statements, served, names)
    tally.count("statements.precision", len(pairs), len(served))
    for number, expected in enumerate(reference.statements):
        if expected.required:
            _score_found(reference.file, expected, decoded, tally, found=number in pairs)
        if expected.required and number in pairs:
            _score_facts(reference.file, expected, served[pairs[number]], names, tally)
    met = set(pairs.values())
    for number, statement in enumerate(served):
        if number not in met:
            tally.misses.append(f"{reference.file}: surplus statement, {_shown(statement)}")


def match(expected: Sequence[StatementReference], served: Sequence[Statement], names: Names) -> Pairs:
    """Pair references with statements one to one, so that a second serving is a surplus; the best fits first.

    A statement fits when it shares enough of the content, and every speaker it names is one the reference accepts.
    """
    contents = [points(statement.content) for statement in served]
    fits = []
    for number, one in enumerate(expected):
        wanted = [points(content) for content in (one.content, one.alternative) if content]
        for index, statement in enumerate(served):
            shared = max(overlap(contents[index], content) for content in wanted)
            if shared >= _ENOUGH and _accepted(one, statement, names):
                named = _named(one, statement, names)
                fits.append((one.required, shared, named, -number, -index))
    pairs: Pairs = {}
    for *_, number, index in sorted(fits, reverse=True):
        if -number not in pairs and -index not in pairs.values():
            pairs[-number] = -index
    return pairs


def _accepted(expected: StatementReference, statement: Statement, names: Names) -> bool:
    right = (*expected.speakers, *expected.also_speakers)
    return bool(statement.speakers) and all(names.any(party.name, right) for party in statement.speakers)


def _named(expected: StatementReference, statement: Statement, names: Names) -> int:
    served = [party.name for party in statement.speakers]
    return sum(names.any(name, served) for name in expected.speakers)


def _score_found(file: str, expected: StatementReference, decoded: str, tally: Tally, *, found: bool) -> None:
    of_kind = "direct" if expected.kind == Kind.DIRECT else "other"
    words = " … ".join(decoded[start:end] for start, end in expected.content)[:_SHOWN]
    miss = f"{file}: missed {expected.id}, {expected.kind} by {_list(expected.speakers)}: {words!r}"
    tally.check("statements.recall", miss, right=found)
    tally.count(f"statements.recall.{of_kind}", found)


def _score_facts(
    file: str, expected: StatementReference, statement: Statement, names: Names, tally: Tally
) -> None:
    where = f"{file}: {expected.id}"
    named = _named(expected, statement, names) == len(expected.speakers)
    tally.check(
        "statements.speakers",
        f"{where} speakers {_list(party.name for party in statement.speakers)} for {_list(expected.speakers)}",
        right=named or bool(expected.also_speakers),
    )
    tally.check(
        "statements.kind",
        f"{where} kind {statement.kind} for {expected.kind}",
        right=statement.kind == expected.kind,
    )
    tally.check(
        "statements.date",
        f"{where} date {statement.date and statement.date.edtf} for {_list(d.edtf for d in expected.dates)}",
        right=date_fits(statement.date, expected.dates),
    )
    if expected.quotes:
        tally.check(
            "statements.quotes",
            f"{where} quotes {_list(repr(quote.text) for quote in statement.quotes)}",
            right=overlap(points(statement.quotes), points(expected.quotes)) >= _QUOTED,
        )
    _score_via(where, expected, statement, names, tally)
    _score_topics(where, expected, statement, tally)


def _score_via(
    where: str, expected: StatementReference, statement: Statement, names: Names, tally: Tally
) -> None:
    served = {names.key(via.name) for via in statement.via}
    right = {*map(names.key, expected.via)} <= served <= {*map(names.key, expected.via_allowed)}
    miss = f"{where} via {_list(via.name for via in statement.via)} for {_list(sorted(expected.via))}"
    tally.check("statements.via", miss, right=right)


def _score_topics(where: str, expected: StatementReference, statement: Statement, tally: Tally) -> None:
    served = set(statement.topics)
    missing, surplus = expected.topics - served, served - expected.topics_allowed
    tally.count("topics.recall", len(expected.topics) - len(missing), len(expected.topics))
    tally.count("topics.precision", len(served) - len(surplus), len(served))
    if missing or surplus:
        tally.misses.append(
            f"{where} topics missing {_list(sorted(missing))}, surplus {_list(sorted(surplus))}"
        )


def _shown(statement: Statement) -> str:
    speakers = _list(party.name for party in statement.speakers)
    return f"{statement.kind} by {speakers}: {statement.text[:_SHOWN]!r}"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
