"""``POST /v1/extract``: what a text says that is not among those served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from service.http import envelopes
from service.http.bodies import Posted, read_posted, unpacked, unusable
from service.http.endpoint import Endpoint, Reply
from service.http.formats import PRETTY
from service.http.keys import Key
from service.http.options import EndedError, TooCostlyError
from service.http.problems import INVALID, TOO_COSTLY, Fault, faulty
from service.http.turns import Turns, ended

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIEnvironment

    from service.http.arguments import Arguments
    from service.http.metrics import Metrics
    from service.http.options import ExtractFn, HttpOptions


_DESCRIPTION = """\
Finds the statements and events of a text. Nothing is kept.

The body is the text itself as `text/plain`, in the charset that `Content-Type` names (UTF-8 unless it does), or JSON in
UTF-8; either may be gzipped (`Content-Encoding: gzip`). Front matter, YAML between two lines of `---` at a text's head, may
state `title`, `publisher`, `authors`, `published`, `dateline`, `language`, `url`, `note` and `retold_from`; it wins over what
is read from the text, and the members of the JSON win over it.

The longest text that is taken is a setting (`ONRECORD_MAX_TEXT`), by default of 1,000,000 characters; a longer one is a 413.
How many texts a process takes at once is another (`ONRECORD_EXTRACTS`), and beyond that the answer is a 503 with
`Retry-After`. A charset or media type that is not taken is a 415, a body that can't be used a 422 that says why, and so is a text that takes
longer to read than `ONRECORD_EXTRACT_SECONDS`, by default 180, or more memory than `ONRECORD_EXTRACT_MEMORY`. Where the
service has a key for posting (`ONRECORD_EXTRACT_KEY`), those who do not send it get a 401.

What is doubtful about the text stands in `source.note`: a text that does not read as English, for one, has nothing looked for
in it, and no statements. `source.sha256` is that of the text in UTF-8, however it was sent. Ids hold within the answer; `url`
is null, for none of it is served.
"""


class Reading:
    """Reads posted texts, so many at a time, for those who may post, and counts what becomes of each."""

    def __init__(self, extract: ExtractFn, options: HttpOptions, metrics: Metrics) -> None:
        """Take what reads a text, how it is to be done, and what counts."""
        self._extract, self._options, self._metrics = extract, options, metrics
        self._key = Key(options.extract_key)
        self._turns = Turns(options.extracts, options.readers, options.patience)

    @property
    def asks_for_key(self) -> bool:
        """Whether only those who have a key may post."""
        return self._options.extract_key is not None

    @property
    def max_text(self) -> int:
        """The longest text that is read, in characters."""
        return self._options.max_text

    def read(self, environ: WSGIEnvironment, posted: Callable[[], Posted]) -> bytes:
        """Give what the text that `posted` gives says, as JSON; raise the `Problem` of the first thing in its way.

        `environ` has the key.
        """
        with self._metrics.extracting():
            self._key.check(environ)
            text = posted()
            with self._turns.take():
                try:
                    return self._extract(text.text, text.title, text.published)
                except TooCostlyError as error:
                    raise faulty(TOO_COSTLY, Fault("body", "text", str(error))) from None
                except ValueError as error:
                    raise unusable(Fault("body", "text", str(error))) from error
                except EndedError:
                    raise ended(self._options.patience) from None


def endpoints(reading: Reading) -> tuple[Endpoint, ...]:
    """Serve `reading`."""

    def answer(arguments: Arguments) -> Reply:
        del arguments
        return Reply(reading.read(request.environ, lambda: _posted(reading.max_text)))

    return (
        Endpoint(
            path="/v1/extract",
            name="extract",
            tag="extract",
            summary="Read a text",
            description=_DESCRIPTION,
            answer=answer,
            method="POST",
            parameters=(PRETTY,),
            body=envelopes.ExtractBody,
            schema=envelopes.Extracted,
            problems=(401, 413, 415, 422, 503),
            secured=True,
            lasting=False,
        ),
    )


def _posted(max_text: int) -> Posted:
    most = current_app.config["MAX_CONTENT_LENGTH"]
    data = unpacked(_sent(), request.headers.get("Content-Encoding", ""), most)
    return read_posted(data, request.mimetype, request.mimetype_params, max_text)


def _sent() -> bytes:
    """Give the body; raise the 400 `Problem` where what came over the line is not what HTTP has it be."""
    try:
        return request.get_data()
    except HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - each server has errors of its own for a body that breaks off or its rules
        detail = f"can't be read ({error}); send it whole, in well-formed chunks or with its Content-Length."
        raise faulty(INVALID, Fault("body", "body", detail)) from None
