"""``POST /v1/extract``: what a text says that is not among those served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from service.http import envelopes
from service.http.bodies import read_posted, unusable
from service.http.endpoint import Endpoint, Reply
from service.http.problems import Fault
from service.http.views import Dumper, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.http.arguments import Arguments
    from service.http.options import ExtractFn, HttpOptions
    from service.model import Corpus


def endpoints(extract: ExtractFn, options: HttpOptions) -> tuple[Endpoint, ...]:
    """Serve `extract`."""
    return (
        Endpoint(
            path="/v1/extract",
            name="extract",
            tag="extract",
            summary="Read a text",
            description="Finds the statements and events of a text. Nothing is kept. The longest text that is taken is a "
            "setting, by default of 1,000,000 characters.",
            answer=_answer(extract, options),
            method="POST",
            body=envelopes.ExtractBody,
            schema=envelopes.Extracted,
            problems=(413, 415, 422),
            lasting=False,
        ),
    )


def _answer(extract: ExtractFn, options: HttpOptions) -> Callable[[Arguments], Reply]:
    def answer(arguments: Arguments) -> Reply:
        del arguments
        posted = read_posted(request.get_data(), request.mimetype, request.mimetype_params, options.max_text)
        try:
            corpus = extract(posted.text, posted.title, posted.published)
        except ValueError as error:
            raise unusable(Fault("body", "text", str(error))) from error
        return Reply(_body(corpus))

    return answer


def _body(corpus: Corpus) -> bytes:
    dumper = Dumper(corpus, served=False)
    return b"".join(
        (
            b'{"source":',
            *(dumper.source(record) for record in corpus.sources),
            b',"statements":',
            joined(dumper.statement(record) for record in corpus.statements),
            b',"events":',
            joined(dumper.event(record) for record in corpus.events),
            b"}",
        )
    )
