"""``/v1/problems``: what the ``type`` of an error means, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.http import envelopes
from service.http.endpoint import JSON, PLAIN, Endpoint, Reply
from service.http.problems import KINDS, NOT_FOUND, PATH, Fault, Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.http.arguments import Arguments

_BY_SLUG = {kind.slug: kind for kind in KINDS.values()}


def endpoints() -> tuple[Endpoint, ...]:
    """Serve the kinds of errors, as JSON or as text, whichever Accept prefers."""
    return (
        Endpoint(
            path=PATH,
            name="list_problems",
            tag="service",
            summary="List the kinds of errors",
            description="Every kind of error by its status: what it means and how to mend it; as JSON or as text.",
            answer=_all,
            schema=envelopes.ProblemKinds,
            media=(JSON, PLAIN),
        ),
        Endpoint(
            path=f"{PATH}/<identity>",
            name="get_problem",
            tag="service",
            summary="Get one kind of error",
            description="What an error's `type` leads to: what it means and how to mend it; as JSON or as text.",
            answer=_one,
            schema=envelopes.ProblemKind,
            media=(JSON, PLAIN),
            problems=(404,),
            identity="The last part of the error's `type`.",
        ),
    )


def _all(arguments: Arguments) -> Reply:
    listed = {
        "items": [_shown(kind) for kind in _BY_SLUG.values()],
        "total": len(_BY_SLUG),
        "links": {"self": PATH, "first": PATH},
    }
    return _reply(arguments, envelopes.ProblemKinds().dump(listed), _BY_SLUG.values())


def _one(arguments: Arguments, identity: str) -> Reply:
    kind = _BY_SLUG.get(identity)
    if kind is None:
        detail = f"There is no kind of error {identity[:80]!r}; {PATH} lists them."
        raise Problem(NOT_FOUND, detail, (Fault("path", "id", detail),))
    return _reply(arguments, envelopes.ProblemKind().dump(_shown(kind)), (kind,))


def _reply(arguments: Arguments, members: Any, kinds: Iterable[ProblemKind]) -> Reply:
    if arguments.media == PLAIN:
        return Reply("\n".join(map(_text, kinds)).encode(), PLAIN)
    return Reply(orjson.dumps(members))


def _shown(kind: ProblemKind) -> dict[str, Any]:
    return {
        "id": kind.slug,
        "url": kind.uri,
        "status": kind.status,
        "title": kind.title,
        "meaning": kind.meaning,
        "mend": kind.mend,
    }


def _text(kind: ProblemKind) -> str:
    return f"{kind.title} ({kind.slug}, {kind.status})\n\n{kind.meaning}\n{kind.mend}\n"
