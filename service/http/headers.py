"""The headers of requests and of answers, as the description tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http.compression import CODINGS
from service.http.layer import CORPUS_VERSION, REQUEST_ID
from service.http.listing import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.http.endpoint import Endpoint

_CONDITIONS = ("If-None-Match", "If-Match")
_ETAGS = """\
The `ETag` of the answer that you have, or several; while one of them holds, the answer is a 304 without a body. `*` stands
for whichever there is."""
_ONLY_ANY = """\
Only `*` holds: the tags here are weak, and If-Match compares strongly (RFC 9110, 13.1.1). With any tag the answer is a 412."""
_NAME = """\
Names this request in its answer and in the service's log: up to 128 of the letters A to Z and a to z, digits and `.`, `_`,
`:`, `-`. Another id is replaced with a new one."""
_SENT: Mapping[str, tuple[str, str]] = {
    "If-None-Match": (_ETAGS, 'W/"0123456789abcdef0123456789abcdef"'),
    "If-Match": (_ONLY_ANY, "*"),
    REQUEST_ID: (_NAME, "monday-42"),
}
"""What each header of a request means, and an example."""

_TOLD: Mapping[str, str] = {
    REQUEST_ID: "The request's id: the one sent, where it is safe, else a new one.",
    CORPUS_VERSION: "The version of the record that the answer was made from, as `/v1/corpus` has it.",
    "ETag": "Names this version of this answer (weak).",
    "Link": "The pages around this one, as in `links` (RFC 8288); only where the answer is a page.",
    TOTAL: "How many records the request finds in all: so many are in a whole ndjson or csv.",
    "Cache-Control": "How the answer may be kept.",
    "Vary": "The headers of the request that decide how the answer comes.",
    "Content-Encoding": f"How the body is compressed, {', '.join(CODINGS[:-1])} or {CODINGS[-1]}, as Accept-Encoding likes best; "
    "without it, it is not.",
    "Allow": "The methods that the path takes.",
    "Retry-After": "After how many seconds to try again.",
    "RateLimit": "How many requests are left to this client, and after how many seconds there are more; only where they are counted.",
    "RateLimit-Policy": "How many requests a client may send in how many seconds; only where they are counted.",
    "WWW-Authenticate": "How a key is sent.",
    "Accept-Post": "The media types that can be posted.",
    "Accept-Encoding": "How a body can be compressed, where it was in another way.",
    "Access-Control-Allow-Origin": "Every origin may read.",
    "Access-Control-Expose-Headers": "The headers that pages of other origins may read.",
}
_ALWAYS = (
    *(REQUEST_ID, CORPUS_VERSION),
    *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control"),
)
_OF_BODIES = ("Vary", "Content-Encoding")
_OF_LASTING = ("Vary", "ETag")
_OF_LISTS = ("Link", TOTAL)
_OF_ERRORS = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    415: ("Accept-Post", "Accept-Encoding"),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}
_BEFOREHAND = (414, 429, 431)
"""The errors that are given before the application sees the request."""


def components() -> tuple[dict[str, Any], dict[str, Any]]:
    """Describe the headers of requests, which are parameters, and those of answers, each by its name."""
    parameters = {
        name: {"description": text, "schema": {"type": "string"}, "example": example}
        for name, (text, example) in _SENT.items()
    }
    return parameters, {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _TOLD.items()
    }


def taken(endpoint: Endpoint) -> tuple[str, ...]:
    """Name the headers of a request that `endpoint` heeds, beside Accept and those of a body."""
    return (*_CONDITIONS, REQUEST_ID) if endpoint.lasting else (REQUEST_ID,)


def of_answer(endpoint: Endpoint, *, listed: bool) -> dict[str, Any]:
    """Refer to the headers of an answer with a body; `listed` says that it is a list, of which there may be more pages."""
    lasting = ("ETag",) if endpoint.lasting else ()
    return _references((*_ALWAYS, *_OF_BODIES, *lasting, *(_OF_LISTS if listed else ())))


def of_unchanged(*, listed: bool) -> dict[str, Any]:
    """Refer to the headers of a 304."""
    return _references((*_ALWAYS, *_OF_LASTING, *(_OF_LISTS if listed else ())))


def of_error(status: int) -> dict[str, Any]:
    """Refer to the headers of an error."""
    return _references(
        (*_ALWAYS, *(() if status in _BEFOREHAND else _OF_BODIES), *_OF_ERRORS.get(status, ()))
    )


def _references(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
