"""``POST /v1/extract``: what a text says that is not among those served."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import current_app, request

from service.http import envelopes
from service.http.bodies import read_posted, unpacked, unusable
from service.http.endpoint import Endpoint, Reply
from service.http.formats import PRETTY
from service.http.problems import Fault
from service.http.turns import Turns
from service.http.views import Dumper, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.http.arguments import Arguments
    from service.http.options import ExtractFn, HttpOptions
    from service.model import Corpus, Source


_DESCRIPTION = """\
Finds the statements and events of a text. Nothing is kept. The body may be gzipped (`Content-Encoding: gzip`). The longest
text that is taken is a setting (`ONRECORD_MAX_TEXT`), by default of 1,000,000 characters; how many texts a process takes
at once is another (`ONRECORD_EXTRACTS`), and beyond that the answer is a 503 with `Retry-After`. What is doubtful about the
text stands in `source.note`: a text that does not read as English, for one, has nothing looked for in it, and no statements.
"""


def endpoints(extract: ExtractFn, options: HttpOptions) -> tuple[Endpoint, ...]:
    """Serve `extract`."""
    return (
        Endpoint(
            path="/v1/extract",
            name="extract",
            tag="extract",
            summary="Read a text",
            description=_DESCRIPTION,
            answer=_answer(extract, options),
            method="POST",
            parameters=(PRETTY,),
            body=envelopes.ExtractBody,
            schema=envelopes.Extracted,
            problems=(413, 415, 422, 503),
            lasting=False,
        ),
    )


def _answer(extract: ExtractFn, options: HttpOptions) -> Callable[[Arguments], Reply]:
    turns = Turns(options.extracts, options.patience)

    def answer(arguments: Arguments) -> Reply:
        del arguments
        most = current_app.config["MAX_CONTENT_LENGTH"]
        data = unpacked(request.get_data(), request.headers.get("Content-Encoding", ""), most)
        posted = read_posted(data, request.mimetype, request.mimetype_params, options.max_text)
        with turns.take():
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
            *(dumper.source(_noted(record, corpus)) for record in corpus.sources),
            b',"statements":',
            joined(dumper.statement(record) for record in corpus.statements),
            b',"events":',
            joined(dumper.event(record) for record in corpus.events),
            b"}",
        )
    )


def _noted(record: Source, corpus: Corpus) -> Source:
    """Let the note tell what ``/v1/corpus`` would tell of a text of the folder."""
    notes = [record.note] if record.note else []
    return replace(record, note=" ".join((*notes, *corpus.texts[record.id].doubts)) or None)
