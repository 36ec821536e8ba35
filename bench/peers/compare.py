"""Servers in turns: whether they say the same, and what it costs them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.peers.load import Figures, asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.peers.cases import Case
    from bench.peers.questions import Question, Questions
    from bench.peers.servers import Server

A_SECOND: Final = 10_000
"""How many different questions are at hand for a second: more than any server here answers."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long is asked: so many `rounds`, each so many `seconds` per case, over so many `connections`."""

    rounds: int
    seconds: int
    connections: int

    def __str__(self) -> str:
        """Tell it."""
        return f"{self.rounds} rounds of {self.seconds} s each, {self.connections} connections"


def agree(cases: Sequence[Case], servers: Mapping[str, Server], questions: Iterable[Question]) -> None:
    """Raise `ValueError` where the peers of `cases` answer one of `questions` with another total or other records."""
    for question in questions:
        answers = {
            case.peer.program.name: case.peer.page(
                servers[case.peer.program.name].get(case.peer.path(question))
            )
            for case in cases
        }
        (first, page), *others = answers.items()
        for other, answer in others:
            if answer != page:
                message = (
                    f"{other} does not answer {question} as {first} does, which has {page[0]} statements"
                )
                raise ValueError(message)


def measured(
    cases: Sequence[Case], servers: Mapping[str, Server], questions: Questions, effort: Effort
) -> dict[str, list[Figures]]:
    """Ask all in turns; give the figures of each case, by its name, round by round. A short round before them warms up."""
    figures: dict[str, list[Figures]] = {case.name: [] for case in cases}
    same, begin = list(questions.some(0, 1)), 1
    for number, seconds in enumerate((1, *repeat(effort.seconds, effort.rounds))):
        fresh = list(questions.some(begin, A_SECOND * seconds))
        begin += len(fresh)
        for case in cases:
            paths = [case.peer.path(question) for question in (same if case.again else fresh)]
            found = asked(servers[case.peer.program.name], paths, seconds, effort.connections)
            if number:
                figures[case.name].append(found)
    return figures


def table(figures: Mapping[str, Sequence[Figures]]) -> str:
    """Lay the figures out; the ratios are to the first row, round by round."""
    lines = [f"{'':34}{'CPU µs':>8}{'ratio':>8}{'from':>8}{'to':>8}{'req/s':>8}"]
    bare = next(iter(figures.values()))
    for name, own in figures.items():
        ratios = [each.cost / other.cost for each, other in zip(own, bare, strict=True)]
        cost, rate = median(each.cost for each in own) * 1e6, median(each.rate for each in own)
        spread = "".join(f"{figure:8.2f}" for figure in (median(ratios), min(ratios), max(ratios)))
        lines.append(f"{name:34}{cost:8.0f}{spread}{rate:8.0f}")
    return "\n".join(lines)
