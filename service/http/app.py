"""The Flask application: a corpus behind its endpoints."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import request

from service.http import failures, openapi
from service.http.application import Application
from service.http.arguments import Reader, without_empty
from service.http.formats import choose, preferred
from service.http.layer import CORPUS_VERSION, ROUTE, Layer
from service.http.library import Library
from service.http.memory import Memory
from service.http.metrics import METRICS, Metrics
from service.http.options import HttpOptions
from service.http.people import endpoints as people
from service.http.readiness import READINESS, Readiness
from service.http.resources import (
    about,
    description,
    docs,
    events,
    extract,
    files,
    metrics,
    problems,
    sources,
    statements,
    terms,
    timeline,
)
from service.http.respond import respond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    from flask import Flask, Response

    from service.http.endpoint import Endpoint
    from service.http.options import ExtractFn
    from service.query.index import Index

_TEMPLATES = Path(__file__).parent / "templates"
_BYTES_A_CHARACTER = 12  # an escaped surrogate pair in JSON
_BYTES_BESIDE = 65_536


def make_app(index: Index, extract_text: ExtractFn, options: HttpOptions | None = None) -> Flask:
    """Serve the record that `index` holds; `extract_text` answers posted texts."""
    options = options or HttpOptions()
    app = Application("onrecord", static_folder=None, template_folder=str(_TEMPLATES))
    app.url_map.merge_slashes = False
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"] = (
        options.max_text * _BYTES_A_CHARACTER + _BYTES_BESIDE
    )
    of_the_record = _of_the_record(index, options)
    app.extensions[METRICS] = counts = Metrics(index, options)
    app.extensions[READINESS] = readiness = Readiness()
    reading = extract.Reading(extract_text, options, counts)
    others = (*extract.endpoints(reading), *_others(index, options, counts, readiness))
    endpoints = (*of_the_record, *others, *people.endpoints((*of_the_record, *others), reading))
    app.extensions[openapi.DESCRIBED] = endpoints
    edition = f"{index.account.version} {options.code_version} {index.whole_texts} {options.max_text} {reading.asks_for_key}"
    for (path, method), alike in _by_address(endpoints).items():
        answer = _answer(alike, edition)
        app.add_url_rule(path, alike[0].name, _view(answer), methods=[method])
        if alike[0] in of_the_record and not alike[0].identity:
            app.answer_directly(path, alike[0].name, answer)
    failures.install(app, endpoints, index.account)
    remembering = Memory(app.wsgi_app, options.remembered)
    counted = _counted(remembering, options)
    always = ((CORPUS_VERSION, index.account.version),)
    app.wsgi_app = Layer(counted, always, counts.answered)  # type: ignore[method-assign]  # Flask's way
    return app


def _counted(app: WSGIApplication, options: HttpOptions) -> WSGIApplication:
    if options.rate_limit is None:
        return app
    from service.http.rates import Rates  # noqa: PLC0415 - what few turn on, no start waits for

    return Rates(app, options.rate_limit, options.proxies)


def _of_the_record(index: Index, options: HttpOptions) -> tuple[Endpoint, ...]:
    """Give the endpoints whose answers need nothing but the record and what a request says."""
    library = Library(index)
    return (
        *statements.endpoints(library),
        *events.endpoints(library, options.event_types),
        *sources.endpoints(library),
        *timeline.endpoints(index, options.event_types),
        *terms.speakers(library),
        *terms.topics(library),
    )


def _others(
    index: Index, options: HttpOptions, counts: Metrics, readiness: Readiness
) -> tuple[Endpoint, ...]:
    return (
        *about.endpoints(index, options, readiness),
        *metrics.endpoints(counts),
        *problems.endpoints(),
        *description.endpoints(),
        *docs.endpoints(),
        *files.endpoints(),
    )


def _by_address(endpoints: Iterable[Endpoint]) -> dict[tuple[str, str], list[Endpoint]]:
    """Give the endpoints of each path and method: one, or one for programs and one for people."""
    found: defaultdict[tuple[str, str], list[Endpoint]] = defaultdict(list)
    for endpoint in endpoints:
        found[endpoint.path, endpoint.method].append(endpoint)
    return found


def _answer(alike: Sequence[Endpoint], edition: str) -> Callable[..., Response]:
    """Give the function that answers; of several endpoints, the one whose media types the Accept header likes best does."""
    if len(alike) == 1:
        return _answer_of(alike[0], edition)
    answers = {media: _answer_of(each, edition) for each in reversed(alike) for media in each.media}
    offered = tuple(media for each in alike for media in each.media)

    def answer(environ: WSGIEnvironment, **path: Any) -> Response:
        media = preferred(offered, environ.get("HTTP_ACCEPT", ""))
        return answers[media or offered[0]](environ, **path)

    return answer


def _answer_of(endpoint: Endpoint, edition: str) -> Callable[..., Response]:
    reader = Reader(endpoint.parameters)

    def answer(environ: WSGIEnvironment, **path: Any) -> Response:
        environ[ROUTE] = endpoint.path
        query = environ.get("QUERY_STRING", "").encode("latin-1")
        arguments = reader.arguments(without_empty(query) if endpoint.from_forms else query)
        if endpoint.negotiated:
            media = choose(endpoint.media, environ.get("HTTP_ACCEPT", ""), arguments)
            if media != arguments.media:
                arguments = arguments._replace(media=media)
        return respond(environ, endpoint, endpoint.answer(arguments, **path), arguments, edition)

    return answer


def _view(answer: Callable[..., Response]) -> Callable[..., Response]:
    def view(**path: Any) -> Response:
        return answer(request.environ, **path)

    return view
