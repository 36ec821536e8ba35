"""Errors as RFC 9457 ``application/problem+json``: the registry of kinds, the exception, and the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA = "application/problem+json"
"""The media type of every error."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of error: `slug` names it in ``type``, `meaning` says when it is answered."""

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """The ``type`` member: where the kind is explained."""
        return f"/problems/{self.slug}" if self.slug else "about:blank"


INVALID = ProblemKind(
    "invalid-request",
    400,
    "Request not understood",
    "A parameter is unknown, repeated, malformed or out of range.",
)
NOT_FOUND = ProblemKind("not-found", 404, "Not found", "Nothing is served under this id or path.")
METHOD = ProblemKind("method-not-allowed", 405, "Method not allowed", "The path does not take this method.")
ACCEPT = ProblemKind(
    "not-acceptable", 406, "Not acceptable", "None of the media types in Accept is served here."
)
PRECONDITION = ProblemKind(
    "precondition-failed", 412, "Precondition failed", "If-Match names another version of this answer."
)
TOO_LARGE = ProblemKind("too-large", 413, "Body too large", "The body is longer than this service takes.")
MEDIA_TYPE = ProblemKind(
    "unsupported-media-type", 415, "Unsupported media type", "The body's media type or charset is not taken."
)
UNUSABLE = ProblemKind(
    "unusable-body", 422, "Body can't be used", "The body was read but says nothing usable."
)
INTERNAL = ProblemKind(
    "internal-error", 500, "Internal error", "The service failed; the request may be fine."
)

KINDS = {
    kind.status: kind
    for kind in (INVALID, NOT_FOUND, METHOD, ACCEPT, PRECONDITION, TOO_LARGE, MEDIA_TYPE, UNUSABLE, INTERNAL)
}
"""Every kind of error that is explained, by its status."""


def kind_of(status: int) -> ProblemKind:
    """Give the kind of error for a status; one without a page of its own goes by its status alone."""
    return KINDS.get(status) or ProblemKind("", status, HTTPStatus(status).phrase, "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `where` is query, path, header or body, `name` what it is called there."""

    where: str
    name: str
    detail: str
    did_you_mean: str | None = None


@dataclass
class Problem(Exception):  # noqa: N818 - the name RFC 9457 gives it
    """An error on its way to the client."""

    kind: ProblemKind
    detail: str
    faults: tuple[Fault, ...] = ()
    near: tuple[dict[str, Any], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def body(problem: Problem, instance: str) -> bytes:
    """Write `problem` as JSON; `instance` is the path that was asked for."""
    members: dict[str, Any] = {
        "type": problem.kind.uri,
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "instance": instance,
        "errors": [_fault(fault) for fault in problem.faults],
    }
    if problem.near:
        members["near"] = problem.near
    return orjson.dumps(members)


def invalid(*faults: Fault) -> Problem:
    """Make the 400 for one or more faults."""
    return Problem(INVALID, " ".join(f"{fault.name}: {fault.detail}" for fault in faults), faults)


def _fault(fault: Fault) -> dict[str, str | None]:
    return {
        "in": fault.where,
        "name": fault.name,
        "detail": fault.detail,
        "did_you_mean": fault.did_you_mean,
    }
