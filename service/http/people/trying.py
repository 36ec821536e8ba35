"""``/try``: a text of one's own, with what is found in it laid over it. Nothing of it is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from flask import g, request

from service.http.bodies import read_posted
from service.http.endpoint import HTML, JSON, Endpoint, Reply
from service.http.people.addresses import TRY
from service.http.people.overlay import event_marks, laid_over, statement_marks
from service.http.people.rendering import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.http.arguments import Arguments
    from service.http.bodies import Posted
    from service.http.resources.extract import Reading

_LINE = re.compile(r"\S[^\r\n]*")


def endpoints(reading: Reading, about: Mapping[str, Any]) -> tuple[Endpoint, ...]:
    """Serve the form, and what is found in the text that it sends."""

    def form_with(text: str, published: str) -> dict[str, Any]:
        beside = {"most": reading.max_text, "asks_for_key": reading.asks_for_key}
        return {"text": text, "published": published, **beside}

    def form(arguments: Arguments) -> Reply:
        del arguments
        return page("try", here="try", about=about, form=form_with("", ""), found=None)

    def tried(arguments: Arguments) -> Reply:
        del arguments
        given = request.form
        text, published = given.get("text", ""), given.get("published", "").strip()
        g.form = form_with(text, published)  # where the text is not read, the page that tells so has it still

        def posted() -> Posted:
            body = {"text": text, "published": published} if published else {"text": text}
            return read_posted(orjson.dumps(body), JSON, {}, reading.max_text)

        found = orjson.loads(
            reading.read({**request.environ, "HTTP_X_API_KEY": given.get("key", "")}, posted)
        )
        marks = [*statement_marks(found["statements"]), *event_marks(found["events"], found["source"]["id"])]
        blocks = laid_over(text, _lines(text), marks)
        return page("try", here="try", about=about, form=g.form, found=found, blocks=blocks)

    return tuple(
        Endpoint(
            path=TRY,
            name=f"page_try_{method.lower()}",
            tag="page",
            summary="Try a text",
            description="A form for a text, and what is found in it.",
            answer=answer,
            method=method,
            media=(HTML,),
            problems=(401, 413, 422, 503) if method == "POST" else (),
            lasting=method == "GET",
            described=False,
        )
        for method, answer in (("GET", form), ("POST", tried))
    )


def _lines(text: str) -> list[dict[str, Any]]:
    """Take each line of a text for a block of it: what each is, only a text of the record tells."""
    return [{"role": "body", "start": line.start(), "end": line.end()} for line in _LINE.finditer(text)]
