"""``/metrics``: what the service counts, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from service.http.endpoint import Endpoint, Reply
from service.http.metrics import OPENMETRICS, TEXT, media_for

if TYPE_CHECKING:
    from service.http.arguments import Arguments
    from service.http.metrics import Metrics

_DESCRIPTION = """\
For Prometheus, in OpenMetrics where Accept names it, else in Prometheus's own text: requests by `route`, `method` and
`status`; how long they took; how many answers were given from memory; posted texts by outcome and how long each took; what is
served. A route is a path as this description has it, never the path that was asked for. Where several processes serve,
whichever answers tells what all of them have counted.
"""


def endpoints(metrics: Metrics) -> tuple[Endpoint, ...]:
    """Serve `metrics`."""

    def answer(arguments: Arguments) -> Reply:
        del arguments
        media = media_for(request.headers.get("Accept", ""))
        return Reply(metrics.told(media), media)

    return (
        Endpoint(
            path="/metrics",
            name="get_metrics",
            tag="service",
            summary="What is counted",
            description=_DESCRIPTION,
            answer=answer,
            media=(TEXT, OPENMETRICS),
            negotiated=False,
            lasting=False,
        ),
    )
