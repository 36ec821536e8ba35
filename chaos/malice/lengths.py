"""Bodies with two lengths, or with one that can be read in two ways."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from chaos.malice.request import SECRET, Hostile, request

if TYPE_CHECKING:
    from collections.abc import Iterator


def smuggling() -> Iterator[Hostile]:
    """Two lengths, or one that can be read in two ways, with a second request behind."""
    codings = (
        *(
            b"chunked",
            b" chunked",
            b"chunked ",
            b"\tchunked",
            b"chunked\t",
            b"CHUNKED",
            b"xchunked",
            b"chunkedx",
        ),
        *(b"chunked, identity", b"identity, chunked", b"chunked, chunked", b"identity", b"gzip, chunked"),
        *(
            b"\x0bchunked",
            b"chunked\x00",
            b"chunked;q=1",
            b'"chunked"',
            b"chu\tnked",
            b"chunked,",
            b",chunked",
            b"",
        ),
    )
    names = (b"Transfer-Encoding:", b"Transfer-Encoding :", b"transfer-encoding:", b"X:\nTransfer-Encoding:")
    for method, name, coding in itertools.product((b"GET", b"POST"), names, codings):
        line = method + b" /v1/extract HTTP/1.1"
        for length in (5, len(SECRET) + 5):
            headers = (b"Content-Length: %d" % length, name + coding)
            yield Hostile("smuggling", (request(line, *headers, body=b"0\r\n\r\n" + SECRET),), most=2)
    lengths = (
        *(
            b"5",
            b"+5",
            b"-5",
            b"-0",
            b"0x5",
            b"5,5",
            b"5, 6",
            b"5 6",
            b"5;",
            b"1e1",
            b"5.0",
            b"",
            b" ",
            b"\xd9\xa5",
        ),
        *(b"9" * 30, b"9" * 4000, b"18446744073709551621", b"5\x00", b"five", b"5_0", b"05", b"\x0b5"),
    )
    for told in lengths:
        for other in ((), (b"Content-Length: 5",), (b"Content-Length: 6",), (b"content-length: 5",)):
            given = (b"Content-Type: text/plain", b"Content-Length: " + told, *other)
            body = b"hello" + SECRET
            yield Hostile("lengths", (request(b"POST /v1/extract HTTP/1.1", *given, body=body),), most=2)
