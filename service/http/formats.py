"""The formats of an answer: which are offered, which one a request gets, and what does not go with it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from service.http.endpoint import JSON, MARKDOWN, PLAIN
from service.http.parameters import Form, Parameter
from service.http.problems import ACCEPT, Fault, faulty, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.http.arguments import Arguments


class Format(StrEnum):
    """What ``format=`` takes."""

    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    JSONLD = "jsonld"


MEDIA = {
    Format.JSON: JSON,
    Format.NDJSON: "application/x-ndjson",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONLD: "application/ld+json",
}
"""The Content-Type of each format."""

OF_LISTS = tuple(Format)
"""The formats of a list; the first is given where nothing is said."""

OF_RECORDS = (Format.JSON, Format.JSONLD)
"""The formats of a single record."""

PRETTY = Parameter(
    "pretty", Form.CLOSED, "1 indents JSON and JSON-LD, errors too, for reading.", ("0", "1"), example="1"
)
"""Indented answers."""


def indented(body: bytes) -> bytes:
    """Write JSON anew, indented."""
    return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


_WHOLE = "gives the whole result; leave it out"
_LINES = "has a line for each record; leave it out or ask for json"
_RECORDS = "has nothing but records; leave it out or ask for json"
_TEXT = "is not indented; leave it out or let Accept name application/json"
_FACETS = {"facets": _RECORDS, "facet_limit": _RECORDS}
_REFUSED = {
    PLAIN: {"pretty": _TEXT},
    MARKDOWN: {"pretty": _TEXT},
    MEDIA[Format.NDJSON]: {"limit": _WHOLE, "cursor": _WHOLE, "pretty": _LINES, **_FACETS},
    MEDIA[Format.CSV]: {
        "limit": _WHOLE,
        "cursor": _WHOLE,
        "pretty": _LINES,
        "embed": "has columns of its own; leave it out or ask for ndjson",
        **_FACETS,
    },
    MEDIA[Format.JSONLD]: {
        "fields": "has members of its own; leave it out or ask for json",
        "embed": "links records by @id; leave it out or ask for json",
        **_FACETS,
    },
}


def format_parameter(formats: Iterable[Format]) -> Parameter:
    """Declare ``format=``, which takes `formats`."""
    formats = tuple(formats)
    told = "The format; wins over Accept."
    if Format.CSV in formats:
        told += " ndjson and csv give the whole result and take neither `limit` nor `cursor`."
    return Parameter("format", Form.CLOSED, told, tuple(map(str, formats)), example=str(formats[0]))


def choose(offered: tuple[str, ...], accept: str, arguments: Arguments) -> str:
    """Give the one of the Content-Types `offered` that a request gets.

    ``format=`` says, else the Accept header, "" where there is none. Raises the 406 `Problem` where Accept rules out all of
    them, the 400 one where the request has a parameter that does not go with the format.
    """
    named = arguments.text("format") if "format" in arguments.given else None
    media = preferred(offered, accept) if named is None else MEDIA[Format(named)]
    if media is None:
        plain = [_plain(each) for each in offered]
        otherwise = ", or say which with format=" if MEDIA[Format.JSONLD] in offered else ""
        detail = f"rules out all that is served here, {', '.join(plain)}; let it name one or */*{otherwise}."
        raise faulty(ACCEPT, Fault("header", "Accept", detail, plain[0]))
    _check(media, arguments)
    return media


@lru_cache(maxsize=1024)
def preferred(offered: tuple[str, ...], accept: str) -> str | None:
    """Give the one of `offered` that the Accept header likes best, the first of several; None where it rules out all."""
    wanted = parse_accept_header(accept, MIMEAccept)
    if not wanted:
        return offered[0]
    best = max(offered, key=lambda media: _quality(media, wanted))
    return best if _quality(best, wanted) > 0 else None


def _quality(media: str, accept: MIMEAccept) -> float:
    """Give the q of the most specific range that `media` falls into, 0 where it falls into none (RFC 9110, 12.5.1)."""
    plain = _plain(media)
    ranges = {"*/*": 0, f"{plain.partition('/')[0]}/*": 1, plain: 2}
    fitting = [(ranges[each], q) for value, q in accept if (each := _plain(value).lower()) in ranges]
    return max(fitting)[1] if fitting else 0


def _plain(media: str) -> str:
    return media.partition(";")[0].strip()


def _check(media: str, arguments: Arguments) -> None:
    if media in _REFUSED:
        faults = [
            Fault("query", name, f"does not go with {_NAMES.get(media, 'text')}, which {why}.")
            for name, why in _REFUSED[media].items()
            if name in arguments.given
        ]
        if faults:
            raise invalid(*faults)


_NAMES = {media: kind for kind, media in MEDIA.items()}
