"""Request lines that are none."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from chaos.malice.request import Hostile, get, request

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines() -> Iterator[Hostile]:
    """Request lines that are none."""
    versions = (
        *(
            b"HTTP/0.9",
            b"HTTP/1.2",
            b"HTTP/2.0",
            b"HTTP/3",
            b"HTTP/9.9",
            b"HTTP/1.10",
            b"HTTP/-1.1",
            b"HTTP/1.1 x",
            b"http/1.1",
        ),
        *(b"HTTP/", b"HTTP", b"HTTPS/1.1", b"HTTP/1,1", b"HTTP/1.1\x00", b"HTTP/1.1\t", b"JUNK", b""),
    )
    methods = (
        *(
            b"TRACE",
            b"TRACK",
            b"CONNECT",
            b"PROPFIND",
            b"PATCH",
            b"PUT",
            b"DELETE",
            b"get",
            b"Get",
            b"GET\x00",
            b"G\xc3\x8bT",
        ),
        *(
            b"",
            b" GET",
            b"\tGET",
            b"GET\t",
            b"G" * 300,
            b"G" * 9000,
            b"GE T",
            b"M-SEARCH",
            b"OPTIONS",
            b"(GET)",
            b"{GET}",
        ),
    )
    targets = (
        *(
            b"*",
            b"",
            b"//",
            b"///v1/topics",
            b"http://127.0.0.1/v1/topics",
            b"http://evil.example/",
            b"HTTP://[::1",
            b"http:///",
        ),
        *(
            b"localhost:80",
            b"/../../etc/passwd",
            b"/..%2f..%2fetc/passwd",
            b"\\..\\etc",
            b"/a b",
            b"/\x00",
            b"/\xff\xfe",
            b"/\x7f",
        ),
        *(
            b"?",
            b"#",
            b"/#x",
            b"/?#",
            b"/" + b"a" * 8170,
            b"/" + b"a" * 8200,
            b"/" + b"a" * 100_000,
            b"/" + b"../" * 2000,
        ),
    )
    for version in versions:
        yield Hostile("versions", (request(b"GET /v1/topics " + version),))
    for method, target in itertools.product(methods, (b"/v1/topics", b"*", b"/v1/extract", b"/")):
        yield Hostile("methods", (request(method + b" " + target + b" HTTP/1.1"),))
    yield from (Hostile("targets", (get(target),)) for target in targets)
    for line in (
        *(
            b"GET /\r\n",
            b"GET /\n\n",
            b"GET / HTTP/1.1\n\n",
            b"GET / HTTP/1.1\nHost: x\n\n",
            b"\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        ),
        *(
            b"GET\r\n\r\n",
            b"\x00\x00\x00\x00",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"\r" * 9000,
            b"\n" * 9000,
            b"",
        ),
        *(
            b"GET / HTTP/1.1\r\rHost: x\r\r",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET  /  HTTP/1.1\r\n\r\n",
            b" " * 20_000,
        ),
        *(
            b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
            b"\x80" * 10_000,
            b"<xml/>\r\n\r\n",
            b"{}" * 5_000,
        ),
    ):
        yield Hostile("lines", (line,), most=2)
