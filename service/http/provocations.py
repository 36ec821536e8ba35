"""Requests that are answered with errors, one of each kind that a single request is sure to give, and their answers."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import current_app

from service.http.endpoint import JSON
from service.http.layer import OWN
from service.http.problems import (
    ACCEPT,
    INVALID,
    MEDIA_TYPE,
    METHOD,
    NOT_FOUND,
    PRECONDITION,
    TOO_LARGE,
    UNUSABLE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient

Examples = dict[str, dict[str, Any]]
"""By the slug of a kind of error, a request that gives it with its answer."""

_TELLING = ("Content-Type", "Allow", "Accept-Post")


@dataclass(frozen=True, slots=True)
class Provocation:
    """A request that is answered with an error, whatever record is served."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


PROVOCATIONS: Mapping[str, Provocation] = {
    INVALID.slug: Provocation("/v1/statements?speeker=Ada&date=2014-2"),
    NOT_FOUND.slug: Provocation("/v1/statement"),
    METHOD.slug: Provocation("/v1/statements", "DELETE"),
    ACCEPT.slug: Provocation("/v1/statements", headers={"Accept": "application/xml"}),
    PRECONDITION.slug: Provocation("/v1/corpus", headers={"If-Match": '"yesterday"'}),
    TOO_LARGE.slug: Provocation(
        "/v1/extract", "POST", {"Content-Type": "text/plain", "Content-Length": "999999999999"}, "And so on"
    ),
    MEDIA_TYPE.slug: Provocation("/v1/extract", "POST", {"Content-Type": "text/html"}, "<p>It is safe.</p>"),
    UNUSABLE.slug: Provocation("/v1/extract", "POST", {"Content-Type": JSON}, '{"txt": "It is safe."}'),
}
"""By the slug of a kind of error, a request that gives it."""


def all_examples() -> Examples:
    """Send the provocations to the application at hand, out of sight of the request that it is answering."""
    client = current_app.test_client()
    return Context().run(
        lambda: {slug: _example(client, provocation) for slug, provocation in PROVOCATIONS.items()}
    )


def _example(client: FlaskClient, provocation: Provocation) -> dict[str, Any]:
    length = provocation.headers.get("Content-Length")  # the test client would put in what it counts itself
    response = client.open(
        provocation.path,
        method=provocation.method,
        headers=provocation.headers,
        data=provocation.body,
        environ_overrides={OWN: True, **({"CONTENT_LENGTH": length} if length else {})},
    )
    return {
        "request": {
            "method": provocation.method,
            "path": provocation.path,
            "headers": provocation.headers,
            "body": provocation.body,
        },
        "answer": {
            "status": response.status_code,
            "headers": {name: response.headers[name] for name in _TELLING if name in response.headers},
            "body": response.get_json(),
        },
    }
