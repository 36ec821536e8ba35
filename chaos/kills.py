"""Processes that die: workers, whole replicas, a server that is told to stop."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from bench.processes import children
from chaos.asking import FAILURES, Answer, Client, answered
from chaos.load import Load, promised
from chaos.rows import Effort, Row
from chaos.servers import without_retries
from chaos.stage import EXTRACTION, READS
from chaos.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chaos.load import Tally
    from chaos.servers import Proxy, Service
    from chaos.stage import Stage

_MOST: Final = 100_000
"""So many requests at most are made over one connection."""


def worker_killed(stage: Stage, effort: Effort) -> Row:
    """Kill a worker of one replica after the other, each in the midst of its answers."""
    return _killed(stage, effort, "a worker is killed (kill -9)", _kill_workers)


def replica_killed(stage: Stage, effort: Effort) -> Row:
    """Kill one replica after the other as a whole, and start each again."""
    return _killed(stage, effort, "a replica is killed (kill -9)", lambda one: _kill_replica(stage, one))


def _killed(stage: Stage, effort: Effort, fault: str, kill: Callable[[Service], Service]) -> Row:
    """Ask while replicas in turn are harmed: through nginx as it is, then through one that asks no other replica."""
    with stage.replicated(effort.replicas) as services:
        with stage.proxied(services) as proxy:
            tally = _under_kills(proxy, services, effort, kill)
        with stage.proxied(services, without_retries) as proxy:
            control = _under_kills(proxy, services, effort, kill, until_failed=True)
    return Row(
        fault,
        f"{effort.clients} readers through nginx, {effort.faults} kills",
        tally.requests,
        tally.failed,
        f"nginx asks no other replica, {control.requests:,} requests",
        control.failed,
        tally.failures,
    )


def _under_kills(
    proxy: Proxy,
    services: list[Service],
    effort: Effort,
    kill: Callable[[Service], Service],
    *,
    until_failed: bool = False,
) -> Tally:
    """Kill in turn; what is to fail does so by luck, so it is tried more often, and no more once it has."""
    expected = promised(services[0].port, READS)
    with Load(proxy.port, READS, expected, clients=effort.clients) as load:
        load.wait_for(effort.clients)
        for number in range(effort.faults * (10 if until_failed else 1)):
            place = number % len(services)
            services[place] = kill(services[place])
            load.wait_for(effort.requests // effort.faults)
            if until_failed and load.tally.failed:
                break
    return load.tally


def _kill_workers(service: Service) -> Service:
    before = service.workers()
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    wait_until(lambda: _are_others(service.workers(), before), "there was a new worker")
    return service


def _are_others(now: list[int], before: list[int]) -> bool:
    return bool(now) and not set(now) & set(before)


def _kill_replica(stage: Stage, service: Service) -> Service:
    service.kill()
    return stage.again(service).wait()


def worker_out_of_memory(stage: Stage, effort: Effort) -> Row:
    """Kill the worker that reads a posted text, as the kernel does when memory is short.

    What it had started has to be gone with it, and the texts of others are read again afterwards.
    """
    with stage.replicated(effort.replicas) as services, stage.proxied(services) as proxy:
        expected, victim = promised(services[0].port, READS), services[0]
        with Load(proxy.port, READS, expected, clients=effort.clients) as load:
            lost = 0
            for _ in range(effort.faults):
                lost += _killed_while_reading(victim)
                load.wait_for(effort.requests // effort.faults)
        again = answered(victim.port, EXTRACTION)
    broken = None if again.body == stage.extracted else f"after it {again.status}: {again.body[:200]!r}"
    return Row(
        "a worker is killed as it reads a text, out of memory",
        f"{effort.clients} readers through nginx, {effort.faults} kills",
        load.tally.requests,
        load.tally.failed,
        f"of {effort.faults} texts that it was reading",
        lost,
        load.tally.failures,
        broken,
    )


def _killed_while_reading(service: Service) -> int:
    """Kill the workers, and wait for what they started to go; give how many texts were lost, none or one."""
    answers: list[Answer] = []

    def post() -> None:
        with suppress(*FAILURES):
            answers.append(answered(service.port, EXTRACTION))

    posting = Thread(target=post)
    spent = _ticks(service)
    posting.start()
    wait_until(lambda: _ticks(service) > spent + 5 or answers, "the text was being read")
    workers = service.workers()
    started = [*workers, *(below for worker in workers for below in _below(worker))]
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    posting.join()
    wait_until(lambda: not any(map(_lives, started)), "what the killed worker had started was gone", 20)
    return int(not any(answer.status == 200 for answer in answers))


def _ticks(service: Service) -> int:
    """Give the processor time of the workers and what they started, in the kernel's ticks."""
    total = 0
    for process in service.processes()[1:]:
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total


