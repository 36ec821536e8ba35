"""The Flask application: a corpus behind its endpoints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from service.http import compression, failures, openapi
from service.http.arguments import read_arguments
from service.http.formats import choose
from service.http.layer import ROUTE, Layer
from service.http.library import Library
from service.http.memory import Memory
from service.http.options import HttpOptions
from service.http.resources import (
    about,
    description,
    docs,
    events,
    extract,
    problems,
    sources,
    statements,
    terms,
    timeline,
)
from service.http.respond import respond

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.http.endpoint import Endpoint
    from service.http.options import ExtractFn
    from service.query.index import Index

_TEMPLATES = Path(__file__).parent / "templates"
_BYTES_A_CHARACTER = 12  # an escaped surrogate pair in JSON
_BYTES_BESIDE = 65_536


class _Flask(Flask):
    """Flask, but its answers to OPTIONS, which have no body, have no media type either."""

    def make_default_options_response(self) -> Response:
        response = super().make_default_options_response()
        response.headers.pop("Content-Type", None)
        return response


def make_app(index: Index, extract_text: ExtractFn, options: HttpOptions | None = None) -> Flask:
    """Serve the record that `index` holds; `extract_text` answers posted texts."""
    options = options or HttpOptions()
    app = _Flask("onrecord", static_folder=None, template_folder=str(_TEMPLATES))
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = options.max_text * _BYTES_A_CHARACTER + _BYTES_BESIDE
    endpoints = (*_endpoints(index, extract_text, options), *description.endpoints(), *docs.endpoints())
    app.extensions[openapi.DESCRIBED] = endpoints
    edition = f"{index.account.version} {options.code_version} {index.whole_texts} {options.max_text}"
    for endpoint in endpoints:
        view = _view(endpoint, edition)
        app.add_url_rule(endpoint.path, endpoint.name, view, methods=[endpoint.method])
    compression.install(app)
    failures.install(app, [endpoint.path for endpoint in endpoints])
    app.wsgi_app = Layer(Memory(app.wsgi_app, options.remembered))  # type: ignore[method-assign]  # Flask's way
    return app


def _endpoints(index: Index, extract_text: ExtractFn, options: HttpOptions) -> tuple[Endpoint, ...]:
    library = Library(index)
    return (
        *statements.endpoints(library),
        *events.endpoints(library, options.event_types),
        *sources.endpoints(library),
        *timeline.endpoints(index, options.event_types),
        *terms.speakers(library),
        *terms.topics(library),
        *extract.endpoints(extract_text, options),
        *about.endpoints(index, options),
        *problems.endpoints(),
    )


def _view(endpoint: Endpoint, edition: str) -> Callable[..., Response]:
    declared = {each.name: each for each in endpoint.parameters}

    def view(**path: Any) -> Response:
        request.environ[ROUTE] = endpoint.path
        arguments = read_arguments(request.query_string, declared)
        if endpoint.negotiated:
            media = choose(endpoint.media, request.environ.get("HTTP_ACCEPT", ""), arguments)
            arguments = replace(arguments, media=media)
        return respond(endpoint, endpoint.answer(arguments, **path), arguments, edition)

    return view
