"""Strict reading of a posted text: plain text with a charset, or JSON."""

from __future__ import annotations

import codecs
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
from marshmallow import ValidationError

from service.http.envelopes import ExtractBody
from service.http.near import nearest, shortened
from service.http.problems import MEDIA_TYPE, TOO_LARGE, UNUSABLE, Fault, Problem, faulty
from service.http.readers import Refused, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN, JSON = "text/plain", "application/json"
_TYPE, _CODING = "Content-Type", "Content-Encoding"

_CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in (
        "ascii utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be gb18030 gbk gb2312 big5 shift_jis euc_jp euc_kr "
        "iso2022_jp koi8-r koi8-u mac-roman " + " ".join(f"cp{page}" for page in range(1250, 1259))
    ).split()
    + [f"iso8859-{part}" for part in range(1, 17) if part != 12]
)
_BYTE_ORDER_MARK = "\ufeff"
_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 14
_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Posted:
    """A text that was posted, with what was said about it."""

    text: str
    title: str | None = None
    published: str | None = None


def unpacked(data: bytes, coding: str, most: int) -> bytes:
    """Undo the content coding of a body: gzip, or "" and identity for none; raise the `Problem` where that fails.

    415 for another coding, 413 for more than `most` bytes inside, 422 for what is no gzip or cut short.
    """
    match coding.strip().lower():
        case "" | "identity":
            return data
        case "gzip" | "x-gzip":
            return _gunzipped(data, most)
        case _:
            detail = f"{coding[:80]!r} is not taken; send gzip or none."
            raise _untaken(_CODING, detail, "gzip", {"Accept-Encoding": "gzip"})


def _gunzipped(data: bytes, most: int) -> bytes:
    plain = bytearray()
    at = members = 0
    try:
        while at < len(data):
            members += 1
            if members > _MOST_MEMBERS:
                raise unusable(
                    Fault("body", "body", f"is gzip in more than {_MOST_MEMBERS} parts; pack it as one.")
                )
            at = _member_of(data, at, plain, most)
    except zlib.error:
        raise unusable(Fault("body", "body", "is no gzip, though Content-Encoding says so.")) from None
    return bytes(plain)


def _member_of(data: bytes, at: int, plain: bytearray, most: int) -> int:
    """Unpack the part that begins `at`, piece by piece, since what lies behind it is copied; tell where it ends."""
    member = zlib.decompressobj(wbits=_GZIP)
    while not member.eof:
        piece = data[at : at + _PIECE]
        if not piece:
            raise unusable(Fault("body", "body", "is cut short: its gzip does not end."))
        plain += member.decompress(piece, most + 1 - len(plain))
        if len(plain) > most:
            detail = f"unpacks to more than {most} bytes, the most that a text within ONRECORD_MAX_TEXT could need."
            raise faulty(TOO_LARGE, Fault("body", "body", detail))
        at += len(piece) - len(member.unused_data)
    return at


def read_posted(data: bytes, media: str, params: Mapping[str, str], max_text: int) -> Posted:
    """Read a body of the media type `media` with its parameters; raise the `Problem` that says what is wrong with it.

    415 for a type or charset that is not taken, 422 for what can't be used, 413 for more than `max_text` characters.
    """
    if media == PLAIN:
        posted = Posted(_decoded(data, params.get("charset", "utf-8")))
    elif media == JSON:
        posted = _from_json(data, params.get("charset", "utf-8"))
    else:
        shown = f"{media[:80]!r} is not taken" if media else "there is none"
        near = nearest(media, (PLAIN, JSON)) or PLAIN
        raise _untaken(_TYPE, f"{shown}; send {PLAIN} or {JSON}.", near)
    if len(posted.text) > max_text:
        detail = f"has {len(posted.text)} characters; at most {max_text} are taken (ONRECORD_MAX_TEXT)."
        raise faulty(TOO_LARGE, Fault("body", "text", detail))
    if not posted.text.strip():
        raise unusable(Fault("body", "text", "is empty; send the text to be read."))
    return posted


def unusable(*faults: Fault) -> Problem:
    """Make the 422 for one or more faults of a body."""
    return faulty(UNUSABLE, *faults)


def _untaken(name: str, detail: str, right: str, headers: Mapping[str, str] | None = None) -> Problem:
    taken = {"Accept-Post": f"{PLAIN}, {JSON}", **(headers or {})}
    return replace(faulty(MEDIA_TYPE, Fault("header", name, detail, right)), headers=taken)


def _decoded(data: bytes, charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = ""
    if name not in _CHARSETS:
        raise _untaken(
            _TYPE,
            f"the charset {charset[:80]!r} is not taken; utf-8 is safe.",
            f"{PLAIN}; charset=utf-8",
        )
    try:
        return data.decode(name).removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        detail = (
            f"is not {name}: byte {error.start} can't be decoded; name the right charset in Content-Type."
        )
        raise unusable(Fault("body", "text", detail)) from None


def _from_json(data: bytes, charset: str) -> Posted:
    if charset.lower() not in {"utf-8", "utf8"}:
        raise _untaken(_TYPE, f"JSON is UTF-8; the charset {charset[:80]!r} is not taken.", JSON)
    try:
        members: Any = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise unusable(Fault("body", "body", f"is no JSON: {error}.")) from None
    if not isinstance(members, dict):
        raise unusable(Fault("body", "body", "must be a JSON object with the member text."))
    try:
        loaded = ExtractBody().load(members)
    except ValidationError as error:
        messages = error.messages_dict
        raise unusable(*(_member(str(name), " ".join(messages[name])) for name in messages)) from None
    return Posted(loaded["text"], loaded.get("title"), _published(loaded.get("published")))


def _member(name: str, message: str) -> Fault:
    known = ExtractBody().fields
    return Fault("body", shortened(name), message, None if name in known else nearest(name, known))


def _published(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        read_date(value)
    except Refused as refused:
        raise unusable(Fault("body", "published", refused.detail, refused.did_you_mean)) from None
    return value
