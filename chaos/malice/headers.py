"""Headers that are none, too many, too long, or mean mischief."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from chaos.malice.request import Hostile, get

if TYPE_CHECKING:
    from collections.abc import Iterator


def headers() -> Iterator[Hostile]:
    """Headers that are none, too many, too long, or mean mischief."""
    lines = (
        *(
            b"X: a\r\n b",
            b"X: a\r\n\tb",
            b" X: a",
            b"X",
            b": a",
            b"X Y: a",
            b"X\x00: a",
            b"X: a\x00b",
            b"X: a\rb",
            b"X: a\nY: b",
        ),
        *(
            b"X\xff: a",
            b"X: \xff\xfe",
            b"X\t: a",
            b"X:" + b"a" * 8_200,
            b"X:" + b"a" * 100_000,
            b"X" * 9_000 + b": a",
            b"\x0bX: a",
        ),
        *(
            b"Host: two",
            b"Host: a b",
            b"Host: [::1",
            b"Host: \x00",
            b"Host: " + b"h" * 8_000,
            b"Host: evil.example/../x",
            b"Host:",
        ),
        *(
            b"Expect: 100-continue",
            b"Expect: the-unexpected",
            b"Connection: Host, X",
            b"Connection: \x00",
            b"Connection: upgrade",
        ),
        *(
            b"Upgrade: h2c",
            b"Upgrade: websocket\r\nConnection: Upgrade",
            b"HTTP2-Settings: AAMAAABkAAQ",
            b"Range: bytes=0-0,1-1,2-2",
        ),
        *(
            b"Range: bytes=-1",
            b"Range: bytes=" + b"0-," * 2_000,
            b"X-Request-ID: a\tb",
            b"X-Request-ID: " + b"i" * 4_000,
        ),
        *(
            b'X-Request-ID: {"a":"b"}',
            b"X-Forwarded-For: " + b"1.1.1.1," * 900,
            b"Cookie: " + b"a=b; " * 1_500,
            b"Origin: null\x7f",
        ),
        *(
            b"If-None-Match: " + b'"a",' * 1_900,
            b'If-None-Match: "',
            b"If-None-Match: W/",
            b"If-Match: W/*",
            b'If-Match: "\xff"',
        ),
        *(
            b"If-Modified-Since: " + b"9" * 4_000,
            b"If-Modified-Since: Mon, 99 Foo 0000 99:99:99 GMT",
            b"If-Range: x",
        ),
        *(
            b"Accept: " + b"a/b," * 2_000,
            b"Accept: */*;q=" + b"9" * 3_000,
            b"Accept: text/html;" + b"a=" * 3_000,
            b"Accept: \xff/\xff",
        ),
        *(
            b"Accept: " + b"(" * 4_000,
            b"Accept-Encoding: " + b"gzip;q=0.1," * 700,
            b"Accept-Encoding: *;q=-1",
            b"Accept-Encoding: \x01",
        ),
        *(
            b"Content-Type: " + b"a/" * 3_000,
            b"Authorization: Basic " + b"=" * 4_000,
            b"Content-Encoding: gzip, gzip",
        ),
    )
    for line, target in itertools.product(lines, ("/v1/statements", "/nowhere")):
        yield Hostile("headers", (get(target, line),), most=2)
    for many in (61, 64, 65, 100, 1_000, 20_000):
        yield Hostile("many headers", (get("/v1/topics", *(b"X-%d: a" % number for number in range(many))),))
