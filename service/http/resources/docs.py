"""``/docs``: the description as a page, which needs no internet, and no JavaScript to be read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask import current_app, render_template

from service.http import openapi
from service.http.assets import address_of, assets
from service.http.endpoint import HTML, MARKDOWN, PLAIN, Endpoint, Reply
from service.http.page import rendered
from service.http.reference import reference

if TYPE_CHECKING:
    from service.http.arguments import Arguments

_PATH = "/docs"
_GUARDED = {
    # Nothing but what this service serves itself. Images in data: are those in Swagger UI's style sheet; it sets styles
    # through the DOM, which needs no leave, and asks nothing but this service ("Execute").
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def endpoints() -> tuple[Endpoint, ...]:
    """Serve the page over the application that they become part of, written when it is first asked for."""
    markdown = cache(_markdown)
    html = cache(lambda: _html(markdown()))

    def page(arguments: Arguments) -> Reply:
        if arguments.media == HTML:
            return Reply(html(), HTML, headers=_GUARDED)
        return Reply(markdown().encode(), arguments.media)

    return (
        Endpoint(
            path=_PATH,
            name="get_docs",
            tag="service",
            summary="This description as a page",
            description="How to ask, by task, with commands to copy; then every operation with its parameters, and forms to "
            "try them. It loads nothing from elsewhere. As Markdown where Accept prefers text/markdown or text/plain.",
            answer=page,
            media=(HTML, MARKDOWN, PLAIN),
        ),
    )


def _markdown() -> str:
    return f"# Onrecord\n\n{openapi.ABOUT}\n{reference(current_app.extensions[openapi.DESCRIBED])}"


def _html(markdown: str) -> bytes:
    text = rendered(markdown)
    addresses = {asset.name: address_of(asset.name) for asset in assets().values()}
    return render_template("docs.html", text=text.html, sections=text.sections, asset=addresses).encode()
