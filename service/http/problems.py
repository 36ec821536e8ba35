"""Errors as RFC 9457 ``application/problem+json``: the registry of kinds, the exception, and the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA = "application/problem+json"
"""The media type of every error."""


PATH = "/v1/problems"
"""Where the kinds of errors are explained."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of error: `slug` names it in ``type``, `meaning` says when it is answered and `mend` what helps."""

    slug: str
    status: int
    title: str
    meaning: str
    mend: str

    @property
    def uri(self) -> str:
        """The ``type`` member: where the kind is explained."""
        return f"{PATH}/{self.slug}"


INVALID = ProblemKind(
    "invalid-request",
    400,
    "Request not understood",
    "A parameter is unknown, repeated, malformed or out of range.",
    "Each member of errors names a parameter, what is wrong with it and what would be right; mend those and ask again.",
)
NO_KEY = ProblemKind(
    "no-key",
    401,
    "Key needed",
    "This service takes texts only from those who have its key.",
    "Send the key that whoever runs the service gave you, as Authorization: Bearer … or as X-API-Key.",
)
NOT_FOUND = ProblemKind(
    "not-found",
    404,
    "Not found",
    "Nothing is served under this id or path.",
    "Take ids and paths from answers; near and did_you_mean hold what looks like the one asked for.",
)
METHOD = ProblemKind(
    "method-not-allowed",
    405,
    "Method not allowed",
    "The path does not take this method.",
    "Use one of the methods that the Allow header lists.",
)
ACCEPT = ProblemKind(
    "not-acceptable",
    406,
    "Not acceptable",
    "None of the media types in Accept is served here.",
    "Let Accept name one of the media types in the detail, or */*.",
)
PRECONDITION = ProblemKind(
    "precondition-failed",
    412,
    "Precondition failed",
    "If-Match names a tag. It compares tags strongly, and those here are weak, so that none ever matches.",
    "Leave If-Match out; If-None-Match asks whether an answer has changed.",
)
TOO_LARGE = ProblemKind(
    "too-large",
    413,
    "Body too large",
    "The body is longer than this service takes.",
    "Send a shorter text, or let whoever runs the service raise the setting that the detail names.",
)
URI_TOO_LONG = ProblemKind(
    "uri-too-long",
    414,
    "Address too long",
    "The first line of the request is longer than this service reads.",
    "Ask with fewer or shorter values, in several requests.",
)
MEDIA_TYPE = ProblemKind(
    "unsupported-media-type",
    415,
    "Unsupported media type",
    "The body's media type, charset or content coding is not taken.",
    "Send what the Accept-Post or Accept-Encoding header of the answer lists.",
)
UNUSABLE = ProblemKind(
    "unusable-body",
    422,
    "Body can't be used",
    "The body was read but says nothing usable.",
    "Each member of errors names what is wrong with the body and what would be right.",
)
TOO_COSTLY = ProblemKind(
    "too-costly",
    422,
    "Text costs too much",
    "Reading the text takes more time or memory than this service gives to one.",
    "Send the text in parts, or let whoever runs the service raise the setting that the detail names.",
)
TOO_MANY = ProblemKind(
    "too-many-requests",
    429,
    "Too many requests",
    "This client has sent as many requests as this service takes from one.",
    "Send the next after the seconds that the Retry-After header gives; RateLimit-Policy says how many are taken.",
)
HEADERS_TOO_LARGE = ProblemKind(
    "headers-too-large",
    431,
    "Headers too large",
    "The request's headers are more or longer than this service reads.",
    "Leave out headers that are not needed, cookies above all.",
)
INTERNAL = ProblemKind(
    "internal-error",
    500,
    "Internal error",
    "The service failed; the request may be fine.",
    "Tell whoever runs the service the X-Request-ID of the answer; the log has the cause under it.",
)
BUSY = ProblemKind(
    "busy",
    503,
    "Busy",
    "As many texts are being read as this service takes at once.",
    "Send the text again after the seconds that the Retry-After header gives.",
)

ENDED = ProblemKind(
    "reading-ended",
    503,
    "Reading ended",
    "What read the text was ended from outside, most likely for want of memory; the text may be fine.",
    "Send the text again after the seconds that the Retry-After header gives.",
)
NOT_READY = ProblemKind(
    "not-ready",
    503,
    "Not ready",
    "This process should not be asked now: it is still reading the record, or about to stop.",
    "Ask another replica, or again after the seconds that the Retry-After header gives.",
)

EVERY_KIND = (
    INVALID,
    NO_KEY,
    NOT_FOUND,
    METHOD,
    ACCEPT,
    PRECONDITION,
    TOO_LARGE,
    URI_TOO_LONG,
    MEDIA_TYPE,
    UNUSABLE,
    TOO_COSTLY,
    TOO_MANY,
    HEADERS_TOO_LARGE,
    INTERNAL,
    BUSY,
    ENDED,
    NOT_READY,
)
"""Every kind of error, by status."""

KINDS = {kind.status: kind for kind in reversed(EVERY_KIND)}
"""The kind of error that a status stands for, where nothing else is said."""


def kind_of(status: int) -> ProblemKind:
    """Give the kind of error for a status; one that has no kind of its own is told as a 400 or a 500."""
    return KINDS.get(status) or (INVALID if status < INTERNAL.status else INTERNAL)


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
    return faulty(INVALID, *faults)


def faulty(kind: ProblemKind, *faults: Fault) -> Problem:
    """Make the problem of the kind `kind` for one or more faults, whose details make up its own."""
    return Problem(kind, " ".join(f"{fault.name}: {fault.detail}" for fault in faults), faults)


def _fault(fault: Fault) -> dict[str, str | None]:
    return {
        "in": fault.where,
        "name": fault.name,
        "detail": fault.detail,
        "did_you_mean": fault.did_you_mean,
    }
