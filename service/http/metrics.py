"""What is counted, and how it is told: metrics as Prometheus reads them.

Where several processes serve, each counts in files of its own, in the folder that prometheus_client's variable names, and
whichever is asked tells the sums of all. What is known of the record is told by each as it is.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector

from service.http.answer_counts import AnswerCounts
from service.http.counted import HIT, MISS, NEVER, Told
from service.http.problems import BUSY, INTERNAL, TOO_COSTLY, Problem
from service.http.shared_counts import FOLDER, SharedCounts
from service.query.index import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

    from service.http.answer_counts import Observe
    from service.http.options import HttpOptions
    from service.query.index import Index

METRICS: Final = "onrecord.metrics"
"""Where an application keeps its metrics among its extensions."""

TEXT: Final = CONTENT_TYPE_PLAIN_0_0_4
OPENMETRICS: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"
"""The media types in which metrics are told."""

UNKNOWN: Final = "unknown"
"""The route of requests that none answered."""

OUTCOMES: Final = ("read", "refused", "busy", "late", "failed")
"""What becomes of a posted text."""

_LONG: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_OUTCOME: Final = {BUSY.slug: "busy", TOO_COSTLY.slug: "late"}
_MEASURED: Final = frozenset({"read", "late", "failed"})


class Metrics:
    """Counts what one application does."""

    def __init__(self, index: Index, options: HttpOptions) -> None:
        """Take what is served, of which the metrics tell too."""
        folder = os.environ.get(FOLDER)
        own = CollectorRegistry()
        self._answers = AnswerCounts(folder)
        self._registry = CollectorRegistry()
        self._registry.register(_Record(index, options))
        self._registry.register(Told(SharedCounts(folder)) if folder else Told(self._answers, own))
        extractions = Counter("onrecord_extractions", "Posted texts.", ("outcome",), registry=own)
        self._extractions = {outcome: extractions.labels(outcome) for outcome in OUTCOMES}
        self._extraction_seconds = Histogram(
            "onrecord_extraction_seconds",
            "Seconds that reading a posted text took, waiting for its turn among them.",
            buckets=_LONG,
            registry=own,
        )
        self._workers = Gauge(
            "onrecord_workers", "Processes that serve.", registry=own, multiprocess_mode="livesum"
        )
        self._known: dict[tuple[str | None, str, int, bool | None], Observe] = {}
        if not folder:
            self.serves()

    def serves(self) -> None:
        """Count this process among those that serve; to be called after a fork."""
        self._known.clear()
        self._answers.forget()
        self._workers.set(1)

    def answered(
        self,
        route: str | None,
        method: str,
        status: int,
        remembered: bool | None,  # noqa: FBT001 - keywords cost, and this is called for every answer
        seconds: float,
    ) -> None:
        """Count an answer by its route (None: none answered), a method that the service knows, and its status.

        `remembered` tells whether it was given again from memory; None where it is of a kind that never is.
        """
        key = route, method, status, remembered
        observe = self._known.get(key)
        if observe is None:
            kept = NEVER if remembered is None else HIT if remembered else MISS
            observe = self._known[key] = self._answers.observer((route or UNKNOWN, method, str(status), kept))
        observe(seconds)

    def extraction(self, outcome: str, seconds: float | None = None) -> None:
        """Count a posted text by its outcome, one of `OUTCOMES`, with the seconds it took where it was begun."""
        self._extractions[outcome].inc()
        if seconds is not None:
            self._extraction_seconds.observe(seconds)

    @contextmanager
    def extracting(self) -> Iterator[None]:
        """Count a posted text by how the work on it ends."""
        begun, outcome = time.perf_counter(), "failed"
        try:
            yield
            outcome = "read"
        except Problem as problem:
            if problem.kind.status < INTERNAL.status or problem.kind.slug in _OUTCOME:
                outcome = _OUTCOME.get(problem.kind.slug, "refused")
            raise
        finally:
            self.extraction(outcome, time.perf_counter() - begun if outcome in _MEASURED else None)

    def told(self, media: str) -> bytes:
        """Tell everything, in one of the two media types."""
        if media == OPENMETRICS:
            return bytes(openmetrics.generate_latest(self._registry))
        return generate_latest(self._registry)


def media_for(accepted: str) -> str:
    """Choose the media type for an Accept header: OpenMetrics where it is named, else the older text, which all read."""
    return OPENMETRICS if "application/openmetrics-text" in accepted else TEXT


class _Record(Collector):
    """Tells of the record that this process serves."""

    def __init__(self, index: Index, options: HttpOptions) -> None:
        self._index, self._options = index, options

    def collect(self) -> Iterator[Metric]:
        account = self._index.account
        records = GaugeMetricFamily("onrecord_records", "Records that are served.", labels=("kind",))
        for kind in KINDS:
            records.add_metric((kind,), len(self._index.tables[kind].records))
        yield records
        named = {"version": account.version, "code": self._options.code_version}
        yield InfoMetricFamily("onrecord_corpus", "What is served, and the code that serves it.", value=named)
        rejected = sum(not one.aside for one in account.rejected)
        yield GaugeMetricFamily("onrecord_rejected_texts", "Texts that could not be read.", rejected)
        if self._options.parse_seconds is not None:
            told = "Seconds that it took to parse the texts, or to read what was kept of them."
            yield GaugeMetricFamily("onrecord_parse_seconds", told, self._options.parse_seconds)