def _below(worker: int) -> list[int]:
    with suppress(OSError):  # one of them has ended
        return [*children(worker)]
    return []


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def told_to_stop(stage: Stage, effort: Effort) -> Row:
    """Tell a server to stop while it answers: what was asked before is answered, whole."""
    whole, broken_off = _stopped(stage, effort, signal.SIGTERM), _stopped(stage, effort, signal.SIGKILL)
    return Row(
        "a server is told to stop (TERM)",
        f"{effort.clients} readers and a posted text, no nginx",
        whole[0],
        whole[1],
        f"killed instead, of {broken_off[0]:,} requests",
        broken_off[1],
        whole[2],
    )


def _stopped(stage: Stage, effort: Effort, number: signal.Signals) -> tuple[int, int, list[str]]:
    """Give how many requests had been sent when the server was told, and how many of them got no answer.

    Clients keep their connections, and stop as soon as an answer says that theirs is closed.
    """
    total, failed, seen = 0, 0, []
    rounds = effort.faults if number == signal.SIGTERM else 1
    for _ in range(rounds):
        with stage.served(workers=2) as service:
            right = {
                path: {body for *_, body in told} for path, told in promised(service.port, READS).items()
            }
            right[EXTRACTION.path] = {stage.extracted}
            clients = [_UntilClosed(service.port, right) for _ in range(effort.clients)]
            posting = _UntilClosed(service.port, right, post=True)
            for client in (*clients, posting):
                client.start()
            wait_until(lambda: all(client.sent > 20 for client in clients) and posting.sent, "all asked")  # noqa: B023 - waited for in this round
            time.sleep(0.05)  # the text is on its way into the server by then
            _tell(service, number)
            for client in (*clients, posting):
                client.join()
                total += client.sent
                failed += client.failed
                seen += client.seen
    return total, failed, seen


def _tell(service: Service, number: signal.Signals) -> None:
    if number == signal.SIGKILL:
        service.kill()
    else:
        service.signal(number)


class _UntilClosed(Thread):
    """A client with one connection, which asks until an answer says that the connection is closed."""

    def __init__(self, port: int, right: Mapping[str, set[bytes]], *, post: bool = False) -> None:
        super().__init__(daemon=True)
        self.sent, self.failed = 0, 0
        self.seen: list[str] = []
        self._client, self._right, self._post = Client(port, patience=30), right, post

    def run(self) -> None:
        for number in range(_MOST):
            question = EXTRACTION if self._post else READS[number % len(READS)]
            self.sent += 1
            try:
                answer = self._client.ask(question)
            except FAILURES as error:
                self._note(f"{question.path}: {type(error).__name__}: {error}")
                break
            if answer.body not in self._right[question.path]:
                self._note(f"{question.path}: {answer.status} {answer.body[:200]!r}")
            if answer.headers.get("connection") == "close":
                break
        self._client.close()

    def _note(self, wrong: str) -> None:
        self.failed += 1
        self.seen.append(wrong)
