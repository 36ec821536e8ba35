"""FastAPI over the service's own engine, the quick way: a coroutine that returns bytes."""

import datetime as dt
import gc
import os
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query, Response

from bench.peers.engine import Engine


def app() -> FastAPI:
    """Give the application over the snapshot that the service is to serve too; FastAPI checks its parameters."""
    engine = Engine(Path(os.environ["ONRECORD_TEXTS"]))
    gc.collect()
    gc.freeze()  # the others are spared the search for garbage among the records too

    async def statements(
        speaker: str,
        first: Annotated[dt.date | None, Query(alias="from")] = None,
        last: Annotated[dt.date | None, Query(alias="to")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Response:
        total, items = engine.page(speaker, first, last, limit)
        body = b'{"items":[' + b",".join(items) + b'],"total":%d}' % total
        return Response(body, media_type="application/json")

    app = FastAPI(openapi_url=None)
    app.add_api_route("/v1/statements", statements, methods=["GET"], response_model=None)
    return app
