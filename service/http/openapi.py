"""The OpenAPI 3.1 description, written from the endpoints themselves with apispec."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from service.http import envelopes, headers
from service.http.answers import problem
from service.http.keys import SCHEMES
from service.http.operations import component, errors, operation, parameter
from service.http.problems import EVERY_KIND, INVALID, KINDS, MEDIA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from flask import Flask

    from service.http.endpoint import Endpoint
    from service.http.parameters import Parameter
    from service.http.problems import ProblemKind

DESCRIBED = "onrecord"
"""Where an application keeps the endpoints that it was made of."""

_TAGS = {
    "statements": "Who is reported to have said what, when, on which topic, according to which source.",
    "events": "What happened, is planned, or is threatened or thought possible.",
    "sources": "The articles and their texts.",
    "speakers": "Everyone who speaks or takes part.",
    "topics": "The topic vocabulary.",
    "timeline": "How much was said, or happened, by day, month or year.",
    "corpus": "What is served.",
    "extract": "Reading a text on request.",
    "service": "The index, this description, the probes and the metrics.",
}
ABOUT = (files("service.http") / "about.md").read_text(encoding="utf-8")
"""How to ask: the description's text, in Markdown."""


def describe(app: Flask) -> str:
    """Write the description of `app` as YAML."""
    return yaml.dump(document(app), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


def document(app: Flask) -> dict[str, Any]:
    """Give the description of `app` as plain data."""
    endpoints: Sequence[Endpoint] = [each for each in app.extensions[DESCRIBED] if each.described]
    spec = APISpec(
        title="Onrecord",
        version="1",
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
        servers=[{"url": "/"}],
        security=[],
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
    )
    shared = _shared(endpoints)
    _components(spec, shared, {*KINDS.values(), *(kind for each in endpoints for kind in errors(each))})
    for endpoint in endpoints:
        path = endpoint.path.replace("<identity>", "{id}")
        spec.path(path, operations={endpoint.method.lower(): operation(endpoint, shared)})
    written: dict[str, Any] = spec.to_dict()
    return {"openapi": written.pop("openapi"), **written}


class _Plain(yaml.SafeDumper):
    """Writes shared parts out each time, and texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Plain.add_representer(str, _text)


def _shared(endpoints: Iterable[Endpoint]) -> tuple[Parameter, ...]:
    """Give the parameters that several endpoints declare alike, one of each name."""
    used = Counter(each for endpoint in endpoints for each in endpoint.parameters)
    named: dict[str, Parameter] = {}
    for each, count in used.items():
        if count > 1:
            named.setdefault(each.name, each)
    return tuple(named.values())


def _components(spec: APISpec, shared: Iterable[Parameter], kinds: Collection[ProblemKind]) -> None:
    for name, scheme in SCHEMES.items():
        spec.components.security_scheme(name, scheme)
    sent, told = headers.components()
    for name, described in told.items():
        spec.components.header(name, described)
    for each in shared:
        spec.components.parameter(each.name, "query", parameter(each))
    for name, described in sent.items():
        spec.components.parameter(name, "header", described)
    spec.components.schema("Problem", schema=envelopes.Problem)
    for kind in (each for each in EVERY_KIND if each in kinds):
        problem = {
            "description": f"{kind.title}. {kind.meaning}",
            "headers": headers.of_error(kind.status),
            "content": {MEDIA: _problem(kind.status)},
        }
        spec.components.response(component(kind), problem)


def _problem(status: int) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status == INVALID.status:
        content["example"] = problem()
    return content
