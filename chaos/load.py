"""Clients that ask all the time, each the next question as soon as the last is answered, and hold answers to the promised ones."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final, Self

from chaos.asking import FAILURES, Answer, Client, Question
from chaos.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_EXAMPLES: Final = 5
_BREATH: Final = 0.02
"""After so many seconds a client asks again that got no answer, or a wrong one."""

Told = tuple[int, str | None, str | None, bytes]
"""What of an answer is promised: status, ETag, version of the corpus, body."""


@dataclass(slots=True)
class Tally:
    """What came of a load: `failures` are examples, `given` how often each ETag came, `seconds` what each answer took."""

    requests: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    given: Counter[str | None] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def percentile(self, which: int) -> float:
        """Give the seconds below which so many of a hundred answers stayed."""
        return quantiles(self.seconds, n=100)[which - 1] if len(self.seconds) > 1 else float("inf")


def promised(port: int, questions: Iterable[Question]) -> dict[str, set[Told]]:
    """Ask each question once, and give the answers as those that are promised, by path."""
    client = Client(port, patience=60)
    try:
        return {question.path: {client.ask(question).told} for question in questions}
    finally:
        client.close()


class Load:
    """Clients that ask from the beginning of a block to its end.

    Each request has an Accept of its own, which asks for the same but is nothing that anybody has kept an answer to, and an
    id, which has to come back. `fresh` opens a connection for each. `also` are statuses that are as good as the promised answer.
    """

    def __init__(
        self,
        port: int,
        questions: Sequence[Question],
        expected: Mapping[str, set[Told]],
        *,
        clients: int = 6,
        fresh: bool = False,
        patience: float = 10.0,
        also: Iterable[int] = (),
    ) -> None:
        """Take what is asked, and for each path the answers that are right."""
        self.tally = Tally()
        self._port, self._questions, self._expected = port, questions, expected
        self._fresh, self._patience, self._also = fresh, patience, frozenset(also)
        self._numbers, self._lock, self._stopped = itertools.count(), Lock(), Event()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(clients)]

    def __enter__(self) -> Self:
        """Start asking."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let every client have its last answer."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int, patience: float = 120.0) -> None:
        """Wait until so many more requests were made."""
        wanted = self.tally.requests + more
        wait_until(lambda: self.tally.requests >= wanted, f"{more} requests were made", patience)

    def _work(self) -> None:
        client = Client(self._port, self._patience)
        for number in self._numbers:
            if self._stopped.is_set():
                break
            if not self._ask(client, number):
                self._stopped.wait(_BREATH)
            if self._fresh:
                client.close()
        client.close()

    def _ask(self, client: Client, number: int) -> bool:
        question, name = self._questions[number % len(self._questions)], f"load-{number}"
        try:
            answer = client.ask(
                question, Accept=f"application/json, application/x-{number}", X_Request_ID=name
            )
        except FAILURES as error:
            self._note(question, f"{type(error).__name__}: {error}", None)
            return False
        wrong = None
        if answer.headers.get("x-request-id") != name:
            wrong = f"another request's id: {answer.headers.get('x-request-id')}"
        elif answer.told not in self._expected[question.path] and answer.status not in self._also:
            wrong = f"{answer.status} {answer.body[:200]!r}"
        self._note(question, wrong, answer)
        return wrong is None

    def _note(self, question: Question, wrong: str | None, answer: Answer | None) -> None:
        tally = self.tally
        with self._lock:
            tally.requests += 1
            if answer is not None:
                tally.seconds.append(answer.seconds)
                tally.given[answer.headers.get("etag")] += 1
            if wrong is not None:
                tally.failed += 1
                if len(tally.failures) < _EXAMPLES:
                    tally.failures.append(f"{question.method} {question.path}: {wrong}")
