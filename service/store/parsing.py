"""Many texts parsed: those that are kept read back, the others extracted in several processes or on a cluster, and kept."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from service.extract.found import Extracted
from service.extract.processes import processes_for, reading
from service.store.attempts import Failed, attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from service.extract.extractor import Extractor
    from service.model import Rejected, Text
    from service.store.cluster import Cluster
    from service.store.folder import Folder

_MANY = 20
"""Above so many texts a terminal is shown how far the parsing is."""

log = structlog.get_logger("onrecord")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was found in texts, in their order, and those of them whose parsing failed."""

    extracted: tuple[Extracted, ...]
    failed: tuple[Rejected, ...]


def parse(
    texts: Sequence[Text],
    make_extractor: Callable[[], Extractor],
    kept: Folder | None = None,
    processes: int | None = None,
    cluster: Cluster | None = None,
) -> Parsed:
    """Give what is found in `texts`, whose ids differ; the extractor is made only where one of them is not in `kept`.

    `processes` are as many as there are cores where that pays, unless said; where a `cluster` is given, its workers parse and
    no extractor is made here. Neither shows in what is found. Each text is kept as soon as it is parsed, so that nothing is
    lost when a process is ended. Raises `ProcessEndedError` then, and `ClusterError` where the cluster can't go on.
    """
    known = {text.id: one for text in texts if kept and (one := kept.get(text))}
    missing = [text for text in texts if text.id not in known]
    failed: dict[str, Rejected] = {}
    if missing:
        if kept:
            kept.prepare()
        for fresh in _fresh(missing, make_extractor, kept, processes, cluster):
            if isinstance(fresh, Failed):
                log.error("parsing failed", file=fresh.rejected.file, exception=fresh.trace)
                failed[fresh.text] = fresh.rejected
            else:
                known[fresh.text.id] = fresh
    if kept:
        log.info("kept", texts=len(texts) - len(missing), missing=len(missing), folder=str(kept.root))
    ids = [text.id for text in texts]
    return Parsed(
        tuple(known[name] for name in ids if name in known),
        tuple(failed[name] for name in ids if name in failed),
    )


def _fresh(
    texts: Sequence[Text],
    make_extractor: Callable[[], Extractor],
    kept: Folder | None,
    processes: int | None,
    cluster: Cluster | None,
) -> list[Extracted | Failed]:
    if cluster is not None:
        return _timed(cluster.reading(texts, kept), len(texts), scheduler=cluster.address)
    several = processes_for(texts, processes)
    work = partial(_one, make_extractor(), kept)  # made before the fork, so that all processes share it
    return _timed(reading(work, texts, several), len(texts), processes=several)


def _timed(
    work: AbstractContextManager[Iterable[Extracted | Failed]], texts: int, **told: object
) -> list[Extracted | Failed]:
    """Let the `work` be done, showing how far it is, and tell how fast it was and whatever else is `told`."""
    from tqdm import tqdm  # noqa: PLC0415 - needed only where something is missing

    start = time.perf_counter()
    shown = texts > _MANY and sys.stderr.isatty()
    with work as found:
        fresh = list(tqdm(found, "parsing", texts, unit="text", disable=not shown, file=sys.stderr))
    seconds = time.perf_counter() - start
    words = sum(one.facts.words for one in fresh if isinstance(one, Extracted))
    log.info(
        "extracted",
        texts=texts,
        **told,
        seconds=round(seconds, 3),
        texts_per_second=round(texts / seconds, 1),
        words_per_second=round(words / seconds),
    )
    return fresh


def _one(extractor: Extractor, kept: Folder | None, text: Text) -> Extracted | Failed:
    extracted = attempt(text, extractor.extract)
    if kept and isinstance(extracted, Extracted):
        kept.put(extracted)
    return extracted
