"""From replies to responses: media type, ETag, conditions, links and caching, decided in this one place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Response, request

from service.http.problems import ACCEPT, PRECONDITION, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.http.arguments import Arguments
    from service.http.endpoint import Endpoint, Reply


def check_accept(endpoint: Endpoint) -> None:
    """Raise the 406 `Problem` where Accept rules out every media type that `endpoint` answers in."""
    if not endpoint.negotiated or "Accept" not in request.headers:
        return
    plain = [media.partition(";")[0] for media in endpoint.media]
    if request.accept_mimetypes.best_match(plain) is None:
        raise Problem(ACCEPT, f"Here is served {', '.join(plain)}; let Accept name it or */*.")


def respond(endpoint: Endpoint, reply: Reply, arguments: Arguments, edition: str) -> Response:
    """Make the response for `reply`; `edition` stands for the corpus, the code and the settings that decide answers.

    A lasting answer gets a weak ETag, since compression may change its bytes but not what it says; If-None-Match and
    If-Match are honoured.
    """
    response = Response(reply.body, content_type=reply.media)
    if reply.links:
        response.headers["Link"] = _links(reply.links)
    if not endpoint.lasting:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    response.set_etag(_etag((edition, request.path, arguments.query(), reply.media)), weak=True)
    response.make_conditional(request)
    response.headers.pop("Date", None)  # the server's to set, and it would set a second one
    if response.status_code == 412:
        raise Problem(PRECONDITION, "If-Match names another version; leave it out to read this one.")
    return response


def _etag(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def _links(links: Mapping[str, str]) -> str:
    return ", ".join(f'<{target}>; rel="{relation}"' for relation, target in links.items())
