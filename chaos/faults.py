"""All faults, by the names that the command and the tests call them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chaos import clock, folders, hostile, kills, rollouts, slow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chaos.rows import Effort, Row
    from chaos.stage import Stage

FAULTS: Final[Mapping[str, Callable[[Stage, Effort], Row]]] = {
    "worker-killed": kills.worker_killed,
    "replica-killed": kills.replica_killed,
    "out-of-memory": kills.worker_out_of_memory,
    "replicas-replaced": rollouts.replicas_replaced,
    "master-replaced": rollouts.master_replaced,
    "told-to-stop": kills.told_to_stop,
    "slow-clients": slow.clients,
    "disk-full": folders.disk_full,
    "read-only": folders.read_only,
    "damaged-cache": folders.damaged,
    "changing-texts": folders.changing,
    "clock-set-back": clock.set_back,
    "hostile-requests": hostile.straight,
    "hostile-to-nginx": hostile.proxied,
}
