"""``/openapi.yaml`` and ``/openapi.json``: the description of the service."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson
from flask import current_app

from service.http import openapi
from service.http.endpoint import JSON, YAML, Endpoint, Reply
from service.http.formats import PRETTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.http.arguments import Arguments


def endpoints() -> tuple[Endpoint, ...]:
    """Serve the description of the application that they become part of, written when it is first asked for."""
    return (
        _endpoint("yaml", YAML, lambda: openapi.describe(current_app).encode()),
        _endpoint("json", JSON, lambda: orjson.dumps(openapi.document(current_app))),
    )


def _endpoint(ending: str, media: str, write: Callable[[], bytes]) -> Endpoint:
    written = cache(write)

    def answer(arguments: Arguments) -> Reply:
        del arguments
        return Reply(written(), media)

    return Endpoint(
        path=f"/openapi.{ending}",
        name=f"get_openapi_{ending}",
        tag="service",
        summary=f"This description as {ending.upper()}",
        description="OpenAPI 3.1.",
        answer=answer,
        parameters=(PRETTY,) if media == JSON else (),
        media=(media,),
        negotiated=False,
    )
