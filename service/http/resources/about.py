"""What the service says of itself: the corpus, the index of links and the probes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.http import served
from service.http.endpoint import Endpoint, Reply
from service.http.formats import PRETTY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marshmallow import Schema

    from service.http.arguments import Arguments
    from service.http.options import HttpOptions
    from service.model import Corpus

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
}
"""What the index links to."""


def endpoints(corpus: Corpus, options: HttpOptions) -> tuple[Endpoint, ...]:
    """Serve what there is to know about `corpus` and the process."""
    return (
        Endpoint(
            path="/v1/corpus",
            name="get_corpus",
            tag="corpus",
            summary="What is served",
            description="The version and make of the record, which a program extracted; every text that was rejected or is doubtful and why; "
            "and what became of corrections.",
            answer=_fixed(served.Corpus, _about(corpus)),
            parameters=(PRETTY,),
            schema=served.Corpus,
        ),
        Endpoint(
            path="/",
            name="get_index",
            tag="service",
            summary="Where everything is",
            description="An index of links.",
            answer=_fixed(served.ServiceIndex, _index(corpus, options)),
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
            summary="Is the record loaded?",
            description="For readiness probes; says what is served.",
            answer=_fixed(served.Ready, _ready(corpus, options)),
            parameters=(PRETTY,),
            schema=served.Ready,
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


def _counts(corpus: Corpus) -> dict[str, int]:
    kinds = ("statements", "events", "sources", "speakers", "topics")
    return {kind: len(getattr(corpus, kind)) for kind in kinds}


def _about(corpus: Corpus) -> dict[str, Any]:
    doubts = {identity: text.doubts for identity, text in sorted(corpus.texts.items()) if text.doubts}
    return {
        "version": corpus.version,
        "extractor": corpus.extractor,
        "counts": _counts(corpus),
        "vocabularies": dict(sorted(corpus.vocabularies.items())),
        "rejected": [one for one in corpus.rejected if not one.aside],
        "left_aside": [one for one in corpus.rejected if one.aside],
        "doubtful": [{"source": identity, "doubts": each} for identity, each in doubts.items()],
        "corrections": {
            "applied": corpus.corrections.applied,
            "withdrawn": len(corpus.corrections.withdrawn),
            "not_found": corpus.corrections.not_found,
            "doubtful": corpus.corrections.doubtful,
        },
    }


def _index(corpus: Corpus, options: HttpOptions) -> dict[str, Any]:
    return {"name": "Onrecord", "version": options.code_version, "corpus": corpus.version, "links": LINKS}


def _ready(corpus: Corpus, options: HttpOptions) -> dict[str, Any]:
    return {
        "status": "ready",
        "version": corpus.version,
        "parse_seconds": options.parse_seconds,
        "counts": _counts(corpus),
    }
