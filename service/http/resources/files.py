"""``/files``: the scripts and style sheets of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.assets import PATH, assets
from service.http.endpoint import Endpoint, Reply
from service.http.problems import NOT_FOUND, Fault, Problem

if TYPE_CHECKING:
    from service.http.arguments import Arguments

_CACHED = {"Cache-Control": "public, max-age=31536000, immutable"}


def endpoints() -> tuple[Endpoint, ...]:
    """Serve the files of the pages."""
    return (
        Endpoint(
            path=f"{PATH}/<identity>",
            name="get_file",
            tag="service",
            summary="A file of a page",
            description="A script or style sheet; its name changes with its content.",
            answer=_file,
            media=tuple(dict.fromkeys(asset.media for asset in assets().values())),
            problems=(404,),
            negotiated=False,
            identity="The file's name, as the page has it.",
            described=False,
        ),
    )


def _file(arguments: Arguments, identity: str) -> Reply:
    del arguments
    asset = assets().get(identity)
    if asset is None:
        detail = f"The pages have no file {identity[:80]!r}; each names those it has."
        raise Problem(NOT_FOUND, detail, (Fault("path", "id", detail),))
    return Reply(asset.body, asset.media, headers=_CACHED)
