"""``/v1/problems``: what the ``type`` of an error means, and how to mend it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from service.http import explained
from service.http.endpoint import JSON, MARKDOWN, PLAIN, Endpoint, Reply
from service.http.formats import PRETTY, indented
from service.http.near import nearest, shortened
from service.http.problems import EVERY_KIND, NOT_FOUND, PATH, Fault, ProblemKind, faulty
from service.http.provocations import all_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.http.arguments import Arguments
    from service.http.provocations import Examples

_BY_SLUG = {kind.slug: kind for kind in EVERY_KIND}
_MEDIA = (JSON, PLAIN, MARKDOWN)


def endpoints() -> tuple[Endpoint, ...]:
    """Serve the kinds of errors, as JSON or as text, whichever Accept prefers."""
    examples = cache(all_examples)
    return (
        Endpoint(
            path=PATH,
            name="list_problems",
            tag="service",
            summary="List the kinds of errors",
            description="Every kind of error by its status: what it means, how to mend it, and a request that gives it; as "
            "JSON, as text or as Markdown.",
            answer=lambda arguments: _all(arguments, examples()),
            parameters=(PRETTY,),
            schema=explained.ProblemKinds,
            media=_MEDIA,
        ),
        Endpoint(
            path=f"{PATH}/<identity>",
            name="get_problem",
            tag="service",
            summary="Get one kind of error",
            description="What an error's `type` leads to: what it means, how to mend it, and a request that gives it; as JSON, "
            "as text or as Markdown.",
            answer=lambda arguments, identity: _one(arguments, identity, examples()),
            parameters=(PRETTY,),
            schema=explained.ProblemKind,
            media=_MEDIA,
            problems=(404,),
            identity="The last part of the error's `type`.",
        ),
    )


def _all(arguments: Arguments, examples: Examples) -> Reply:
    shown = [_shown(kind, examples) for kind in _BY_SLUG.values()]
    listed = {"items": shown, "total": len(shown), "links": {"self": PATH, "first": PATH}}
    return _reply(arguments, listed, shown)


def _one(arguments: Arguments, identity: str, examples: Examples) -> Reply:
    kind = _BY_SLUG.get(identity)
    if kind is None:
        near = nearest(identity, _BY_SLUG)
        detail = f"there is no kind of error {shortened(identity)!r}; {PATH} lists them."
        raise faulty(NOT_FOUND, Fault("path", "id", detail, near))
    shown = _shown(kind, examples)
    return _reply(arguments, shown, (shown,))


def _reply(arguments: Arguments, members: Any, kinds: Iterable[Mapping[str, Any]]) -> Reply:
    if arguments.media == JSON:
        return Reply(orjson.dumps(members))
    return Reply("\n".join(map(_text, kinds)).encode(), arguments.media)


def _shown(kind: ProblemKind, examples: Examples) -> dict[str, Any]:
    return {
        "id": kind.slug,
        "url": kind.uri,
        "status": kind.status,
        "title": kind.title,
        "meaning": kind.meaning,
        "mend": kind.mend,
        "example": examples.get(kind.slug),
    }


def _text(kind: Mapping[str, Any]) -> str:
    told = f"# {kind['title']} ({kind['id']}, {kind['status']})\n\n{kind['meaning']}\n{kind['mend']}\n"
    if kind["example"] is None:
        return told
    request, answer = kind["example"]["request"], kind["example"]["answer"]
    body = indented(orjson.dumps(answer["body"])).decode()
    sent = ("", request["body"]) if request["body"] else ()
    lines = (
        *(f"{request['method']} {request['path']} HTTP/1.1", *_headers(request), *sent, ""),
        *(f"HTTP/1.1 {answer['status']}", *_headers(answer), "", *body.splitlines()),
    )
    shown = "\n".join(f"    {line}".rstrip() for line in lines)
    return f"{told}\nFor example:\n\n{shown}\n"


def _headers(message: Mapping[str, Any]) -> Iterable[str]:
    return (f"{name}: {value}" for name, value in message["headers"].items())
