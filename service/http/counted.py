"""From what is counted to what is told: each answer is counted once, by all that is told of it, and told under three names.

Counting is in the way of every answer, and costs by the number of values that change.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from service.http.answer_counts import LABELS, NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prometheus_client.samples import Sample

HIT, MISS, NEVER = "hit", "miss", "never"
"""Whether an answer was remembered: given again, made anew, or of a kind that is not kept."""


class Told(Collector):
    """Tells what the `sources` have counted, answers in three ways, and no moments at which counting began.

    Those are not known where several processes count.
    """

    def __init__(self, *sources: Collector) -> None:
        """Take what is counted."""
        self._sources = sources

    def collect(self) -> Iterator[Metric]:
        """Give the metrics."""
        for metric in chain.from_iterable(source.collect() for source in self._sources):
            metric.samples = [each for each in metric.samples if not each.name.endswith("_created")]
            if metric.name == NAME:
                yield from _answers(metric.samples)
            else:
                yield metric


def _answers(samples: Iterable[Sample]) -> tuple[Metric, ...]:
    requests: dict[tuple[str, ...], float] = defaultdict(float)
    remembered = {HIT: 0.0, MISS: 0.0, NEVER: 0.0}
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    buckets: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in samples:
        route, method, status, kept = (each.labels[name] for name in LABELS)
        if each.name.endswith("_count"):
            requests[route, method, status] += each.value
            remembered[kept] += each.value
        elif each.name.endswith("_sum"):
            sums[route, method] += each.value
        else:
            buckets[route, method][each.labels["le"]] += each.value
    del remembered[NEVER]
    seconds = {labels: (list(counts.items()), sums[labels]) for labels, counts in buckets.items()}
    return _requests(requests), _seconds(seconds), _remembered(remembered)


def _requests(counts: dict[tuple[str, ...], float]) -> Metric:
    told = CounterMetricFamily(
        "onrecord_requests", "Requests that were answered.", labels=("route", "method", "status")
    )
    for labels, count in sorted(counts.items()):
        told.add_metric(labels, count)
    return told


def _seconds(measured: dict[tuple[str, ...], tuple[list[tuple[str, float]], float]]) -> Metric:
    told = HistogramMetricFamily(
        "onrecord_request_seconds",
        "Seconds from a request's arrival to the end of its answer.",
        labels=("route", "method"),
    )
    for labels, (buckets, total) in sorted(measured.items()):
        told.add_metric(labels, buckets, total)
    return told


def _remembered(counts: dict[str, float]) -> Metric:
    told = CounterMetricFamily(
        "onrecord_answers_remembered",
        "Answers that may be kept: given again from memory (hit), or made anew (miss).",
        labels=("result",),
    )
    for result, count in counts.items():
        told.add_metric((result,), count)
    return told
