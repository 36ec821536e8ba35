"""What the service says of itself: the corpus, the index of links and the probes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.http import served
from service.http.endpoint import Endpoint, Reply
from service.http.formats import PRETTY
from service.http.problems import NOT_READY
from service.query.index import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marshmallow import Schema

    from service.http.arguments import Arguments
    from service.http.options import HttpOptions
    from service.http.readiness import Readiness
    from service.query.index import Index

LINKS = {
    "statements": "/v1/statements",
    "events": "/v1/events",
    "sources": "/v1/sources",
    "speakers": "/v1/speakers",
    "topics": "/v1/topics",
    "timeline": "/v1/timeline",
    "corpus": "/v1/corpus",
    "extract": "/v1/extract",
    "problems": "/v1/problems",
    "docs": "/docs",
    "openapi": "/openapi.yaml",
    "live": "/livez",
    "ready": "/readyz",
    "metrics": "/metrics",
}
"""What the index links to."""


def endpoints(index: Index, options: HttpOptions, readiness: Readiness) -> tuple[Endpoint, ...]:
    """Serve what there is to know about the record and the process."""
    return (
        Endpoint(
            path="/v1/corpus",
            name="get_corpus",
            tag="corpus",
            summary="What is served",
            description="The version and make of the record, which a program extracted; every text that was rejected or is doubtful and why; "
            "and what became of corrections.",
            answer=_fixed(served.Corpus, _about(index)),
            parameters=(PRETTY,),
            schema=served.Corpus,
        ),
        Endpoint(
            path="/",
            name="get_index",
            tag="service",
            summary="Where everything is",
            description="An index of links.",
            answer=_fixed(served.ServiceIndex, _links(index, options)),
            parameters=(PRETTY,),
            schema=served.ServiceIndex,
        ),
        Endpoint(
            path="/livez",
            name="get_live",
            tag="service",
            summary="Is the process alive?",
            description="For liveness probes.",
            answer=_fixed(served.Live, {"status": "live"}),
            parameters=(PRETTY,),
            schema=served.Live,
            negotiated=False,
            lasting=False,
        ),
        Endpoint(
            path="/readyz",
            name="get_ready",
            tag="service",
            summary="Should requests be sent here?",
            description="For readiness probes; says what is served. While the record is being read, and once the "
            "process is told to stop, and goes on for a while so that others can notice (`ONRECORD_DRAIN_SECONDS`), the answer is "
            "a 503 that says so.",
            answer=_if_ready(_fixed(served.Ready, _ready(index, options)), readiness),
            parameters=(PRETTY,),
            schema=served.Ready,
            problems=(NOT_READY,),
            negotiated=False,
            lasting=False,
        ),
    )


def _fixed(schema: type[Schema], members: Mapping[str, Any]) -> Callable[..., Reply]:
    reply = Reply(orjson.dumps(schema().dump(members)))

    def answer(arguments: Arguments) -> Reply:
        del arguments
        return reply

    return answer


def _if_ready(answer: Callable[..., Reply], readiness: Readiness) -> Callable[..., Reply]:
    def checked(arguments: Arguments) -> Reply:
        readiness.check()
        return answer(arguments)

    return checked


def _counts(index: Index) -> dict[str, int]:
    return {kind: len(index.tables[kind].records) for kind in KINDS}


def _about(index: Index) -> dict[str, Any]:
    account = index.account
    return {
        "version": account.version,
        "extractor": account.extractor,
        "counts": _counts(index),
        "vocabularies": dict(sorted(account.vocabularies.items())),
        "rejected": [one for one in account.rejected if not one.aside],
        "left_aside": [one for one in account.rejected if one.aside],
        "doubtful": [{"source": identity, "doubts": each} for identity, each in account.doubts.items()],
        "corrections": {
            "applied": account.corrections.applied,
            "withdrawn": len(account.corrections.withdrawn),
            "not_found": account.corrections.not_found,
            "doubtful": account.corrections.doubtful,
        },
    }


def _links(index: Index, options: HttpOptions) -> dict[str, Any]:
    return {
        "name": "Onrecord",
        "version": options.code_version,
        "corpus": index.account.version,
        "links": LINKS,
    }


def _ready(index: Index, options: HttpOptions) -> dict[str, Any]:
    return {
        "status": "ready",
        "version": index.account.version,
        "parse_seconds": options.parse_seconds,
        "counts": _counts(index),
    }
